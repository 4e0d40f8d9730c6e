import { httpUrl, withoutQuery } from '../../html/url.ts';
import { splitTrimmed } from '../../trim.ts';
import { dateError, findDate, isNoDate } from '../dates/parse-date.ts';
import { DocumentError, type Draft, type StatedDate } from '../draft.ts';
import { wikilinkWords } from '../markdown/wikilinks.ts';
import { readAnswer } from '../visibility-words.ts';
import {
  type Field,
  type Fields,
  findField,
  findText,
  isBlank,
  itemsOf,
  mapOf,
  textOf,
  truthOf,
} from './field.ts';
import type { FileName } from './file-name.ts';
import { findAuthors } from './stated-authors.ts';
import { findEpisode } from './stated-episode.ts';
import { findEnclosures, findImage } from './stated-media.ts';
import { wordsOf } from './words.ts';

const PUBLISHED = [
  'publishdate',
  'pubdate',
  'published',
  'publishedat',
  'publishedon',
  'publishedtime',
  'datepublished',
  'publicationdate',
  'publish',
  'date',
  'datetime',
  'created',
  'createdat',
  'datecreated',
];
const UPDATED = [
  'lastmod',
  'updated',
  'updateddate',
  'updatedat',
  'dateupdated',
  'lastmodifiedat',
  'lastmodified',
  'modified',
  'modifieddate',
  'modifiedat',
  'datemodified',
  'moddate',
  'lastupdated',
  'lastupdate',
  'lastupdatedate',
];
const EXPIRES = [
  'expirydate',
  'expires',
  'expiresat',
  'expiry',
  'expirationdate',
  'unpublishdate',
  'validuntil',
];
const ADDRESSES = ['permalink', 'url', 'path'];
/** Jekyll's names for patterns of addresses. */
const PATTERNS: ReadonlySet<string> = new Set(['date', 'weekdate', 'ordinal', 'pretty', 'none']);
/** Where it says that it was published. */
const ADDRESSED = ['canonical', 'canonicalurl'];
/** Where it first stood. */
const ORIGINALS = ['sourceurl', 'externalurl', 'originalurl', 'source', 'original', 'link'];
/** Collections of Eleventy, which are not about anything; behind others, `post` is a word like any. */
const COLLECTION = /^(?:all|nav|posts)$/i;
const FIRST_COLLECTION = /^(?:all|nav|posts?)$/i;
/** What translations have in common: in Hugo, in polyglot for Jekyll, and in what is told of Jekyll without plugins. */
const TRANSLATION_KEYS = ['translationkey', 'translationid', 'pageid', 'langref', 'ref'];
/** Fields that have room for fields of other makes. */
const ROOMS = ['extra', 'params', 'taxonomies'];

/** The fields of front matter with those of its rooms, which count where front matter says nothing itself. */
export function withRooms(stated: Fields): Fields {
  const rooms = ROOMS.flatMap((room) => [...(mapOf(stated.get(room)) ?? [])]);
  if (rooms.length === 0) return stated;
  const fields = new Map(rooms);
  for (const [name, field] of stated) if (!isBlank(field) || !fields.has(name)) fields.set(name, field);
  return fields;
}

/**
 * What front matter and the file's name say, by the conventions of Jekyll, Hugo, Eleventy, Astro, Zola, Docusaurus and
 * Obsidian. Front matter outranks the name.
 *
 * @throws DocumentError when a date cannot be understood
 */
export function readFields(stated: Fields, name: FileName, path: string): Omit<Draft, 'content'> {
  const fields = withRooms(stated);
  const date = (names: readonly string[]): StatedDate | undefined => findStatedDate(fields, names, path);
  const addresses = ADDRESSES.flatMap((address) => findAddress(fields, address) ?? []);
  const slugs = textOf(fields.get('slug'));
  const slugAddress = slugs?.startsWith('/') ? slugs : undefined;

  const id = findText(fields, ['guid', 'uuid', 'id']);
  const title = wordsOf(findTitle(fields) ?? '') || name.title;
  const slug = lastSegment(slugs) ?? lastSegment(addresses[0]) ?? name.slug;
  const { addresses: former, names } = findAliases(fields);
  const aliases = [...addresses, ...(slugAddress === undefined ? [] : [slugAddress]), ...former];
  const published = date(PUBLISHED) ?? name.published ?? dateInAddress(fields, addresses, path);
  const updated = date(UPDATED);
  const expires = date(EXPIRES);
  const summary =
    wordsOf(findText(fields, ['summary', 'excerpt', 'description', 'abstract', 'lead', 'spoiler']) ?? '') ||
    undefined;
  const language = findText(fields, ['lang', 'language', 'locale']) ?? name.language;
  const translationKey = findText(fields, TRANSLATION_KEYS);
  const tags = findTags(fields);
  const direction = /^(?:ltr|rtl)$/.exec(findText(fields, ['dir', 'direction', 'textdirection']) ?? '')?.[0];
  const source = findSource(fields, path);
  const address = httpUrl(findText(fields, ADDRESSED));
  const image = findImage(fields);
  const enclosures = findEnclosures(fields);
  const episode = findEpisode(fields);
  return {
    ...(id !== undefined && { id }),
    ...(title !== undefined && { title }),
    ...(slug !== undefined && { slug }),
    ...(aliases.length > 0 && { aliases: [...new Set(aliases)] }),
    ...(names.length > 0 && { names }),
    ...(published !== undefined && { published }),
    ...(updated !== undefined && { updated }),
    ...(expires !== undefined && { expires }),
    ...(summary !== undefined && { summary }),
    ...(language !== undefined && { language }),
    ...(direction !== undefined && { direction: direction as 'ltr' | 'rtl' }), // the pattern has these
    ...(translationKey !== undefined && { translationKey }),
    authors: findAuthors(fields),
    ...(tags.length > 0 && { tags }),
    ...(source !== undefined && { source }),
    ...(address !== undefined && { address: { uri: address } }),
    ...(image !== undefined && { image }),
    ...(enclosures.length > 0 && { enclosures }),
    ...(episode !== undefined && { episode }),
  };
}

/** A list is what YAML makes of `title: [Kelp, Wrack]`. */
function findTitle(fields: Fields): string | undefined {
  const words = itemsOf(findField(fields, ['title', 'headline'])).flatMap((item) => textOf(item) ?? []);
  return words.length === 0 ? undefined : words.join(', ');
}

function findStatedDate(fields: Fields, names: readonly string[], path: string): StatedDate | undefined {
  for (const name of names) {
    const field = fields.get(name);
    const dated = mapOf(field)?.get('date') ?? field;
    const text = textOf(dated);
    if (dated === undefined || text === undefined || readAnswer(text) !== undefined) continue;
    // Eleventy takes these from the file system.
    if (isNoDate(text) || /^(?:git )?(?:created|last modified)$/i.test(text)) continue;
    const where = `seeds/${path}:${dated.line}`;
    const date = findDate(text, where);
    if (date !== undefined) return date;
    throw new DocumentError(dateError(text, where));
  }
  return undefined;
}

/** `/2021/02/03/title/` */
function dateInAddress(fields: Fields, addresses: readonly string[], path: string): StatedDate | undefined {
  const [, year, month, day] = /(?:^|\/)(\d{4})\/(\d{1,2})\/(\d{1,2})\/./.exec(addresses[0] ?? '') ?? [];
  if (year === undefined) return undefined;
  return findDate(`${year}-${month}-${day}`, `seeds/${path}:${findField(fields, ADDRESSES)?.line}`);
}

/** An absolute path, or the URL of a permalink; nothing for a pattern such as `/:title/`, `pretty` or `{{ slug }}`. */
function findAddress(fields: Fields, name: string): string | undefined {
  const text = textOf(fields.get(name));
  if (text === undefined || PATTERNS.has(text) || truthOf(fields.get(name)) !== undefined) return undefined;
  // Below `url`, a URL may lead to anywhere.
  if (httpUrl(text) !== undefined) return name === 'permalink' ? text : undefined;
  return /[:{}<>\s]/.test(text) ? undefined : withoutIndex(text.replace(/^(?:\.?\/)*/, '/'));
}

const ALIASES = ['aliases', 'alias', 'redirectfrom', 'redirects', 'oldurl', 'oldurls', 'formerurls'];

/** What `aliases` states: former addresses, in a list or in one text, and in Obsidian names, which hold no slash. */
function findAliases(fields: Fields): { readonly addresses: string[]; readonly names: string[] } {
  const texts = ALIASES.flatMap((name) => itemsOf(fields.get(name))).map((item) => textOf(item) ?? '');
  const addresses: string[] = [];
  const names: string[] = [];
  for (const text of texts) {
    const parts = text.split(/[\s,]+/).filter((part) => part !== '');
    const isAddresses = parts.length > 0 && parts.every((part) => /^(?:https?:\/)?\//i.test(part));
    for (const part of isAddresses ? parts : [text]) {
      const address = readAlias(part);
      if (address !== undefined) addresses.push(address);
      else names.push(wikilinkWords(part));
    }
  }
  return { addresses, names: names.filter((name) => name !== '') };
}

function readAlias(text: string): string | undefined {
  if (httpUrl(text) !== undefined) return text;
  if (/[\s:{}<>]/.test(text) || !/\/|\.html?$|^\?\w/.test(text)) return undefined;
  return withoutIndex(text.replace(/^(?:\.?\/)*/, '/'));
}

function withoutIndex(address: string): string {
  return address.replace(/\/index\.html?$/, '/');
}

function lastSegment(address: string | undefined): string | undefined {
  const path = address?.replace(/^https?:\/\/[^/]*/, '');
  const segment = withoutQuery(path ?? '')
    .split('/')
    .findLast((part) => part !== '');
  return segment?.replace(/\.html?$/, '');
}

function findTags(fields: Fields): string[] {
  const found = [
    ...['tags', 'categories', 'topics', 'labels'].flatMap((name) => splitTags(fields.get(name), true)),
    ...['category', 'tag'].flatMap((name) => splitTags(fields.get(name), false)),
  ];
  const tags = found.length > 0 ? found : splitTags(fields.get('keywords'), false);
  const names = tags.map((tag) => wikilinkWords(tag ?? '').replace(/^#/, ''));
  return [...new Set(names)].filter(
    (name, index) => name !== '' && !(index === 0 ? FIRST_COLLECTION : COLLECTION).test(name),
  );
}

/** A text is a list by its commas, else, as in Jekyll, by its spaces. */
function splitTags(field: Field | undefined, bySpaces: boolean): (string | undefined)[] {
  const text = textOf(field);
  if (text === undefined)
    return itemsOf(field).map(
      (item) => textOf(item) ?? findText(mapOf(item) ?? new Map(), ['name', 'label', 'title']),
    );
  if (/[,;]/.test(text)) return splitTrimmed(text, /[,;]/);
  return bySpaces ? text.split(/\s+/) : [text];
}

function findSource(fields: Fields, path: string): Draft['source'] {
  const map = mapOf(fields.get('source')) ?? mapOf(fields.get('original'));
  const uri = map
    ? httpUrl(findText(map, ['url', 'uri', 'link', 'href']))
    : ORIGINALS.map((name) => httpUrl(textOf(fields.get(name)))).find((url) => url !== undefined);
  const named = map
    ? findText(map, ['title', 'name'])
    : findText(fields, ['sourcetitle', 'sourcename', 'publication']);
  const plain = textOf(fields.get('source'));
  const title = named ?? (plain !== undefined && !/^(?:\w+:)?\//.test(plain) ? plain : undefined);
  const published = map
    ? findStatedDate(map, ['date', 'published'], path)
    : findStatedDate(fields, ['sourcedate', 'originaldate'], path);
  if (uri === undefined && title === undefined) return undefined;
  return {
    ...(title !== undefined && { title }),
    ...(uri !== undefined && { uri }),
    ...(published !== undefined && { published }),
  };
}
