import { once } from '../memo.ts';
import { baseName, decodeLeniently, tally, trimEndOf, wordSet } from '../strings.ts';
import {
  attribute,
  contains,
  descendants,
  type Element,
  findAll,
  HEADINGS,
  h,
  isElement,
  type Parent,
  type RootContent,
  rawText,
  text,
} from './tree.ts';
import { withoutQuery } from './url.ts';

/** Characters that no article may contain: controls except line breaks and tabs, surrogates, Unicode noncharacters. */
const FORBIDDEN = /[^\P{Cc}\n\t]|\p{Cs}|\p{Noncharacter_Code_Point}/gu;

/** Text without the characters that no article may contain (see article.ts). */
export function permitted(text: string): string {
  return text.replace(FORBIDDEN, '');
}

/** The forbidden characters of a text that has some. */
export function forbiddenIn(text: string): {
  readonly count: number;
  /** Such as `U+0007`. */
  readonly first: string;
  readonly index: number;
} {
  const found = [...text.matchAll(FORBIDDEN)];
  const code = found[0]?.[0].codePointAt(0) ?? 0;
  const first = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  return { count: found.length, first, index: found[0]?.index ?? 0 };
}

/** Stated text as an article may contain it: one line, trimmed; undefined if it is empty. */
export function plain(stated: string | undefined): string | undefined {
  const text = stated === undefined ? '' : permitted(stated.replace(/\s+/gu, ' ')).trim();
  return text === '' ? undefined : text;
}

/** UTF-16 code units: the longest character that is kept whole. */
const MAX_CHARACTER = 40;
const characters = once(() => new Intl.Segmenter('en'));

/** Plain text of at most `maxLength` characters and an ellipsis, cut at a word. */
export function shorten(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const lastSpace = text.lastIndexOf(' ', maxLength - 1);
  const end = lastSpace > maxLength / 2 ? lastSpace : startOfCharacter(text, maxLength);
  return `${trimEndOf(text.slice(0, end), /[\s.,;:!?…–—-]/)}…`;
}

/** Where the character at an index begins, as readers see it: `👩‍🚒` consists of five code units. */
function startOfCharacter(text: string, index: number): number {
  const segments = characters().segment(text.slice(0, index + MAX_CHARACTER));
  return segments.containing(index)?.index ?? index;
}

/** The id that GitHub and most generators give to a heading. */
export function headingId(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\s-]/gu, '')
    .replace(/\s/gu, '-');
}

/**
 * Gives headings the ids that links refer to; the second of two equal ones has `-1`.
 *
 * @param content is changed
 */
export function identifyHeadings(content: Parent, ids: Iterable<string>): void {
  const wanted = new Set(ids);
  if (wanted.size === 0) return;
  for (const { properties } of descendants(content)) wanted.delete(String(properties.id));
  if (wanted.size === 0) return;
  const seen = new Map<string, number>();
  for (const node of findAll(content, ...HEADINGS)) {
    const stated = node.properties.id;
    const name = typeof stated === 'string' ? stated : headingId(withoutNotes(node));
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    if (stated !== undefined) continue;
    const id = count === 0 ? name : `${name}-${count}`;
    if (name !== '' && wanted.delete(id)) node.properties.id = id;
  }
  if (wanted.size > 0) identifyByOtherIds(content, wanted);
}

/** The same for generators with other ids: without accents, numbered with `_1`, with a prefix. */
function identifyByOtherIds(content: Parent, wanted: ReadonlySet<string>): void {
  const headings = findAll(content, ...HEADINGS).map((heading) => ({
    heading,
    letters: lettersOf(withoutNotes(heading)),
  }));
  const named = Map.groupBy(headings, ({ letters }) => letters);
  // Pandoc leaves out the number with which a heading begins.
  const unnumbered = Map.groupBy(headings, ({ letters }) => letters.replace(/^\p{N}+/u, ''));
  for (const id of wanted) {
    const [, base = '', number] = /^(.*?)[-_](\d{1,4})$/.exec(id) ?? [];
    const found =
      named.get(lettersOf(id.replace(/^user-content-/, '')))?.[0] ??
      named.get(lettersOf(base))?.[Number(number)] ??
      unnumbered.get(lettersOf(id))?.[0];
    if (found === undefined) continue;
    const { heading } = found;
    if (heading.properties.id === undefined) heading.properties.id = id;
    else heading.children.unshift(h('a', { id }));
  }
}

/** The text of a heading without the numbers of its notes. */
function withoutNotes(heading: Element): string {
  return heading.children
    .map((child) => (isElement(child, 'sup') && contains(child, 'a') ? '' : rawText(child)))
    .join('');
}

function lettersOf(words: string): string {
  return words
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

const WORD = /\p{L}[\p{L}\p{M}\p{N}]*(?:[.'’-]\p{L}[\p{L}\p{M}\p{N}]*)*/gu;
/** Headings are no evidence of the usual case of words. */
const CAPITALS = /(?<!\p{Lu})\p{Lu}{2,40}(?:[\s,:–-]{1,4}\p{Lu}[\p{Lu}\p{N}'’.-]{0,40}){2,40}/gu;
/** A word after one of these may begin a sentence. */
const SENTENCE_START = /(?:^|[.!?…:]["'”’»)]*)\s*["'“‘«(]*$/u;
const MAX_BEFORE = 20;

/**
 * Converts an all-caps headline to sentence case; returns other headlines unchanged. Names and abbreviations take their
 * case from the text.
 */
export function sentenceCase(headline: string, text: string, language: string): string {
  if (!isCapitals(headline)) return headline;
  const forms = formsWithinSentences(text.replace(CAPITALS, ' '));
  const lower = (word: string): string => word.toLocaleLowerCase(language);
  const writeWord = (word: string): string =>
    forms.get(word.toLowerCase()) ??
    (/['’-]/u.test(word)
      ? word.replace(/[^'’-]+/gu, (part) => forms.get(part.toLowerCase()) ?? lower(part))
      : lower(word));
  return headline.replace(WORD, (word, at: number) => {
    const written = writeWord(word);
    return SENTENCE_START.test(headline.slice(Math.max(0, at - MAX_BEFORE), at))
      ? written.replace(/^\p{Ll}/u, (letter) => letter.toLocaleUpperCase(language))
      : written;
  });
}

function isCapitals(text: string): boolean {
  return (text.match(/\p{Lu}/gu)?.length ?? 0) > 2 && !/\p{Ll}/u.test(text);
}

/** Maps lower-case words to their most frequent spelling inside sentences. */
function formsWithinSentences(text: string): Map<string, string> {
  const found = [...text.matchAll(WORD)].flatMap(({ 0: form, index }) =>
    SENTENCE_START.test(text.slice(Math.max(0, index - MAX_BEFORE), index)) ? [] : [form],
  );
  const mostFrequent = (forms: readonly string[]): string =>
    [...tally(forms)].reduce((most, each) => (each[1] > most[1] ? each : most))[0];
  const formsOf = Map.groupBy(found, (form) => form.toLowerCase());
  return new Map([...formsOf].map(([word, forms]) => [word, mostFrequent(forms)]));
}

/** Elements whose text is separated by spaces. */
const SEPARATED = wordSet(
  'p h1 h2 h3 h4 h5 h6 li dt dd figure figcaption blockquote pre td th tr div section summary br hr',
);
const BACK_LINK = /^\s*[↩↵⤴⏎↑^]\ufe0e?\d*$/u;
const NOTE = String.raw`[[(]?(?:\d{1,4}|\p{L}|[ivx]{1,6}|[*†‡§¶]{1,3})[\])]?`;
const NOTES = new RegExp(String.raw`^\s*${NOTE}(?:[\s,;]+${NOTE})*\s*$`, 'u');
/** Bounds the pattern. */
const MAX_MARK = 200;

/** A node or several, which may be too many for spread arguments. */
export type Content = Parent | RootContent | readonly RootContent[];

/** The text of a content in one line. */
export function plainText(content: Content): string {
  return oneLine(content, () => undefined);
}

/** The same without references to notes and links back from them: linked numbers above the line, and arrows. */
export function textWithoutNotes(content: Content): string {
  return textWithWords(content, () => undefined);
}

/** The same with other text for some elements, such as formulas; undefined: the text of the element. */
export function textWithWords(content: Content, wordsFor: (element: Element) => string | undefined): string {
  return oneLine(content, (element) => (isNoteMark(element) ? '' : (wordsFor(element) ?? numberIn(element))));
}

function numberIn({ tagName, children: [first, second] }: Element): string | undefined {
  return first?.type === 'text' && second === undefined ? shiftedNumber(tagName, first.value) : undefined;
}

const ON_THE_LINE = '0123456789−+';
/** The same characters above and below the line, by the tags that put them there. */
const SHIFTED: Readonly<Record<string, string>> = { sup: '⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺', sub: '₀₁₂₃₄₅₆₇₈₉₋₊' };

/** A number or a charge in the characters for its place, such as `²`; undefined if there are none for the text. */
export function shiftedNumber(tagName: string, number: string): string | undefined {
  const signs = SHIFTED[tagName];
  if (signs === undefined || !/^(?:[-−+]?\d{1,3}|\d{0,2} ?[−+])$/.test(number)) return undefined;
  return number.replace('-', '−').replace(/./g, (sign) => signs.charAt(ON_THE_LINE.indexOf(sign)));
}

/** Pairs of tags for the look of words. */
const PAIR =
  /<(em|strong|i|b|u|s|del|ins|mark|small|sub|sup|span|code|abbr|cite|q)(?:\s[^<>]*)?>([^<>]*)<\/\1\s*>/gi;

/** A line without pairs of tags, also without those within others; a tag that is only mentioned is kept. */
export function withoutPairs(line: string): string {
  const unwrapped = (html: string): string =>
    html.replace(PAIR, (_, name: string, words: string) => shiftedNumber(name.toLowerCase(), words) ?? words);
  return unwrapped(unwrapped(line));
}

export function textWithoutCode(content: Content): string {
  return oneLine(content, (element) => (isElement(element, 'pre', 'code') ? '' : undefined));
}

function oneLine(content: Content, wordsFor: (element: Element) => string | undefined): string {
  let all = '';
  const visit = (node: Parent | RootContent): void => {
    if (node.type === 'text') all += node.value;
    if (node.type === 'root') node.children.forEach(visit);
    // The content of a player is for browsers that cannot play.
    if (node.type !== 'element' || PLAYERS.has(node.tagName)) return;
    const words = wordsFor(node);
    if (words !== undefined) {
      all += words;
      return;
    }
    const isSeparated = SEPARATED.has(node.tagName);
    if (isSeparated) all += ' ';
    for (const child of node.children) visit(child);
    if (isSeparated) all += ' ';
  };
  if ('type' in content) visit(content);
  else content.forEach(visit);
  return all.replace(/\s{2,}|[^\S ]/g, ' ').trim();
}

/** Whether an element is a reference to a note, or a link back from one. */
export function isNoteMark(element: Element): boolean {
  const [first] = element.children;
  if (element.tagName === 'sup') return isElement(first, 'a') && isNotes(element);
  if (element.tagName !== 'a') return false;
  if (isElement(first, 'sup')) return isNotes(element);
  return first?.type === 'text' && BACK_LINK.test(first.value) && BACK_LINK.test(rawText(element));
}

function isNotes(element: Element): boolean {
  const words = rawText(element);
  return words.length <= MAX_MARK && NOTES.test(words);
}

/** Pictures of what programs say of a project, such as whether its tests pass. */
const BADGE = /\/\/(?:img\.shields\.io|badgen\.net|badge\.fury\.io)\/|\bbadge[^/?]{0,99}\.svg(?:\?|$)/i;

/** The address of the first picture that is no badge. */
export function firstPicture(content: Parent): string | undefined {
  return findAll(content, 'img')
    .map((picture) => attribute(picture, 'src'))
    .find((src) => src && !BADGE.test(src));
}

export const PLAYERS: ReadonlySet<string> = new Set(['audio', 'video']);

/** The audio and video elements in a content. */
export function playersIn(content: Parent): Element[] {
  return findAll(content, ...PLAYERS);
}

/** The address of a recording, and its name: stated, otherwise the text of a link to it or the name of the file. */
export function recordingOf(player: Element): { readonly url: string | undefined; readonly name: string } {
  const inside = [...descendants(player)];
  const url = [player, ...inside].map((each) => attribute(each, 'src')).find((src) => src !== undefined);
  const link = inside.find(({ tagName }) => tagName === 'a');
  const words =
    (link && rawText(link).trim()) || (url === undefined ? '' : decodeLeniently(baseName(withoutQuery(url))));
  return { url, name: attribute(player, 'title') ?? words };
}

/**
 * Adds a link to the recording for readers that cannot play it, such as those in a terminal or in mail. Others do not
 * show the content of a player.
 */
export function addFallbackLink(player: Element): void {
  const { url, name } = recordingOf(player);
  const hasLink = descendants(player).some(({ properties }) => properties.href !== undefined);
  if (url !== undefined && !hasLink) player.children.push(h('a', { href: url }, [text(name)]));
}
