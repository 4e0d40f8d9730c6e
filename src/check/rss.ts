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
import { childrenOf, childText, type XmlElement } from './xml.ts';
import { feedCheck } from './xml-format.ts';

export const rssRules = defineRules('rss', {
  root: ['error', '<rss version="2.0">', 'RSS 2.0, "What is RSS?"'],
  required: ['error', 'such an element', 'RSS 2.0, "Required channel elements"'],
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

/** Elements of other vocabularies that may not be repeated. */
const EXTENSIONS =
  'content:encoded dc:title dc:description dc:type dc:format dc:source dc:language dc:rights ' +
  'atom:id atom:title atom:subtitle atom:summary atom:published atom:updated atom:rights atom:icon atom:logo';

const COUNT = /^[1-9]\d*$/;
const DATES = 'pubDate lastBuildDate';
const TEXTS = 'title category source copyright dc:rights channel/description';

/** Checks an RSS 2.0 feed as the W3C feed validator does. */
export const checkRss = feedCheck({
  rules: rssRules,
  root: 'rss',
  entry: 'item',
  own: /^[^{:]+$/,
  trimsText: true,
  elements: {
    rss: 'channel!',
    channel:
      'title! link! description! language copyright managingEditor webMaster pubDate lastBuildDate category* ' +
      `generator docs cloud ttl image rating textInput skipHours skipDays item* ${EXTENSIONS}`,
    image: 'url! title! link! width height description',
    item: `title link description author category* comments enclosure* guid pubDate source ${EXTENSIONS}`,
  },
  values: [
    ['root', /^2\.0$/, 'rss@version!'],
    ['address', isAbsoluteUri, 'link docs comments image/url source@url!'],
    ['image-format', (value) => !/\.(?!(?:jpe?g|gif|png)$)\w+$/i.test(value), 'image/url'],
    ['author', isContact, 'author managingEditor webMaster'],
    ['language', isLanguageTag, 'language dc:language'],
    ['date', (value) => parseRfc822(value) !== undefined, DATES],
    ['weekday', (value) => parseRfc822(value)?.weekdayIsRight === true, DATES],
    ['future', (value, _, now) => !isFuture(parseRfc822(value)?.instant ?? now, now), DATES],
    ['blank', /\S/, TEXTS],
    ['plain-text', (value, rawText) => findMarkup(value, rawText) === undefined, TEXTS],
    ['character-data', (value, rawText) => rawText.includes('&#x') || !/<[/a-z]|&#[x\d]/i.test(value), TEXTS],
    ['enclosure', isWebAddress, 'enclosure@url!'],
    ['enclosure', /^\d+$/, 'enclosure@length!'],
    ['enclosure', isMediaType, 'enclosure@type!'],
    ['value', COUNT, 'ttl itunes:episode itunes:season'],
    ['value', COUNT, 'media:content@fileSize media:content@height media:content@width'],
    ['value', /^(?:[1-9]\d?|1[0-3]\d|14[0-4])$/, 'image/width'],
    ['value', /^(?:[1-9]\d?|[1-3]\d\d|400)$/, 'image/height'],
    ['value', /^Yes$/, 'itunes:complete'],
    ['value', /^\d+(?::[0-5]?\d){0,2}$/, 'itunes:duration'],
    ['value', /^(?:full|trailer|bonus)$/, 'itunes:episodeType'],
    ['value', /^(?:true|false)$/, 'itunes:explicit'],
    ['value', /^(?:episodic|serial)$/, 'itunes:type'],
    ['value', /^https?:/, 'itunes:image@href media:content@url'],
    ['value', /^\d+(?:\.\d+)?$/, 'media:content@duration'],
    ['value', /^(?:image|audio|video|document|executable)$/, 'media:content@medium'],
    ['value', /^[\w.+-]+\/[\w.+-]+$/, 'media:content@type'],
  ],
  checks: {
    channel: checkChannel,
    image: checkImage,
    item: checkItem,
    guid: checkGuid,
    'item/description': ({ text }, where) => checkContent(text, where),
    'content:encoded': ({ text }, where) => checkContent(text, where),
  },
});

/** Pairs of elements with the same meaning, of which a parent may have one. */
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

function* checkTwins({ children }: XmlElement, where: string): Iterable<Issue> {
  for (const synonyms of SYNONYMS) {
    if (synonyms.every((synonym) => children.some(({ name }) => name === synonym)))
      yield rssRules.twin(`${where} ${synonyms.join(' and ')}`);
  }
}

function* checkChannel(channel: XmlElement, where: string): Iterable<Issue> {
  yield* checkTwins(channel, where);
  if ((childText(channel, 'language') ?? childText(channel, 'dc:language')) === undefined)
    yield rssRules['language-missing'](where);
  const items = childrenOf(channel, 'item');
  for (const guid of repeated(items.flatMap((item) => childText(item, 'guid') ?? [])))
    yield rssRules['guid-unique']('guid', guid);
}

function* checkItem(item: XmlElement, where: string): Iterable<Issue> {
  yield* checkTwins(item, where);
  const names = item.children.map(({ name }) => name);
  if (!childText(item, 'title') && !childText(item, 'description')) yield rssRules.item(where);
  if (!names.includes('guid')) yield rssRules['guid-missing'](where);
  const content = names.indexOf('content:encoded');
  if (content >= 0 && !names.slice(0, content).includes('description'))
    yield rssRules['description-first'](`${where} content:encoded`);
  if (childrenOf(item, 'enclosure').length > 1) yield rssRules['one-enclosure'](where);
}

function* checkGuid({ text, attributes }: XmlElement, where: string): Iterable<Issue> {
  const value = text.trim();
  const isPermalink = attributes.get('isPermaLink') ?? 'true';
  if (isPermalink !== 'false' && !(isPermalink === 'true' && isWebAddress(value)))
    yield rssRules['guid-permalink'](`${where} isPermaLink="${isPermalink}"`, value);
}

function* checkImage(image: XmlElement, where: string, channel: XmlElement): Iterable<Issue> {
  for (const name of ['title', 'link']) {
    const value = childText(image, name);
    if (value !== undefined && value !== childText(channel, name))
      yield rssRules['image-same'](`${where} ${name}`, value);
  }
}

function isContact(text: string): boolean {
  const [, address = ''] = /^(\S+) \([^()]+\)$/.exec(text) ?? [];
  return isEmailAddress(address);
}
