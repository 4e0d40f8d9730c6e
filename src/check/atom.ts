import type { Instant } from '../article.ts';
import { checkContent, findMarkup } from './html.ts';
import {
  isAbsoluteIri,
  isEmailAddress,
  isFuture,
  isLanguageTag,
  isMediaType,
  parseRfc3339,
} from './identifiers.ts';
import { defineRules, type Issue, repeated } from './report.ts';
import { childrenOf, childText, readXml, type XmlElement } from './xml.ts';

const REQUIRED = ['atom:id', 'atom:title', 'atom:updated'];
const MANY = words('author category contributor link entry');
const FEED = words(
  'author category contributor generator icon id link logo rights subtitle title updated entry',
);
const ENTRY = words(
  'author category content contributor id link published rights source summary title updated',
);
const TEXTS = words('title subtitle summary rights');
const DATES = words('updated published');
const ADDRESSES = words('id icon logo');
const PEOPLE = words('author contributor');

/**
 * Checks an Atom feed.
 *
 * @param url the address of the feed
 */
export function checkAtom(text: string, url: string, now: Instant): Issue[] {
  const { root, issues } = readXml(text);
  return root === undefined ? [...issues] : [...issues, ...checkFeed(root, url, now)];
}

function* checkFeed(feed: XmlElement, url: string, now: Instant): Iterable<Issue> {
  if (feed.name !== 'atom:feed') return yield atomRules.root(`<${feed.name}>`);
  if (!feed.attributes.has('xml:lang')) yield atomRules['language-missing']('feed');
  yield* checkElements(feed, 'feed', FEED, now);
  const firstEntry = feed.children.findIndex(({ name }) => name === 'atom:entry');
  for (const [index, { name }] of feed.children.entries()) {
    if (firstEntry >= 0 && index > firstEntry && FEED.has(name) && name !== 'atom:entry')
      yield atomRules.order(`feed ${name}`);
  }
  const selves = linksOf(feed, 'self');
  if (selves.length === 0) yield atomRules['self-missing']('feed');
  for (const { href = '' } of selves) if (href !== url) yield atomRules['self-address']('feed link', href);
  const entries = childrenOf(feed, 'atom:entry');
  for (const [index, entry] of entries.entries()) {
    const where = `entry ${index + 1}`;
    yield* checkElements(entry, where, ENTRY, now);
    yield* checkEntry(entry, where, feed);
  }
  for (const id of repeated([feed, ...entries].flatMap((element) => childText(element, 'atom:id') ?? [])))
    yield atomRules['id-unique']('id', id);
}

/** The elements that feeds and entries share. */
function* checkElements(
  parent: XmlElement,
  where: string,
  known: ReadonlySet<string>,
  now: Instant,
): Iterable<Issue> {
  for (const name of REQUIRED)
    if (childrenOf(parent, name).length === 0) yield atomRules.required(`${where} without ${name}`);
  yield* checkOnce(parent, where);
  yield* checkLanguage(parent, where);
  for (const element of parent.children) {
    const { name, attributes } = element;
    const at = `${where} ${name}`;
    const value = element.text;
    if (name.startsWith('atom:') && !known.has(name)) yield atomRules.unknown(at);
    if (name !== 'atom:entry') yield* checkLanguage(element, at);
    if (TEXTS.has(name)) yield* checkText(element, at);
    if (DATES.has(name)) yield* checkDate(value, at, now);
    if (ADDRESSES.has(name) && !isAbsoluteIri(value))
      yield atomRules[name === 'atom:id' ? 'id' : 'href'](at, value);
    if (PEOPLE.has(name)) yield* checkPerson(element, at);
    if (name === 'atom:link') yield* checkLink(attributes, at);
    if (name === 'atom:category') yield* checkCategory(attributes, at);
    if (name === 'atom:source') yield* checkOnce(element, at);
  }
  const alternates = linksOf(parent, 'alternate').map(
    ({ type = '', hreflang = '' }) => `${type} ${hreflang}`,
  );
  for (const duplicate of repeated(alternates)) yield atomRules.alternate(`${where} link`, duplicate.trim());
}

function* checkOnce(parent: XmlElement, where: string): Iterable<Issue> {
  for (const name of repeated(parent.children.map((child) => child.name))) {
    if (name.startsWith('atom:') && !MANY.has(name)) yield atomRules.once(`${where} ${name}`);
  }
}

function* checkEntry(entry: XmlElement, where: string, feed: XmlElement): Iterable<Issue> {
  const [source] = childrenOf(entry, 'atom:source');
  if ([entry, source, feed].every((element) => childrenOf(element, 'atom:author').length === 0))
    yield atomRules.author(where);
  const [content] = childrenOf(entry, 'atom:content');
  const hasSummary = childrenOf(entry, 'atom:summary').length > 0;
  if (content !== undefined) return yield* checkEntryContent(content, hasSummary, `${where} content`);
  if (linksOf(entry, 'alternate').length === 0) yield atomRules['content-or-alternate'](where);
  if (!hasSummary) yield atomRules.text(where);
}

/** RFC 4287 §4.1.3. */
function* checkEntryContent(content: XmlElement, hasSummary: boolean, where: string): Iterable<Issue> {
  const { type = 'text', src } = Object.fromEntries(content.attributes);
  const isMedia = type.includes('/');
  const isTextual = /^text\/|[+/]xml$/i.test(type);
  if (src !== undefined && !isAbsoluteIri(src)) yield atomRules.href(`${where} src`, src);
  if (!hasSummary && (src !== undefined || (isMedia && !isTextual))) yield atomRules.summary(where);
  if (src !== undefined) return;
  if (!isMedia) return yield* checkText(content, where, 'content-type');
  if (!isMediaType(type) || /^multipart\//i.test(type))
    yield atomRules['content-type'](`${where} type`, type);
}

/** RFC 4287 §3.1. */
function* checkText(
  { attributes, children, text, rawText }: XmlElement,
  where: string,
  typeRule: 'text-type' | 'content-type' = 'text-type',
): Iterable<Issue> {
  const type = attributes.get('type') ?? 'text';
  if (type === 'xhtml') {
    if (children.length !== 1 || children[0]?.name !== 'xhtml:div' || text.trim() !== '')
      yield atomRules['xhtml-div'](where);
    return;
  }
  if (type !== 'text' && type !== 'html') yield atomRules[typeRule](`${where} type`, type);
  if (children.length > 0) yield atomRules['child-elements'](where);
  else if (text === '') yield atomRules.blank(where);
  if (type === 'html') return yield* checkContent(text, where);
  if (findMarkup(text, rawText) !== undefined) yield atomRules['undeclared-html'](where, text);
}

function* checkDate(text: string, where: string, now: Instant): Iterable<Issue> {
  const instant = parseRfc3339(text);
  if (instant === undefined) yield atomRules.date(where, text);
  else if (isFuture(instant, now)) yield atomRules.future(where, text);
}

/** RFC 4287 §3.2. */
function* checkPerson(person: XmlElement, where: string): Iterable<Issue> {
  yield* checkOnce(person, where);
  for (const { text, rawText } of childrenOf(person, 'atom:name')) {
    if (findMarkup(text, rawText) !== undefined) yield atomRules['undeclared-html'](`${where} name`, text);
  }
  const [uri, email] = [childText(person, 'atom:uri'), childText(person, 'atom:email')];
  if (!childText(person, 'atom:name')) yield atomRules['person-name'](where);
  if (uri !== undefined && !isAbsoluteIri(uri)) yield atomRules['person-uri'](`${where} uri`, uri);
  if (email !== undefined && !isEmailAddress(email)) yield atomRules['person-email'](`${where} email`, email);
}

/** RFC 4287 §4.2.7. */
function* checkLink(attributes: ReadonlyMap<string, string>, where: string): Iterable<Issue> {
  const { rel = 'alternate', href = '', type, hreflang, length = '0' } = Object.fromEntries(attributes);
  const at = `${where} rel="${rel}"`;
  if (!isAbsoluteIri(href)) yield atomRules.href(at, href);
  if (type !== undefined && !isMediaType(type)) yield atomRules['link-type'](at, type);
  if (!/^\d+$/.test(length)) yield atomRules['link-length'](at, length);
  if (hreflang !== undefined && !isLanguageTag(hreflang)) yield atomRules.language(at, hreflang);
}

/** RFC 4287 §4.2.2. */
function* checkCategory(attributes: ReadonlyMap<string, string>, where: string): Iterable<Issue> {
  const { term = '', scheme } = Object.fromEntries(attributes);
  if (term.trim() === '') yield atomRules.category(`${where} term`, term);
  if (scheme !== undefined && !isAbsoluteIri(scheme)) yield atomRules.category(`${where} scheme`, scheme);
}

function* checkLanguage({ attributes }: XmlElement, where: string): Iterable<Issue> {
  const language = attributes.get('xml:lang');
  if (language && !isLanguageTag(language)) yield atomRules.language(`${where} xml:lang`, language);
}

function linksOf(parent: XmlElement, rel: string): Record<string, string>[] {
  return childrenOf(parent, 'atom:link')
    .map(({ attributes }) => Object.fromEntries(attributes))
    .filter((attributes) => (attributes.rel ?? 'alternate') === rel);
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' ').map((name) => `atom:${name}`));
}

export const atomRules = defineRules('atom', {
  root: ['error', 'an atom:feed', 'RFC 4287 §2'],
  required: ['error', 'an id, a title and an updated', 'RFC 4287 §4.1.1, §4.1.2'],
  once: ['error', 'at most one such element', 'RFC 4287 §4.1.1, §4.1.2, §3.2'],
  unknown: ['error', 'an element that Atom has there', 'RFC 4287 §6.4'],
  order: ['error', 'the feed’s own elements before its entries', 'W3C feed validator, MisplacedMetadata'],
  author: ['error', 'an author in the entry, its source or the feed', 'RFC 4287 §4.1.2'],
  'person-name': ['error', 'a name', 'RFC 4287 §3.2.1'],
  'person-uri': ['error', 'an absolute IRI', 'RFC 4287 §3.2.2'],
  'person-email': ['error', 'an e-mail address', 'RFC 4287 §3.2.3'],
  date: ['error', 'a date such as "2003-12-13T18:30:02Z"', 'RFC 4287 §3.3; RFC 3339 §5.6'],
  future: ['warning', 'a date that is not in the future', 'W3C feed validator, ImplausibleDate'],
  id: ['error', 'an absolute IRI', 'RFC 4287 §4.2.6'],
  'id-unique': ['error', 'an id that no other entry has', 'RFC 4287 §4.1.1'],
  href: ['error', 'an IRI, absolute', 'RFC 4287 §4.2.7.1'],
  'link-type': ['error', 'a media type', 'RFC 4287 §4.2.7.3'],
  'link-length': ['error', 'a length in bytes', 'RFC 4287 §4.2.7.6'],
  category: ['error', 'a term; a scheme, if any, that is an IRI', 'RFC 4287 §4.2.2'],
  'self-missing': ['warning', 'a link rel="self"', 'RFC 4287 §4.1.1'],
  'self-address': [
    'warning',
    'the address that the feed came from',
    'W3C feed validator, SelfDoesntMatchLocation',
  ],
  alternate: ['error', 'one alternate of a type and language', 'RFC 4287 §4.1.1, §4.1.2'],
  'content-or-alternate': ['error', 'content, or a link rel="alternate"', 'RFC 4287 §4.1.2'],
  text: ['warning', 'a summary or content', 'W3C feed validator, MissingTextualContent'],
  summary: ['error', 'a summary beside content that is elsewhere or not text', 'RFC 4287 §4.1.2'],
  'text-type': ['error', 'type text, html or xhtml', 'RFC 4287 §3.1.1'],
  'content-type': ['error', 'text, html, xhtml or a media type that is not multipart', 'RFC 4287 §4.1.3.1'],
  'child-elements': ['error', 'text without elements in it', 'RFC 4287 §3.1.1.1, §3.1.1.2'],
  'xhtml-div': ['error', 'one XHTML div', 'RFC 4287 §3.1.1.3'],
  'undeclared-html': ['warning', 'type="html", or no markup', 'W3C feed validator, ContainsUndeclaredHTML'],
  blank: ['warning', 'a text', 'W3C feed validator, NotBlank'],
  'language-missing': ['warning', 'an xml:lang', 'W3C feed validator, MissingDCLanguage'],
  language: ['error', 'a language tag', 'RFC 4287 §2; BCP 47'],
});
