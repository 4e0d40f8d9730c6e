import { ByteWriter } from './byte-writer.ts';
import { type Codec, decodeFragment, encodeFragment, type Stored } from './fragment-format.ts';
import { HOLES } from './template.ts';

/*
 * A record: named fragments and a text, all numbers little-endian:
 *
 *   u32 where each fragment begins in the record · the text, UTF-8 · the fragments
 */

/** What is stored of each article, in this order; the text is its slug. */
export const ARTICLE_FRAGMENTS = ['body', 'rss', 'atom', 'json', 'page', 'teaser'] as const;
export type ArticleFragment = (typeof ARTICLE_FRAGMENTS)[number];

/** The record of an article: its slug, and texts with the marks of template.ts. */
export function encodeArticle(
  slug: string,
  fragments: Readonly<Record<ArticleFragment, string>>,
  codec: Codec,
): Uint8Array<ArrayBuffer> {
  return encodeRecord(slug, ARTICLE_FRAGMENTS, fragments, codec);
}

export function encodeRecord<Name extends string>(
  head: string,
  names: readonly Name[],
  texts: Readonly<Record<Name, string>>,
  codec: Codec,
): Uint8Array<ArrayBuffer> {
  const headBytes = new TextEncoder().encode(head);
  // An entry's fingerprint names its content too, wherever that is stored.
  const body = 'body' in texts ? String(texts.body) : '';
  const fragments = names.map((name) =>
    encodeFragment(texts[name], codec, texts[name].includes(HOLES.body) ? body : ''),
  );
  const writer = new ByteWriter();
  let at = 4 * names.length + headBytes.length;
  for (const fragment of fragments) {
    writer.u32(at);
    at += fragment.length;
  }
  writer.bytes(headBytes);
  for (const fragment of fragments) writer.bytes(fragment);
  return writer.concat();
}

/** The text of a record that holds so many fragments, at least one. */
export function recordHead(view: DataView<ArrayBuffer>, recordAt: number, fragments: number): Uint8Array {
  const headAt = 4 * fragments;
  return new Uint8Array(view.buffer, recordAt + headAt, view.getUint32(recordAt, true) - headAt);
}

export function recordFragment(view: DataView<ArrayBuffer>, recordAt: number, position: number): Stored {
  return decodeFragment(view, recordAt + view.getUint32(recordAt + 4 * position, true));
}
