import { crc32 } from '../templates/crc32.ts';
import { encodeUtf8 } from '../templates/utf8.ts';
import { MAX_COMPRESSION, WORKER_BUDGET } from './budget.ts';

/**
 * A segment ends after an article whose id says so, one of `MEAN_ARTICLES`, so that a change of one article moves no
 * other border; and where it is full.
 */
const MIN_ARTICLES = 16;
const MEAN_ARTICLES = 16;
const MAX_ARTICLES = 128;
const FULL_BYTES = 512 * 1024;

/** Which articles share a segment: those from `start` to before `end`, by number. */
export interface SegmentPlan {
  readonly start: number;
  readonly end: number;
  /** Whether it may have a place in the worker; all that come after it may, too. */
  readonly mayBeBundled: boolean;
}

interface StoredArticle {
  readonly id: string;
  /** Of its record. */
  readonly bytes: number;
}

/** @param articles in the order of publication, the oldest first */
export function planSegments(articles: readonly StoredArticle[]): SegmentPlan[] {
  const stretches: { start: number; end: number; bytes: number }[] = [];
  let start = 0;
  let bytes = 0;
  for (const [number, article] of articles.entries()) {
    const count = number + 1 - start;
    bytes += article.bytes;
    const isBoundary = count >= MIN_ARTICLES && crc32(encodeUtf8(article.id)) % MEAN_ARTICLES === 0;
    const isFull = count === MAX_ARTICLES || bytes >= FULL_BYTES;
    if (!isBoundary && !isFull && number + 1 < articles.length) continue;
    stretches.push({ start, end: number + 1, bytes });
    start = number + 1;
    bytes = 0;
  }
  let room = WORKER_BUDGET * MAX_COMPRESSION;
  return stretches
    .reverse()
    .map((stretch) => {
      const mayBeBundled = room > 0;
      room -= stretch.bytes;
      return { start: stretch.start, end: stretch.end, mayBeBundled };
    })
    .reverse();
}
