import { type Cursor, type GrowingBytes, readVarint } from './bytes.ts';

/*
 * The postings of one term in one run: in which of the run's articles it stands, and how much they are about it. Articles
 * are counted from the first of the run. All numbers are varints.
 *
 *   where its places begin in the places of its block
 *   articles × 2, + 1 if levels follow for all articles of the run
 *   either  u8 level[articles of the run]              0: the term is not in it
 *   or      (distance from the article before, or from −1, less 1) × 16 + level, for each article
 *
 * Its places, which only phrases need, stand elsewhere:
 *
 *   bytes of its places · its places                   for each article, as in document-terms.ts
 */

/**
 * Writes the postings of one term.
 *
 * @param sparse as they are where levels of all articles do not follow
 * @param count articles that have the term
 */
export function writePostings(
  out: GrowingBytes,
  placesAt: number,
  sparse: GrowingBytes,
  count: number,
  articlesOfRun: number,
): void {
  out.varint(placesAt);
  // With half of the articles or more, levels of all are as short, and need not be read one by one.
  const isDense = 2 * count >= articlesOfRun;
  out.varint(count * 2 + (isDense ? 1 : 0));
  if (isDense) writeLevels(out, sparse.view(), articlesOfRun);
  else out.append(sparse);
}

function writeLevels(out: GrowingBytes, sparse: Uint8Array, articlesOfRun: number): void {
  const cursor: Cursor = { bytes: sparse, at: 0 };
  let article = 0;
  while (cursor.at < sparse.length) {
    const value = readVarint(cursor);
    for (const end = article + (value >>> 4); article < end; article++) out.byte(0);
    out.byte(value & 15);
    article++;
  }
  for (; article < articlesOfRun; article++) out.byte(0);
}

/** The postings of one term, opened. */
export interface Postings {
  /** By article of the run; 0: the term is not in it. */
  readonly levels: Uint8Array;
  /** Ascending. Undefined where the term is in so many articles that only `levels` is kept. */
  readonly articles: Uint32Array | undefined;
  /** How many articles have the term. */
  readonly count: number;
  /** Where its places begin in the places of its block. */
  readonly placesAt: number;
}

/** Reads what `writePostings` wrote. */
export function readPostings(bytes: Uint8Array, start: number, articlesOfRun: number): Postings {
  const cursor: Cursor = { bytes, at: start };
  const placesAt = readVarint(cursor);
  const head = readVarint(cursor);
  const count = head >>> 1;
  if (head % 2 === 1) {
    const levels = bytes.subarray(cursor.at, cursor.at + articlesOfRun);
    return { levels, articles: undefined, count, placesAt };
  }
  const levels = new Uint8Array(articlesOfRun);
  const articles = new Uint32Array(count);
  let next = 0;
  for (let i = 0; i < count; i++) {
    const byte = bytes[cursor.at] ?? 0;
    const value = byte > 0x7f ? readVarint(cursor) : byte;
    if (byte <= 0x7f) cursor.at++;
    next += value >>> 4;
    levels[next] = value & 15;
    articles[i] = next++;
  }
  return { levels, articles, count, placesAt };
}

/** The articles of postings, ascending. */
export function articlesOf({ articles, levels, count }: Postings): Uint32Array {
  if (articles !== undefined) return articles;
  const found = new Uint32Array(count);
  let next = 0;
  for (let article = 0; article < levels.length; article++)
    if (levels[article] !== 0) found[next++] = article;
  return found;
}
