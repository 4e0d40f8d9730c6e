import { editDistance } from '../../edit-distance.ts';
import { type Field, type Fields, fieldItems, fieldMap, fieldText, isBlank } from './fields.ts';

/** The fields whose loss an author would notice, with the other names that each of them has. */
const EXPECTED: readonly (readonly [name: string, ...others: string[]])[] = [
  ['title', 'headline'],
  ['date', 'published', 'publishdate', 'pubdate', 'datepublished', 'created'],
  ['updated', 'lastmod', 'modified', 'lastmodified'],
  ['tags', 'tag', 'keywords'],
  ['categories', 'category'],
  ['description', 'summary', 'excerpt', 'abstract'],
  ['author', 'authors', 'byline', 'creator'],
  ['slug'],
  ['permalink'],
  ['aliases', 'alias'],
  ['language', 'lang', 'locale'],
  ['image', 'images'],
  ['draft'],
];

/** Names near one of these that mean something else: to other generators and themes, or as plain words. */
const FOREIGN: ReadonlySet<string> = new Set(
  `tile titled tilde data dates dated update updates updater uploaded publish publisher publishes polished creators
  creation tabs tax taps tals excerpts expert export expect actor actors anchor anchors auth local locals long land
  slag slugs snug langs imaged drafts aliased lasted keyword talk`.split(/\s+/),
);

/** The intended field for each name; undefined if the name is not a misspelling. */
const meant = new Map<string, string | undefined>();
const MAX_MEANT = 10_000;

/**
 * Tells of fields whose names are nearly those of others that the document does not have, in the grammar of errors. The
 * name stands without quotes, so that a report counts each on its own.
 */
export function misspeltFields(fields: Fields, path: string): string[] {
  const found = misspeltIn(fields, '', [fields]);
  for (const [name, field] of fields) {
    const inner = fieldMap(field);
    if (inner === undefined) continue;
    if (CONTAINERS.has(name)) found.push(...misspeltIn(inner, `${name}.`, [inner, fields]));
    else if (PICTURES.has(name)) found.push(...misspeltPicture(inner, `${name}.`));
  }
  return found.map(
    ({ name, field, expected }) =>
      `Cannot use ${name} ${quote(field)} in seeds/${path}:${field.line}: expected ${expected}; left it out`,
  );
}

interface Misspelt {
  readonly name: string;
  readonly field: Field;
  readonly expected: string;
}

/** Fields in maps whose fields count as those at the top, and maps that hold the address of a picture. */
const CONTAINERS: ReadonlySet<string> = new Set(['extra', 'params', 'taxonomies']);
const PICTURES: ReadonlySet<string> = new Set([
  'cover',
  'image',
  'banner',
  'hero',
  'featured',
  'header',
  'teaser',
]);
const PICTURE_NAMES = ['image', 'src', 'url', 'path', 'file', 'href', 'teaser'];

/** @param around the maps that may have the field under its right name */
function misspeltIn(fields: Fields, prefix: string, around: readonly Fields[]): Misspelt[] {
  return [...fields].flatMap(([name, field]) => {
    const expected = isBlank(field) ? undefined : isMisspeltDate(name, field) ? 'date' : meantBy(name);
    const synonyms = EXPECTED.find((names) => names.includes(expected ?? ''));
    if (expected === undefined || synonyms === undefined) return [];
    const isThere = synonyms.some((each) => around.some((map) => map.has(each)));
    return isThere ? [] : [{ name: prefix + name, field, expected: prefix + expected }];
  });
}

/** \`data\` and \`dates\` hold something else, unless it is a day. */
function isMisspeltDate(name: string, field: Field): boolean {
  return (
    isMisspelling(name, 'date') &&
    /^(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\.\d{1,2}\.\d{4})(?!\d)/.test(fieldText(field) ?? '')
  );
}

function misspeltPicture(fields: Fields, prefix: string): Misspelt[] {
  if (PICTURE_NAMES.some((name) => fields.has(name))) return [];
  return [...fields].flatMap(([name, field]) => {
    const expected = isBlank(field) ? undefined : PICTURE_NAMES.find((known) => isMisspelling(name, known));
    return expected === undefined ? [] : [{ name: prefix + name, field, expected: prefix + expected }];
  });
}

function quote(field: Field): string {
  const words = fieldItems(field).map((item) => fieldText(item) ?? (fieldMap(item) ? '{…}' : '…'));
  return JSON.stringify(words.join(', ').slice(0, 80));
}

function meantBy(name: string): string | undefined {
  if (meant.has(name)) return meant.get(name);
  const names = EXPECTED.flat();
  // `authorId` and `titles` are not misspelt.
  const isOther =
    FOREIGN.has(name) ||
    names.some((known) => name.startsWith(known) && (known.length > 4 || known === name));
  const found = isOther ? undefined : names.find((known) => isMisspelling(name, known));
  if (meant.size < MAX_MEANT) meant.set(name, found);
  return found;
}

/** Whether a name begins like another and differs in one letter, or two of a long one. */
function isMisspelling(name: string, known: string): boolean {
  if (name[0] !== known[0]) return false;
  if (!/^[a-z]+$/.test(name) || Math.abs(name.length - known.length) > 2) return false;
  return name.length > 2 && editDistance(name, known) <= (known.length < 7 ? 1 : 2);
}
