import { BlockWriter } from './block.ts';
import { type Cursor, GrowingBytes, readVarint } from './bytes.ts';
import type { DocumentTerms } from './document-terms.ts';
import { type PostingColumns, writePostings } from './postings.ts';

/** A block is closed when it, or its places, have so many bytes; one term may have more. */
const BLOCK_BYTES = 32 * 1024;
const PLACES_BYTES = 64 * 1024;

/** A block, the places of its terms, and the first of them, UTF-8. */
export interface EncodedBlock {
  readonly firstTerm: Uint8Array;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly places: Uint8Array<ArrayBuffer>;
}

/**
 * The blocks of one run.
 *
 * @param isOneBlock whether they are to be one, whatever its size
 */
export function encodeRun(documents: readonly DocumentTerms[], isOneBlock: boolean): readonly EncodedBlock[] {
  const { terms, firstOf, columns } = invert(documents);
  const blocks: EncodedBlock[] = [];
  const block = new BlockWriter();
  const [postings, places] = [new GrowingBytes(), new GrowingBytes(PLACES_BYTES)];
  const encoder = new TextEncoder();
  let firstTerm: Uint8Array | undefined;
  for (const [at, [term, id]] of terms.entries()) {
    const bytes = encoder.encode(term);
    firstTerm ??= bytes;
    postings.clear();
    writePostings(postings, places, columns, firstOf[id] ?? 0, firstOf[id + 1] ?? 0);
    block.add(bytes, postings);
    const isFull = !isOneBlock && (block.length >= BLOCK_BYTES || places.length >= PLACES_BYTES);
    if (isFull || at === terms.length - 1) {
      blocks.push({ firstTerm, bytes: block.finish(), places: places.toBytes() });
      places.clear();
      firstTerm = undefined;
    }
  }
  return blocks;
}

interface Inverted {
  /** Sorted, each with its number. */
  readonly terms: readonly (readonly [term: string, id: number])[];
  /** By number of a term: where its postings begin in the columns, and those of the one before end. */
  readonly firstOf: Uint32Array;
  readonly columns: PostingColumns;
}

function invert(documents: readonly DocumentTerms[]): Inverted {
  const { ids, idsOf, firstOf } = numberTerms(documents);
  const total = firstOf[ids.size] ?? 0;
  const columns = {
    article: new Uint32Array(total),
    level: new Uint8Array(total),
    bytes: documents.map(({ postings }) => postings),
    start: new Uint32Array(total),
    end: new Uint32Array(total),
  };
  const free = firstOf.slice();
  for (const [article, { postings }] of documents.entries()) {
    const cursor: Cursor = { bytes: postings, at: 0 };
    for (const id of idsOf[article] ?? []) {
      const slot = free[id] ?? 0;
      free[id] = slot + 1;
      columns.article[slot] = article;
      columns.level[slot] = postings[cursor.at++] ?? 0;
      const size = readVarint(cursor);
      columns.start[slot] = cursor.at;
      cursor.at += size;
      columns.end[slot] = cursor.at;
    }
  }
  return { terms: [...ids].sort(([a], [b]) => compareTerms(a, b)), firstOf, columns };
}

/** Numbers the terms, and says which ones each document has and how many documents have those before each. */
function numberTerms(documents: readonly DocumentTerms[]): {
  readonly ids: ReadonlyMap<string, number>;
  readonly idsOf: readonly Uint32Array[];
  readonly firstOf: Uint32Array;
} {
  const ids = new Map<string, number>();
  const counts: number[] = [];
  const idsOf = documents.map((document) => {
    const terms = document.terms.split(' ');
    // Nothing stands after the last space.
    const idsOfDocument = new Uint32Array(terms.length - 1);
    for (let i = 0; i < idsOfDocument.length; i++) {
      const term = terms[i] ?? '';
      let id = ids.get(term);
      if (id === undefined) {
        id = counts.length;
        ids.set(term, id);
        counts.push(0);
      }
      counts[id] = (counts[id] ?? 0) + 1;
      idsOfDocument[i] = id;
    }
    return idsOfDocument;
  });
  const firstOf = new Uint32Array(counts.length + 1);
  for (const [id, count] of counts.entries()) firstOf[id + 1] = (firstOf[id] ?? 0) + count;
  return { ids, idsOf, firstOf };
}

/** The order of code points, which is that of UTF-8. */
function compareTerms(a: string, b: string): number {
  const shared = Math.min(a.length, b.length);
  let at = 0;
  while (at < shared && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  if (at === shared) return a.length - b.length;
  const [unit, other] = [a.charCodeAt(at), b.charCodeAt(at)];
  // Surrogates stand for code points above those of all other units.
  return isSurrogate(unit) === isSurrogate(other) ? unit - other : isSurrogate(unit) ? 1 : -1;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}
