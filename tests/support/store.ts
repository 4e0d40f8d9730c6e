import { createHash } from 'node:crypto';
import { constants, crc32, deflateRawSync, gzipSync } from 'node:zlib';
import { FACETS, type Facet, type FacetValue } from '../../src/facets.ts';
import type { PrecompressedBody } from '../../src/store/blobs-format.ts';
import type { StoreIndex } from '../../src/store/format.ts';
import type { Asset, StoreCodec } from '../../src/store/integrity.ts';
import type { ArticleMetadata, SiteRecord } from '../../src/store/metadata.ts';
import { packSegment, planSegments } from '../../src/store/plan-segments.ts';
import { ARTICLE_FRAGMENTS, encodeRecord, TEXT_FORMAT_FRAGMENTS } from '../../src/store/record-format.ts';
import { createRecordReaders, type RecordReader, type Records } from '../../src/store/record-reader.ts';
import { openSegment } from '../../src/store/segments-format.ts';
import { storeWriter } from '../../src/store/write-store.ts';
import type { Sink, StoredFragment } from '../../src/templates/fragment.ts';
import { concatenate } from '../../src/templates/gzip.ts';
import { HOLES, type Hole } from '../../src/templates/holes.ts';
import { makeSite } from './app.ts';

/** The platform functions of a build, implemented with Node. */
export const codec: StoreCodec = {
  crc32,
  deflate: (bytes) => deflateRawSync(bytes, { level: 9, finishFlush: constants.Z_SYNC_FLUSH }),
  digest: (bytes) => createHash('sha256').update(bytes).digest(),
  gzipLength: (bytes) => gzipSync(bytes).length,
};

/** A site of three fragments. */
export const site: SiteRecord = {
  metadata: {
    settings: makeSite(),
    styleSource: "'sha256-x'",
    scriptSource: "'sha256-y'",
    feedId: 'urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
    otherFacetNames: {},
    facetNames: {
      tag: 'Tags',
      source: 'Sources',
      author: 'Authors',
      language: 'Languages',
      year: 'Years',
      collection: 'Collections',
      series: 'Series',
    },
    people: {},
    pinned: [],
    hasQueryAddresses: false,
    tombstones: { '/gone': { removed: 1, title: 'Gone' } },
    removed: [],
  },
  fragments: { rss: 'r', head: 'H', home: `<${HOLES.list}>` },
};

/** An article of a few words. */
export interface Example {
  readonly slug: string;
  readonly published: number;
  readonly updated?: number;
  readonly expires?: number;
  readonly listed?: boolean;
  readonly tags?: readonly string[];
  readonly body?: string;
  /** Bodies of later renditions, and when they take over. */
  readonly later?: readonly (readonly [start: number, body: string])[];
}

function metadataOf(example: Example): ArticleMetadata {
  const { slug, published, updated = published, expires = Number.POSITIVE_INFINITY, listed = true } = example;
  const none = Object.fromEntries(FACETS.map((dimension) => [dimension, []]));
  const tag = (example.tags ?? []).map((key) => ({ key: key.toLowerCase(), label: key }));
  const values = { ...none, tag } as unknown as Record<Facet, FacetValue[]>; // one for each of DIMENSIONS
  const size = bodyOf(example).length;
  const seen = { published, changed: updated, expires, listed, indexed: listed, mapped: listed };
  const renditionStarts = (example.later ?? []).map(([from]) => ({ from, isPageOnly: false }));
  return { id: `urn:example:${slug}`, slug, ...seen, size, renditionStarts, values };
}

export function bodyOf({ slug, body = `<p>${slug}</p>` }: Example): string {
  return body;
}

/** A store, and what is published beside the worker. */
export interface Written {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly segments: readonly Asset[];
  /** Segments of the other forms. */
  readonly forms: readonly Asset[];
}

/** Writes the store of some articles, the oldest first. */
export function write(
  examples: readonly Example[],
  own: StoreCodec = codec,
  precompressed: readonly PrecompressedBody[] = [],
): Written {
  const segments: Asset[] = [];
  const forms: Asset[] = [];
  const publish = (part: Asset): unknown => (isForms(part) ? forms : segments).push(part);
  const articles = examples.map((example) => {
    const text = `${HOLES.origin}/articles/${example.slug} ${HOLES.body}`;
    const bodies = [bodyOf(example), ...(example.later ?? []).map(([, body]) => body)];
    const renditions = bodies.map((body) => ({
      body,
      rss: `rss ${text}`,
      atom: `atom ${text}`,
      json: `json ${text}`,
      page: `page ${text}`,
      teaser: example.slug,
      picture: '',
      leadPicture: '',
      summary: example.slug,
      day: example.slug,
      mention: example.slug,
    }));
    const otherForms = bodies.map((body) => ({
      markdown: `# ${text} ${body}`,
      text,
      line: FORMS_LINE,
      news: example.slug,
    }));
    return {
      metadata: metadataOf(example),
      record: encodeRecord(example.slug, ARTICLE_FRAGMENTS, renditions, own),
      forms: encodeRecord(example.slug, TEXT_FORMAT_FRAGMENTS, otherForms, own),
    };
  });
  const plans = planSegments(
    articles.map(({ metadata, record }) => ({ id: metadata.id, bytes: record.length })),
  );
  const packed = plans.map(({ start, end, mayBeBundled }) => {
    const some = articles.slice(start, end);
    const segmentOf = (records: readonly Uint8Array[]) => {
      const { bytes, room } = openSegment(
        records.map((record) => ({ length: record.length, checksum: own.crc32(record) })),
      );
      room.set(Buffer.concat(records));
      return bytes;
    };
    const records = segmentOf(some.map(({ record }) => record));
    const others = segmentOf(some.map((article) => article.forms));
    return { start, ...packSegment(records, others, mayBeBundled, own, publish) };
  });
  const search = { blockIndex: new Uint8Array([1, 2, 3]), blocks: [], positions: [] };
  const content = { site, articles: articles.map(({ metadata }) => metadata), segments: packed };
  const { bytes } = storeWriter(content, own).write(search, precompressed, publish);
  return { bytes, segments, forms };
}

const FORMS_LINE = '- in a list';

function isForms({ bytes }: Asset): boolean {
  return Buffer.from(bytes).includes(FORMS_LINE);
}

/** Reads what was published, as it stands at an instant. */
export function shelfOf(index: StoreIndex, segments: readonly Asset[], now = 0): RecordReader {
  const read = new Map(segments.map(({ digest, bytes }) => [digest, bytes.buffer]));
  return createRecordReaders(index, async (digest) => read.get(digest)).at(now);
}

/** The text of a fragment, with the article's body in its hole. */
export function textOf<Name extends string>(
  records: Records<Name | 'body'>,
  article: number,
  name: Name,
): string {
  return textIn(records.fragment(article, name), (sink, hole) => {
    if (hole === 'body') records.fragment(article, 'body').write(sink, () => {});
  });
}

export function textIn(fragment: StoredFragment, fill: (sink: Sink, hole: Hole) => void): string {
  return new TextDecoder().decode(concatenate((sink) => fragment.write(sink, (hole) => fill(sink, hole))));
}
