import { foldName } from '../../dates/names.ts';
import { findDate, type StatedDate } from '../../dates/parse-date.ts';
import { decodeReferences } from '../../html/parse.ts';
import { root } from '../../html/tree.ts';
import { httpAddress } from '../../html/url.ts';
import { splitTrimmed } from '../../strings.ts';
import { readFileName } from '../file-name.ts';
import { readFields } from '../front-matter/read-fields.ts';
import { readVisibility, withStrictest } from '../front-matter/visibility.ts';
import { parseHtmlDocument } from '../html-page/html-page.ts';
import type { DocumentSource, Draft } from '../source.ts';
import { defined, EmptyDocumentError } from '../stated.ts';
import { readBlocks } from './blocks.ts';
import { contentOf, findHeadings } from './content.ts';
import {
  decodeMail,
  type HeaderFields,
  mergeFields,
  readHeaderLine,
  readTrailer,
  withoutMailFields,
} from './header-fields.ts';
import { findVisibilityLabels, isPaper, readLabel } from './labels.ts';
import {
  columns,
  endedEarly,
  endsLikeProse,
  isQuotation,
  isRule,
  joinWords,
  type Line,
  readLines,
  readListMark,
  underlineLevel,
  withoutSignature,
} from './lines.ts';

/**
 * Reads a plain-text document: a headline; its date, such as `- 22.11.2017`; its source with a date, such as `Business
 * Insider, 21 Nov 2017`; paragraphs, headings, lists, quotations and captions; at the end `Kaynak/Source:` with or
 * without an address. Every part may be missing. A line that is not understood is a paragraph, so no word is lost.
 * Front matter takes precedence.
 *
 * @throws DocumentError if a date in front matter cannot be parsed, or the text holds many documents
 */
export function parseText(document: DocumentSource): Draft {
  const { text, html } = decodeMail(document.body);
  const draft = parsePlainText({ ...document, body: text });
  if (html === undefined) return draft;
  const title = { value: draft.title ?? '', line: 1 };
  const page = parseHtmlDocument({ ...document, fields: new Map([['title', title]]), body: html });
  const warnings = [...(draft.warnings ?? []), ...(page.warnings ?? [])];
  return { ...page, ...draft, warnings, content: page.content };
}

function parsePlainText({ path, fields, body, bodyLine }: DocumentSource): Draft {
  const where = (line: Line): string => `seeds/${path}:${line.number + bodyLine - 1}`;
  const [, holds] = HOLDS_MANY.find(([form]) => form.test(body)) ?? [];
  if (holds !== undefined) throw new EmptyDocumentError(`Cannot publish seeds/${path}: it is ${holds}`);
  const stated = fields.size === 0 ? { authors: [] } : readFields(fields, readFileName(path), path);
  const { fields: header, rest } = readHeader(
    withoutMailFields(withoutSignature(readLines(withoutReferences(body)))),
    where,
    stated.title,
  );
  const { embargo, title, published, updated, expires, slug, summary, language, tags, image, role } = header;
  const { authors = [], visibility = [] } = header;
  const below = findVisibilityLabels(rest).map(
    ([name, { value, line }]) => [name, { value, line: line + bodyLine - 1 }] as const,
  );
  const warning = `Cannot read reStructuredText in seeds/${path}: expected plain text; convert it with pandoc -f rst -t gfm`;
  const trailer = readTrailer(rest, header.source, where);
  const source = joinSources(header.source, trailer.source);
  const draft: Draft = {
    ...defined({ title, published, updated, expires, slug, summary, language, tags, image, source, role }),
    ...stated,
    ...(embargo !== undefined && { published: embargo }),
    authors: stated.authors.length > 0 ? stated.authors : authors,
    content: root(contentOf(findHeadings(readBlocks(withoutEndMark(trailer.body)), source?.title))),
    warnings: DIRECTIVE.test(body) ? [warning] : [],
  };
  return withStrictest(draft, readVisibility([...visibility, ...below], path));
}

/** Exports of Movable Type, whose format other blogs have too, and mailboxes. */
const HOLDS_MANY: readonly (readonly [form: RegExp, what: string])[] = [
  [
    /^(?:[A-Z][A-Z ]{0,30}:.{0,500}\n){1,60}-----\nBODY:/,
    'an export of Movable Type; expected a file for each entry',
  ],
  [
    /^From .{1,200}\n[\w-]{1,40}: [\s\S]*?\nFrom \S{1,100} .{0,100}\d{4}\n[\w-]{1,40}: /,
    'a mailbox; expected a file for each message',
  ],
];

/** Decodes the character references of a text from a page, in which every `&` is escaped. */
function withoutReferences(text: string): string {
  const isEscaped =
    /&(?:amp|lt|gt|quot|nbsp|#\d{2,5});/i.test(text) && !/&(?!#?\w{2,8};)|<[a-z!/]/i.test(text);
  return isEscaped ? text.replace(/&#?\w{2,8};/g, decodeReferences) : text;
}

/** A directive, or a link, of reStructuredText. */
const DIRECTIVE = /^\.\. [a-z-]+::|`[^`<\n]{1,200}<[^>`\n]{1,500}>`__?/m;

/** The end of a press release or of an agency's report. */
const END_MARK = /^(?:#{3}|# # #|[-–—(]{0,3}\s?(?:30|ends?)\s?[-–—)]{0,3})$/i;

function withoutEndMark(lines: readonly Line[]): readonly Line[] {
  const last = lines.findLastIndex(({ text }) => text !== '');
  return END_MARK.test(lines[last]?.text ?? '') && lines[last]?.text !== '30' ? lines.slice(0, last) : lines;
}

/** Joins the sources of header and trailer; the header takes precedence. */
function joinSources(above: Draft['source'], below: Draft['source']): Draft['source'] {
  const { title, uri, published } = { ...below, ...above };
  const source = defined({ title, uri, published });
  return Object.keys(source).length === 0 ? undefined : source;
}

/** The maximum number of lines below a label that belong to its value. */
const MAX_LABELLED = 12;

/**
 * Reads the headline, on one line or several, and the fields around it: dates, bylines, sources, addresses, and
 * labelled lines such as `Tags: …`. The first line that is no field, or repeats one, ends the header.
 *
 * @param title a headline that front matter states; the text may repeat it
 */
function readHeader(
  lines: readonly Line[],
  where: (line: Line) => string,
  title: string | undefined,
): { readonly fields: HeaderFields; readonly rest: readonly Line[] } {
  let fields: HeaderFields = title === undefined ? {} : { title };
  let index = title === undefined ? 0 : endOfTitle(lines, title);
  // Unknown labels in a header are kept in the text.
  const held: Line[] = [];
  let isHead = false;
  let kindOfText: string | undefined;
  for (;;) {
    while (lines[index]?.text === '' || (fields.title === undefined && isOverline(lines, index))) index++;
    const line = lines[index];
    if (line === undefined) break;
    // If there are several addresses, none is the source.
    if ([line, lines[index + 1]].every((each) => httpAddress(each?.text ?? '') !== undefined)) break;
    const whole = joinedField(lines, index);
    const isBelowByline = fields.authors !== undefined && lines[index - 1]?.text !== '';
    const said =
      readHeaderLine(whole.text, where(line), fields.title !== undefined) ??
      (isBelowByline && isPaper(line.text) ? { source: { title: line.text } } : undefined);
    const merged = said && mergeFields(fields, said);
    if (merged !== undefined) {
      fields = merged;
      index += whole.used;
      isHead = readLabel(line.text) !== undefined;
      continue;
    }
    if (isHead && lines[index - 1]?.text !== '' && MEMO_LINE.test(line.text)) {
      held.push(line);
      index++;
      continue;
    }
    const isBelowDate = kindOfText !== undefined || held.length > 0 || fields.published !== undefined;
    const titled = fields.title === undefined ? readTitle(lines.slice(index), isBelowDate) : undefined;
    if (titled === undefined) break;
    if (kindOfText === undefined && KINDS_OF_TEXT.has(foldName(titled.title))) {
      kindOfText = titled.title;
      index += titled.used;
      continue;
    }
    fields = { ...fields, title: titled.title };
    index += titled.used;
    isHead = false;
  }
  // A headline may have a colon.
  if (fields.title === undefined) {
    const last = kindOfText ?? (held.length === 1 ? held.pop()?.text : undefined);
    if (last !== undefined) fields = { ...fields, title: last };
  }
  const dated =
    fields.published === undefined
      ? (findLetterDate(lines, index) ??
        findDayBelow(lines.slice(index), fields.authors !== undefined, where))
      : undefined;
  const published = dated && findDate(dated.text, where(dated));
  if (published !== undefined) fields = { ...fields, published };
  const below = lines.slice(index).filter((line) => line !== dated || published === undefined);
  const [blank] = lines.filter(({ text }) => text === '');
  const rest = held.length === 0 || blank === undefined ? below : [...held, blank, ...below];
  if (fields.published !== undefined || fields.source?.published !== undefined) return { fields, rest };
  const inText = findDateInText(rest, where);
  return { fields: { ...fields, ...(inText && { published: inText }) }, rest };
}

/** Whether a line is above a headline that has another below it. */
function isOverline(lines: readonly Line[], index: number): boolean {
  const text = lines[index]?.text ?? '';
  return (
    underlineLevel(text) !== undefined && lines[index + 2]?.text === text && lines[index + 1]?.text !== ''
  );
}

/** The line above the headline of a press release. */
const KINDS_OF_TEXT: ReadonlySet<string> = new Set(
  splitTrimmed(
    `press release, media release, news release, pressemitteilung, presseinformation, medienmitteilung,
    communiqué de presse, comunicado de prensa, comunicado de imprensa, comunicado à imprensa, nota de prensa,
    nota à imprensa, comunicato stampa, persbericht, pressmeddelande, pressemelding, pressemeddelelse,
    lehdistötiedote, basın bülteni, basın açıklaması, basın duyurusu, пресс-релиз, пресреліз, komunikat prasowy,
    tisková zpráva, sajtóközlemény, δελτίο τύπου, プレスリリース, 新闻稿, 新聞稿, 보도자료, بيان صحفي`,
    ',',
  ).map(foldName),
);

/** The date line of a letter, between an address and a salutation. */
function findLetterDate(lines: readonly Line[], start: number): Line | undefined {
  const head = lines.slice(start, start + MAX_LABELLED).filter(({ text }) => text !== '');
  const end = head.findIndex(({ text }) => endsLikeProse(text) || columns(text) >= MIN_WIDTH);
  const line = head[end - 1];
  return end > 0 && /^.{2,40}[,:!،，：！]$/u.test(head[end]?.text ?? '') ? line : undefined;
}

/** A standfirst and a place may be above the day. */
const MAX_ABOVE_DAY = 2;
const MAX_DAY = 40;

/**
 * The only line that is a day, on its own near the headline and above a paragraph: a diary has several, and an event has
 * a place above it, but neither a byline nor a sentence.
 */
function findDayBelow(
  lines: readonly Line[],
  hasByline: boolean,
  where: (line: Line) => string,
): Line | undefined {
  const isDay = (line: Line): boolean =>
    line.text.length <= MAX_DAY &&
    /\p{Nd}{4}/u.test(line.text) &&
    findDate(line.text, where(line)) !== undefined;
  const filled = lines.filter(({ text }) => text !== '');
  const at = filled.slice(0, MAX_ABOVE_DAY + 1).findIndex(isDay);
  const [day, next] = filled.slice(Math.max(0, at));
  if (at < 1 || day === undefined || next === undefined) return undefined;
  const index = lines.indexOf(day);
  const isAlone = lines[index - 1]?.text === '' && lines[index + 1]?.text === '';
  const isBelow = hasByline || filled.slice(0, at).every(({ text }) => endsLikeProse(text));
  const isOnly = endsLikeProse(next.text) && !filled.slice(at + 1).some(isDay);
  return isAlone && isBelow && isOnly ? day : undefined;
}

const MAX_PLACE = 40;

/** Header lines of a memo, such as `TO: All hands`. */
const MEMO_LINE = /^\p{L}[\p{L} ]{0,30}:\s?\S/u;

/** The day in `LONDON, 3 May 2024 (Reuters) - The ships …`, or in the header of a memo, which are kept in the text. */
function findDateInText(lines: readonly Line[], where: (line: Line) => string): StatedDate | undefined {
  const [first] = lines;
  if (first === undefined) return undefined;
  const comma = first.text.slice(0, MAX_PLACE).indexOf(',');
  const [day = ''] = first.text.slice(comma + 1, 2 * MAX_PLACE).split(/\s(?:[-–—]|\(|\/)/u, 1);
  if (comma > 0 && /^\p{Lu}[^\d:]+$/u.test(first.text.slice(0, comma))) return findDate(day, where(first));
  const head = lines.slice(
    0,
    Math.min(
      MAX_LABELLED,
      lines.findIndex(({ text }) => !MEMO_LINE.test(text)),
    ),
  );
  // Without a sender, it may be the day of an event.
  if (!head.some(({ text }) => readLabel(text)?.label === 'author' && !/\p{Nd}/u.test(text)))
    return undefined;
  const dated = head.find(({ text }) => readLabel(text)?.label === 'published');
  return dated && findDate(readLabel(dated.text)?.rest ?? '', where(dated));
}

/** A field on several lines: a source continues on one more line, a summary up to the next label. */
function joinedField(
  lines: readonly Line[],
  index: number,
): { readonly text: string; readonly used: number } {
  const text = lines[index]?.text ?? '';
  const { label, rest } = readLabel(text) ?? {};
  const room = label === 'summary' ? MAX_LABELLED : label === 'source' && rest === '' ? 1 : 0;
  if (room === 0) return { text, used: 1 };
  const below = lines.slice(index + 1, index + 1 + room).map((line) => line.text);
  const end = below.findIndex((line) => line === '' || readLabel(line) !== undefined);
  const more = end === -1 ? below : below.slice(0, end);
  return { text: [text, ...more].join(' '), used: 1 + more.length };
}

/** The number of first lines that repeat a stated headline. */
function endOfTitle(lines: readonly Line[], title: string): number {
  const start = lines.findIndex(({ text }) => text !== '');
  const titled = start === -1 ? undefined : readTitle(lines.slice(start), false);
  return titled !== undefined && foldName(titled.title) === foldName(title) ? start + titled.used : 0;
}

const MAX_TITLE = 250;
/** The maximum number of lines of a headline, and of one above a date or a byline. */
const MAX_LINES = 3;
const MAX_LINES_ABOVE_FIELDS = 4;
/** The number of characters that are searched for the end of a headline. */
const MAX_ENDING = 20;
/** If all lines are shorter, the author broke each of them. */
const MIN_WIDTH = 45;

/**
 * The headline at the beginning, and its number of lines including its underline.
 *
 * @param isBelowDate if so, a line that ends like a sentence is a paragraph
 */
function readTitle(
  lines: readonly Line[],
  isBelowDate: boolean,
): { readonly title: string; readonly used: number } | undefined {
  if (beginsList(lines)) return undefined;
  const block = adjacent(lines);
  const next = lines[block.length];
  const count =
    next !== undefined && underlineLevel(next.text) !== undefined ? block.length : titleLines(block, next);
  const chosen = lines.slice(0, count);
  const title = joinWords(chosen)
    .replace(/^(?:[*_=~#]+|[-–—•])\s|\s[*_=~#]+$/gu, '')
    .trim();
  if (title === '' || title.length > MAX_TITLE || (isBelowDate && endsLikeProse(title))) return undefined;
  const under = lines[count];
  return { title, used: under !== undefined && underlineLevel(under.text) !== undefined ? count + 1 : count };
}

function beginsList([first, second]: readonly Line[]): boolean {
  const mark = readListMark(first?.text ?? '');
  return mark !== undefined && mark.mark === readListMark(second?.text ?? '')?.mark;
}

/** The lines up to the first that is blank or cannot be in a headline. */
function adjacent(lines: readonly Line[]): readonly Line[] {
  const end = lines.findIndex(
    ({ text }, index) =>
      text === '' ||
      isRule(text) ||
      isQuotation(text) ||
      index > MAX_LINES_ABOVE_FIELDS ||
      (index > 0 && (readListMark(text) !== undefined || readHeaderLine(text, '', true) !== undefined)),
  );
  return end === -1 ? lines : lines.slice(0, end);
}

function titleLines(block: readonly Line[], next: Line | undefined): number {
  const [first, ...more] = block;
  if (first === undefined || more.length === 0) return block.length;
  const isAboveFields =
    next !== undefined && next.text !== '' && readHeaderLine(next.text, '', true) !== undefined;
  if (isAboveFields && block.length <= MAX_LINES_ABOVE_FIELDS) return block.length;
  const isSentence = /[.;:,。；：，،؛।]["'”’»)\]]*$/u.test(block.at(-1)?.text.slice(-MAX_ENDING) ?? '');
  if (!isSentence && block.length <= MAX_LINES) return block.length;
  const isVerse = block.every(({ text }) => columns(text) < MIN_WIDTH);
  return isVerse || endedEarly(block)[0] ? 1 : 0;
}
