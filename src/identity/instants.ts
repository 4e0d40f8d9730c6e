import type { Instant } from '../article.ts';
import type { Candidate } from './candidate.ts';

export interface Instants {
  readonly published: Instant;
  /** Never before `published`. */
  readonly updated: Instant;
}

/** What the ledger remembers of an article's instants. */
export interface Past extends Instants {
  /** Whether the text is another one than then. */
  readonly hasChanged: boolean;
  /** Whether it was removed in between. */
  readonly wasRemoved: boolean;
}

/**
 * When an article was published and updated. What the document states is right. A date from the file's name or from git
 * holds until it is past: once readers have the article, a rename or a rebase changes it no more.
 *
 * No change lies in the future. A stated or remembered change that does counts as a change at `now`, and the ledger keeps
 * that instant until the text changes. A scheduled article changes at its publication at the latest.
 *
 * `updated` moves when the text does, or when the article comes back: to the instant that git tells, else to `now`. Of
 * an article that is new to the ledger, or that nobody has seen yet, nobody knows a change that it does not state.
 *
 * @param past absent for an article that is new to the ledger
 */
export function settleInstants(
  { published: dating, updated: change }: Candidate,
  past: Past | undefined,
  now: Instant,
): Instants {
  const isFree = past === undefined || dating?.stated === true || past.published > now;
  const published = (isFree ? dating?.instant : undefined) ?? past?.published ?? now;
  const latest = Math.max(published, now);
  const isStated = change?.stated === true;
  if (isStated && change.instant <= latest)
    return { published, updated: Math.max(published, change.instant) };
  if (past === undefined || past.published > now)
    return { published, updated: isStated ? latest : published };
  // What was not dated was published by the build that first saw it, with that change.
  const unchanged = isStated && dating?.instant === published ? latest : published;
  const wasUpdated = past.updated > past.published ? Math.min(past.updated, latest) : unchanged;
  if (!past.hasChanged && !past.wasRemoved) return { published, updated: Math.max(published, wasUpdated) };
  const isInGit = change !== undefined && change.instant > wasUpdated && change.instant <= now;
  return { published, updated: Math.max(published, wasUpdated, isInGit ? change.instant : now) };
}
