import { byFacet, FACETS, type Facet, type FacetValue } from '../facets.ts';
import {
  ByteWriter,
  type Cursor,
  compareBytes,
  comparePiece,
  decodeUtf8,
  encodeUtf8,
  partitionPoint,
  readVarint,
} from '../templates/bytes.ts';
import type { ArticleMetadata } from './metadata.ts';

/*
 * The facets of articles: one dictionary for each of FACETS, consecutively, all numbers little-endian:
 *
 *   u32 values (m) · u32 bytes of heap, a multiple of 4
 *   u32 keys[m + 1] · u32 labels[m + 1] · u32 members[m + 1]    offset of each in the heap; the last: the end
 *   u32 firsts[m]        the first article with the value
 *   heap: keys, in byte order, and labels, in UTF-8 · for each value the numbers of its articles, each as its distance
 *         from the one before (the first from 0), a varint (bytes.ts)
 *
 * Labels are lines: the first label, then for each later label the number of the first article it applies to, a space
 * and the label. So a label never depends on an article with a higher number, such as an unpublished one.
 */
const COLUMN_COUNT = 3;

/** A facet value. */
interface FacetRecord {
  readonly key: string;
  /** Ascending; the first applies from the first article on. */
  readonly labels: readonly { readonly from: number; readonly label: string }[];
  /** The numbers of its articles, ascending. */
  readonly members: readonly number[];
}

export function encodeFacets(
  values: Readonly<Record<Facet, readonly FacetRecord[]>>,
): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  for (const facet of FACETS) writer.bytes(encodeDictionary(values[facet]));
  return writer.toBytes();
}

function encodeDictionary(values: readonly FacetRecord[]): Uint8Array<ArrayBuffer> {
  const rows = values
    .map(({ key, labels, members }) => ({
      key: encodeUtf8(key),
      labels: encodeUtf8(
        labels.map(({ from, label }, at) => (at === 0 ? label : `${from} ${label}`)).join('\n'),
      ),
      members,
    }))
    .sort((a, b) => compareBytes(a.key, b.key));
  const heap = new ByteWriter();
  const lay = (pieces: readonly Uint8Array[]): number[] => {
    const starts = pieces.map((piece) => {
      const start = heap.length;
      heap.bytes(piece);
      return start;
    });
    return [...starts, heap.length];
  };
  const columns = [
    lay(rows.map(({ key }) => key)),
    lay(rows.map(({ labels }) => labels)),
    lay(rows.map(({ members }) => encodeMembers(members))),
  ];
  heap.align(4);
  const writer = new ByteWriter();
  writer.u32(rows.length);
  writer.u32(heap.length);
  for (const column of columns) writer.u32s(column);
  writer.u32s(rows.map(({ members }) => members[0] ?? 0));
  writer.bytes(heap.toBytes());
  return writer.toBytes();
}

function encodeMembers(members: readonly number[]): Uint8Array {
  const writer = new ByteWriter(2 * members.length);
  let previous = 0;
  for (const member of members) {
    writer.varint(member - previous);
    previous = member;
  }
  return writer.toBytes();
}

/** The values of a facet, indexed in byte order of keys, and decoded on demand. */
export interface FacetDictionary {
  readonly length: number;
  /** The index of a key; undefined if no article has it. */
  find(key: string): number | undefined;
  /** The index of the first key at or after this one. */
  place(key: string): number;
  key(place: number): string;
  /** @param end articles from this number on do not affect the label */
  label(place: number, end: number): string;
  /** The smallest number of its articles. */
  first(place: number): number;
  /** Visits its articles, visible or not, ascending, until `visit` returns true; returns whether it did. */
  some(place: number, visit: (member: number) => unknown): boolean;
}

export type FacetDictionaries = Readonly<Record<Facet, FacetDictionary>>;

/** @param at the offset of the dictionaries in the buffer, a multiple of 4 */
export function decodeFacets(buffer: ArrayBuffer, at: number): FacetDictionaries {
  let start = at;
  return byFacet(() => {
    const [values = 0, heapBytes = 0] = new Uint32Array(buffer, start, 2);
    const heapAt = start + 4 * (2 + COLUMN_COUNT * (values + 1) + values);
    const dictionary = decodeDictionary(buffer, start + 8, values, new Uint8Array(buffer, heapAt, heapBytes));
    start = heapAt + heapBytes;
    return dictionary;
  });
}

function decodeDictionary(
  buffer: ArrayBuffer,
  at: number,
  length: number,
  heap: Uint8Array,
): FacetDictionary {
  const columnBytes = 4 * (length + 1);
  const column = (index: number, rows = length + 1): Uint32Array =>
    new Uint32Array(buffer, at + index * columnBytes, rows);
  const [keys, labels, members, firsts] = [column(0), column(1), column(2), column(COLUMN_COUNT, length)];
  const piece = (starts: Uint32Array, place: number): Uint8Array =>
    heap.subarray(starts[place], starts[place + 1]);
  const text = (starts: Uint32Array, place: number): string => decodeUtf8(piece(starts, place));

  const compareKey = (place: number, wanted: Uint8Array): number =>
    comparePiece(heap, keys[place] ?? 0, keys[place + 1] ?? 0, wanted);

  function place(wanted: Uint8Array): number {
    return partitionPoint(0, length, (index) => compareKey(index, wanted) < 0);
  }

  return {
    length,
    find(key) {
      const wanted = encodeUtf8(key);
      const found = place(wanted);
      return found < length && compareKey(found, wanted) === 0 ? found : undefined;
    },
    place: (key) => place(encodeUtf8(key)),
    key: (index) => text(keys, index),
    label(index, end) {
      const [first = '', ...changes] = text(labels, index).split('\n');
      const change = changes.findLast((line) => Number.parseInt(line, 10) < end);
      return change === undefined ? first : change.slice(change.indexOf(' ') + 1);
    },
    first: (index) => firsts[index] ?? 0,
    some(index, visit) {
      const end = members[index + 1] ?? 0;
      const cursor: Cursor = { bytes: heap, at: members[index] ?? 0 };
      let member = 0;
      while (cursor.at < end) {
        member += readVarint(cursor);
        if (visit(member) === true) return true;
      }
      return false;
    },
  };
}

/**
 * The listed articles by facet. The most frequent spelling of a value is its label. Later articles may change the
 * label, but only once they are published.
 *
 * @param articles by number
 */
export function facetRecords(articles: readonly ArticleMetadata[]): Readonly<Record<Facet, FacetRecord[]>> {
  return byFacet((facet) => recordsOf(articles, facet));
}

interface Counted {
  readonly counts: Map<string, number>;
  readonly labels: { from: number; label: string }[];
  readonly members: number[];
}

function recordsOf(articles: readonly ArticleMetadata[], facet: Facet): FacetRecord[] {
  const found = new Map<string, Counted>();
  for (const [number, { listed, values }] of articles.entries()) {
    if (!listed) continue;
    for (const { key, label } of values[facet]) {
      const value = found.get(key) ?? { counts: new Map<string, number>(), labels: [], members: [] };
      found.set(key, value);
      value.members.push(number);
      countLabel(value, number, label);
    }
  }
  return [...found].map(([key, { labels, members }]) => ({ key, labels, members }));
}

/** Breaks ties between equally frequent labels alphabetically. */
function countLabel({ counts, labels }: Counted, article: number, label: string): void {
  const own = (counts.get(label) ?? 0) + 1;
  counts.set(label, own);
  const last = labels.at(-1)?.label;
  if (last === label) return;
  const most = last === undefined ? 0 : (counts.get(last) ?? 0);
  if (own > most || (own === most && label < (last ?? ''))) labels.push({ from: article, label });
}

export interface FacetCount extends FacetValue {
  /** The number of visible articles with the value. */
  readonly count: number;
}

/** All values of a facet that occur in visible articles. */
export interface FacetGroup {
  readonly facet: Facet;
  /** The plural label of the facet. */
  readonly name: string;
  /** Not empty, by label. */
  readonly values: readonly FacetCount[];
}
