import { ByteWriter, decodeUtf8, endsOf } from '../templates/bytes.ts';
import { type Codec, packOf, type StoredFragment } from '../templates/fragment.ts';
import { decodeSlugs, encodeSlugs } from './addresses-format.ts';
import { addBit, type Bits, emptyBits } from './bits.ts';
import {
  type Blob,
  type BlobKinds,
  type BlobLocations,
  decodeBlobs,
  decodePrecompressed,
  encodeBlobs,
  encodePrecompressed,
  type PrecompressedBody,
  type ReadBody,
} from './blobs-format.ts';
import { decodeFacets, encodeFacets, type FacetDictionaries, facetRecords } from './facets-format.ts';
import {
  bytesOfHexadecimal,
  checksum,
  checksumBy,
  DIGEST_BYTES,
  STORE_VERSION,
  StoreError,
} from './integrity.ts';
import {
  type ArticleMetadata,
  decodeRenditions,
  encodeRenditions,
  type RenditionStarts,
  type SiteMetadata,
  type SiteRecord,
  type Tombstone,
} from './metadata.ts';
import type { PackedSegment, SegmentPlan } from './plan-segments.ts';
import { encodeRecord, recordFragment, recordHead } from './record-format.ts';
import { decodeSegmentLocations, type SegmentLocations } from './segments-format.ts';

/*
 * The bundled part of the store, all numbers little-endian; each section begins at a multiple of 8:
 *
 *   u32 magic "TDNG" · u32 version · u32 checksum (integrity.ts) from here up to the section `heap`
 *   u32 articles (n) · u32 segments (s) · u32 the first bundled segment (h) · u32 fragments of the site
 *   u32 offset of each section [SECTIONS + 1], the last: the end of the store
 *   published  f64 [n]      milliseconds since 1970, the oldest first
 *   changed    f64 [n]      milliseconds from `published` to the last change
 *   expires    f64 [n]      Infinity if never
 *   sizes      u32 [n]      bytes of content
 *   renditions f64 triples  an article, the instant at which a later rendition of it takes over, and 1 if that differs in
 *                         the page only; in this order
 *   listed     u32 [n / 32] bits: whether the article is in feeds and lists
 *   indexed    u32 [n / 32] bits: whether search engines may index the article
 *   mapped     u32 [n / 32] bits: whether it is in the sitemap
 *   interfaces u8 [n]       the language of the interface of its page: 0 for that of the site, else its place among the
 *                         keys of SiteMetadata.otherFacetNames, from 1
 *   slugs      see addresses-format.ts
 *   starts     u32 [s + 1]  the first article of each segment; the last: n
 *   digests    s × 16 bytes digest of each segment
 *   textFormats  s × 16 bytes digest of the segment with the text formats of the same articles; always external
 *   checksums  u32 [2 × s]  checksum of each segment's head (segments-format.ts), and of the head of its text formats
 *   bundled    u32 [s − h]  the offsets of the segments from h on in the section `segments`
 *   values     see facets-format.ts
 *   site       a record (record-format.ts): fragments, before them UTF-8 JSON
 *   search     the block index of the search index (search/term-dictionary.ts)
 *   blobs      see blobs-format.ts: the blocks and positions of the search index, the slugs of SLUGS_IN_BLOB articles each, as lines,
 *              former addresses (addresses-format.ts), and the files that they lead to
 *   bodies     see blobs-format.ts
 *   heap       the bytes of the bundled blobs
 *   compressed the bytes of the bodies
 *   segments   see segments-format.ts
 *
 * The checksum up to `heap` is verified when the store is opened; those of blobs, bodies, segment heads and records on
 * first read.
 */
const MAGIC = 0x474e4454;
const SECTIONS = [
  'published',
  'changed',
  'expires',
  'sizes',
  'renditions',
  'listed',
  'indexed',
  'mapped',
  'interfaces',
  'slugs',
  'starts',
  'digests',
  'textFormats',
  'checksums',
  'bundled',
  'values',
  'site',
  'search',
  'blobs',
  'bodies',
  'heap',
  'compressed',
  'segments',
] as const;
type Section = (typeof SECTIONS)[number];
/** The sections that depend on which segments are bundled. */
type BundledSection = 'bundled' | 'segments';
/** The sections that depend on the search index, or on the rest of the store. */
type LateSection = 'search' | 'blobs' | 'bodies' | 'heap' | 'compressed';
const HEADER_NUMBERS = 7;
/** The offset of the part that the checksum covers. */
const CHECKED_FROM = 12;
const HEADER_BYTES = padded(4 * (HEADER_NUMBERS + SECTIONS.length + 1));

/** The number of articles per blob of slugs. */
export const SLUGS_IN_BLOB = 1000;

/** The parts of the store, except the segments themselves and the late parts. */
interface StoreParts {
  readonly site: SiteRecord;
  /** Oldest first. */
  readonly articles: readonly ArticleMetadata[];
  /** In the order of their articles. */
  readonly segments: readonly (Omit<PackedSegment, 'bundled'> & Pick<SegmentPlan, 'start'>)[];
}

/** The parts of the store that are known last. */
export interface LateParts {
  /** The block index of the search index. */
  readonly search: Uint8Array;
  /** Either all held or all published. */
  readonly blobs: readonly Blob[];
  readonly kinds: BlobKinds;
  readonly precompressed: readonly PrecompressedBody[];
}

/** Encodes the store, with some of its last segments bundled. */
type StoreEncoder = (late: LateParts, bundled: readonly Uint8Array[]) => Uint8Array<ArrayBuffer>;

/** @throws RangeError if two articles have the same slug */
export function storeEncoder({ site, articles, segments }: StoreParts, codec: Codec): StoreEncoder {
  refuseDuplicates(articles);
  const names = Object.keys(site.fragments);
  const metadata = JSON.stringify({ ...site.metadata, names });
  const languages = [undefined, ...Object.keys(site.metadata.otherFacetNames)];
  const index: Record<Exclude<Section, BundledSection | LateSection>, Uint8Array> = {
    published: written((writer) => writer.f64s(articles.map(({ published }) => published))),
    changed: written((writer) => writer.f64s(articles.map(({ published, changed }) => changed - published))),
    expires: written((writer) => writer.f64s(articles.map(({ expires }) => expires))),
    sizes: written((writer) => writer.u32s(articles.map(({ size }) => size))),
    renditions: encodeRenditions(articles),
    listed: written((writer) => writer.u32s([...bitsOf(articles, 'listed')])),
    indexed: written((writer) => writer.u32s([...bitsOf(articles, 'indexed')])),
    mapped: written((writer) => writer.u32s([...bitsOf(articles, 'mapped')])),
    interfaces: Uint8Array.from(articles, ({ interfaceLanguage }) => languages.indexOf(interfaceLanguage)),
    slugs: encodeSlugs(articles.map(({ slug }) => slug)),
    starts: written((writer) => writer.u32s([...segments.map(({ start }) => start), articles.length])),
    digests: written((writer) => {
      for (const { digest } of segments) writer.bytes(bytesOfHexadecimal(digest));
    }),
    textFormats: written((writer) => {
      for (const { textFormats } of segments) writer.bytes(bytesOfHexadecimal(textFormats.digest));
    }),
    checksums: written((writer) => {
      for (const segment of segments) writer.u32s([segment.checksum, segment.textFormats.checksum]);
    }),
    values: encodeFacets(facetRecords(articles)),
    site: encodeRecord(metadata, names, [site.fragments], codec),
  };
  return ({ search, blobs, kinds, precompressed }, bundled) => {
    const bodies = encodePrecompressed(precompressed, codec);
    const sections: Record<Section, Uint8Array> = {
      ...index,
      search: written((writer) => {
        writer.u32(search.length);
        writer.bytes(search);
      }),
      blobs: encodeBlobs(blobs, kinds, codec),
      bodies: bodies.table,
      compressed: bodies.bytes,
      heap: written((writer) => {
        for (const blob of blobs) if ('bytes' in blob) writer.bytes(blob.bytes);
      }),
      bundled: written((writer) =>
        writer.u32s([0, ...endsOf(bundled.map(({ length }) => padded(length)))].slice(0, -1)),
      ),
      segments: written((writer) => {
        for (const segment of bundled) {
          writer.bytes(segment);
          writer.align(8);
        }
      }),
    };
    const starts = [
      HEADER_BYTES,
      ...endsOf(SECTIONS.map((name) => padded(sections[name].length))).map((end) => HEADER_BYTES + end),
    ];
    const firstBundled = segments.length - bundled.length;
    const writer = new ByteWriter(starts.at(-1));
    writer.u32s([MAGIC, STORE_VERSION, 0, articles.length, segments.length, firstBundled, names.length]);
    writer.u32s(starts);
    writer.align(8);
    for (const name of SECTIONS) {
      writer.bytes(sections[name]);
      writer.align(8);
    }
    const store = writer.toBytes();
    const checked = store.subarray(CHECKED_FROM, starts[SECTIONS.indexOf('heap')]);
    new DataView(store.buffer).setUint32(CHECKED_FROM - 4, checksumBy(codec, checked), true);
    return store;
  };
}

function written(write: (writer: ByteWriter) => void): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  write(writer);
  return writer.toBytes();
}

function padded(length: number): number {
  return Math.ceil(length / 8) * 8;
}

function refuseDuplicates(articles: readonly ArticleMetadata[]): void {
  const seen = new Set<string>();
  for (const { slug } of articles) {
    if (seen.has(slug)) throw new RangeError(`Cannot store two articles with the slug "${slug}"`);
    seen.add(slug);
  }
}

function bitsOf(articles: readonly ArticleMetadata[], flag: 'listed' | 'indexed' | 'mapped'): Bits {
  const bits = emptyBits(articles.length);
  for (const [number, article] of articles.entries()) if (article[flag]) addBit(bits, number);
  return bits;
}

/** The store as typed columns by article number, oldest first; everything else is decoded on demand. */
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
  readonly indexed: Bits;
  readonly mapped: Bits;
  readonly interfaces: Uint8Array;
  readonly values: FacetDictionaries;
  readonly site: SiteMetadata;
  /** Those of `site`. */
  readonly tombstones: ReadonlyMap<string, Tombstone>;
  readonly siteFragments: ReadonlySet<string>;
  /** @throws RangeError if there is no such fragment */
  siteFragment(name: string): StoredFragment;
  /** The candidates for a slug, seldom more than one. */
  withSlug(slug: string): readonly number[];
  readonly segments: SegmentLocations;
  /** The block index of the search index. */
  readonly search: Uint8Array;
  readonly blobs: BlobLocations;
  /** Finds the compressed body of a response by its entity tag. */
  precompressed(etag: string): ReadBody | undefined;
}

/** @throws StoreError if the bytes are not a store of this version, or its index is damaged */
export function decodeStore(buffer: ArrayBuffer): StoreIndex {
  const pack = packOf(buffer);
  const { view } = pack;
  if (buffer.byteLength < HEADER_BYTES || view.getUint32(0, true) !== MAGIC) {
    throw new StoreError('Cannot open the article store: expected a file that "npm run build" wrote');
  }
  const header = new Uint32Array(buffer, 0, HEADER_NUMBERS);
  const [, version = 0, expected = 0, length = 0, segmentCount = 0, firstBundled = 0, siteFragments = 0] =
    header;
  if (version !== STORE_VERSION) {
    throw new StoreError(
      `Cannot open the article store of version ${version}: expected version ${STORE_VERSION}`,
    );
  }
  const starts = new Uint32Array(buffer, 4 * HEADER_NUMBERS, SECTIONS.length + 1);
  const end = starts[SECTIONS.length] ?? 0;
  if (end !== buffer.byteLength) {
    throw new StoreError(`Cannot open the article store: expected ${end} bytes, got ${buffer.byteLength}`);
  }
  const at = (name: Section): number => starts[SECTIONS.indexOf(name)] ?? 0;
  if (at('heap') > end || checksum(pack.bytes, CHECKED_FROM, at('heap')) !== expected)
    throw new StoreError('Cannot open the article store: the checksum of its index is wrong');
  const f64 = (name: Section): Float64Array => new Float64Array(buffer, at(name), length);
  const u32 = (name: Section, count: number): Uint32Array => new Uint32Array(buffer, at(name), count);

  const head = decodeUtf8(recordHead(pack, at('site'), siteFragments));
  const { names, ...site } = JSON.parse(head) as SiteMetadata & { names: string[] }; // written by storeEncoder
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
    indexed: u32('indexed', (length + 31) >>> 5),
    mapped: u32('mapped', (length + 31) >>> 5),
    interfaces: new Uint8Array(buffer, at('interfaces'), length),
    values: decodeFacets(buffer, at('values')),
    site,
    tombstones: new Map(Object.entries(site.tombstones)),
    siteFragments: new Set(names),
    siteFragment(name) {
      const position = names.indexOf(name);
      if (position === -1) throw new RangeError(`Cannot find "${name}" in the article store`);
      return recordFragment(pack, at('site'), position);
    },
    withSlug: decodeSlugs(buffer, at('slugs'), length),
    segments: decodeSegmentLocations({
      buffer,
      starts: u32('starts', segmentCount + 1),
      digests: new Uint8Array(buffer, at('digests'), segmentCount * DIGEST_BYTES),
      textFormatsDigests: new Uint8Array(buffer, at('textFormats'), segmentCount * DIGEST_BYTES),
      checksums: u32('checksums', 2 * segmentCount),
      firstBundled,
      bundled: [...u32('bundled', segmentCount - firstBundled)].map((start) => at('segments') + start),
    }),
    search: new Uint8Array(buffer, at('search') + 4, view.getUint32(at('search'), true)),
    blobs: decodeBlobs(buffer, at('blobs'), at('heap')),
    precompressed: decodePrecompressed(buffer, at('bodies'), at('heap'), at('compressed')),
  };
}
