import { type Cursor, readVarint } from '../store/varint.ts';
import type { DocumentTerms } from './document-terms.ts';
import { TermTable } from './term-table.ts';

const SPACE = 0x20;

/** The postings of some documents by their terms. */
export interface Inverted {
  readonly table: TermTable;
  /** By number of a term: where its postings end in the columns, and those of the next begin. */
  readonly ends: Uint32Array;
  /** Of each posting its document. */
  readonly documents: Uint32Array;
  /** Where a posting begins in those of its document, and where it ends. */
  readonly from: Uint32Array;
  readonly to: Uint32Array;
}

export function invert(documents: readonly DocumentTerms[]): Inverted {
  const table = new TermTable();
  const numbers = documents.map(({ terms }) => numbersOf(terms, table));
  const ends = countTerms(numbers, table.count);
  const total = ends[table.count] ?? 0;
  const columns = {
    documents: new Uint32Array(total),
    from: new Uint32Array(total),
    to: new Uint32Array(total),
  };
  for (const [document, { postings }] of documents.entries()) {
    const numbersOfDocument = numbers[document] ?? new Uint32Array();
    const cursor: Cursor = { bytes: postings, at: 0 };
    for (let i = 0; i < numbersOfDocument.length; i++) {
      const number = numbersOfDocument[i] ?? 0;
      const slot = ends[number] ?? 0;
      ends[number] = slot + 1;
      columns.documents[slot] = document;
      columns.from[slot] = cursor.at++;
      const size = readVarint(cursor);
      cursor.at += size;
      columns.to[slot] = cursor.at;
    }
  }
  return { table, ends, ...columns };
}

/** The numbers of the terms of a document. */
function numbersOf(terms: Uint8Array, table: TermTable): Uint32Array {
  const numbers = new Uint32Array(terms.length / 2);
  let [count, start] = [0, 0];
  for (let at = 0; at < terms.length; at++) {
    if (terms[at] !== SPACE) continue;
    numbers[count++] = table.numberOfBytes(terms, start, at - start);
    start = at + 1;
  }
  return numbers.slice(0, count);
}

/** By number: where postings begin when those of one term stand after those of the one before; at the end, their count. */
function countTerms(numbers: readonly Uint32Array[], count: number): Uint32Array {
  const starts = new Uint32Array(count + 1);
  for (const numbersOfDocument of numbers) {
    for (let i = 0; i < numbersOfDocument.length; i++) {
      const after = (numbersOfDocument[i] ?? 0) + 1;
      starts[after] = (starts[after] ?? 0) + 1;
    }
  }
  for (let number = 1; number <= count; number++)
    starts[number] = (starts[number] ?? 0) + (starts[number - 1] ?? 0);
  return starts;
}
