import { findDate, type StatedDate } from '../../dates/parse-date.ts';
import { decodeReferences } from '../../html/parse.ts';
import { withoutPairs } from '../../html/text.ts';
import { parseHttpUrl } from '../../html/url.ts';
import { splitTrimmed, unlessEmpty, wordList, wordSet } from '../../strings.ts';
import { ADDRESSES, findAddress, findAliases, lastSegment } from '../addresses.ts';
import type { FileName } from '../file-name.ts';
import { wikilinkWords } from '../markdown/wikilinks.ts';
import { findAuthorKeys, findAuthors, personOf } from '../people.ts';
import { englishFieldNames } from '../plain-text/labels.ts';
import { defined, type StatedCorrection, type StatedSeries } from '../stated.ts';
import {
  dateInAddress,
  EXPIRES,
  findStatedDate,
  PUBLICATION_DATES,
  statesNoDate,
  UPDATE_DATES,
} from './dates.ts';
import {
  type Field,
  type Fields,
  fieldItems,
  fieldMap,
  fieldText,
  findField,
  findText,
  foldFieldName,
  isBlankField,
} from './fields.ts';
import { findEnclosures, findEpisode, findImage } from './media.ts';
import { hasField } from './mistakes.ts';
import { readAnswer, visibilityField } from './visibility.ts';

const SUMMARIES = ['summary', 'customexcerpt', 'excerpt', 'description', 'abstract', 'lead', 'spoiler'];
/** Those of newspapers, whose value may also be the address of a picture. */
const TEASERS = wordList('teaser standfirst subtitle subheading dek lede blurb synopsis intro tldr');
const ADDRESSED = ['canonical', 'canonicalurl'];
/** The original publication of the article. */
const ORIGINALS = ['sourceurl', 'externalurl', 'originalurl', 'source', 'original', 'link'];
/** Collections of Eleventy, which are not subjects; after others, `post` is an ordinary tag. */
const COLLECTION = /^(?:all|nav|posts)$/i;
const FIRST_COLLECTION = /^(?:all|nav|posts?)$/i;
/** Fields with the same value in all translations: of Hugo, of polyglot for Jekyll, and by convention in Jekyll. */
const SERIES = ['series', 'seriesname', 'seriestitle'];
const SERIES_PARTS = ['seriespart', 'seriesorder', 'seriesindex', 'seriesnumber', 'seriesweight', 'part'];
const TRANSLATION_KEYS = ['translationkey', 'translationid', 'pageid', 'langref', 'ref'];
/** Maps in front matter whose fields count as top-level ones. */
const NESTED = ['extra', 'params', 'taxonomies', 'taxonomy', 'date', 'opengraph'];

/** Names of fields; a line at the top with another name may be text. */
const NAMES = wordSet(
  'title headline subtitle date publishdate publisheddate pubdate published created updated modified lastmod expires expirydate slug permalink aliases tags tag categories category keywords author authors email summary excerpt description lang language image cover layout template type id createdtime lastedited lasteditedtime',
);

/** Adds the fields of nested maps to the top-level ones, which take precedence unless they are blank. */
export function withNestedFields(stated: Fields): Fields {
  const nested = NESTED.flatMap((name) => [...(fieldMap(stated.get(name)) ?? [])]);
  if (nested.length === 0) return stated;
  const fields = new Map(nested);
  for (const [name, field] of stated) if (!isBlankField(field) || !fields.has(name)) fields.set(name, field);
  return fields;
}

/** Gives fields with names in other languages their English names, unless the document has those, too. */
export function withEnglishNames(stated: Fields): Fields {
  const fields = new Map(stated);
  for (const [name, field] of stated) {
    const english = englishFieldNames(name).find((each) => !hasField(fields, each));
    if (english === undefined || isBlankField(field)) continue;
    const text = fieldText(field) ?? '';
    const isDay = /^(?:date|updated|expires)$/.test(english);
    if (isDay ? findDate(text, '') === undefined : readAnswer(text) !== undefined) continue;
    fields.delete(name);
    fields.set(english, field);
  }
  return fields;
}

export function isKnownField(name: string): boolean {
  const isForeign = englishFieldNames(name).length > 0;
  return isForeign || NAMES.has(foldFieldName(name)) || visibilityField(name) !== undefined;
}

interface FieldSource {
  readonly fields: Fields;
  readonly name: FileName;
  readonly path: string;
  /** The field `slug`, which may be a whole address. */
  readonly slug: string | undefined;
  readonly addresses: readonly string[];
}

/**
 * How each key is read from front matter and the file's name, by the conventions of Jekyll, Hugo, Eleventy, Astro,
 * Zola, Docusaurus and Obsidian; front matter outranks the name. To add a key, add its reader here: a `Draft` then has
 * it.
 */
const READERS = {
  /** The id that it had elsewhere, as stated. */
  id: ({ fields }: FieldSource) => findText(fields, ['guid', 'uuid', 'id']),
  title: ({ fields, name, path }: FieldSource) =>
    wikilinkWords(inlineText(findTitle(fields) ?? '')) || name.title || personOf(path, fields)?.name,
  /** The last segment of its address, pinned. */
  slug: ({ slug, addresses, name }: FieldSource) =>
    lastSegment(slug) ?? lastSegment(addresses[0]) ?? name.slug,
  abbrlink: ({ fields }: FieldSource) => findText(fields, ['abbrlink']),
  /** The pattern of its address: `/:year/:title/`. */
  pattern: ({ fields }: FieldSource) => {
    const text = findText(fields, ['permalink']);
    return text !== undefined && /^\/[^\s{}<>]*:\w/.test(text) ? text : undefined;
  },
  /** Its former addresses: absolute paths (`/2021/old-name/`) or URLs. */
  aliases: ({ fields, slug, addresses }: FieldSource) =>
    unlessEmpty([
      ...new Set([
        ...addresses,
        ...(slug?.includes('/') && !/[:\s]/.test(slug) ? [slug.replace(/^\/?/, '/')] : []),
        ...findAliases(fields).addresses,
      ]),
    ]),
  /** Other names for it, such as Obsidian's aliases. */
  names: ({ fields }: FieldSource) => unlessEmpty(findAliases(fields).names),
  published: (source: FieldSource) =>
    findStatedDate(source, PUBLICATION_DATES) ??
    source.name.published ??
    dateInAddress(source, source.addresses[0]),
  updated: (source: FieldSource) => findStatedDate(source, UPDATE_DATES),
  expires: (source: FieldSource) => findStatedDate(source, EXPIRES),
  summary({ fields }: FieldSource) {
    const teaser = findText(fields, TEASERS) ?? '';
    // In ABlog, a number counts the paragraphs.
    const stated = findText(fields, SUMMARIES)?.replace(/^\d{1,2}$/, '');
    return inlineText(stated ?? (/\S\s+\S/.test(teaser) ? teaser : '')) || undefined;
  },
  /** As stated; not checked. */
  language: ({ fields, name }: FieldSource) =>
    fieldText(fieldItems(findField(fields, ['lang', 'language', 'locale']))[0]) ?? name.language,
  direction: ({ fields }: FieldSource) => {
    const direction = findText(fields, ['dir', 'direction', 'textdirection']);
    return direction === 'ltr' || direction === 'rtl' ? direction : undefined;
  },
  /** The key of the document and its translations. */
  translationKey: ({ fields }: FieldSource) => findText(fields, TRANSLATION_KEYS),
  authors: ({ fields }: FieldSource) => findAuthors(fields),
  authorKeys: ({ fields }: FieldSource) => unlessEmpty(findAuthorKeys(fields)),
  person: ({ fields, path }: FieldSource) => personOf(path, fields),
  tags: ({ fields, name }: FieldSource) => unlessEmpty(findTags(fields)) ?? name.tags,
  series: ({ fields }: FieldSource) => findSeries(fields),
  corrections: (source: FieldSource) => unlessEmpty(findCorrections(source)),
  source: findSource,
  /** The original publication, and the name of its site. */
  address: ({
    fields,
  }: FieldSource):
    | { readonly uri: string; readonly title?: string; readonly shortlink?: string }
    | undefined => {
    const uri = parseHttpUrl(findText(fields, ADDRESSED));
    return uri === undefined ? undefined : { uri };
  },
  /** Whether it states that it is a page, or a post, which may lack a date. */
  role: ({ fields }: FieldSource) => findRole(fields) ?? (statesNoDate(fields) ? 'post' : undefined),
  /** Whether it is pinned to the top of the home page; Hexo states a number. */
  pinned: ({ fields }: FieldSource): true | undefined => {
    const stated = findText(fields, ['pinned', 'pin', 'sticky']) ?? '';
    return readAnswer(stated) === true || Number(stated) > 0 || undefined;
  },
  image: ({ fields }: FieldSource) => findImage(fields),
  enclosures: ({ fields }: FieldSource) => unlessEmpty(findEnclosures(fields)),
  episode: ({ fields }: FieldSource) => findEpisode(fields),
};

type Readers = typeof READERS;

/** The fields of front matter; missing fields are absent. */
export type StatedFields = {
  readonly [Key in Exclude<keyof Readers, 'authors'>]?: NonNullable<ReturnType<Readers[Key]>>;
} & Readonly<Record<'authors', ReturnType<Readers['authors']>>>;

/**
 * Reads the metadata in front matter and in the file's name.
 *
 * @throws DocumentError when a date cannot be understood
 */
export function readFields(frontMatter: Fields, name: FileName, path: string): StatedFields {
  const fields = withNestedFields(frontMatter);
  const addresses = ADDRESSES.flatMap((address) => findAddress(fields, address) ?? []);
  const source: FieldSource = { fields, name, path, slug: fieldText(fields.get('slug')), addresses };
  const values = Object.entries(READERS).map(([key, reader]): [string, unknown] => [key, reader(source)]);
  const draft = Object.fromEntries(values.filter(([, value]) => value !== undefined));
  return draft as unknown as StatedFields; // as the readers return them
}

/** YAML reads `title: [Kelp, Wrack]` as a list. */
function findTitle(fields: Fields): string | undefined {
  const field = findField(fields, ['title', 'headline']);
  // One in each language.
  const inLanguages = fieldMap(field);
  const stated =
    inLanguages?.get(findText(fields, ['lang', 'language']) ?? '') ?? inLanguages?.values().next().value;
  const words = fieldItems(stated ?? field).flatMap((item) => fieldText(item) ?? []);
  return words.length === 0 ? undefined : words.join(', ');
}

const PAGE_LAYOUTS = /^(?:pages?|static|home|index|404|about|archives?|tags?|categories|search|sitemap)$/i;
const POST_TYPES = /^(?:posts?|article|blog|news|episode|podcast)$/i;
/** Layouts of lists, too. */
const LIST_LAYOUTS = /^(?:blog|news|podcast)$/i;

function findRole(fields: Fields): 'page' | 'post' | undefined {
  for (const name of ['type', 'contenttype', 'posttype', 'layout', 'template']) {
    const stated = (fieldText(fields.get(name)) ?? '').replace(/^.*\//, '').replace(/\.\w+$/, '');
    if (PAGE_LAYOUTS.test(stated)) return 'page';
    const isList = /^(?:layout|template)$/.test(name) && LIST_LAYOUTS.test(stated);
    if (POST_TYPES.test(stated) && !isList) return 'post';
  }
  return readAnswer(fieldText(fields.get('ispage')) ?? '') ? 'page' : undefined;
}

function findTags(fields: Fields): string[] {
  const found = [
    ...['tags', 'categories', 'topics', 'labels'].flatMap((name) => splitTags(fields.get(name), true)),
    ...['category', 'tag'].flatMap((name) => splitTags(fields.get(name), false)),
  ];
  const tags = found.length > 0 ? found : splitTags(fields.get('keywords'), false);
  const names = tags.map((tag) => wikilinkWords(withoutReferences(tag ?? '')).replace(/^#/, ''));
  return [...new Set(names)].filter(
    (name, index) => name !== '' && !(index === 0 ? FIRST_COLLECTION : COLLECTION).test(name),
  );
}

/** A name, a list whose first item counts, or a map with a name and a number. */
function findSeries(fields: Fields): StatedSeries | undefined {
  const [first] = fieldItems(findField(fields, SERIES));
  const map = fieldMap(first);
  const stated = map === undefined ? fieldText(first) : findText(map, ['name', 'title']);
  const name = wikilinkWords(stated ?? '');
  if (name === '' || readAnswer(name) !== undefined) return undefined;
  const number = findText(
    map ?? fields,
    map === undefined ? SERIES_PARTS : ['part', 'order', 'number', 'index'],
  );
  const part = /^\d{1,6}(?:\.\d{1,3})?$/.test(number ?? '') ? Number(number) : undefined;
  return { name, ...(part !== undefined && { part }) };
}

const CORRECTIONS = ['corrections', 'correction', 'errata', 'erratum'];
const CORRECTION_TEXTS = ['text', 'correction', 'note', 'description', 'message', 'what'];
/** The day at the beginning of a correction, and what follows it. */
const DATED = /^(\d{4}-\d{2}-\d{2})(?:\s?[:–—-]|,)?\s+(\S.*)$/s;
const DAY_NAME = /^(\d{4})(\d{2})(\d{2})$/;

/** Texts, each after its day, or maps with `date` and `text`, or a map from days to texts. */
function findCorrections({ fields, path }: FieldSource): StatedCorrection[] {
  return fieldItems(findField(fields, CORRECTIONS)).flatMap((item): StatedCorrection[] => {
    const map = fieldMap(item);
    if (map === undefined) {
      const text = fieldText(item) ?? '';
      const [, day = '', words] = DATED.exec(text) ?? [];
      return correction(words ?? text, findDate(day, `seeds/${path}:${item.line}`));
    }
    const text = findText(map, CORRECTION_TEXTS);
    if (text !== undefined)
      return correction(text, findStatedDate({ fields: map, path }, ['date', 'on', 'day']));
    return [...map].flatMap(([name, field]) =>
      correction(
        fieldText(field) ?? '',
        findDate(name.replace(DAY_NAME, '$1-$2-$3'), `seeds/${path}:${field.line}`),
      ),
    );
  });
}

function correction(stated: string, date: StatedDate | undefined): StatedCorrection[] {
  const text = inlineText(stated);
  return text === '' ? [] : [{ text, ...(date !== undefined && { date }) }];
}

/** Splits a text at its commas, otherwise, as in Jekyll, at its spaces. */
function splitTags(field: Field | undefined, bySpaces: boolean): (string | undefined)[] {
  const text = fieldText(field);
  // In Hexo, a list of categories is a path.
  if (text === undefined)
    return fieldItems(field).flatMap((item) =>
      Array.isArray(item.value)
        ? splitTags(item, false)
        : [fieldText(item) ?? findText(fieldMap(item), ['name', 'label', 'title'])],
    );
  if (/[,;，、；،]/.test(text))
    return splitTrimmed(text, /[,;，、；،]/).map((tag) => tag.replace(/^(["'])(.+)\1$/, '$2'));
  return bySpaces ? text.split(/\s+/) : [text];
}

function findSource({
  fields,
  path,
}: FieldSource):
  | { readonly title?: string; readonly uri?: string; readonly published?: StatedDate }
  | undefined {
  const map = fieldMap(fields.get('source')) ?? fieldMap(fields.get('original'));
  const uri = map
    ? parseHttpUrl(findText(map, ['url', 'uri', 'link', 'href']))
    : ORIGINALS.map((name) => parseHttpUrl(fieldText(fields.get(name)))).find((url) => url !== undefined);
  const named = map
    ? findText(map, ['title', 'name'])
    : findText(fields, ['sourcetitle', 'sourcename', 'publication']);
  const plain = fieldText(fields.get('source'));
  const title = named ?? (plain !== undefined && !/^(?:\w+:)?\//.test(plain) ? plain : undefined);
  const published = map
    ? findStatedDate({ fields: map, path }, ['date', 'published'])
    : findStatedDate({ fields, path }, ['sourcedate', 'originaldate']);
  if (uri === undefined && title === undefined) return undefined;
  return defined({ title, uri, published });
}

/** A text that consists of paragraphs. */
const PARAGRAPHS = /^\s*<(?:p|div)(?:\s[^<>]*)?>.*<\/(?:p|div)>\s*$/is;
const PARAGRAPH_TAG = /<\/?(?:p|div)(?:\s[^<>]*)?>/gi;
/** A link, code or emphasis in Markdown. */
const MARKDOWN =
  /(?<!!)\[([^[\]]+)\]\((?:(?:https?:|\/|#|\.)[^\s()]*|[^\s()]{1,200}\.(?:md|html)(?:#[^\s()]*)?)\)|(?<!`)`([^`\n]+)`(?!`)|(?<![*\p{L}\p{N}])(\*\*?)(?=\S)([^*$]+)(?<=\S)\3(?![*\p{L}\p{N}])/gu;
const REFERENCE = /&(?:#\d{2,7}|#x[\da-f]{2,6}|[a-z]\w{1,30});/gi;

/**
 * The plain text of a line of front matter that generators render as HTML: without pairs of tags, links, code and
 * emphasis of Markdown, and with decoded character references. A tag that is only mentioned is kept.
 */
function inlineText(text: string): string {
  const line = PARAGRAPHS.test(text) ? text.replace(PARAGRAPH_TAG, ' ').trim() : text;
  const plain = withoutPairs(line)
    .replace(MARKDOWN, '$1$2$4')
    .replace(/<(?:br|wbr)\s*\/?>/gi, ' ');
  return withoutReferences(plain).replace(/\u00AD/g, '');
}

function withoutReferences(text: string): string {
  return text.replace(REFERENCE, decodeReferences);
}
