import type { Instant } from '../article.ts';
import type { Fingerprint } from '../documents/fingerprint.ts';
import { compareStrings } from '../strings.ts';

/** The ledger's name in the seeds folder. */
export const LEDGER_NAME = 'ledger.json';

/** The record of an article, which keeps its identity whatever happens to its document. */
export interface LedgerEntry {
  readonly id: string;
  /** The last segment of its permalink. */
  readonly slug: string;
  /** The last path of its document, relative to the seeds folder, in NFC. */
  readonly path: string;
  /** The first path of its document. */
  readonly firstPath: string;
  /** Its headline as a slug. */
  readonly headline: string;
  /** Its headline, which the page of a removed article shows; undefined if it was not recorded. */
  readonly title: string | undefined;
  readonly published: Instant;
  readonly updated: Instant;
  readonly fingerprint: Fingerprint;
  /** Addresses that redirect to it: slugs, and paths, which begin with `/`. Sorted. */
  readonly former: readonly string[];
  /** An id that the document states since the article got another one. */
  readonly statedId: string | undefined;
  /** The instant of the first build that had it; undefined for the first articles of the ledger. */
  readonly added: Instant | undefined;
  /** The instant of the first build without its document. */
  readonly removed: Instant | undefined;
}

/** Entries in any order. After a merge of two branches, two entries may have the same id until the next build. */
export interface Ledger {
  readonly entries: readonly LedgerEntry[];
}

export const EMPTY_LEDGER: Ledger = { entries: [] };

/** When its document was removed, or `now`: no removal is in the future, even if a clock was wrong once. */
export function removedAt({ removed }: LedgerEntry, now: Instant): Instant {
  return Math.min(removed ?? now, now);
}

/** Whether anybody may have seen the article: it was published before its document was removed. */
export function wasPublished(entry: LedgerEntry, now: Instant): boolean {
  return entry.published <= removedAt(entry, now);
}

/** Orders entries: present ones before removed ones, then by publication. */
export function byPresence(a: LedgerEntry, b: LedgerEntry): number {
  return (
    Number(a.removed !== undefined) - Number(b.removed !== undefined) ||
    a.published - b.published ||
    compareStrings(a.path, b.path) ||
    compareStrings(a.slug, b.slug) ||
    compareStrings(a.fingerprint.text, b.fingerprint.text)
  );
}

/**
 * Merges the entries of one article, of which a merge of two branches leaves one from each side. The path and content
 * of the first entry apply, the earliest publication and the latest update; no address is lost. If one slug was changed
 * to the other, the newer one is the slug.
 */
export function mergeEntries(first: LedgerEntry, others: readonly LedgerEntry[]): LedgerEntry {
  if (others.length === 0) return first;
  const all = [first, ...others];
  const newer = others.find(
    ({ slug, former }) => former.includes(first.slug) && !first.former.includes(slug),
  );
  const slug = newer?.slug ?? first.slug;
  const former = new Set(all.flatMap((entry) => [entry.slug, ...entry.former]));
  former.delete(slug);
  const additions = all.flatMap(({ added }) => added ?? []);
  const removals = all.flatMap(({ removed }) => removed ?? []);
  return {
    ...first,
    slug,
    former: [...former].sort(),
    title: all.find(({ title }) => title !== undefined)?.title,
    published: Math.min(...all.map(({ published }) => published)),
    updated: Math.max(...all.map(({ updated }) => updated)),
    statedId: all.find(({ statedId }) => statedId !== undefined)?.statedId,
    added: additions.length < all.length ? undefined : Math.min(...additions),
    removed: removals.length === 0 ? undefined : Math.min(...removals),
  };
}

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
