import type { Person } from '../../article.ts';
import { findDate, findPeriod, isNoDate } from '../../dates/parse-date.ts';
import { httpAddress, parseHttpUrl } from '../../html/url.ts';
import { attempt } from '../../memo.ts';
import { baseName, partsBetween, trimOf } from '../../strings.ts';
import type { Field } from '../front-matter/fields.ts';
import { embeddedUrl } from '../front-matter/media.ts';
import { readPeople } from '../people.ts';
import type { Draft } from '../source.ts';
import { defined } from '../stated.ts';
import {
  type CreditLine,
  type Label,
  readAttribution,
  readCreditLine,
  readEmbargo,
  readLabel,
  readLeadingWords,
  readVisibilityLabel,
} from './labels.ts';
import { endsLikeProse, type Line } from './lines.ts';

const MAX_LENGTH = 500;
const MAX_SUMMARY = 5000;
/** Decoration around a line, as in `- 22.11.2017 -`. */
const DECORATION = /[\s\-–—•*]/u;

/** The line of a press release about its release, and that with a day. */
const RELEASED =
  /^(?:(?:press|media|news) release|(?:presse|medien)mitteilung|communiqué de presse|(?:comunicado|nota) de prensa|comunicado de imprensa|comunicato stampa|basın (?:bülteni|açıklaması)|persbericht|pressmeddelande|pressemelding|pressemeddelelse|informacja prasowa|tisková zpráva|пресс-релиз)[\s.:!]*$|^(?:for immediate (?:release|publication)|zur sofortigen veröffentlichung|pour (?:diffusion|publication) immédiate|para publicaci[oó]n inmediata|para divulgação imediata|per pubblicazione immediata|derhal yayınlanmak üzere)(?:[\s.:!]*$|[\s.,:–—-]{1,5}(?<day>\D{0,40}\d.{0,60})$)/iu;
/** Technical fields of mail and news messages, and the fields that identify a block of lines as their header. */
const MAIL_FIELD =
  /^(?:message-id|references|in-reply-to|newsgroups|path|xref|lines|organi[sz]ation|nntp-[\w-]+|mime-version|content-[\w-]+|received|return-path|reply-to|sender|to|cc|user-agent|x-[\w-]+|list-[\w-]+|delivered-to|followup-to|precedence|archive-name|posting-frequency|distribution|approved|supersedes|originator):|^From [^\s@]{1,99}@\S+ /i;
const MAIL_SIGN =
  /^(?:message-id|newsgroups|received|mime-version|content-type|in-reply-to|delivered-to|return-path):|^From [^\s@]{1,99}@\S+ |^To:[^\n@]{1,99}@[\w.-]{1,99}>?$/im;

export interface HeaderFields
  extends Pick<
    Draft,
    | 'title'
    | 'published'
    | 'updated'
    | 'expires'
    | 'summary'
    | 'slug'
    | 'image'
    | 'language'
    | 'tags'
    | 'source'
    | 'role'
  > {
  readonly authors?: readonly Person[];
  /** Takes precedence over the date of publication. */
  readonly embargo?: NonNullable<Draft['published']>;
  /** Fields of front matter about visibility. */
  readonly visibility?: readonly (readonly [string, Field])[];
}

/**
 * Reads a date, a byline, an address or a labelled line; `undefined` unless all of it is understood.
 *
 * @param isBelowTitle if not, only unmistakable lines are understood
 */
export function readHeaderLine(text: string, where: string, isBelowTitle: boolean): HeaderFields | undefined {
  if (text.length > MAX_SUMMARY) return undefined;
  if (text.length > MAX_LENGTH && readLabel(text)?.label !== 'summary') return undefined;
  // A field of reStructuredText: `:date: 2024-05-01`
  const plain = undecorated(text).replace(/^:(?=[\p{L} _-]{1,30}:\s)/u, '');
  const released = RELEASED.exec(plain);
  const { day } = released?.groups ?? {};
  const releasedOn = day === undefined ? undefined : findDate(day, where);
  if (released !== null && (day === undefined || releasedOn !== undefined))
    return defined({ published: releasedOn });
  const until = readEmbargo(plain);
  const embargo = until === undefined ? undefined : findDate(undecorated(until), where);
  if (embargo !== undefined) return { embargo };
  // Publishing cannot be undone, although a headline may begin with the word.
  if (until !== undefined && (isBelowTitle || /\p{Nd}/u.test(until)))
    return { visibility: [['draft', fieldOf(until, where)]] };
  const hidden = readVisibilityLabel(plain);
  if (hidden !== undefined) return { visibility: [[hidden.name, fieldOf(hidden.rest, where)]] };
  const labelled = readLabel(plain);
  const said = labelled && readLabelled(labelled.label, labelled.rest, where);
  if (said !== undefined) return said;
  const worded = readLeadingWords(plain);
  const dated = worded && readLabelled(worded.label, worded.rest, where, true);
  if (dated !== undefined) return dated;
  const date = findDate(plain, where);
  if (date !== undefined) return { published: date };
  const credit = readCreditLine(plain, where) ?? (isBelowTitle ? readAttribution(plain) : undefined);
  return credit && (isBelowTitle || labelled !== undefined) ? creditFields(credit) : undefined;
}

/** The lines of a mail or news message without its technical fields. */
export function withoutMailFields(lines: readonly Line[]): readonly Line[] {
  const blank = lines.findIndex(({ text }, index) => text === '' && index > 0);
  const head = blank < 0 ? lines : lines.slice(0, blank);
  if (!head.some(({ text }) => MAIL_SIGN.test(text))) return lines;
  return [...head.filter(({ text }) => !MAIL_FIELD.test(text)), ...lines.slice(head.length)];
}

const ENCODED_WORD = /=\?([\w-]{1,30})\?([QB])\?([^?\s]{0,500})\?=(?:[ \t]+(?==\?))?/gi;
const TRANSFER_ENCODING = /^content-transfer-encoding:[ \t]*(quoted-printable|base64)[ \t]*$/im;
const CHARSET = /^content-type:[^\n]{0,200}?\bcharset="?([\w-]{1,30})/im;
const BOUNDARY =
  /^content-type:[ \t]*multipart\/[^\n]{0,200}?\bboundary=(?:"([^"\n]{1,70})"|([^\s";]{1,70}))/im;
/** Parts within parts. */
const MAX_PART_DEPTH = 3;

export interface Mail {
  /** The head and what is below it; the head alone if the message is HTML. */
  readonly text: string;
  readonly html?: string;
}

/** Decodes a mail: unfolds header fields, decodes their encoded words (RFC 2047) and the body (RFC 2045). */
export function decodeMail(mail: string): Mail {
  const end = mail.indexOf('\n\n');
  const folded = mail.slice(0, Math.max(0, end));
  if (!MAIL_SIGN.test(folded) && !folded.includes('=?')) return { text: mail };
  const head = folded.replace(/\n[ \t]+/g, ' ');
  const plainHead = head.replace(
    ENCODED_WORD,
    (word, charset: string, form: string, code: string) =>
      (form.toLowerCase() === 'b' ? decoded(code, charset) : unquoted(code.replace(/_/g, ' '), charset)) ??
      word,
  );
  const body = mail.slice(plainHead === '' ? 0 : end);
  const plain = findPart('plain', head, body);
  const html = plain === undefined ? findPart('html', head, body) : undefined;
  if (html !== undefined) return { text: plainHead, html };
  const text = plain ?? decodeBody(head, body);
  // Mailboxes quote the lines that would begin a mail.
  return { text: plainHead + (head.startsWith('From ') ? text.replace(/^>(?=>*From )/gm, '') : text) };
}

function decodeBody(head: string, body: string): string {
  const encoding = TRANSFER_ENCODING.exec(head)?.[1]?.toLowerCase();
  const charset = CHARSET.exec(head)?.[1] ?? 'utf-8';
  if (encoding === undefined) return body;
  return encoding === 'base64'
    ? `\n\n${decoded(body, charset) ?? body}`
    : unquoted(body.replace(/=[ \t]*\n/g, ''), charset);
}

/** The first text of a type in a mail, or in its parts (RFC 2046), that is not blank. */
function findPart(type: 'plain' | 'html', head: string, body: string, depth = 0): string | undefined {
  const [, quoted, bare] = BOUNDARY.exec(head) ?? [];
  const boundary = quoted ?? bare;
  if (boundary === undefined) {
    const stated = /^content-type:[ \t]*text\/(plain|html)\b/im.exec(head)?.[1]?.toLowerCase();
    const text = stated === type ? decodeBody(head, body) : '';
    return text.trim() === '' ? undefined : text;
  }
  if (depth > MAX_PART_DEPTH) return undefined;
  const [, ...parts] = `\n${body}`.split(`\n--${boundary}`);
  for (const part of parts) {
    // A part without a header is plain text.
    const mail = part.replace(/^[ \t]*\n(?=\n)/, 'content-type: text/plain\n').replace(/^[ \t]*\n/, '');
    const end = mail.indexOf('\n\n');
    const partHead = mail.slice(0, Math.max(0, end)).replace(/\n[ \t]+/g, ' ');
    const found = findPart(type, partHead, mail.slice(end), depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function unquoted(text: string, charset: string): string {
  return text.replace(
    /(?:=[\dA-F]{2})+/gi,
    (code) => decoded(Buffer.from(code.replace(/=/g, ''), 'hex').toString('base64'), charset) ?? code,
  );
}

function decoded(base64: string, charset: string): string | undefined {
  return attempt(() => new TextDecoder(charset).decode(Buffer.from(base64, 'base64')));
}

/** The fields of both; `undefined` if both state the same one. */
export function mergeFields(known: HeaderFields, said: HeaderFields): HeaderFields | undefined {
  const source = { ...known.source, ...said.source };
  const visibility = [...(known.visibility ?? []), ...(said.visibility ?? [])];
  const count = ({ source, visibility, ...others }: HeaderFields): number =>
    Object.keys(others).length + Object.keys(source ?? {}).length + (visibility?.length ?? 0);
  const merged = {
    ...known,
    ...said,
    ...(Object.keys(source).length > 0 && { source }),
    ...(visibility.length > 0 && { visibility }),
  };
  return count(merged) === count(known) + count(said) ? merged : undefined;
}

/** @param isWithoutColon whether only a date may follow the label */
function readLabelled(
  label: Label,
  rest: string,
  where: string,
  isWithoutColon = false,
): HeaderFields | undefined {
  if (label === 'published' || label === 'updated' || label === 'expires') {
    const find = isWithoutColon || label === 'expires' ? findDate : findPeriod;
    const date = find(undecorated(rest), where);
    if (date !== undefined) return { [label]: date };
    // It is no page, whose author states no date at all.
    return !isWithoutColon && isNoDate(rest) ? { role: 'post' } : undefined;
  }
  if (isWithoutColon || rest === '') return label === 'source' && !isWithoutColon ? {} : undefined;
  switch (label) {
    case 'embargo':
      return undefined;
    case 'title':
    case 'language':
    case 'summary':
      return { [label]: rest };
    case 'slug': {
      const slug = baseName(rest.replace(/\/$/, ''));
      return slug === '' || /\s/u.test(rest) ? undefined : { slug };
    }
    case 'image': {
      const url = embeddedUrl(rest);
      return isPicture(url) ? { image: { url } } : undefined;
    }
    case 'tags':
      return {
        tags: partsBetween(rest, /[,;،、|]/u),
      };
    case 'author':
      // Only a sender has an address behind the name.
      if (
        !/<\S{1,64}@\S{1,200}>$/.test(rest) &&
        (readCreditLine(`by ${rest}`, where) !== undefined || endsLikeProse(rest))
      )
        return undefined;
      return { authors: readPeople(rest) };
    case 'address':
    case 'source': {
      const { source, isWhole } = readSourceLine(rest, where);
      return isWhole && (label === 'source' || source.uri !== undefined) ? { source } : undefined;
    }
  }
}

/** Whether a text is the address of a picture: a URL, or a path, which may have spaces. */
function isPicture(address: string): boolean {
  return (
    parseHttpUrl(address) !== undefined ||
    /^[^\n<>{}]+\.(?:jpe?g|png|gif|webp|avif|svg|heic|tiff?|bmp)$/iu.test(address)
  );
}

/** @param where such as `seeds/a.txt:3` */
function fieldOf(value: string, where: string): Field {
  return { value, line: Number(where.slice(where.lastIndexOf(':') + 1)) };
}

/** Removes bullets, dashes and brackets around a line. */
function undecorated(text: string): string {
  const plain = trimOf(text, DECORATION);
  return /^(?:\([^()]*\)|\[[^[\]]*\])$/u.test(plain) ? plain.slice(1, -1) : plain;
}

function creditFields({ authors, title, uri, date, updated }: CreditLine): HeaderFields {
  const source = defined({ title, uri });
  const hasSource = Object.keys(source).length > 0;
  return {
    ...(authors.length > 0 && { authors }),
    ...(hasSource && { source: { ...source, ...(date !== undefined && { published: date }) } }),
    ...(!hasSource && date !== undefined && { published: date }),
    ...(updated !== undefined && { updated }),
  };
}

const MAX_SOURCE = 2000;
const MAX_NAME = 80;

interface SourceLine {
  readonly source: NonNullable<Draft['source']>;
  /** Whether the text states nothing else. */
  readonly isWhole: boolean;
}

/** Reads a text after `Source:`, such as `Reuters`, `https://example.org/a` or `Reuters, 3 Feb 2021`. */
function readSourceLine(text: string, where: string): SourceLine {
  if (text.length > MAX_SOURCE) return { source: {}, isWhole: false };
  const words = text.split(' ');
  const addresses = words.filter((word) => httpAddress(word.replace(/[,;.]$/u, '')) !== undefined);
  const uri = httpAddress((addresses[0] ?? '').replace(/[,;.]$/u, ''));
  const rest = trimOf(words.filter((word) => !addresses.includes(word)).join(' '), /[\s,;|–—-]/u);
  // A remark such as "(seen on Tuesday)" may follow an address.
  const mayBeName = uri === undefined || /^[\p{Lu}\p{Lo}\d]/u.test(rest);
  const name = mayBeName ? nameAndDate(rest, where) : undefined;
  return {
    source: { ...name, ...(uri !== undefined && { uri }) },
    isWhole: addresses.length < 2 && (rest === '' || name !== undefined),
  };
}

function nameAndDate(text: string, where: string): NonNullable<Draft['source']> | undefined {
  if (text === '') return undefined;
  const date = findDate(text.replace(/^\(|\)$/gu, ''), where);
  if (date !== undefined) return { published: date };
  const credit = readCreditLine(text, where);
  if (credit?.title !== undefined && credit.authors.length === 0 && credit.updated === undefined) {
    return { title: credit.title, ...(credit.date !== undefined && { published: credit.date }) };
  }
  const isName =
    text.length <= MAX_NAME && /\p{L}/u.test(text) && !/[:：]|\/\//u.test(text) && !endsLikeProse(text);
  return isName ? { title: text } : undefined;
}

/** The number of last lines that may have the label. */
const MAX_LINES = 3;

/**
 * Reads `Kaynak/Source:` at the end, with or without an address or a name, on the same line or below. A trailer with
 * other text, or one that contradicts the header, is kept in the body; its address is used anyway.
 */
export function readTrailer(
  lines: readonly Line[],
  known: Draft['source'],
  where: (line: Line) => string,
): { readonly source: NonNullable<Draft['source']>; readonly body: readonly Line[] } {
  const last = lines.filter(({ text }) => text !== '').slice(-MAX_LINES);
  const start = last.findLastIndex(({ text }) => readLabel(text)?.label === 'source');
  const label = last[start];
  if (label === undefined) return { source: {}, body: lines };
  const rest = readLabel(label.text)?.rest ?? '';
  const below = last.slice(start + 1).map(({ text }) => text);
  if (rest !== '' && !below.every((text) => httpAddress(text))) return { source: {}, body: lines };
  const { source, isWhole } = readSourceLine([rest, ...below].join(' ').trim(), where(label));
  const agrees =
    (source.title === undefined || known?.title === undefined || hasWord(known.title, source.title)) &&
    (source.uri === undefined || known?.uri === undefined || source.uri === known.uri);
  const uri = source.uri ?? known?.uri;
  if (isWhole && agrees) return { source, body: lines.slice(0, lines.indexOf(label)) };
  return { source: { ...(uri !== undefined && { uri }) }, body: lines };
}

/** Whether a name is the same as another or a part of it, as in `Agence France-Presse (AFP)`. */
function hasWord(name: string, part: string): boolean {
  return ` ${name.replace(/[()]/gu, ' ')} `.includes(` ${part} `);
}
