import type { Person } from '../../article.ts';
import { trimOf } from '../../trim.ts';
import { findDate } from '../date.ts';
import type { Draft } from '../document.ts';
import { readPeople } from '../people.ts';
import { type Credit, readCredit } from './credit.ts';
import { type Label, readLabel, readLeadingWords } from './labels.ts';
import { endsLikeProse } from './line.ts';
import { isOutlet } from './outlet.ts';
import { readSource } from './source.ts';

/** A longer line says more. */
const MAX_LENGTH = 500;
/** What decorates a line, as in `- 22.11.2017 -`. */
const DECORATION = /[\s\-–—•*]/u;

/** What lines above a text say of it. */
export interface Facts
  extends Pick<Draft, 'title' | 'published' | 'updated' | 'language' | 'tags' | 'source'> {
  readonly authors?: readonly Person[];
}

/**
 * Reads a line that is a date, a credit, an address, or labelled; `undefined` unless all of it is understood.
 *
 * @param isBelowTitle above the title only what is unmistakable is understood
 */
export function readFacts(text: string, where: string, isBelowTitle: boolean): Facts | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const plain = undecorated(text);
  const labelled = readLabel(plain);
  const said = labelled && readLabelled(labelled.label, labelled.rest, where);
  if (said !== undefined) return said;
  const worded = readLeadingWords(plain);
  const dated = worded && readLabelled(worded.label, worded.rest, where, true);
  if (dated !== undefined) return dated;
  const date = findDate(plain, where);
  if (date !== undefined) return { published: date };
  const credit = readCredit(plain, where);
  if (credit === undefined) return undefined;
  const isClear = isBelowTitle || labelled !== undefined || isOutlet(credit.title ?? '');
  return isClear ? creditFacts(credit) : undefined;
}

/** All facts of both; `undefined` when both say the same thing. */
export function mergeFacts(known: Facts, said: Facts): Facts | undefined {
  const source = { ...known.source, ...said.source };
  const fields = (facts: Facts): number =>
    Object.keys(facts).length - (facts.source === undefined ? 0 : 1) + Object.keys(facts.source ?? {}).length;
  const merged = { ...known, ...said, ...(Object.keys(source).length > 0 && { source }) };
  return fields(merged) === fields(known) + fields(said) ? merged : undefined;
}

/** @param isWithoutColon only a date may follow */
function readLabelled(label: Label, rest: string, where: string, isWithoutColon = false): Facts | undefined {
  if (label === 'published' || label === 'updated') {
    const date = findDate(undecorated(rest), where);
    return date && { [label]: date };
  }
  if (isWithoutColon || rest === '') return label === 'source' && !isWithoutColon ? {} : undefined;
  switch (label) {
    case 'title':
    case 'language':
      return { [label]: rest };
    case 'tags':
      return {
        tags: rest
          .split(/[,;،、|]/u)
          .map((tag) => tag.trim())
          .filter((tag) => tag !== ''),
      };
    case 'author':
      if (readCredit(`by ${rest}`, where) !== undefined || endsLikeProse(rest)) return undefined;
      return { authors: readPeople(rest) };
    case 'address':
    case 'source': {
      const { source, isWhole } = readSource(rest, where);
      return isWhole && (label === 'source' || source.uri !== undefined) ? { source } : undefined;
    }
  }
}

/** Without bullets and dashes around it, and without the brackets of `[22.11.2017]`. */
function undecorated(text: string): string {
  const plain = trimOf(text, DECORATION);
  return /^(?:\([^()]*\)|\[[^[\]]*\])$/u.test(plain) ? plain.slice(1, -1) : plain;
}

function creditFacts({ authors, title, uri, date, updated }: Credit): Facts {
  const source = { ...(title !== undefined && { title }), ...(uri !== undefined && { uri }) };
  const hasSource = Object.keys(source).length > 0;
  return {
    ...(authors.length > 0 && { authors }),
    ...(hasSource && { source: { ...source, ...(date !== undefined && { published: date }) } }),
    ...(!hasSource && date !== undefined && { published: date }),
    ...(updated !== undefined && { updated }),
  };
}
