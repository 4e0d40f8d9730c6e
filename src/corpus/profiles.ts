import { posix } from 'node:path';
import type { Person } from '../article.ts';
import { personIn } from '../documents/front-matter/authors.ts';
import { type Fields, FieldsError, fieldMap, foldFieldName } from '../documents/front-matter/fields.ts';
import { parseYamlFields } from '../documents/front-matter/yaml.ts';
import { plain } from '../html/text.ts';

/** Files that define the keys of `author`: one file in Docusaurus and Jekyll, a file for each person in Hugo. */
const ALL = /(?:^|\/)authors\.(?:ya?ml|json)$/i;
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
    const person = fields && personIn(fields);
    const name = plain(person?.name);
    if (person !== undefined && name !== undefined && !people.has(key)) people.set(key, { ...person, name });
  };
  for (const path of paths.filter(isProfile)) {
    const bytes = await read(path);
    if (bytes === undefined) continue;
    try {
      const fields = parseYamlFields(new TextDecoder().decode(bytes).replaceAll('\r\n', '\n'), 1);
      const key = ONE.exec(path)?.groups?.key;
      sources.push(key === undefined ? path : posix.dirname(path));
      if (key !== undefined) add(foldFieldName(key), fields);
      else for (const [name, field] of fields) add(name, fieldMap(field));
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
