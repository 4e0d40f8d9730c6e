import { availableParallelism } from 'node:os';
import { type Stamp, stampOf } from './file-stat.ts';
import { type Crew, hireThreads, workHere } from './worker-pool.ts';

/** What there is to be done, and those who are to do it. */
export interface Stock {
  /** By the paths of the documents. */
  readonly stamps: ReadonlyMap<string, Stamp | undefined>;
  /** Of all documents. */
  readonly bytes: number;
  readonly crew: Crew;
  /** How many threads there may be. */
  readonly threads: number;
}

interface Limits {
  /** How many threads there may be. */
  readonly threads: number;
  /** So many bytes of documents are worth threads. */
  readonly threadsFrom: number;
}

/** Those who can be called. */
export interface Staff {
  hireThreads(most: number): Crew;
  workHere(): Crew;
}

const LIMITS: Limits = {
  // Each takes a hundred megabytes or two.
  threads: Math.min(availableParallelism(), 4),
  threadsFrom: 1_500_000,
};

const STAFF: Staff = { hireThreads, workHere };

/**
 * Looks at the documents of a folder, without reading any.
 *
 * What is put together of all documents takes a thread of its own even when few of them are to be read. It takes long to
 * get ready, so it is started as soon as there is enough for it to do; whoever takes stock has to dismiss the crew.
 */
export function takeStock(
  folder: string,
  paths: readonly string[],
  { hireThreads, workHere }: Staff = STAFF,
  limits: Limits = LIMITS,
): Stock {
  const { threads, threadsFrom } = limits;
  const stamps = new Map<string, Stamp | undefined>();
  let bytes = 0;
  let hired: Crew | undefined;
  const hireIfWorthIt = (): void => {
    if (threads > 0 && bytes >= threadsFrom) hired ??= hireThreads(threads);
  };
  hireIfWorthIt();
  for (const path of paths) {
    const stamp = stampOf(folder, path);
    stamps.set(path, stamp);
    bytes += stamp?.size ?? 0;
    hireIfWorthIt();
  }
  return { stamps, bytes, crew: hired ?? workHere(), threads };
}
