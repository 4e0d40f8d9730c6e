import {
  type Codec,
  encodeFragment,
  fingerprintOf,
  StoredFragment,
  writeFragment,
} from '../templates/fragment-format.ts';
import { type Pack, packOf } from '../templates/pack.ts';
import { HOLES, type Hole } from '../templates/template.ts';
import { encodeAllUtf8 } from '../templates/utf8.ts';

/*
 * A record: named fragments and a text, all numbers little-endian:
 *
 *   u32 where each fragment begins in the record · the text, UTF-8 · the fragments
 */

/** What is stored of each article, in this order; the text is its slug. */
export const ARTICLE_FRAGMENTS = [
  'body',
  'rss',
  'atom',
  'json',
  'page',
  'teaser',
  'summary',
  'day',
  'mention',
  'translations',
] as const;
export type ArticleFragment = (typeof ARTICLE_FRAGMENTS)[number];

/** What is stored of each article apart from that, since it is seldom asked for; its content in other words. */
export const FORM_FRAGMENTS = ['markdown', 'text', 'line', 'news'] as const;
export type FormFragment = (typeof FORM_FRAGMENTS)[number];

/** The record of an article: its slug, and texts with the marks of template.ts. */
export function encodeArticle(
  slug: string,
  fragments: Readonly<Record<ArticleFragment, string>>,
  codec: Codec,
): Uint8Array<ArrayBuffer> {
  return encodeRecord(slug, ARTICLE_FRAGMENTS, fragments, codec);
}

/** The record of an article's other forms. */
export function encodeForms(
  slug: string,
  fragments: Readonly<Record<FormFragment, string>>,
  codec: Codec,
): Uint8Array<ArrayBuffer> {
  return encodeRecord(slug, FORM_FRAGMENTS, fragments, codec);
}

function isHole<Name extends string>(name: Name): name is Name & Hole {
  return Object.hasOwn(HOLES, name);
}

const NO_BYTES = new Uint8Array();

export function encodeRecord<Name extends string>(
  head: string,
  names: readonly Name[],
  texts: Readonly<Record<Name, string>>,
  codec: Codec,
): Uint8Array<ArrayBuffer> {
  const [headBytes = NO_BYTES, ...encoded] = encodeAllUtf8([head, ...names.map((name) => texts[name])]);
  const bytes = new Map(names.map((name, index) => [name, encoded[index] ?? NO_BYTES]));
  const printOf = (name: Name, filling: string): string =>
    fingerprintOf(bytes.get(name) ?? NO_BYTES, filling, codec);
  // A fingerprint names what fills the text too, wherever that is stored.
  const fillings = names.filter(isHole).map((hole) => ({ hole, print: printOf(hole, '') }));
  const fragments = names.map((name) => {
    const filling = fillings.filter(({ hole }) => hole !== name && texts[name].includes(HOLES[hole]));
    const print = printOf(name, filling.map((each) => each.print).join(''));
    return encodeFragment(bytes.get(name) ?? NO_BYTES, print, codec);
  });
  const headAt = 4 * names.length;
  const fragmentsAt = headAt + headBytes.length;
  const recordLength = fragments.reduce((sum, { length }) => sum + length, fragmentsAt);
  const record = packOf(new ArrayBuffer(recordLength));
  record.bytes.set(headBytes, headAt);
  let at = fragmentsAt;
  for (const [index, fragment] of fragments.entries()) {
    record.view.setUint32(4 * index, at, true);
    writeFragment(fragment, record, at);
    at += fragment.length;
  }
  return record.bytes;
}

/** The text of a record that holds so many fragments, at least one. */
export function recordHead({ view }: Pack, recordAt: number, fragments: number): Uint8Array {
  const headAt = 4 * fragments;
  return new Uint8Array(view.buffer, recordAt + headAt, view.getUint32(recordAt, true) - headAt);
}

export function recordFragment(pack: Pack, recordAt: number, position: number): StoredFragment {
  return new StoredFragment(pack, recordAt + pack.view.getUint32(recordAt + 4 * position, true));
}

/**
 * The same; whoever keeps what it decodes does not keep all that lies around it.
 *
 * @param recordEnd where the record, of so many fragments, ends
 */
export function copiedFragment(
  pack: Pack,
  recordAt: number,
  recordEnd: number,
  position: number,
  fragments: number,
): StoredFragment {
  const startOf = (index: number): number => recordAt + pack.view.getUint32(recordAt + 4 * index, true);
  const end = position + 1 < fragments ? startOf(position + 1) : recordEnd;
  return new StoredFragment(pack, startOf(position), end);
}
