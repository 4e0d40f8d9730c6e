import { hash } from 'node:crypto';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { Site } from '../config/site.ts';
import { type DocumentContent, type ReadDocument, readDocument } from '../documents/parsed-document.ts';
import { DocumentError, type SourceFile } from '../documents/stated.ts';
import { encodePartialIndex, type PartialIndex } from '../search/partial-index.ts';
import type { Asset } from '../store/asset.ts';
import { packSegment } from '../store/plan-segments.ts';
import { openSegment } from '../store/segments-format.ts';
import { type AssetFolder, emitAsset } from './assets.ts';
import { BlobFileError, type BlobFileWriter, createBlobFile } from './blob-file.ts';
import { type BlobReader, type BlobRef, openBlobs } from './blob-ref.ts';
import { codec } from './codec.ts';
import type { ArticleReport } from './inline-pipeline.ts';
import { type Lazy, lazy } from './lazy.ts';
import { tryRender } from './render.ts';
import { searchParts } from './search-parts.ts';
import { readSeed } from './seeds.ts';
import { readTerms, writeTerms } from './stored-terms.ts';
import type { ReadingJob, ReadingResult, RenderingJob, TaskRequest, Tasks } from './task-requests.ts';

interface Writers {
  readonly contents: Lazy<BlobFileWriter>;
  readonly records: Lazy<BlobFileWriter>;
  /** Small, and read one after another. */
  readonly facts: Lazy<BlobFileWriter>;
  readonly words: Lazy<BlobFileWriter>;
}

export interface TaskOptions {
  readonly seeds: string;
  readonly site: Site;
  /** The folder for packs. */
  readonly scratch: string;
  /** The folder for packs when `scratch` is full. */
  readonly fallback: string | undefined;
  readonly parts: AssetFolder;
  /** No other thread has it. */
  readonly name: string;
}

/** What the task returns for the task; others may read what it kept. */
export function runTask(tasks: Tasks, { task, jobs }: TaskRequest): unknown {
  const work = (): unknown => {
    const results = tasks[task](jobs as never); // of that task
    tasks.flush();
    return results;
  };
  try {
    return work();
  } catch (error) {
    // The disk is full. What was flushed stays readable, and the same jobs give the same results again.
    if (!(error instanceof BlobFileError) || !tasks.useFallback()) throw error;
    return work();
  }
}

export function createTasks({ seeds, site, scratch, fallback, parts, name }: TaskOptions): Tasks {
  const packs = openBlobs();
  const writersIn = (folder: string): Writers => {
    const packFor = (what: string): Lazy<BlobFileWriter> =>
      lazy(() => createBlobFile(join(folder, `${name}.${what}`)));
    return {
      contents: packFor('contents'),
      records: packFor('records'),
      facts: packFor('facts'),
      words: packFor('words'),
    };
  };
  const eachPack = (use: (pack: BlobFileWriter) => void): void => {
    for (const { made } of Object.values(writers)) if (made !== undefined) use(made);
  };
  let writers = writersIn(scratch);
  let isFallbackUsed = false;
  const keep = (what: keyof Writers, bytes: Uint8Array): BlobRef => {
    const writer = writers[what]();
    return { pack: writer.path, ...writer.add(bytes) };
  };

  const contentOf = ({ place: { path, boilerplate }, digest, content }: RenderingJob): DocumentContent => {
    const kept = content && packs.read(content);
    if (kept !== undefined) return deserialize(kept) as DocumentContent; // written by `read`
    const file = readSeed(seeds, path);
    const reading = digestOf(file) === digest ? readDocument(file, site, boilerplate) : undefined;
    if (reading?.status === 'read') return reading.content;
    throw new Error(`Cannot publish seeds/${path}: it changed during the build; build again`);
  };
  const readJob = ({ path, digest: before, boilerplate }: ReadingJob): ReadingResult => {
    const take = (digest: string, document: ReadDocument, content?: DocumentContent): ReadingResult => {
      const kept = keep('facts', serialize(document));
      const contentKept = content && { content: keep('contents', serialize(content)) };
      return { digest, read: { document, kept, ...contentKept } };
    };
    const file = seedOf(seeds, path);
    if (typeof file === 'string') return take('', { path, status: 'refused', reason: file });
    const digest = digestOf(file);
    if (digest === before) return { digest };
    const reading = readDocument(file, site, boilerplate);
    if (reading.status !== 'read') return take(digest, { path, ...reading });
    return take(digest, { path, status: 'read', facts: reading.facts }, reading.content);
  };
  return {
    read: (jobs) => jobs.map(readJob),
    render: (jobs) =>
      jobs.map((job) => {
        const rendered = tryRender(contentOf(job), job.place, site);
        if ('refused' in rendered) return rendered;
        const { record, forms, terms, ...article } = rendered;
        const report: ArticleReport = { ...article, bytes: record.length };
        return {
          report,
          kept: {
            report: keep('facts', serialize(report)),
            record: keep('records', record),
            forms: keep('records', forms),
            terms: keep('words', writeTerms(terms)),
          },
        };
      }),
    pack: (jobs) =>
      jobs.map((job) => {
        const articles = segmentOf(job.records, packs);
        const others = segmentOf(job.forms, packs);
        if (articles === undefined || others === undefined) return undefined;
        const marks = new Map<string, string>();
        const publish = (part: Asset): void => void marks.set(part.digest, emitAsset(parts, part));
        const packed = packSegment(articles, others, job.mayBeHot, codec, publish);
        const { digest, checksum, textFormatsDigest, textFormatsChecksum, bundled } = packed;
        return {
          digest,
          checksum,
          forms: {
            digest: textFormatsDigest,
            checksum: textFormatsChecksum,
            mark: marks.get(textFormatsDigest) ?? '',
          },
          ...(bundled === undefined
            ? { mark: marks.get(digest) ?? '' }
            : { hot: { bytes: keep('records', bundled.bytes), gzipLength: bundled.gzipLength } }),
        };
      }),
    chunk: (jobs) =>
      jobs.map(({ terms }) => {
        const read = packs.readAll(terms)?.map(readTerms);
        return read && { articles: read.length, bytes: keep('records', encodePartialIndex(read)) };
      }),
    index: (jobs) =>
      jobs.map((job) => {
        const chunks = job.chunks.flatMap(({ articles, bytes }): PartialIndex[] => {
          const read = packs.open(bytes);
          return read === undefined ? [] : [{ articles, bytes: bytes.length, read }];
        });
        if (chunks.length < job.chunks.length) return undefined;
        const published: string[] = [];
        const search = searchParts(chunks, job.scheduled, (part) => {
          emitAsset(parts, part);
          published.push(part.digest);
        });
        return { search, published };
      }),
    flush: () => eachPack((pack) => pack.flush()),
    useFallback() {
      if (fallback === undefined || isFallbackUsed) return false;
      isFallbackUsed = true;
      eachPack((pack) => pack.discard());
      writers = writersIn(fallback);
      return true;
    },
    close() {
      packs.close();
      eachPack((pack) => pack.close());
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
function segmentOf(records: readonly BlobRef[], packs: BlobReader): Uint8Array<ArrayBuffer> | undefined {
  // Blobs and segments have the same checksum.
  const { bytes, room } = openSegment(records);
  return packs.readInto(records, room) ? bytes : undefined;
}
