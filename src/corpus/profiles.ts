import { posix } from 'node:path';
import type { Person } from '../article.ts';
import { NAME_FIELDS, personIn } from '../documents/front-matter/authors.ts';
import {
  type Fields,
  FieldsError,
  fieldItems,
  fieldMap,
  findText,
  foldFieldName,
} from '../documents/front-matter/fields.ts';
import { parseYamlFields } from '../documents/front-matter/yaml.ts';
import { plain } from '../html/text.ts';

/** Files that define the keys of `author`: one file in Docusaurus and Jekyll, a file for each person in Hugo. */
const ALL = /(?:^|\/)(?:authors?|people)\.(?:ya?ml|json)$/i;
const ONE = /(?:^|\/)data\/authors\/(?<key>[^/]+)\.(?:ya?ml|json)$/i;
/** One word that does not begin as names do. */
const KEY = /^[\p{Ll}\d][\p{L}\d_.-]*$/u;

/** People by their keys. */
export interface Profiles {
  find(key: string): Person | undefined;
  /** The place where a key of `author` should be defined and is not; undefined for every other name. */
  missing(name: string): string | undefined;
  /** The files that cannot be parsed. */
  readonly warnings: readonly string[];
}

/** Whether a file describes people. */
export function isProfile(path: string): boolean {
  return ALL.test(path) || ONE.test(path);
}

export async function readProfiles(
  paths: readonly string[],
  read: (path: string) => Promise<Uint8Array | undefined>,
): Promise<Profiles> {
  const people = new Map<string, Person>();
  const warnings: string[] = [];
  const sources: string[] = [];
  const add = (key: string, fields: Fields | undefined): void => {
    const person = fields && personIn(fields, [...NAME_FIELDS, 'id']);
    const name = plain(person?.name);
    if (person !== undefined && name !== undefined && !people.has(key)) people.set(key, { ...person, name });
  };
  for (const path of paths.filter(isProfile)) {
    const bytes = await read(path);
    if (bytes === undefined) continue;
    try {
      const text = new TextDecoder().decode(bytes).replaceAll('\r\n', '\n');
      const key = ONE.exec(path)?.groups?.key;
      sources.push(key === undefined ? path : posix.dirname(path));
      if (key !== undefined) add(foldFieldName(key), parseYamlFields(text, 1));
      else if (isList(text)) {
        const { people: list } = Object.fromEntries(
          parseYamlFields(`people:\n${text.replace(/^---.*\n/, '')}`, 0),
        );
        for (const map of fieldItems(list).map(fieldMap)) {
          const id = map && findText(map, ['id', 'key', 'slug', 'name']);
          if (id !== undefined) add(foldFieldName(id), map);
        }
      } else for (const [name, field] of parseYamlFields(text, 1)) add(name, fieldMap(field));
    } catch (error) {
      if (!(error instanceof FieldsError)) throw error;
      warnings.push(
        `Cannot read the people of seeds/${path}:${error.line}: expected YAML, but ${error.message}; the documents keep the names that they state`,
      );
    }
  }
  const find = (key: string): Person | undefined => people.get(foldFieldName(key));
  const names = new Set([...people.values()].map(({ name }) => name));
  return {
    find,
    missing(name) {
      const isKnown = find(name) !== undefined || names.has(name);
      return people.size > 0 && KEY.test(name) && !isKnown ? sources[0] : undefined;
    },
    warnings,
  };
}

/** Whether it is a list, as Gatsby's is, whose items have an `id`. */
function isList(text: string): boolean {
  const first = text.split('\n').find((line) => !/^---|^\s*(?:#|$)/.test(line)) ?? '';
  return /^\s*[-[]/.test(first);
}
