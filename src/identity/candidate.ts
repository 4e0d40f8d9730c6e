import type { Instant } from '../article.ts';
import type { Fingerprint } from '../documents/fingerprint.ts';

/** An instant, and whether the document states it or it comes from the file's name or from git. */
export interface Dating {
  readonly instant: Instant;
  readonly stated: boolean;
}

/** A document before it is matched with an article of the ledger. */
export interface Candidate {
  /** From the seeds folder, with `/`. */
  readonly path: string;
  /** The id that it had elsewhere, as the document states it. */
  readonly id?: string;
  /** The slug that the document pins. */
  readonly slug?: string;
  /** Former addresses that the document states: a slug of this site, or a path, which begins with `/`. */
  readonly aliases?: readonly string[];
  /** The slug that its headline would have; may be empty. */
  readonly headline: string;
  /** The slug of its file's name, if that takes precedence over the headline. */
  readonly name?: string;
  /** Its headline; not empty. */
  readonly title: string;
  readonly fingerprint: Fingerprint;
  /** Whether it is no news, and needs no date. */
  readonly isPage?: boolean;
  readonly published?: Dating;
  readonly updated?: Dating;
  /** When its first commit was published, for documents that only git has. */
  readonly since?: Instant;
  /** When its last commit was published; undefined if the file differs from its last commit, or is in none. */
  readonly committed?: () => Instant | undefined;
}

/**
 * The precedence of documents that want the same id or slug: first committed, first published, first by path. Documents
 * without a date are published now.
 */
export function byPrecedence(now: Instant): (a: Candidate, b: Candidate) => number {
  const instantOf = ({ published }: Candidate): Instant => published?.instant ?? now;
  return (a, b) => compareSince(a, b) || instantOf(a) - instantOf(b) || (a.path < b.path ? -1 : 1);
}

/** Documents unknown to git come last. */
export function compareSince(
  { since: a = Number.MAX_VALUE }: { readonly since?: Instant | undefined },
  { since: b = Number.MAX_VALUE }: { readonly since?: Instant | undefined },
): number {
  return a - b;
}
