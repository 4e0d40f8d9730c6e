import { BlockWriter } from './block.ts';
import { type Cursor, GrowingBytes, readVarint } from './bytes.ts';
import type { DocumentTerms } from './document-terms.ts';
import { type Posting, writePostings } from './postings.ts';

/** A block is closed when it has so many bytes; one term may have more. */
const BLOCK_BYTES = 64 * 1024;

/** A block with its first term, UTF-8. */
export interface EncodedBlock {
  readonly firstTerm: Uint8Array;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * The blocks of one run.
 *
 * @param isOneBlock whether they are to be one, whatever its size
 */
export function encodeRun(documents: readonly DocumentTerms[], isOneBlock: boolean): readonly EncodedBlock[] {
  const { terms, postingsOf } = invert(documents);
  const blocks: EncodedBlock[] = [];
  const block = new BlockWriter();
  const [postings, scratch] = [new GrowingBytes(), new GrowingBytes()];
  let firstTerm: Uint8Array | undefined;
  for (const { term, id } of terms) {
    const bytes = new TextEncoder().encode(term);
    firstTerm ??= bytes;
    postings.clear();
    writePostings(postings, scratch, postingsOf(id), documents.length);
    block.add(bytes, postings.view());
    if (!isOneBlock && block.length >= BLOCK_BYTES) {
      blocks.push({ firstTerm, bytes: block.finish() });
      firstTerm = undefined;
    }
  }
  if (firstTerm !== undefined) blocks.push({ firstTerm, bytes: block.finish() });
  return blocks;
}

interface Inverted {
  readonly terms: readonly { readonly term: string; readonly id: number }[];
  postingsOf(id: number): readonly Posting[];
}

/** Terms sorted, each with its postings in the order of the documents. */
function invert(documents: readonly DocumentTerms[]): Inverted {
  const ids = new Map<string, number>();
  const counts: number[] = [];
  const idsOf = documents.map((document) =>
    Uint32Array.from(document.terms.split(' ').slice(0, -1), (term) => {
      let id = ids.get(term);
      if (id === undefined) {
        id = counts.length;
        ids.set(term, id);
        counts.push(0);
      }
      counts[id] = (counts[id] ?? 0) + 1;
      return id;
    }),
  );
  // The postings of all terms lie in one column each, those of one term together.
  const firstOf = new Uint32Array(counts.length + 1);
  counts.forEach((count, id) => {
    firstOf[id + 1] = (firstOf[id] ?? 0) + count;
  });
  const total = firstOf[counts.length] ?? 0;
  const free = firstOf.slice();
  const [document, level] = [new Uint32Array(total), new Uint8Array(total)];
  const [start, end] = [new Uint32Array(total), new Uint32Array(total)];
  documents.forEach(({ postings }, number) => {
    const cursor: Cursor = { bytes: postings, at: 0 };
    for (const id of idsOf[number] ?? []) {
      const slot = free[id] ?? 0;
      free[id] = slot + 1;
      document[slot] = number;
      level[slot] = postings[cursor.at++] ?? 0;
      const size = readVarint(cursor);
      start[slot] = cursor.at;
      cursor.at += size;
      end[slot] = cursor.at;
    }
  });
  return {
    terms: Array.from(ids, ([term, id]) => ({ term, id })).sort((a, b) => compareTerms(a.term, b.term)),
    postingsOf(id) {
      const postings: Posting[] = [];
      for (let slot = firstOf[id] ?? 0; slot < (firstOf[id + 1] ?? 0); slot++) {
        const article = document[slot] ?? 0;
        postings.push({
          article,
          level: level[slot] ?? 0,
          bytes: documents[article]?.postings ?? new Uint8Array(),
          start: start[slot] ?? 0,
          end: end[slot] ?? 0,
        });
      }
      return postings;
    },
  };
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
