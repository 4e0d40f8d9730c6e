import type { Instant } from '../article.ts';
import { isObject, type JsonObject, parseJson } from '../json.ts';
import { wordList } from '../strings.ts';
import { checkCharacters, checkContent, findMarkup } from './html.ts';
import { isFuture, isLanguageTag, isMediaType, isWebAddress, parseRfc3339 } from './identifiers.ts';
import { defineRules, type Issue, repeated } from './report.ts';

const JSON_FEED = 'JSON Feed 1.1';

export const jsonRules = defineRules('json', {
  syntax: ['error', 'an object in JSON', 'RFC 8259 §2'],
  version: ['error', '"https://jsonfeed.org/version/1.1"', `${JSON_FEED}, version`],
  title: ['error', 'a text', `${JSON_FEED}, title`],
  items: ['error', 'an array of objects', `${JSON_FEED}, items`],
  'home-page': ['warning', 'a home_page_url', `${JSON_FEED}, home_page_url`],
  'feed-url': ['warning', 'the address that the feed came from', `${JSON_FEED}, feed_url`],
  'next-url': ['error', 'an address other than feed_url', `${JSON_FEED}, next_url`],
  id: ['error', 'a text', `${JSON_FEED}, id`],
  'id-unique': ['error', 'an id that no other item has', `${JSON_FEED}, id`],
  content: ['error', 'content_html or content_text', `${JSON_FEED}, content_html`],
  'plain-text': ['warning', 'no markup', `${JSON_FEED}, content_html`],
  type: ['error', 'a value of its type', `${JSON_FEED}, "Structure"`],
  address: ['error', 'an absolute address of the web', `${JSON_FEED}, url`],
  date: [
    'error',
    'a date such as "2010-02-07T14:04:00-05:00"',
    `${JSON_FEED}, date_published; RFC 3339 §5.6`,
  ],
  future: ['warning', 'a date that is not in the future', `${JSON_FEED}, date_published`],
  author: ['error', 'a name, a url or an avatar', `${JSON_FEED}, authors`],
  'author-deprecated': ['warning', 'authors in place of author', `${JSON_FEED}, author`],
  language: ['error', 'a language tag', `${JSON_FEED}, language; BCP 47`],
  attachment: ['error', 'a url and a mime_type', `${JSON_FEED}, attachments`],
  unknown: ['error', 'a member of JSON Feed, or a name that begins with "_"', `${JSON_FEED}, "Extensions"`],
});

/** The types of members, beside the text of all other kinds. */
const TYPES = {
  boolean: (value: unknown) => typeof value === 'boolean',
  number: (value: unknown) => typeof value === 'number',
  strings: (value: unknown) => Array.isArray(value) && value.every((one) => typeof one === 'string'),
  object: isObject,
  objects: (value: unknown) => Array.isArray(value) && value.every(isObject),
};

type Kind = keyof typeof TYPES | 'string' | 'plain' | 'address' | 'date' | 'language';

/** The members of an object, by kind. */
type Shape = Readonly<Partial<Record<Kind, string>>>;

/** The shape of the feed, and of the objects in a member of that name. */
const SHAPES: ReadonlyMap<string, ReadonlyMap<string, Kind>> = new Map(
  Object.entries<Shape>({
    feed: {
      string: 'version user_comment',
      plain: 'title description',
      address: 'home_page_url feed_url next_url icon favicon',
      language: 'language',
      boolean: 'expired',
      object: 'author',
      objects: 'authors hubs items',
    },
    items: {
      string: 'id content_html content_text summary',
      plain: 'title',
      address: 'url external_url image banner_image',
      date: 'date_published date_modified',
      language: 'language',
      strings: 'tags',
      object: 'author',
      objects: 'authors attachments',
    },
    authors: { plain: 'name', address: 'url avatar' },
    hubs: { string: 'type', address: 'url' },
    attachments: {
      string: 'mime_type',
      plain: 'title',
      address: 'url',
      number: 'size_in_bytes duration_in_seconds',
    },
  }).map(([name, shape]) => [
    name,
    new Map(
      (Object.entries(shape) as [Kind, string][]).flatMap(([kind, names]) =>
        wordList(names).map((member) => [member, kind] as const),
      ),
    ),
  ]),
);

/**
 * Checks a JSON Feed.
 *
 * @param url the address of the feed
 */
export function checkJson(text: string, url: string, now: Instant): Issue[] {
  const feed = parseJson(text);
  return isObject(feed)
    ? [...checkFeed(feed, url), ...checkObject(feed, 'feed', 'feed', now)]
    : [jsonRules.syntax('document')];
}

function* checkFeed(feed: JsonObject, url: string): Iterable<Issue> {
  if (feed.version !== 'https://jsonfeed.org/version/1.1')
    yield jsonRules.version('version', print(feed.version));
  if (isBlank(feed.title)) yield jsonRules.title('title');
  if (feed.home_page_url === undefined) yield jsonRules['home-page']('feed');
  if (feed.feed_url !== url) yield jsonRules['feed-url']('feed_url', print(feed.feed_url));
  if (feed.next_url !== undefined && feed.next_url === feed.feed_url)
    yield jsonRules['next-url']('next_url', print(feed.next_url));
  if (!Array.isArray(feed.items)) yield jsonRules.items('items');
  for (const id of repeated(objectsIn(feed.items).flatMap(({ id }) => (typeof id === 'string' ? id : []))))
    yield jsonRules['id-unique']('id', id);
}

/** @param kind the name of the member that holds the object, or `feed` */
function* checkObject(object: JsonObject, kind: string, where: string, now: Instant): Iterable<Issue> {
  if (object.author !== undefined) yield jsonRules['author-deprecated'](`${where} author`);
  yield* CHECKS.get(kind)?.(object, where) ?? [];
  for (const [name, value] of Object.entries(object)) {
    const at = `${where} ${name}`;
    const expected = SHAPES.get(kind)?.get(name);
    if (expected !== undefined) yield* checkValue(value, at, expected, now);
    else if (!name.startsWith('_')) yield jsonRules.unknown(at);
    if (expected !== 'objects') continue;
    for (const [index, inner] of objectsIn(value).entries())
      yield* checkObject(inner, name, `${at} ${index + 1}`, now);
  }
}

const CHECKS = new Map(
  Object.entries({ items: checkItem, authors: checkAuthor, attachments: checkAttachment }),
);

function* checkItem(item: JsonObject, where: string): Iterable<Issue> {
  const { id, content_html: html, content_text: text } = item;
  if (isBlank(id)) yield jsonRules.id(`${where} id`, print(id));
  if (typeof html !== 'string' && typeof text !== 'string') yield jsonRules.content(where);
  if (typeof html === 'string') yield* checkContent(html, `${where} content_html`);
}

function* checkAuthor({ name, url, avatar }: JsonObject, where: string): Iterable<Issue> {
  if ([name, url, avatar].every(isBlank)) yield jsonRules.author(where);
}

function* checkAttachment({ url, mime_type: type }: JsonObject, where: string): Iterable<Issue> {
  if (isBlank(url) || !isMediaType(String(type))) yield jsonRules.attachment(where);
}

function* checkValue(value: unknown, where: string, kind: Kind, now: Instant): Iterable<Issue> {
  const isRight = kind in TYPES ? TYPES[kind as keyof typeof TYPES](value) : typeof value === 'string';
  if (!isRight) return yield jsonRules.type(where, print(value));
  if (typeof value !== 'string') return;
  yield* checkCharacters(value, where);
  const instant = kind === 'date' ? parseRfc3339(value) : undefined;
  if (kind === 'date' && instant === undefined) yield jsonRules.date(where, value);
  if (instant !== undefined && isFuture(instant, now)) yield jsonRules.future(where, value);
  if (kind === 'plain' && findMarkup(value, '&#x') !== undefined) yield jsonRules['plain-text'](where, value);
  if (kind === 'address' && !isWebAddress(value)) yield jsonRules.address(where, value);
  if (kind === 'language' && !isLanguageTag(value)) yield jsonRules.language(where, value);
}

/** The objects in an array; empty if the value is not an array. */
function objectsIn(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function isBlank(value: unknown): boolean {
  return typeof value !== 'string' || value.trim() === '';
}

function print(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
}
