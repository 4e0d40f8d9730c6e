import { hash } from 'node:crypto';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { codec } from '../../src/codec.ts';
import { DocumentError, type SourceFile } from '../../src/documents/document.ts';
import { type Content, type ReadDocument, readDocument } from '../../src/documents/reading.ts';
import { renderArticle } from '../../src/render.ts';
import { type ChunkSource, encodeChunk } from '../../src/search/chunk.ts';
import { searchParts } from '../../src/search-parts.ts';
import type { Site } from '../../src/settings.ts';
import { packSegment } from '../../src/store/pack-segment.ts';
import type { Part } from '../../src/store/part.ts';
import { openSegment } from '../../src/store/segment-format.ts';
import type { ArticleReport } from '../../src/workshop.ts';
import { readSeed } from '../seeds.ts';
import type { Hand, Order, ReadingJob, ReadingResult, RenderingJob } from './jobs.ts';
import { type Kept, openPacks, type Packs } from './kept.ts';
import { readTerms, writeTerms } from './kept-terms.ts';
import { type Lazy, lazily } from './lazily.ts';
import { type PackWriter, writePack } from './pack.ts';
import { type PartsFolder, publishPart } from './parts.ts';

export interface HandOptions {
  readonly seeds: string;
  readonly site: Site;
  /** The folder for packs. */
  readonly scratch: string;
  readonly parts: PartsFolder;
  /** No other hand has it. */
  readonly name: string;
}

/** What the hand returns for the task; others may read what it kept. */
export function obey(hand: Hand, { task, jobs }: Order): unknown {
  const results = hand[task](jobs as never); // of that task
  hand.flush();
  return results;
}

export function makeHand({ seeds, site, scratch, parts, name }: HandOptions): Hand {
  const packs = openPacks();
  const packFor = (what: string): Lazy<PackWriter> =>
    lazily(() => writePack(join(scratch, `${name}.${what}`)));
  const contents = packFor('contents');
  const records = packFor('records');
  // Small, and read one after another.
  const facts = packFor('facts');
  const words = packFor('words');
  const written = [contents, records, facts, words];

  const contentOf = ({ place: { path, amendment }, digest, content }: RenderingJob): Content => {
    const kept = content && packs.read(content);
    if (kept !== undefined) return deserialize(kept) as Content; // written by `read`
    const file = readSeed(seeds, path);
    const reading = digestOf(file) === digest ? readDocument(file, site, amendment) : undefined;
    if (reading?.status === 'read') return reading.content;
    throw new Error(`Cannot publish seeds/${path}: it changed during the build; build again`);
  };
  const readJob = ({ path, digest: before, amendment }: ReadingJob): ReadingResult => {
    const take = (digest: string, document: ReadDocument, content?: Content): ReadingResult => {
      const kept = keep(facts(), serialize(document));
      const contentKept = content && { content: keep(contents(), serialize(content)) };
      return { digest, read: { document, kept, ...contentKept } };
    };
    const file = seedOf(seeds, path);
    if (typeof file === 'string') return take('', { path, status: 'refused', reason: file });
    const digest = digestOf(file);
    if (digest === before) return { digest };
    const reading = readDocument(file, site, amendment);
    if (reading.status !== 'read') return take(digest, { path, ...reading });
    return take(digest, { path, status: 'read', facts: reading.facts }, reading.content);
  };
  return {
    read: (jobs) => jobs.map(readJob),
    render: (jobs) =>
      jobs.map((job) => {
        const { record, forms, terms, ...article } = renderArticle(contentOf(job), job.place, site);
        const report: ArticleReport = { ...article, bytes: record.length };
        return {
          report,
          kept: {
            report: keep(facts(), serialize(report)),
            record: keep(records(), record),
            forms: keep(records(), forms),
            terms: keep(words(), writeTerms(terms)),
          },
        };
      }),
    pack: (jobs) =>
      jobs.map((job) => {
        const articles = segmentOf(job.records, packs);
        const others = segmentOf(job.forms, packs);
        if (articles === undefined || others === undefined) return undefined;
        const marks = new Map<string, string>();
        const publish = (part: Part): void => void marks.set(part.digest, publishPart(parts, part));
        const { digest, formsDigest, hot } = packSegment(articles, others, job.mayBeHot, codec, publish);
        return {
          digest,
          forms: { digest: formsDigest, mark: marks.get(formsDigest) ?? '' },
          ...(hot === undefined
            ? { mark: marks.get(digest) ?? '' }
            : { hot: { bytes: keep(records(), hot.bytes), gzipLength: hot.gzipLength } }),
        };
      }),
    chunk: (jobs) =>
      jobs.map(({ terms }) => {
        const read = packs.readAll(terms)?.map(readTerms);
        return read && { articles: read.length, bytes: keep(records(), encodeChunk(read)) };
      }),
    index: (jobs) =>
      jobs.map((job) => {
        const chunks = job.chunks.flatMap(({ articles, bytes }): ChunkSource[] => {
          const read = packs.open(bytes);
          return read === undefined ? [] : [{ articles, bytes: bytes.length, read }];
        });
        if (chunks.length < job.chunks.length) return undefined;
        const published: string[] = [];
        const search = searchParts(chunks, job.scheduled, (part) => {
          publishPart(parts, part);
          published.push(part.digest);
        });
        return { search, published };
      }),
    flush() {
      for (const pack of written) pack.made?.flush();
    },
    close() {
      packs.close();
      for (const pack of written) pack.made?.close();
    },
  };
}

/** The document, or why it cannot be read. */
function seedOf(seeds: string, path: string): SourceFile | string {
  try {
    return readSeed(seeds, path);
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    return error.message;
  }
}

/** Equal when path and bytes are. */
function digestOf({ path, bytes }: SourceFile): string {
  return hash('sha256', Buffer.concat([Buffer.from(`${path}\0`), bytes]), 'base64');
}

/** Undefined when one of the records is not as it was. */
function segmentOf(records: readonly Kept[], packs: Packs): Uint8Array<ArrayBuffer> | undefined {
  // Packs and segments have the same checksum.
  const { bytes, room } = openSegment(records);
  return packs.readInto(records, room) ? bytes : undefined;
}

function keep(writer: PackWriter, bytes: Uint8Array): Kept {
  return { pack: writer.path, ...writer.add(bytes) };
}
