import { addBit, type Bits, emptyBits } from './bits.ts';
import type { Blob } from './blob.ts';
import { type BlobPlaces, decodeBlobs, encodeBlobs } from './blobs-format.ts';
import { ByteWriter } from './byte-writer.ts';
import type { ArticleFacts, Gone, SiteFacts, SiteRecord } from './facts.ts';
import type { Codec, StoredFragment } from './fragment-format.ts';
import { bytesOfHexadecimal } from './hexadecimal.ts';
import { packOf } from './pack.ts';
import { encodeRecord, recordFragment, recordHead } from './record-format.ts';
import { decodeRenditions, encodeRenditions, type RenditionStarts } from './renditions.ts';
import { DIGEST_BYTES, decodeSegmentPlaces, type SegmentPlaces } from './segment-places.ts';
import { decodeSlugs, encodeSlugs } from './slugs-format.ts';
import { decodeUtf8 } from './utf8.ts';
import { valueRecords } from './value-records.ts';
import { type Dictionaries, decodeValues, encodeValues } from './values-format.ts';

/*
 * The part of the store that is in the worker, all numbers little-endian; each section begins at a multiple of 8:
 *
 *   u32 magic "TDNG" · u32 version · u32 articles (n) · u32 segments (s) · u32 the first segment that is in here (h)
 *   u32 fragments of the site
 *   u32 where each section begins [SECTIONS + 1], the last: where the store ends
 *   published  f64 [n]      milliseconds since 1970, the oldest first
 *   changed    f64 [n]      milliseconds from `published` to the last change
 *   expires    f64 [n]      Infinity: never
 *   sizes      u32 [n]      bytes of content
 *   renditions f64 pairs    an article, and when a later rendition of it takes over; in this order
 *   listed     u32 [n / 32] bits: whether the article is in feeds and lists
 *   slugs      see slugs-format.ts
 *   starts     u32 [s + 1]  the first article of each segment; the last: n
 *   digests    s × 16 bytes digest of each segment
 *   forms      s × 16 bytes digest of the segment with the other forms of the same articles; none is in here
 *   hot        u32 [s − h]  where the segments from h on begin in the section `segments`
 *   values     see values-format.ts
 *   site       a record (record-format.ts): fragments, before them UTF-8 JSON
 *   search     the directory of the search index (search/directory.ts)
 *   blobs      see blobs-format.ts: the blocks and places of the search index, then the slugs of SLUGS_IN_BLOB articles each, as lines
 *   segments   see segment-format.ts
 */
const MAGIC = 0x474e4454;
const VERSION = 9;
const SECTIONS = [
  'published',
  'changed',
  'expires',
  'sizes',
  'renditions',
  'listed',
  'slugs',
  'starts',
  'digests',
  'forms',
  'hot',
  'values',
  'site',
  'search',
  'blobs',
  'segments',
] as const;
type Section = (typeof SECTIONS)[number];
/** What depends on which segments are in here. */
type HotSection = 'hot' | 'segments';
/** What depends on the search index. */
type LateSection = 'search' | 'blobs';
const HEADER_NUMBERS = 6;
const HEADER_BYTES = padded(4 * (HEADER_NUMBERS + SECTIONS.length + 1));

/** How many articles share a blob of slugs. */
export const SLUGS_IN_BLOB = 1000;

/** All that the store is made of, but the segments themselves and what comes late. */
export interface StoreParts {
  readonly site: SiteRecord;
  /** The oldest first. */
  readonly articles: readonly ArticleFacts[];
  /** In the order of the articles that they hold. */
  readonly segments: readonly {
    readonly start: number;
    /** Hexadecimal, as the other. */
    readonly digest: string;
    readonly formsDigest: string;
  }[];
}

/** What of the store comes late. */
export interface LateParts {
  /** The directory of the search index. */
  readonly search: Uint8Array;
  /** All of one kind. */
  readonly blobs: readonly Blob[];
  /** The first blob that has slugs. */
  readonly firstSlugs: number;
}

/** Lays the store out, with some of the last of its segments in it. */
export type StoreEncoder = (late: LateParts, hot: readonly Uint8Array[]) => Uint8Array<ArrayBuffer>;

/** @throws RangeError when two articles have one slug */
export function storeEncoder({ site, articles, segments }: StoreParts, codec: Codec): StoreEncoder {
  refuseTwins(articles);
  const names = Object.keys(site.fragments);
  const facts = JSON.stringify({ ...site.facts, names });
  const index: Record<Exclude<Section, HotSection | LateSection>, Uint8Array> = {
    published: written((writer) => writer.f64s(articles.map(({ published }) => published))),
    changed: written((writer) => writer.f64s(articles.map(({ published, changed }) => changed - published))),
    expires: written((writer) => writer.f64s(articles.map(({ expires }) => expires))),
    sizes: written((writer) => writer.u32s(articles.map(({ size }) => size))),
    renditions: encodeRenditions(articles),
    listed: written((writer) => writer.u32s([...listedBits(articles)])),
    slugs: encodeSlugs(articles.map(({ slug }) => slug)),
    starts: written((writer) => writer.u32s([...segments.map(({ start }) => start), articles.length])),
    digests: written((writer) => {
      for (const { digest } of segments) writer.bytes(bytesOfHexadecimal(digest));
    }),
    forms: written((writer) => {
      for (const { formsDigest } of segments) writer.bytes(bytesOfHexadecimal(formsDigest));
    }),
    values: encodeValues(valueRecords(articles)),
    site: encodeRecord(facts, names, [site.fragments], codec),
  };
  return ({ search, blobs, firstSlugs }, hot) => {
    const sections: Record<Section, Uint8Array> = {
      ...index,
      search: written((writer) => {
        writer.u32(search.length);
        writer.bytes(search);
      }),
      blobs: encodeBlobs(blobs, firstSlugs),
      hot: written((writer) => writer.u32s(startsOf(hot.map(({ length }) => padded(length))).slice(0, -1))),
      segments: written((writer) => {
        for (const segment of hot) {
          writer.bytes(segment);
          writer.align(8);
        }
      }),
    };
    const starts = startsOf(SECTIONS.map((name) => padded(sections[name].length)));
    const firstHot = segments.length - hot.length;
    const writer = new ByteWriter(HEADER_BYTES + (starts.at(-1) ?? 0));
    writer.u32s([MAGIC, VERSION, articles.length, segments.length, firstHot, names.length]);
    writer.u32s(starts.map((start) => HEADER_BYTES + start));
    writer.align(8);
    for (const name of SECTIONS) {
      writer.bytes(sections[name]);
      writer.align(8);
    }
    return writer.concat();
  };
}

function written(write: (writer: ByteWriter) => void): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  write(writer);
  return writer.concat();
}

/** Where each of consecutive things begins, and where the last ends. */
function startsOf(lengths: readonly number[]): number[] {
  let start = 0;
  return [
    0,
    ...lengths.map((length) => {
      start += length;
      return start;
    }),
  ];
}

function padded(length: number): number {
  return Math.ceil(length / 8) * 8;
}

function refuseTwins(articles: readonly ArticleFacts[]): void {
  const seen = new Set<string>();
  for (const { slug } of articles) {
    if (seen.has(slug)) throw new RangeError(`Cannot store two articles with the slug "${slug}"`);
    seen.add(slug);
  }
}

function listedBits(articles: readonly ArticleFacts[]): Bits {
  const bits = emptyBits(articles.length);
  for (const [number, { listed }] of articles.entries()) if (listed) addBit(bits, number);
  return bits;
}

/** The store as typed columns by article number, the oldest first; the rest is decoded when it is asked for. */
export interface StoreIndex {
  readonly length: number;
  readonly published: Float64Array;
  /** Milliseconds after `published`. */
  readonly changed: Float64Array;
  readonly expires: Float64Array;
  /** Bytes of content. */
  readonly sizes: Uint32Array;
  readonly renditionStarts: RenditionStarts;
  readonly listed: Bits;
  readonly values: Dictionaries;
  readonly site: SiteFacts;
  /** Of `site`. */
  readonly gone: ReadonlyMap<string, Gone>;
  readonly siteFragments: ReadonlySet<string>;
  /** @throws RangeError when there is no such fragment */
  siteFragment(name: string): StoredFragment;
  /** The articles that may have a slug: a few, seldom more than one. */
  withSlug(slug: string): readonly number[];
  readonly segments: SegmentPlaces;
  /** The directory of the search index. */
  readonly search: Uint8Array;
  readonly blobs: BlobPlaces;
}

/** @throws RangeError when the bytes are not a store of this version */
export function decodeStore(buffer: ArrayBuffer): StoreIndex {
  const pack = packOf(buffer);
  const { view } = pack;
  if (buffer.byteLength < HEADER_BYTES || view.getUint32(0, true) !== MAGIC) {
    throw new RangeError('Cannot open the article store: expected a file that "npm run build" wrote');
  }
  const header = new Uint32Array(buffer, 0, HEADER_NUMBERS);
  const [, version = 0, length = 0, segmentCount = 0, firstHot = 0, siteFragments = 0] = header;
  if (version !== VERSION) {
    throw new RangeError(`Cannot open the article store of version ${version}: expected version ${VERSION}`);
  }
  const starts = new Uint32Array(buffer, 4 * HEADER_NUMBERS, SECTIONS.length + 1);
  const end = starts[SECTIONS.length] ?? 0;
  if (end !== buffer.byteLength) {
    throw new RangeError(`Cannot open the article store: expected ${end} bytes, got ${buffer.byteLength}`);
  }
  const at = (name: Section): number => starts[SECTIONS.indexOf(name)] ?? 0;
  const f64 = (name: Section): Float64Array => new Float64Array(buffer, at(name), length);
  const u32 = (name: Section, count: number): Uint32Array => new Uint32Array(buffer, at(name), count);

  const head = decodeUtf8(recordHead(pack, at('site'), siteFragments));
  const { names, ...site } = JSON.parse(head) as SiteFacts & { names: string[] }; // written by encodeStore
  return {
    length,
    published: f64('published'),
    changed: f64('changed'),
    expires: f64('expires'),
    sizes: u32('sizes', length),
    renditionStarts: decodeRenditions(
      new Float64Array(buffer, at('renditions'), (at('listed') - at('renditions')) / 8),
    ),
    listed: u32('listed', (length + 31) >>> 5),
    values: decodeValues(buffer, at('values')),
    site,
    gone: new Map(Object.entries(site.gone)),
    siteFragments: new Set(names),
    siteFragment(name) {
      const position = names.indexOf(name);
      if (position === -1) throw new RangeError(`Cannot find "${name}" in the article store`);
      return recordFragment(pack, at('site'), position);
    },
    withSlug: decodeSlugs(buffer, at('slugs'), length),
    segments: decodeSegmentPlaces({
      buffer,
      starts: u32('starts', segmentCount + 1),
      digests: new Uint8Array(buffer, at('digests'), segmentCount * DIGEST_BYTES),
      formsDigests: new Uint8Array(buffer, at('forms'), segmentCount * DIGEST_BYTES),
      firstHot,
      hot: [...u32('hot', segmentCount - firstHot)].map((start) => at('segments') + start),
    }),
    search: new Uint8Array(buffer, at('search') + 4, view.getUint32(at('search'), true)),
    blobs: decodeBlobs(buffer, at('blobs')),
  };
}
