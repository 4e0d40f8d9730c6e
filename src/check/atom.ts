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
import { childrenOf, childText, type XmlElement } from './xml.ts';
import { feedCheck, linksOf } from './xml-format.ts';

export const atomRules = defineRules('atom', {
  root: ['error', 'an atom:feed', 'RFC 4287 §2'],
  required: ['error', 'such an element', 'RFC 4287 §4.1.1, §4.1.2, §3.2.1'],
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

const DATES = 'atom:updated atom:published';
const PERSON = atom('name! uri email');

export const checkAtom = feedCheck({
  rules: atomRules,
  root: 'atom:feed',
  entry: 'atom:entry',
  own: /^atom:/,
  trimsText: false,
  elements: {
    'atom:feed': atom(
      'author* category* contributor* generator icon id! link* logo rights subtitle title! updated! entry*',
    ),
    'atom:entry': atom(
      'author* category* content contributor* id! link* published rights source summary title! updated!',
    ),
    'atom:source': atom(
      'author* category* contributor* generator icon id link* logo rights subtitle title updated',
    ),
    'atom:author': PERSON,
    'atom:contributor': PERSON,
  },
  values: [
    ['id', isAbsoluteIri, 'atom:id'],
    ['href', isAbsoluteIri, 'atom:icon atom:logo atom:link@href! atom:content@src'],
    ['link-type', isMediaType, 'atom:link@type'],
    ['link-length', /^\d+$/, 'atom:link@length'],
    ['language', isLanguageTag, 'atom:link@hreflang'],
    ['language', (value) => value === '' || isLanguageTag(value), '@xml:lang'],
    ['category', /\S/, 'atom:category@term!'],
    ['category', isAbsoluteIri, 'atom:category@scheme'],
    ['date', (value) => parseRfc3339(value) !== undefined, DATES],
    ['future', (value, _, now) => !isFuture(parseRfc3339(value) ?? now, now), DATES],
    ['person-name', /\S/, 'atom:name'],
    ['person-uri', isAbsoluteIri, 'atom:uri'],
    ['person-email', isEmailAddress, 'atom:email'],
    ['undeclared-html', (value, rawText) => findMarkup(value, rawText) === undefined, 'atom:name'],
  ],
  checks: {
    'atom:feed': checkFeed,
    'atom:entry': checkEntry,
    'atom:content': checkEntryContent,
    'atom:title': checkText,
    'atom:subtitle': checkText,
    'atom:summary': checkText,
    'atom:rights': checkText,
  },
});

function* checkFeed(feed: XmlElement, where: string): Iterable<Issue> {
  if (!feed.attributes.has('xml:lang')) yield atomRules['language-missing'](where);
  yield* checkAlternates(feed, where);
  const elements = [feed, ...childrenOf(feed, 'atom:entry')];
  for (const id of repeated(elements.flatMap((element) => childText(element, 'atom:id') ?? [])))
    yield atomRules['id-unique']('id', id);
}

function* checkEntry(entry: XmlElement, where: string, feed: XmlElement): Iterable<Issue> {
  yield* checkAlternates(entry, where);
  const [source] = childrenOf(entry, 'atom:source');
  if ([entry, source, feed].every((element) => childrenOf(element, 'atom:author').length === 0))
    yield atomRules.author(where);
  if (childrenOf(entry, 'atom:content').length > 0) return;
  if (linksOf(entry, 'alternate').length === 0) yield atomRules['content-or-alternate'](where);
  if (childrenOf(entry, 'atom:summary').length === 0) yield atomRules.text(where);
}

function* checkAlternates(parent: XmlElement, where: string): Iterable<Issue> {
  const kinds = linksOf(parent, 'alternate').map(({ type = '', hreflang = '' }) => `${type} ${hreflang}`);
  for (const kind of repeated(kinds)) yield atomRules.alternate(`${where} link`, kind.trim());
}

/** RFC 4287 §4.1.3. */
function* checkEntryContent(content: XmlElement, where: string, entry: XmlElement): Iterable<Issue> {
  const { type = 'text', src } = Object.fromEntries(content.attributes);
  const isMedia = type.includes('/');
  const isElsewhere = src !== undefined || (isMedia && !/^text\/|[+/]xml$/i.test(type));
  if (isElsewhere && childrenOf(entry, 'atom:summary').length === 0) yield atomRules.summary(where);
  if (src !== undefined) return;
  if (!isMedia) return yield* checkText(content, where);
  if (!isMediaType(type) || /^multipart\//i.test(type))
    yield atomRules['content-type'](`${where} type`, type);
}

/** RFC 4287 §3.1. */
function* checkText(
  { name, attributes, children, text, rawText }: XmlElement,
  where: string,
): Iterable<Issue> {
  const type = attributes.get('type') ?? 'text';
  if (type === 'xhtml') {
    if (children.length !== 1 || children[0]?.name !== 'xhtml:div' || text.trim() !== '')
      yield atomRules['xhtml-div'](where);
    return;
  }
  if (type !== 'text' && type !== 'html')
    yield atomRules[name === 'atom:content' ? 'content-type' : 'text-type'](`${where} type`, type);
  if (children.length > 0) yield atomRules['child-elements'](where);
  else if (text === '') yield atomRules.blank(where);
  if (type === 'html') return yield* checkContent(text, where);
  if (findMarkup(text, rawText) !== undefined) yield atomRules['undeclared-html'](where, text);
}

/** Names with the prefix of Atom. */
function atom(names: string): string {
  return names.replace(/\S+/g, 'atom:$&');
}
