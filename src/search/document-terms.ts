import { levelOf } from './level.ts';
import { MentionTable } from './mention-table.ts';
import { isUnspaced } from './pieces.ts';
import { readPieces } from './units.ts';

/** The parts of an article in which words are looked for, as plain text. */
export interface SearchableText {
  readonly title: string;
  readonly text: string;
  readonly tags: readonly string[];
  readonly authors: readonly string[];
  readonly source: string | undefined;
}

/** What the index needs to know of one article. Depends on nothing else, so that it can be kept and made in threads. */
export interface DocumentTerms {
  /** The different terms, UTF-8, each followed by a space, in the order of their first place. */
  readonly terms: Uint8Array<ArrayBuffer>;
  /**
   * For each term: u8 level · varint bytes of its places · its places, in units from the beginning, each a varint of
   * the distance from the one before.
   */
  readonly postings: Uint8Array<ArrayBuffer>;
}

/** Filled anew for each document, which costs less than a new one; what is longer than usual has one to itself. */
const usualMentions = new MentionTable();
const USUAL_LENGTH = 100_000;

/** Reads the terms of an article: units, and in scripts without spaces pairs of neighbours too. */
export function tokenizeDocument({ title, text, tags, authors, source }: SearchableText): DocumentTerms {
  const mentions = text.length > USUAL_LENGTH ? new MentionTable() : usualMentions;
  mentions.clear();
  let place = readPart(title, 0, mentions);
  mentions.endTitle();
  for (const keyword of [...tags, ...authors, source ?? '']) place = readPart(keyword, place, mentions);
  mentions.endKeywords();
  const units = readPart(text, place, mentions);
  return {
    terms: mentions.terms(),
    postings: mentions.postings((count, isInTitle) => levelOf(count, isInTitle, units)),
  };
}

/**
 * @param start the place of its first unit
 * @returns the place of the first unit of the next part
 */
function readPart(text: string, start: number, mentions: MentionTable): number {
  let place = start;
  let before: string | undefined;
  readPieces(
    text,
    (utf8, at, length) => {
      mentions.addBytes(utf8, at, length, place++);
      before = undefined;
    },
    (unit) => {
      mentions.add(unit, place);
      const unspaced = isUnspaced(unit) ? unit : undefined;
      if (before !== undefined && unspaced !== undefined) mentions.add(before + unspaced, place - 1);
      before = unspaced;
      place++;
    },
  );
  // A place left free, so that no phrase reaches from one part into the next.
  return place + 1;
}
