import type { Instant } from '../article.ts';
import { isObject, type JsonObject, parseJson } from '../json.ts';
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

type Kind =
  | 'string'
  | 'plain'
  | 'boolean'
  | 'number'
  | 'address'
  | 'date'
  | 'language'
  | 'strings'
  | 'objects'
  | 'object';
type Shape = Readonly<Record<string, Kind>>;

const FEED: Shape = {
  version: 'string',
  title: 'plain',
  home_page_url: 'address',
  feed_url: 'address',
  description: 'plain',
  user_comment: 'string',
  next_url: 'address',
  icon: 'address',
  favicon: 'address',
  author: 'object',
  authors: 'objects',
  language: 'language',
  expired: 'boolean',
  hubs: 'objects',
  items: 'objects',
};
const ITEM: Shape = {
  id: 'string',
  url: 'address',
  external_url: 'address',
  title: 'plain',
  content_html: 'string',
  content_text: 'string',
  summary: 'string',
  image: 'address',
  banner_image: 'address',
  date_published: 'date',
  date_modified: 'date',
  author: 'object',
  authors: 'objects',
  tags: 'strings',
  language: 'language',
  attachments: 'objects',
};
const AUTHOR: Shape = { name: 'plain', url: 'address', avatar: 'address' };
const HUB: Shape = { type: 'string', url: 'address' };
const ATTACHMENT: Shape = {
  url: 'address',
  mime_type: 'string',
  title: 'plain',
  size_in_bytes: 'number',
  duration_in_seconds: 'number',
};

/**
 * Checks a JSON Feed.
 *
 * @param url the address of the feed
 */
export function checkJson(text: string, url: string, now: Instant): Issue[] {
  const feed = readJson(text);
  return feed === undefined ? [jsonRules.syntax('document')] : [...checkFeed(feed, url, now)];
}

/** Undefined if the body is not a JSON object. */
function readJson(text: string): JsonObject | undefined {
  const value = parseJson(text);
  return isObject(value) ? value : undefined;
}

function* checkFeed(feed: JsonObject, url: string, now: Instant): Iterable<Issue> {
  if (feed.version !== 'https://jsonfeed.org/version/1.1')
    yield jsonRules.version('version', print(feed.version));
  if (isBlank(feed.title)) yield jsonRules.title('title');
  if (feed.home_page_url === undefined) yield jsonRules['home-page']('feed');
  if (feed.feed_url !== url) yield jsonRules['feed-url']('feed_url', print(feed.feed_url));
  if (feed.next_url !== undefined && feed.next_url === feed.feed_url)
    yield jsonRules['next-url']('next_url', print(feed.next_url));
  yield* checkMembers(feed, 'feed', FEED, now);
  yield* checkAuthors(feed, 'feed', now);
  for (const [index, hub] of objectsIn(feed.hubs).entries())
    yield* checkMembers(hub, `feed hubs ${index + 1}`, HUB, now);
  if (!Array.isArray(feed.items)) yield jsonRules.items('items');
  const items = objectsIn(feed.items);
  for (const [index, item] of items.entries()) yield* checkItem(item, `item ${index + 1}`, now);
  for (const id of repeated(items.flatMap(({ id }) => (typeof id === 'string' ? id : []))))
    yield jsonRules['id-unique']('id', id);
}

function* checkItem(item: JsonObject, where: string, now: Instant): Iterable<Issue> {
  const { id, content_html: html, content_text: text, attachments } = item;
  if (isBlank(id)) yield jsonRules.id(`${where} id`, print(id));
  if (typeof html !== 'string' && typeof text !== 'string') yield jsonRules.content(where);
  yield* checkMembers(item, where, ITEM, now);
  yield* checkAuthors(item, where, now);
  if (typeof html === 'string') yield* checkContent(html, `${where} content_html`);
  for (const [index, attachment] of objectsIn(attachments).entries()) {
    const at = `${where} attachment ${index + 1}`;
    if (isBlank(attachment.url) || !isMediaType(String(attachment.mime_type))) yield jsonRules.attachment(at);
    yield* checkMembers(attachment, at, ATTACHMENT, now);
  }
}

function* checkAuthors(parent: JsonObject, where: string, now: Instant): Iterable<Issue> {
  if (parent.author !== undefined) yield jsonRules['author-deprecated'](`${where} author`);
  for (const [index, author] of objectsIn(parent.authors).entries()) {
    const at = `${where} author ${index + 1}`;
    if (Object.keys(AUTHOR).every((name) => isBlank(author[name]))) yield jsonRules.author(at);
    yield* checkMembers(author, at, AUTHOR, now);
  }
}

function* checkMembers(object: JsonObject, where: string, shape: Shape, now: Instant): Iterable<Issue> {
  for (const [name, value] of Object.entries(object)) {
    const kind = shape[name];
    const at = `${where} ${name}`;
    if (kind !== undefined) yield* checkValue(value, at, kind, now);
    else if (!name.startsWith('_')) yield jsonRules.unknown(at);
  }
}

function* checkValue(value: unknown, where: string, kind: Kind, now: Instant): Iterable<Issue> {
  if (!hasType(value, kind)) return yield jsonRules.type(where, print(value));
  if (typeof value !== 'string') return;
  yield* checkCharacters(value, where);
  const instant = kind === 'date' ? parseRfc3339(value) : undefined;
  if (kind === 'date' && instant === undefined) yield jsonRules.date(where, value);
  if (instant !== undefined && isFuture(instant, now)) yield jsonRules.future(where, value);
  if (kind === 'plain' && findMarkup(value, '&#x') !== undefined) yield jsonRules['plain-text'](where, value);
  if (kind === 'address' && !isWebAddress(value)) yield jsonRules.address(where, value);
  if (kind === 'language' && !isLanguageTag(value)) yield jsonRules.language(where, value);
}

function hasType(value: unknown, kind: Kind): boolean {
  switch (kind) {
    case 'strings':
      return Array.isArray(value) && value.every((one) => typeof one === 'string');
    case 'objects':
      return Array.isArray(value) && value.every(isObject);
    case 'object':
      return isObject(value);
    case 'number':
    case 'boolean':
      return typeof value === kind;
    default:
      return typeof value === 'string';
  }
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
