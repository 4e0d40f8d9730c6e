import { posix } from 'node:path';
import type { Instant, Person } from '../article.ts';
import { slugify } from '../documents/addresses.ts';
import {
  type Field,
  type Fields,
  FieldsError,
  fieldItems,
  fieldMap,
  findText,
  foldFieldName,
} from '../documents/front-matter/fields.ts';
import { literalAfter } from '../documents/front-matter/javascript.ts';
import { parseTomlFields } from '../documents/front-matter/toml.ts';
import { parseYamlFields } from '../documents/front-matter/yaml.ts';
import { personIn } from '../documents/people.ts';
import { defined } from '../documents/stated.ts';
import { plain } from '../html/text.ts';
import { parseHttpUrl } from '../html/url.ts';
import { memoized } from '../memo.ts';
import type { LinkIndex } from './link-index.ts';
import type { MediaFile } from './media-files.ts';
import type { Identified } from './settle-documents.ts';

/**
 * Files that define the keys of `author`: one file in Docusaurus, Jekyll and MkDocs, a file for each person in Hugo and
 * Astro.
 */
const ALL =
  /(?:^|\/)(?:\.?(?:authors?|people)\.(?:ya?ml|json|toml|[cm]?[jt]s)|astro\.config\.[cm]?[jt]s|conf\.py)$/i;
/** `authors: {`, `export const authors: Authors = {`; otherwise what a script exports. */
const IN_SCRIPT = /\b(?:authors|people)(?:\s{0,9}:\s{0,9}[\w<>[\],]{1,60})?\s{0,9}[:=]\s{0,9}(?=[{[])/g;
const EXPORTED = /\b(?:module\.exports\s{0,9}=|export\s{1,9}default)\s{0,9}(?=[{[])/g;
const SCRIPT = /\.[cm]?[jt]s$/;
/** Data of templates. Some of these people may be authors; of others, nothing is published. */
const TEAM = /(?:^|\/)_?data\/(?:team|contributors|members|staff|writers)\.(?:ya?ml|json|toml)$/i;
const ONE = /(?:^|\/)(?:authors|contributors|people)\/(?<key>[^/]+)\.(?:ya?ml|json|toml)$/i;
const PICTURE_FOLDERS = ['', 'static/', 'public/', 'assets/', 'source/'];
/** One word that does not begin with a capital. */
const KEY = /^[\p{Ll}\d][\p{L}\d_.-]*$/u;

/** People by their keys. */
export interface Profiles {
  find(key: string): Person | undefined;
  /** The file that lacks a key of `author`; undefined for any other name. */
  missing(name: string): string | undefined;
  /** All people except those of a team, in the order of the files. */
  readonly all: readonly Person[];
  /** Paths of the pictures that they have; `image` of such a person is one. */
  readonly pictures: readonly string[];
  /** The files that cannot be parsed. */
  readonly warnings: readonly string[];
}

export function isProfile(path: string): boolean {
  return ALL.test(path) || TEAM.test(path) || ONE.test(path);
}

export async function readProfiles(
  paths: readonly string[],
  read: (path: string) => Promise<Uint8Array | undefined>,
): Promise<Profiles> {
  const people = new Map<string, { readonly person: Person; readonly path: string }>();
  const warnings: string[] = [];
  const there = new Set(paths);
  for (const path of paths.filter(isProfile)) {
    const bytes = await read(path);
    if (bytes === undefined) continue;
    try {
      const text = new TextDecoder().decode(bytes).replaceAll('\r\n', '\n');
      // A template that makes the file has front matter.
      if (path.endsWith('.json') && text.startsWith('---\n')) continue;
      for (const [key, fields] of entriesIn(text, path)) {
        const person = people.has(key) ? undefined : profileOf(fields, path, there);
        if (person !== undefined) people.set(key, { person, path });
      }
    } catch (error) {
      if (!(error instanceof FieldsError)) throw error;
      warnings.push(
        `Cannot read the people of seeds/${path}:${error.line}: expected ${path.endsWith('.toml') ? 'TOML' : 'YAML'}, but ${error.message}; the documents keep the names that they state`,
      );
    }
  }
  const known = [...people.values()];
  const authors = known.filter(({ path }) => !TEAM.test(path));
  const byName = peopleByName(known);
  const find = (key: string): Person | undefined => people.get(foldFieldName(key))?.person ?? byName.get(key);
  const [source] = authors.map(({ path }) => (keyOf(path) === undefined ? path : posix.dirname(path)));
  return {
    find,
    missing: (name) => (people.size > 0 && KEY.test(name) && find(name) === undefined ? source : undefined),
    all: [...peopleByName(authors).values()],
    pictures: [
      ...new Set(
        known.flatMap(({ person: { image } }) => (image !== undefined && there.has(image) ? [image] : [])),
      ),
    ],
    warnings,
  };
}

function peopleByName(people: readonly { readonly person: Person }[]): ReadonlyMap<string, Person> {
  return new Map(people.map(({ person }) => [person.name, person]));
}

/** The person that fields of a file describe; undefined if they name nobody. */
function profileOf(fields: Fields, path: string, paths: ReadonlySet<string>): Person | undefined {
  const { image, biography, name: stated, ...rest } = personIn(fields) ?? {};
  const name = plain(stated);
  if (name === undefined) return undefined;
  const picture = image === undefined ? undefined : portraitPath(image, path, paths);
  return { ...rest, name, ...defined({ image: picture, biography: plain(biography) }) };
}

/** The address or the path of a picture, which is beside the file, or in a folder that generators serve. */
function portraitPath(image: string, path: string, paths: ReadonlySet<string>): string | undefined {
  if (parseHttpUrl(image) !== undefined) return image;
  if (TEAM.test(path)) return undefined;
  const bare = image.replace(/^\/+/, '');
  const places = [posix.join(posix.dirname(path), image), ...PICTURE_FOLDERS.map((each) => each + bare)];
  return places.find((place) => paths.has(place));
}

/** The key of the person in a file; undefined for a file of several people. */
function keyOf(path: string): string | undefined {
  return ALL.test(path) ? undefined : ONE.exec(path)?.groups?.key;
}

type PersonEntry = readonly [key: string, fields: Fields];

/** The people in a file, by their keys. */
function entriesIn(text: string, path: string): PersonEntry[] {
  const key = keyOf(path);
  if (key !== undefined) return [[foldFieldName(key), parseFields(text, path)]];
  if (!path.endsWith('.toml') && !SCRIPT.test(path) && !path.endsWith('.py') && isList(text))
    return listEntries(parseYamlFields(`people:\n${text.replace(/^---.*\n/, '')}`, 0).get('people'));
  const fields = parseFields(text, path);
  // MkDocs has one map for all.
  const people = fields.size === 1 ? (fieldMap(fields.get('authors')) ?? fields) : fields;
  return [...people].flatMap(([name, field]) => {
    const map = fieldMap(field);
    // A list may be of the people of a group.
    return map === undefined ? listEntries(field) : [[name, map]];
  });
}

/** The people in a list, by what identifies them. */
function listEntries(list: Field | undefined): PersonEntry[] {
  return fieldItems(list).flatMap((item): PersonEntry[] => {
    const map = fieldMap(item);
    const id = map && findText(map, ['id', 'key', 'slug', 'username', 'handle', 'name']);
    return map === undefined || id === undefined ? [] : [[foldFieldName(id), map]];
  });
}

/** `"jane": ("Jane Roe", "https://roe.example/")` in `blog_authors` of ABlog. */
const TUPLE =
  /["']([^"'\n]{1,100})["']\s{0,9}:\s{0,9}\(\s{0,9}["']([^"'\n]{1,100})["'],\s{0,9}(?:["']([^"'\n]{0,500})["'])?/g;

function parseFields(text: string, path: string): Fields {
  if (path.endsWith('.py')) {
    const [, authors = ''] = /^blog_authors\s{0,9}=\s{0,9}\{([^}]*)\}/m.exec(text) ?? [];
    return new Map(
      [...authors.matchAll(TUPLE)].map(([, key = '', name = '', url = '']) => {
        const fields = Object.entries({ name, url }).map(
          ([field, value]) => [field, { value, line: 1 }] as const,
        );
        return [foldFieldName(key), { value: new Map(fields), line: 1 }];
      }),
    );
  }
  if (SCRIPT.test(path)) {
    const isConfiguration = /config\.\w+$/.test(path);
    const authors =
      literalAfter(IN_SCRIPT, text) ?? (isConfiguration ? undefined : literalAfter(EXPORTED, text));
    return new Map(authors === undefined ? [] : [['authors', authors]]);
  }
  return path.endsWith('.toml') ? parseTomlFields(text, 1) : parseYamlFields(text, 1);
}

/** Whether it is a list, as Gatsby's is, whose items have an `id`. */
function isList(text: string): boolean {
  const first = text.split('\n').find((line) => !/^---|^\s*(?:#|$)/.test(line)) ?? '';
  return /^\s*[-[]/.test(first);
}

interface Targets {
  readonly people: PersonDocuments;
  readonly all: LinkIndex;
  /** By slug. */
  readonly targets: ReadonlyMap<string, { readonly until: Instant }>;
}

interface PersonDocument {
  readonly path: string;
  readonly slug: string;
  /** With the picture as stated. */
  readonly person: Person;
  /** Whether the document has more than front matter. */
  readonly hasWords: boolean;
}

/** People with documents of their own, such as `authors/jane-roe.md`. */
export interface PersonDocuments {
  /** @param name the key or the name by which other documents refer to a person */
  find(name: string): PersonDocument | undefined;
  readonly all: readonly PersonDocument[];
}

/** @param language of the documents that take precedence over their translations */
export function personDocuments(documents: readonly Identified[], language: string): PersonDocuments {
  const byKey = new Map<string, PersonDocument>();
  const isTranslated = ({ parsed }: Identified): number => Number(parsed.language !== language);
  const ordered = documents.toSorted((a, b) => isTranslated(a) - isTranslated(b));
  for (const { path, parsed, pageReason, identity } of ordered) {
    if (parsed.person === undefined) continue;
    const { keys, hasWords, ...person } = parsed.person;
    const known = { path, slug: identity.slug, person, hasWords };
    // A dated document may be an article about somebody who has the name of an author.
    for (const name of pageReason === undefined ? keys : [...keys, person.name]) {
      const key = slugify(name);
      if (key !== '' && !byKey.has(key)) byKey.set(key, known);
    }
  }
  // Thousands of documents name the same few people.
  const find = memoized((name: string) => byKey.get(slugify(name)));
  return { find, all: [...new Set(byKey.values())] };
}

/** The person with the path of the picture, if that is a file. */
export function withPicture({ path, person }: PersonDocument, index: LinkIndex): Person {
  const { image } = person;
  const lead = image === undefined ? undefined : index.lead(image, { path, translations: [] });
  return lead?.kind === 'file' ? { ...person, image: lead.path } : person;
}

export type People = Pick<Profiles, 'find'>;

/** Finds people by their keys and names: those who have documents, and those in other files. */
export function peopleFinder(documents: PersonDocuments, profiles: People): People {
  return { find: (name) => documents.find(name)?.person ?? profiles.find(name) };
}

/** The people whom files and visible documents describe, each once; pictures are URLs or paths on the site. */
export function describedPeople(
  profiles: Profiles,
  { people, all, targets }: Targets,
  files: ReadonlyMap<string, MediaFile>,
  now: Instant,
): Person[] {
  const documents = people.all.filter(({ slug }) => (targets.get(slug)?.until ?? now) > now);
  const byName = new Map<string, Person>();
  // The biography may be the beginning of the document.
  for (const person of [...documents.map((document) => withPicture(document, all)), ...profiles.all])
    byName.set(person.name, { ...byName.get(person.name), ...person });
  return [...byName.values()].map(({ image, ...person }) => {
    const address = image === undefined ? undefined : (files.get(image)?.address ?? parseHttpUrl(image));
    return address === undefined ? person : { ...person, image: address };
  });
}
