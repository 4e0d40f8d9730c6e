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

/** The postings of many terms, in columns; those of one term stand together, in the order of their articles. */
export interface PostingColumns {
  readonly article: Uint32Array;
  readonly level: Uint8Array;
  /** By article, the bytes in which its places are. */
  readonly bytes: readonly Uint8Array[];
  /** Where in the bytes of its article the places of each posting are. */
  readonly start: Uint32Array;
  readonly end: Uint32Array;
}

/** Writes the postings of one term, those from `first` to before `end` of the columns, and their places. */
export function writePostings(
  out: GrowingBytes,
  places: GrowingBytes,
  columns: PostingColumns,
  first: number,
  end: number,
): void {
  out.varint(places.length);
  // With half of the articles or more, levels of all are as short, and need not be read one by one.
  const isDense = 2 * (end - first) >= columns.bytes.length;
  out.varint((end - first) * 2 + (isDense ? 1 : 0));
  if (isDense) writeDense(out, columns, first, end);
  else writeSparse(out, columns, first, end);
  for (let i = first; i < end; i++) {
    const [from, to] = [columns.start[i] ?? 0, columns.end[i] ?? 0];
    places.varint(to - from);
    places.copy(columns.bytes[columns.article[i] ?? 0] ?? NO_BYTES, from, to);
  }
}

function writeSparse(out: GrowingBytes, columns: PostingColumns, first: number, end: number): void {
  let next = 0;
  for (let i = first; i < end; i++) {
    const article = columns.article[i] ?? 0;
    out.varint((article - next) * 16 + (columns.level[i] ?? 0));
    next = article + 1;
  }
}

const NO_BYTES = new Uint8Array();

function writeDense(out: GrowingBytes, columns: PostingColumns, first: number, end: number): void {
  let article = 0;
  for (let i = first; i < end; i++) {
    for (; article < (columns.article[i] ?? 0); article++) out.byte(0);
    out.byte(columns.level[i] ?? 0);
    article++;
  }
  for (; article < columns.bytes.length; article++) out.byte(0);
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
