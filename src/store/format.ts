import type { Instant } from '../article.ts';
import { ByteWriter } from './byte-writer.ts';
import { type Codec, decodeFragment, encodeFragment, type Stored } from './fragment-format.ts';
import { HOLES } from './template.ts';

/*
 * The article store, all numbers little-endian:
 *
 *   u32 magic "TDNG" · u32 version · u32 articles (n) · u32 bytes of heap before the articles' records
 *   f64 published[n]     newest first, then by slug; milliseconds since 1970
 *   f64 updated[n]
 *   f64 expires[n]       Infinity: never
 *   u32 bySlug[n]        article numbers in the byte order of their slugs
 *   u32 listed[n]        1 if the article is in feeds and lists, else 0
 *   u32 record[n + 1]    where each article's record begins in the heap; the last: where the heap ends
 *   heap:
 *     site record        one fragment for each of SITE_FRAGMENTS, before them UTF-8 JSON
 *     article record     one fragment for each of ARTICLE_FRAGMENTS, before them the slug in UTF-8
 *
 *   record               u32 where each fragment begins in the record · the text before them · the fragments
 */
const MAGIC = 0x474e4454;
const VERSION = 4;
const HEADER_BYTES = 16;

/** What is stored of each article, in this order. */
export const ARTICLE_FRAGMENTS = ['body', 'rss', 'atom', 'json', 'page', 'teaser'] as const;
export type ArticleFragment = (typeof ARTICLE_FRAGMENTS)[number];

/** What is stored of the site, in this order: the envelopes of feeds, what all pages share, whole pages. */
export const SITE_FRAGMENTS = [
  'rss',
  'atom',
  'json',
  'head',
  'top',
  'foot',
  'home',
  'subscribe',
  'notFound',
  'gone',
  'failure',
] as const;
export type SiteFragment = (typeof SITE_FRAGMENTS)[number];

export interface ArticleRecord {
  readonly slug: string;
  readonly published: Instant;
  readonly updated: Instant;
  readonly expires: Instant;
  readonly listed: boolean;
  /** Texts with the marks of template.ts. */
  readonly fragments: Readonly<Record<ArticleFragment, string>>;
}

/** What the worker needs to know of the site beyond `site.ts`. */
export interface SiteFacts {
  /** CSP source expression of the stylesheet inside every page, `'sha256-…'`. */
  readonly styleSource: string;
  /** Slugs of the articles to which former addresses lead; paths percent-encoded, without a slash at the end. */
  readonly moved: Readonly<Record<string, string>>;
  /** Addresses of what was published and is gone; paths as in `moved`. */
  readonly gone: readonly string[];
  /** What was published and is gone, the newest removal first. */
  readonly removed: readonly RemovedArticle[];
}

export interface RemovedArticle {
  readonly id: string;
  readonly removed: Instant;
}

export interface SiteRecord {
  readonly facts: SiteFacts;
  readonly fragments: Readonly<Record<SiteFragment, string>>;
}

/** @throws RangeError when two articles have one slug */
export function encodeStore(
  site: SiteRecord,
  articles: readonly ArticleRecord[],
  codec: Codec,
): Uint8Array<ArrayBuffer> {
  const slugs = articles.map((article) => new TextEncoder().encode(article.slug));
  const order = articles
    .map((_, index) => index)
    .sort((a, b) => published(b) - published(a) || compareBytes(slug(a), slug(b)));
  const rank = new Map(order.map((index, position) => [index, position]));
  const bySlug = [...order].sort((a, b) => compareBytes(slug(a), slug(b)));
  const twin = bySlug.find(
    (index, i) => i > 0 && compareBytes(slug(index), slug(bySlug[i - 1] as number)) === 0,
  );
  if (twin !== undefined)
    throw new RangeError(`Cannot store two articles with the slug "${articles[twin]?.slug}"`);

  const siteBytes = record(JSON.stringify(site.facts), SITE_FRAGMENTS, site.fragments, codec);
  const records = order.map((index) => {
    const article = articles[index] as ArticleRecord; // order holds indices of articles
    return record(article.slug, ARTICLE_FRAGMENTS, article.fragments, codec);
  });

  const writer = new ByteWriter();
  for (const number of [MAGIC, VERSION, articles.length, siteBytes.length]) writer.u32(number);
  for (const index of order) writer.f64(published(index));
  for (const index of order) writer.f64(articles[index]?.updated ?? 0);
  for (const index of order) writer.f64(articles[index]?.expires ?? Number.POSITIVE_INFINITY);
  for (const index of bySlug) writer.u32(rank.get(index) ?? 0);
  for (const index of order) writer.u32(articles[index]?.listed ? 1 : 0);
  let offset = siteBytes.length;
  writer.u32(offset);
  for (const bytes of records) {
    offset += bytes.length;
    writer.u32(offset);
  }
  writer.bytes(siteBytes);
  for (const bytes of records) writer.bytes(bytes);
  return writer.concat();

  function published(index: number): Instant {
    return articles[index]?.published ?? 0;
  }
  function slug(index: number): Uint8Array {
    return slugs[index] as Uint8Array; // index is one of articles
  }
}

function record<Name extends string>(
  head: string,
  names: readonly Name[],
  texts: Readonly<Record<Name, string>>,
  codec: Codec,
): Uint8Array {
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

/** The store as typed columns; records are decoded one by one, when they are asked for. */
export interface Columns {
  readonly length: number;
  readonly published: Float64Array;
  readonly updated: Float64Array;
  readonly expires: Float64Array;
  readonly bySlug: Uint32Array;
  readonly listed: Uint32Array;
  readonly site: SiteFacts;
  /** Of `site`. */
  readonly gone: ReadonlySet<string>;
  siteFragment(name: SiteFragment): Stored;
  slug(index: number): Uint8Array;
  articleFragment(index: number, name: ArticleFragment): Stored;
}

/** @throws RangeError when the bytes are not a store of this version */
export function decodeStore(buffer: ArrayBuffer): Columns {
  const view = new DataView(buffer);
  if (buffer.byteLength < HEADER_BYTES || view.getUint32(0, true) !== MAGIC) {
    throw new RangeError('Cannot open the article store: expected a file that "npm run build" wrote');
  }
  const version = view.getUint32(4, true);
  if (version !== VERSION) {
    throw new RangeError(`Cannot open the article store of version ${version}: expected version ${VERSION}`);
  }
  const length = view.getUint32(8, true);
  const updatedAt = HEADER_BYTES + 8 * length;
  const expiresAt = updatedAt + 8 * length;
  const bySlugAt = expiresAt + 8 * length;
  const listedAt = bySlugAt + 4 * length;
  const recordsAt = listedAt + 4 * length;
  const heap = recordsAt + 4 * (length + 1);
  const records = new Uint32Array(buffer, recordsAt, length + 1);
  if (heap + (records[length] ?? 0) !== buffer.byteLength) {
    throw new RangeError(
      `Cannot open the article store: expected ${heap + (records[length] ?? 0)} bytes, got ${buffer.byteLength}`,
    );
  }
  const site = JSON.parse(
    new TextDecoder().decode(recordHead(view, heap, SITE_FRAGMENTS.length)),
  ) as SiteFacts; // written by encodeStore
  const recordAt = (index: number): number => heap + (records[index] ?? 0);
  return {
    length,
    published: new Float64Array(buffer, HEADER_BYTES, length),
    updated: new Float64Array(buffer, updatedAt, length),
    expires: new Float64Array(buffer, expiresAt, length),
    bySlug: new Uint32Array(buffer, bySlugAt, length),
    listed: new Uint32Array(buffer, listedAt, length),
    site,
    gone: new Set(site.gone),
    siteFragment: (name) => recordFragment(view, heap, SITE_FRAGMENTS.indexOf(name)),
    slug: (index) => recordHead(view, recordAt(index), ARTICLE_FRAGMENTS.length),
    articleFragment: (index, name) => recordFragment(view, recordAt(index), ARTICLE_FRAGMENTS.indexOf(name)),
  };
}

/** The text of a record that holds so many fragments. */
function recordHead(view: DataView<ArrayBuffer>, recordAt: number, fragments: number): Uint8Array {
  const headAt = 4 * fragments;
  return new Uint8Array(view.buffer, recordAt + headAt, view.getUint32(recordAt, true) - headAt);
}

function recordFragment(view: DataView<ArrayBuffer>, recordAt: number, position: number): Stored {
  return decodeFragment(view, recordAt + view.getUint32(recordAt + 4 * position, true));
}

/** Byte order, the order of UTF-8 code points. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const difference = (a[i] as number) - (b[i] as number); // i is within both
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
