import { encodeAllUtf8, encodeUtf8 } from '../templates/bytes.ts';
import {
  type Codec,
  type EncodedFragment,
  encodeFragment,
  fingerprintOf,
  type Pack,
  packOf,
  StoredFragment,
  writeFragment,
} from '../templates/fragment.ts';
import { HOLES, type Hole } from '../templates/holes.ts';

/*
 * A record: named fragments and a text, all numbers little-endian. Content that changes at a known instant has several
 * renditions, each with all fragments; identical fragments are stored once.
 *
 *   u32 offset of each fragment in the record, for each rendition · the text, UTF-8 · the fragments
 */

/** The number of a record's current rendition, and how many renditions there are. */
export interface Rendition {
  readonly current: number;
  readonly count: number;
}

/** The rendition of a record with only one. */
export const ONLY_RENDITION: Rendition = { current: 0, count: 1 };

/** The fragments of an article, in this order; the text is its slug. */
export const ARTICLE_FRAGMENTS = [
  'body',
  'rss',
  'atom',
  'json',
  'page',
  'teaser',
  'summary',
  'picture',
  'leadPicture',
  'day',
  'mention',
] as const;
export type ArticleFragment = (typeof ARTICLE_FRAGMENTS)[number];

/** The text formats of an article, stored separately because they are seldom requested. */
export const TEXT_FORMAT_FRAGMENTS = ['markdown', 'text', 'line', 'news'] as const;
export type TextFormatFragment = (typeof TEXT_FORMAT_FRAGMENTS)[number];

function isHole<Name extends string>(name: Name): name is Name & Hole {
  return Object.hasOwn(HOLES, name);
}

const NO_BYTES = new Uint8Array();

/**
 * @param head of an article, its slug
 * @param renditions texts with the markers of holes.ts, by name
 */
export function encodeRecord<Name extends string>(
  head: string,
  names: readonly Name[],
  renditions: readonly Readonly<Record<Name, string>>[],
  codec: Codec,
): Uint8Array<ArrayBuffer> {
  const headBytes = encodeUtf8(head);
  const fragments: EncodedFragment[] = [];
  const table: number[] = [];
  const known = new Map<string, number>();
  for (const texts of renditions) {
    for (const { name, bytes, print } of printedTexts(names, texts, codec)) {
      // Most records have a single rendition, and long texts are expensive map keys.
      const key = renditions.length === 1 ? undefined : `${name} ${print} ${texts[name]}`;
      const place = (key === undefined ? undefined : known.get(key)) ?? fragments.length;
      table.push(place);
      if (place < fragments.length) continue;
      fragments.push(encodeFragment(bytes, print, codec));
      if (key !== undefined) known.set(key, place);
    }
  }
  const headAt = 4 * table.length;
  const fragmentsAt = headAt + headBytes.length;
  const recordLength = fragments.reduce((sum, { length }) => sum + length, fragmentsAt);
  const record = packOf(new ArrayBuffer(recordLength));
  record.bytes.set(headBytes, headAt);
  let at = fragmentsAt;
  const starts = fragments.map((fragment) => {
    const start = at;
    writeFragment(fragment, record, start);
    at += fragment.length;
    return start;
  });
  for (const [index, fragment] of table.entries())
    record.view.setUint32(4 * index, starts[fragment] ?? 0, true);
  return record.bytes;
}

interface PrintedText<Name> {
  readonly name: Name;
  /** UTF-8. */
  readonly bytes: Uint8Array;
  readonly print: string;
}

/** Texts with their fingerprints. */
function printedTexts<Name extends string>(
  names: readonly Name[],
  texts: Readonly<Record<Name, string>>,
  codec: Codec,
): PrintedText<Name>[] {
  const encoded = encodeAllUtf8(names.map((name) => texts[name]));
  const bytes = new Map(names.map((name, index) => [name, encoded[index] ?? NO_BYTES]));
  const printOf = (name: Name, filling: string): string =>
    fingerprintOf(bytes.get(name) ?? NO_BYTES, filling, codec);
  // A fingerprint covers the fillings of the text too, wherever they are stored.
  const fillings = names.filter(isHole).map((hole) => ({ hole, print: printOf(hole, '') }));
  return names.map((name) => {
    const filling = fillings.filter(({ hole }) => hole !== name && texts[name].includes(HOLES[hole]));
    const print = printOf(name, filling.map((each) => each.print).join(''));
    return { name, bytes: bytes.get(name) ?? NO_BYTES, print };
  });
}

/** @param fragments the number of entries in the table, at least one */
export function recordHead({ view }: Pack, recordAt: number, fragments: number): Uint8Array {
  const headAt = 4 * fragments;
  return new Uint8Array(view.buffer, recordAt + headAt, view.getUint32(recordAt, true) - headAt);
}

/** @param isBorrowed as of `StoredFragment` */
export function recordFragment(
  pack: Pack,
  recordAt: number,
  position: number,
  isBorrowed = false,
): StoredFragment {
  const start = recordAt + pack.view.getUint32(recordAt + 4 * position, true);
  return new StoredFragment(pack, start, isBorrowed);
}
