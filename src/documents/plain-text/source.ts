import { httpAddress } from '../../html/url.ts';
import { trimOf } from '../../trim.ts';
import { findDate } from '../dates/parse-date.ts';
import type { Draft } from '../draft.ts';
import { readCredit } from './byline.ts';
import { endsLikeProse } from './line.ts';

/** A longer text says more than a source. */
const MAX_LENGTH = 2000;
/** A longer text is no name. */
const MAX_NAME = 80;

/** What a text after `Source:` says. */
export interface StatedSource {
  readonly source: NonNullable<Draft['source']>;
  /** Whether that is all that it says. */
  readonly isWhole: boolean;
}

/** Reads `Reuters`, `https://example.org/a`, `Reuters, 3 Feb 2021, https://example.org/a` and the like. */
export function readSource(text: string, where: string): StatedSource {
  if (text.length > MAX_LENGTH) return { source: {}, isWhole: false };
  const words = text.split(' ');
  const addresses = words.filter((word) => httpAddress(word.replace(/[,;.]$/u, '')) !== undefined);
  const uri = httpAddress((addresses[0] ?? '').replace(/[,;.]$/u, ''));
  const rest = trimOf(words.filter((word) => !addresses.includes(word)).join(' '), /[\s,;|–—-]/u);
  // Beside an address may stand a remark, such as "(seen on Tuesday)".
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
  const credit = readCredit(text, where);
  if (credit?.title !== undefined && credit.authors.length === 0 && credit.updated === undefined) {
    return { title: credit.title, ...(credit.date !== undefined && { published: credit.date }) };
  }
  const isName =
    text.length <= MAX_NAME && /\p{L}/u.test(text) && !/[:：]|\/\//u.test(text) && !endsLikeProse(text);
  return isName ? { title: text } : undefined;
}
