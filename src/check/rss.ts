import type { Instant } from '../article.ts';
import { checkContent, findMarkup } from './html.ts';
import {
  isAbsoluteUri,
  isEmailAddress,
  isFuture,
  isLanguageTag,
  isMediaType,
  isWebAddress,
  parseRfc822,
} from './identifiers.ts';
import { defineRules, type Issue, repeated } from './report.ts';
import { childrenOf, childText, readXml, type XmlElement } from './xml.ts';

interface Vocabulary {
  /** The RSS 2.0 elements that are allowed. */
  readonly known: ReadonlySet<string>;
  /** The plain-text elements. */
  readonly plain: ReadonlySet<string>;
}

const CHANNEL: Vocabulary = {
  known: words(
    'title link description language copyright managingEditor webMaster pubDate lastBuildDate category generator ' +
      'docs cloud ttl image rating textInput skipHours skipDays item',
  ),
  plain: words('title description copyright category dc:rights'),
};
const ITEM: Vocabulary = {
  known: words('title link description author category comments enclosure guid pubDate source'),
  plain: words('title category source dc:rights'),
};
/** Repeatable elements; `enclosure` has its own rule. */
const MANY = words('item category enclosure');
/** Namespaced elements that are not repeatable. */
const ONCE = words(
  'content:encoded dc:title dc:description dc:type dc:format dc:source dc:language dc:rights ' +
    'atom:id atom:title atom:subtitle atom:summary atom:published atom:updated atom:rights atom:icon atom:logo',
);
const DATES = words('pubDate lastBuildDate');
const ADDRESSES = words('link docs comments');
const LANGUAGES = words('language dc:language');
const PEOPLE = words('author managingEditor webMaster');
const SYNONYMS = [
  'author dc:creator',
  'category dc:subject',
  'copyright dc:rights',
  'guid atom:id',
  'language dc:language',
  'managingEditor dc:creator',
  'pubDate dc:date',
  'pubDate atom:published',
  'source dc:source',
  'webMaster dc:publisher',
].map((pair) => pair.split(' '));

const COUNT = /^[1-9]\d*$/;
const SECONDS = /^\d+(?:\.\d+)?$/;
/** The texts of elements, and the values of attributes, that have a form of their own. */
const VALUES: Readonly<Record<string, RegExp>> = {
  ttl: COUNT,
  'image width': /^(?:[1-9]\d?|1[0-3]\d|14[0-4])$/,
  'image height': /^(?:[1-9]\d?|[1-3]\d\d|400)$/,
  'itunes:complete': /^Yes$/,
  'itunes:duration': /^\d+(?::[0-5]?\d){0,2}$/,
  'itunes:episode': COUNT,
  'itunes:episodeType': /^(?:full|trailer|bonus)$/,
  'itunes:explicit': /^(?:true|false)$/,
  'itunes:image @href': /^https?:/,
  'itunes:season': COUNT,
  'itunes:type': /^(?:episodic|serial)$/,
  'media:content @duration': SECONDS,
  'media:content @fileSize': COUNT,
  'media:content @height': COUNT,
  'media:content @medium': /^(?:image|audio|video|document|executable)$/,
  'media:content @type': /^[\w.+-]+\/[\w.+-]+$/,
  'media:content @url': /^https?:/,
  'media:content @width': COUNT,
};

/**
 * Checks an RSS 2.0 feed as the W3C feed validator does.
 *
 * @param url the address of the feed
 */
export function checkRss(text: string, url: string, now: Instant): Issue[] {
  const { root, issues } = readXml(text);
  return root === undefined ? [...issues] : [...issues, ...checkRoot(root, url, now)];
}

function* checkRoot(root: XmlElement, url: string, now: Instant): Iterable<Issue> {
  const [channel] = root.children;
  if (root.name !== 'rss' || root.attributes.get('version') !== '2.0' || root.children.length !== 1)
    yield rssRules.root(`<${root.name}>`);
  if (channel?.name !== 'channel') return yield rssRules.required('channel');
  for (const name of ['title', 'link', 'description']) {
    if (!childText(channel, name)) yield rssRules.required(`channel ${name}`);
  }
  yield* checkSelf(channel, url);
  if ((childText(channel, 'language') ?? childText(channel, 'dc:language')) === undefined)
    yield rssRules['language-missing']('channel');
  yield* checkElements(channel, 'channel', CHANNEL, now);
  const firstItem = channel.children.findIndex(({ name }) => name === 'item');
  for (const [index, { name }] of channel.children.entries()) {
    if (firstItem >= 0 && index > firstItem && name !== 'item') yield rssRules.order(`channel ${name}`);
  }
  for (const image of childrenOf(channel, 'image')) yield* checkImage(image, channel);
  const items = childrenOf(channel, 'item');
  for (const [index, item] of items.entries()) yield* checkItem(item, `item ${index + 1}`, now);
  for (const guid of repeated(items.flatMap((item) => childText(item, 'guid') ?? [])))
    yield rssRules['guid-unique']('guid', guid);
}

function* checkSelf(channel: XmlElement, url: string): Iterable<Issue> {
  const selves = childrenOf(channel, 'atom:link').filter(
    ({ attributes }) => attributes.get('rel') === 'self',
  );
  if (selves.length === 0) yield rssRules['self-missing']('channel');
  for (const { attributes } of selves) {
    const href = attributes.get('href') ?? '';
    if (href !== url) yield rssRules['self-address']('channel atom:link', href);
  }
}

/** The elements that channels and items share. */
function* checkElements(
  parent: XmlElement,
  where: string,
  { known, plain }: Vocabulary,
  now: Instant,
): Iterable<Issue> {
  const names = parent.children.map(({ name }) => name);
  yield* checkOnce(parent, where);
  for (const synonyms of SYNONYMS) {
    if (synonyms.every((name) => names.includes(name)))
      yield rssRules.twin(`${where} ${synonyms.join(' and ')}`);
  }
  for (const element of parent.children) {
    const { name, text, rawText } = element;
    const at = `${where} ${name}`;
    const value = text.trim();
    yield* checkValues(element, at);
    if (!known.has(name) && !isExtension(name)) yield rssRules.unknown(at);
    if (DATES.has(name)) yield* checkDate(value, at, now);
    if (ADDRESSES.has(name) && !isAbsoluteUri(value)) yield rssRules.address(at, value);
    if (PEOPLE.has(name) && !isContact(value)) yield rssRules.author(at, value);
    if (LANGUAGES.has(name) && !isLanguageTag(value)) yield rssRules.language(at, value);
    if (plain.has(name)) yield* checkPlainText(value, rawText, at);
  }
}

function* checkValues({ name, text, attributes, children }: XmlElement, where: string): Iterable<Issue> {
  const values = [
    [name, text.trim(), where],
    ...[...attributes].map(([key, value]) => [`${name} @${key}`, value, `${where} ${key}`]),
    ...children.map((child) => [`${name} ${child.name}`, child.text.trim(), `${where} ${child.name}`]),
  ] as const;
  for (const [key = '', value = '', at = ''] of values)
    if (VALUES[key]?.test(value) === false) yield rssRules.value(at, value);
}

function* checkOnce(parent: XmlElement, where: string): Iterable<Issue> {
  for (const name of repeated(parent.children.map((child) => child.name))) {
    if (ONCE.has(name) || !(MANY.has(name) || isExtension(name))) yield rssRules.once(`${where} ${name}`);
  }
}

function* checkDate(text: string, where: string, now: Instant): Iterable<Issue> {
  const date = parseRfc822(text);
  if (date === undefined) yield rssRules.date(where, text);
  else if (!date.weekdayIsRight) yield rssRules.weekday(where, text);
  else if (isFuture(date.instant, now)) yield rssRules.future(where, text);
}

function* checkPlainText(text: string, rawText: string, where: string): Iterable<Issue> {
  if (text === '') yield rssRules.blank(where);
  if (findMarkup(text, rawText) !== undefined) yield rssRules['plain-text'](where, text);
  else if (/<[/a-z]|&#[x\d]/i.test(text) && !rawText.includes('&#x'))
    yield rssRules['character-data'](where, text);
}

function* checkItem(item: XmlElement, where: string, now: Instant): Iterable<Issue> {
  yield* checkElements(item, where, ITEM, now);
  const names = item.children.map(({ name }) => name);
  if (!childText(item, 'title') && !childText(item, 'description')) yield rssRules.item(where);
  yield* checkGuid(item, where);
  const content = names.indexOf('content:encoded');
  if (content >= 0 && !names.slice(0, content).includes('description'))
    yield rssRules['description-first'](`${where} content:encoded`);
  for (const name of ['description', 'content:encoded'])
    for (const { text } of childrenOf(item, name)) yield* checkContent(text, `${where} ${name}`);
  const enclosures = childrenOf(item, 'enclosure');
  if (enclosures.length > 1) yield rssRules['one-enclosure'](where);
  for (const { attributes } of enclosures) yield* checkEnclosure(attributes, `${where} enclosure`);
  for (const { attributes } of childrenOf(item, 'source')) {
    const url = attributes.get('url') ?? '';
    if (!isAbsoluteUri(url)) yield rssRules.address(`${where} source url`, url);
  }
}

function* checkGuid(item: XmlElement, where: string): Iterable<Issue> {
  const [guid] = childrenOf(item, 'guid');
  if (guid === undefined) return yield rssRules['guid-missing'](where);
  const value = guid.text.trim();
  const isPermalink = guid.attributes.get('isPermaLink') ?? 'true';
  if (isPermalink !== 'false' && !(isPermalink === 'true' && isWebAddress(value)))
    yield rssRules['guid-permalink'](`${where} guid isPermaLink="${isPermalink}"`, value);
}

function* checkEnclosure(attributes: ReadonlyMap<string, string>, where: string): Iterable<Issue> {
  const { url = '', length = '', type = '' } = Object.fromEntries(attributes);
  if (!isWebAddress(url)) yield rssRules.enclosure(`${where} url`, url);
  if (!/^\d+$/.test(length)) yield rssRules.enclosure(`${where} length`, length);
  if (!isMediaType(type)) yield rssRules.enclosure(`${where} type`, type);
}

function* checkImage(image: XmlElement, channel: XmlElement): Iterable<Issue> {
  yield* checkOnce(image, 'channel image');
  for (const name of ['url', 'title', 'link']) {
    if (!childText(image, name)) yield rssRules.image(`channel image ${name}`);
  }
  for (const name of ['url', 'link']) {
    const address = childText(image, name) ?? '';
    if (address !== '' && !isAbsoluteUri(address)) yield rssRules.address(`channel image ${name}`, address);
  }
  for (const name of ['title', 'link']) {
    const value = childText(image, name);
    if (value !== undefined && value !== childText(channel, name))
      yield rssRules['image-same'](`channel image ${name}`, value);
  }
  const url = childText(image, 'url') ?? '';
  const [, extension] = /\.(\w+)$/.exec(url) ?? [];
  if (extension !== undefined && !/^(?:jpe?g|gif|png)$/i.test(extension))
    yield rssRules['image-format']('channel image url', url);
}

function isExtension(name: string): boolean {
  return /^\{|:/.test(name);
}

function isContact(text: string): boolean {
  const [, address = ''] = /^(\S+) \([^()]+\)$/.exec(text) ?? [];
  return isEmailAddress(address);
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}

export const rssRules = defineRules('rss', {
  root: ['error', '<rss version="2.0"> with one channel', 'RSS 2.0, "What is RSS?"'],
  required: ['error', 'a text', 'RSS 2.0, "Required channel elements"'],
  unknown: ['error', 'an element of RSS 2.0 or of a namespace', 'RSS 2.0, "Extending RSS"'],
  once: ['error', 'one such element', 'W3C feed validator, DuplicateElement'],
  order: ['warning', 'the channel’s own elements before its items', 'W3C feed validator, MisplacedItem'],
  'self-missing': ['warning', 'an atom:link rel="self"', 'RSS Best Practices Profile, "atom:link"'],
  'self-address': [
    'warning',
    'the address that the feed came from',
    'W3C feed validator, SelfDoesntMatchLocation',
  ],
  'language-missing': ['warning', 'a language', 'W3C feed validator, MissingDCLanguage'],
  language: ['error', 'a language tag', 'RSS 2.0, "language"; BCP 47'],
  date: ['error', 'a date such as "Wed, 02 Oct 2002 13:00:00 GMT"', 'RSS 2.0, "pubDate"; RFC 822 §5'],
  weekday: ['error', 'the day of the week that it is', 'W3C feed validator, IncorrectDOW'],
  future: ['warning', 'a date that is not in the future', 'W3C feed validator, ImplausibleDate'],
  address: ['error', 'an absolute URI', 'RSS 2.0, "Comments"'],
  item: ['error', 'a title or a description', 'RSS 2.0, "Elements of <item>"'],
  'guid-missing': ['warning', 'a guid', 'W3C feed validator, MissingGuid'],
  'guid-unique': ['error', 'a guid that no other item has', 'RSS 2.0, "guid"'],
  'guid-permalink': ['error', 'an address of the web, or isPermaLink="false"', 'RSS 2.0, "guid"'],
  'description-first': [
    'warning',
    'the description before it',
    'W3C feed validator, NeedDescriptionBeforeContent',
  ],
  value: [
    'error',
    'a value that its specification allows',
    'RSS 2.0; A Podcaster’s Guide to RSS; Media RSS 1.5.1',
  ],
  author: ['error', 'an address such as "jane@example.org (Jane Roe)"', 'RSS 2.0, "author"'],
  twin: ['warning', 'only one element that says this', 'W3C feed validator, DuplicateSemantics'],
  image: ['error', 'url, title and link', 'RSS 2.0, "image"'],
  'image-same': ['warning', 'the same as the channel’s', 'W3C feed validator, ImageTitleDoesntMatch'],
  'image-format': ['warning', 'a JPEG, GIF or PNG', 'RSS 2.0, "image"'],
  enclosure: ['error', 'url, length in bytes and media type', 'RSS 2.0, "enclosure"'],
  'one-enclosure': ['warning', 'at most one enclosure', 'RSS Best Practices Profile, "enclosure"'],
  blank: ['warning', 'a text', 'W3C feed validator, NotBlank'],
  'plain-text': ['warning', 'no markup', 'W3C feed validator, ContainsHTML'],
  'character-data': [
    'warning',
    'a reference such as &#x26; or &#x3C;',
    'RSS Best Practices Profile, "Character Data"',
  ],
});
