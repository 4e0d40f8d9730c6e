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
import { parseHttpUrl } from '../html/url.ts';

/** Files that define the keys of `author`: one file in Docusaurus and Jekyll, a file for each person in Hugo. */
const ALL = /(?:^|\/)(?:authors?|people)\.(?:ya?ml|json)$/i;
const ONE = /(?:^|\/)data\/authors\/(?<key>[^/]+)\.(?:ya?ml|json)$/i;
const PICTURE_FOLDERS = ['', 'static/', 'public/', 'assets/', 'source/'];
/** One word that does not begin as names do. */
const KEY = /^[\p{Ll}\d][\p{L}\d_.-]*$/u;

/** People by their keys. */
export interface Profiles {
  find(key: string): Person | undefined;
  /** The file in which a key of `author` should be defined and is not; undefined for every other name. */
  missing(name: string): string | undefined;
  /** All of them, in the order of the files. */
  readonly all: readonly Person[];
  /** Paths of the pictures that they have; `image` of such a person is one. */
  readonly pictures: readonly string[];
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
  const byName = new Map<string, Person>();
  const pictures = new Set<string>();
  const there = new Set(paths);
  /** A picture is beside the file, or in a folder that generators serve. */
  const pictureOf = (image: string, path: string): string | undefined => {
    if (parseHttpUrl(image) !== undefined) return image;
    const bare = image.replace(/^\/+/, '');
    const places = [posix.join(posix.dirname(path), image), ...PICTURE_FOLDERS.map((each) => each + bare)];
    const found = places.find((place) => there.has(place));
    if (found !== undefined) pictures.add(found);
    return found;
  };
  const add = (key: string, fields: Fields | undefined, path: string): void => {
    const person = fields && personIn(fields, [...NAME_FIELDS, 'id']);
    const name = plain(person?.name);
    if (person === undefined || name === undefined || people.has(key)) return;
    const { image, biography, ...rest } = person;
    const picture = image === undefined ? undefined : pictureOf(image, path);
    const line = plain(biography);
    const known = {
      ...rest,
      name,
      ...(picture !== undefined && { image: picture }),
      ...(line !== undefined && { biography: line }),
    };
    people.set(key, known);
    byName.set(name, known);
  };
  for (const path of paths.filter(isProfile)) {
    const bytes = await read(path);
    if (bytes === undefined) continue;
    try {
      const text = new TextDecoder().decode(bytes).replaceAll('\r\n', '\n');
      const key = ONE.exec(path)?.groups?.key;
      sources.push(key === undefined ? path : posix.dirname(path));
      if (key !== undefined) add(foldFieldName(key), parseYamlFields(text, 1), path);
      else if (isList(text)) {
        const { people: list } = Object.fromEntries(
          parseYamlFields(`people:\n${text.replace(/^---.*\n/, '')}`, 0),
        );
        for (const map of fieldItems(list).map(fieldMap)) {
          const id = map && findText(map, ['id', 'key', 'slug', 'name']);
          if (id !== undefined) add(foldFieldName(id), map, path);
        }
      } else for (const [name, field] of parseYamlFields(text, 1)) add(name, fieldMap(field), path);
    } catch (error) {
      if (!(error instanceof FieldsError)) throw error;
      warnings.push(
        `Cannot read the people of seeds/${path}:${error.line}: expected YAML, but ${error.message}; the documents keep the names that they state`,
      );
    }
  }
  const find = (key: string): Person | undefined => people.get(foldFieldName(key)) ?? byName.get(key);
  return {
    find,
    missing(name) {
      return people.size > 0 && KEY.test(name) && find(name) === undefined ? sources[0] : undefined;
    },
    all: [...byName.values()],
    pictures: [...pictures],
    warnings,
  };
}

/** Whether it is a list, as Gatsby's is, whose items have an `id`. */
function isList(text: string): boolean {
  const first = text.split('\n').find((line) => !/^---|^\s*(?:#|$)/.test(line)) ?? '';
  return /^\s*[-[]/.test(first);
}
