import type { ResolvedDocument } from '../corpus/collect.ts';
import type { Boilerplate } from '../documents/boilerplate-metadata.ts';
import type { ReadDocument } from '../documents/parsed-document.ts';
import type { SearchParts } from '../store/write-store.ts';
import type { BlobRef } from './blob-ref.ts';
import type { ArticleReport } from './inline-pipeline.ts';
import type { Unrendered } from './render.ts';

/* What hands are told to do, and what comes of it; all of it goes from thread to thread. */

export interface ReadingJob {
  readonly path: string;
  /** What its path and bytes came to when they were read before; absent when they never were. */
  readonly digest?: string;
  /** What is known of it from others. */
  readonly boilerplate?: Boilerplate;
}

/** Without `read`: it is what it was. */
export interface ReadingResult {
  readonly digest: string;
  readonly read?: {
    readonly document: ReadDocument;
    /** The same, serialised. */
    readonly kept: BlobRef;
    /** Its content, if it has any. */
    readonly content?: BlobRef;
  };
}

export interface RenderingJob {
  readonly place: ResolvedDocument;
  readonly digest: string;
  /** Absent when nobody kept it: then the document is read again. */
  readonly content?: BlobRef;
}

/** What has to be known of a rendered article, and where the rest of it is kept. */
export type RenderingResult = { readonly report: ArticleReport; readonly kept: ArticleBlobs } | Unrendered;

export interface ArticleBlobs {
  /** Serialised. */
  readonly report: BlobRef;
  readonly record: BlobRef;
  readonly forms: BlobRef;
  /** See kept-terms.ts. */
  readonly terms: BlobRef;
}

/** Consecutive articles that share a segment. */
export interface PackingJob {
  readonly records: readonly BlobRef[];
  readonly forms: readonly BlobRef[];
  readonly mayBeHot: boolean;
}

/** A segment that is published, and its mark (see parts.ts). */
export interface PublishedSegment {
  readonly digest: string;
  /** Of its head. */
  readonly checksum: number;
  readonly mark: string;
}

export interface PackingResult {
  readonly digest: string;
  /** Of its head. */
  readonly checksum: number;
  readonly forms: PublishedSegment;
  /** Its mark, when it is published. */
  readonly mark?: string;
  /** When it is not. */
  readonly hot?: { readonly bytes: BlobRef; readonly gzipLength: number };
}

/** The words of the articles of a partial index, in the order of their numbers. */
export interface ChunkJob {
  readonly terms: readonly BlobRef[];
}

/** A partial index (src/search/partial-index.ts). */
export interface CachedPartialIndex {
  readonly articles: number;
  readonly bytes: BlobRef;
}

export interface IndexingJob {
  readonly chunks: readonly CachedPartialIndex[];
  /** How many of the articles, the last ones, are not published yet. */
  readonly scheduled: number;
}

export interface IndexingResult {
  readonly search: SearchParts;
  readonly published: readonly string[];
}

/**
 * Does the work on single documents, and puts together what comes of them; what is large goes into packs. A result is
 * undefined when something that was kept is not as it was.
 */
export interface Tasks {
  read(jobs: readonly ReadingJob[]): ReadingResult[];
  render(jobs: readonly RenderingJob[]): RenderingResult[];
  pack(jobs: readonly PackingJob[]): (PackingResult | undefined)[];
  chunk(jobs: readonly ChunkJob[]): (CachedPartialIndex | undefined)[];
  index(jobs: readonly IndexingJob[]): (IndexingResult | undefined)[];
  /** After this, what is in packs can be read. */
  flush(): void;
  /** Closes the packs and opens others in the fallback folder; false if there is none, or it is in use already. */
  useFallback(): boolean;
  close(): void;
}

export type Task = Exclude<keyof Tasks, 'flush' | 'useFallback' | 'close'>;

/** To close what is open: the work is done. */
export type Drain = 'drain';

export interface TaskRequest {
  readonly task: Task;
  /** Of that task. */
  readonly jobs: readonly unknown[];
}
