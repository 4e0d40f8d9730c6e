import { httpAddress } from '../../html/url.ts';
import { trimOf } from '../../trim.ts';
import { findDate } from '../dates/parse-date.ts';
import type { Draft } from '../draft.ts';
import { readCreditLine } from './byline.ts';
import { readLabel } from './labels.ts';
import { endsLikeProse, type Line } from './lines.ts';

/** The longest source with all its parts, in characters. */
const MAX_LENGTH = 2000;
/** The longest name, in characters. */
const MAX_NAME = 80;

/** The source that a text states. */
export interface SourceLine {
  readonly source: NonNullable<Draft['source']>;
  /** Whether the text states nothing else. */
  readonly isWhole: boolean;
}

/** Reads a text after `Source:`, such as `Reuters`, `https://example.org/a` or `Reuters, 3 Feb 2021`. */
export function readSourceLine(text: string, where: string): SourceLine {
  if (text.length > MAX_LENGTH) return { source: {}, isWhole: false };
  const words = text.split(' ');
  const addresses = words.filter((word) => httpAddress(word.replace(/[,;.]$/u, '')) !== undefined);
  const uri = httpAddress((addresses[0] ?? '').replace(/[,;.]$/u, ''));
  const rest = trimOf(words.filter((word) => !addresses.includes(word)).join(' '), /[\s,;|–—-]/u);
  // An address may have a remark such as "(seen on Tuesday)" beside it.
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

/** The label is on one of the last lines. */
const MAX_LINES = 3;

/** The source below the text, and the text. */
export interface Trailer {
  readonly source: NonNullable<Draft['source']>;
  readonly body: readonly Line[];
}

/**
 * Reads `Kaynak/Source:` at the end, with or without an address or a name, on the same line or below. A trailer that
 * states more, or contradicts the header, stays in the body; its address counts anyway.
 */
export function readTrailer(
  lines: readonly Line[],
  known: Draft['source'],
  where: (line: Line) => string,
): Trailer {
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
  return ` ${name.replace(/[()]/gu, ' ')} `.includes(` ${part} `) || name === part;
}
