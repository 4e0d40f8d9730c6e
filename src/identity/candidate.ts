import type { Instant } from '../article.ts';
import type { Fingerprint } from './fingerprint.ts';

/** An instant, and whether the document states it; else it was found in the file's name or in git. */
export interface Dating {
  readonly instant: Instant;
  readonly stated: boolean;
}

/** What is known of a document before it is known which article it is. */
export interface Candidate {
  /** From the seeds folder, with `/`. */
  readonly path: string;
  /** The id that it had elsewhere, in the words of the document. */
  readonly id?: string;
  /** The slug that the document pins. */
  readonly slug?: string;
  /** Former addresses that the document states: a slug of this site, or a path, which begins with `/`. */
  readonly aliases?: readonly string[];
  /** The slug that its headline would have; may be empty. */
  readonly headline: string;
  /** Its headline; not empty. */
  readonly title: string;
  readonly fingerprint: Fingerprint;
  readonly published?: Dating;
  readonly updated?: Dating;
}

/** The order in which documents that want the same thing are served: first published, first by path. */
export function byPrecedence(a: Candidate, b: Candidate): number {
  const [first, second] = [a, b].map(({ published }) => published?.instant ?? Number.POSITIVE_INFINITY);
  if (first !== second) return (first ?? 0) < (second ?? 0) ? -1 : 1;
  return a.path < b.path ? -1 : 1;
}
