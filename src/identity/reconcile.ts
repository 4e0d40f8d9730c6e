import type { Instant } from '../article.ts';
import type { DocumentError } from '../documents/draft.ts';
import { allocate } from './addresses.ts';
import { adoptedId } from './adopted-id.ts';
import type { Candidate } from './candidate.ts';
import { type Claimant, sortClaims } from './claims.ts';
import { byPresence, type Ledger, type LedgerEntry, removedAt, wasOut } from './ledger.ts';
import { recognize } from './recognize.ts';
import { remarks } from './warnings.ts';

/** Which article a document is. */
export interface Identity {
  readonly id: string;
  readonly slug: string;
  readonly published: Instant;
  /** Never before `published`. */
  readonly updated: Instant;
  /** When it came to a site that had articles before; undefined for those that it began with. */
  readonly added: Instant | undefined;
  /** The addresses that redirect to it: slugs, and paths, which begin with `/`. Sorted. */
  readonly redirects: readonly string[];
}

/** An article that was public and whose document is gone. */
export interface Removal {
  readonly id: string;
  /** The instant of the build that missed its document. */
  readonly removed: Instant;
  /** Its last headline; undefined where the ledger does not know it. */
  readonly title: string | undefined;
  /** Slugs, and paths, which begin with `/`, that lead nowhere else now. Sorted. */
  readonly addresses: readonly string[];
}

export interface Reconciliation {
  /** By the paths of the documents; the refused have none. */
  readonly identities: ReadonlyMap<string, Identity>;
  /** The newest first. */
  readonly removals: readonly Removal[];
  /** For the next build. */
  readonly ledger: Ledger;
  readonly warnings: readonly string[];
  /** By the paths of the documents. */
  readonly refused: ReadonlyMap<string, DocumentError>;
}

export interface Circumstances {
  readonly now: Instant;
  /** IANA name of the zone of the dates in slugs. */
  readonly timeZone: string;
  /**
   * Paths of documents that are there but cannot be read now, and of folders that cannot be looked into: the articles at
   * or below them are not taken for removed.
   */
  readonly unread?: Iterable<string>;
  /** When the document at a path was removed, as git tells. */
  readonly removedIn?: (path: string) => Instant | undefined;
}

/**
 * Tells which article each document is, and what becomes of articles whose documents are gone. The same ledger and the
 * same documents, in any order, give the same ledger; `now` matters only where something changed.
 *
 * Without a ledger every document is new, and its identity the same on every machine. How a document is known again is
 * told in recognize.ts, how it gets its id in give-ids.ts, its address in addresses.ts, and its dates in instants.ts.
 */
export function reconcile(
  previous: Ledger,
  documents: readonly Candidate[],
  { now, timeZone, unread = [], removedIn = () => undefined }: Circumstances,
): Reconciliation {
  const { candidates, originals } = compose(documents);
  const known = previous.entries.toSorted(byPresence);
  const recognition = recognize(known, candidates, composePaths(unread), now);
  const { claimants, kept, ...claims } = sortClaims(known, candidates, recognition, now);
  const gone = claims.gone.map((entry) =>
    entry.removed === undefined ? { ...entry, removed: removedIn(entry.path) } : entry,
  );
  const allocation = allocate(
    claimants,
    kept.map((entry) => ({ entry, wasOut: wasOut(entry, now) })),
    gone.map((entry) => ({ entry, wasOut: wasOut(entry, now) })),
    timeZone,
  );

  const identities = new Map<string, Identity>();
  const entries = [...kept];
  const hadArticles = previous.entries.some((entry) => wasOut(entry, now));
  for (const claimant of claimants) {
    const addresses = allocation.refused.has(claimant) ? undefined : allocation.addresses.get(claimant);
    if (addresses === undefined) {
      entries.push(...claimant.lines);
      continue;
    }
    const { id, published, updated, candidate, past } = claimant;
    const { slug, former: redirects } = addresses;
    const isNew = past === undefined || (past.published > now && published <= now);
    const added = isNew
      ? hadArticles
        ? (candidate.committed?.() ?? now)
        : undefined
      : past.added && Math.min(past.added, now);
    const identity = { id, slug, published, updated, added, redirects };
    identities.set(originals.get(candidate) ?? candidate.path, identity);
    entries.push(entryOf(claimant, identity));
  }
  const removed = gone.map((entry) => ({ ...entry, removed: removedAt(entry, now) }));
  const refusals = claimants.flatMap((claimant) => {
    const error = allocation.refused.get(claimant);
    return error === undefined ? [] : [[claimant.candidate, error] as const];
  });
  return {
    identities,
    removals: gone
      .flatMap((entry) => removalOf(entry, now, allocation.left.get(entry) ?? []))
      .sort((a, b) => b.removed - a.removed || (a.id < b.id ? -1 : 1)),
    ledger: { entries: [...entries, ...removed] },
    warnings: [...recognition.warnings, ...allocation.warnings, ...remarks(claimants, gone, now)],
    refused: new Map(
      [...recognition.refused, ...refusals].map(([candidate, error]) => [
        originals.get(candidate) ?? candidate.path,
        error,
      ]),
    ),
  };
}

/** The documents that a ledger knows, by their paths in NFC. */
export function knownDocuments(
  { entries }: Ledger,
  documents: readonly Candidate[],
  { now, unread = [] }: Pick<Circumstances, 'now' | 'unread'>,
): ReadonlySet<string> {
  if (entries.length === 0) return new Set();
  const { candidates } = compose(documents);
  const { found } = recognize(entries.toSorted(byPresence), candidates, composePaths(unread), now);
  return new Set([...found.keys()].map(({ path }) => path));
}

/** Some file systems decompose the letters of names; no id and no line of the ledger may depend on that. */
function compose(documents: readonly Candidate[]): {
  /** In the order of their paths. */
  readonly candidates: readonly Candidate[];
  /** The paths of those that were decomposed. */
  readonly originals: ReadonlyMap<Candidate, string>;
} {
  const originals = new Map<Candidate, string>();
  const composed = documents.map((document): Candidate => {
    const path = document.path.normalize('NFC');
    if (path === document.path) return document;
    const candidate = { ...document, path };
    originals.set(candidate, document.path);
    return candidate;
  });
  return { candidates: composed.sort((a, b) => (a.path < b.path ? -1 : 1)), originals };
}

function composePaths(paths: Iterable<string>): string[] {
  return [...paths].map((path) => path.normalize('NFC'));
}

function entryOf(claimant: Claimant, { slug, redirects, added }: Identity): LedgerEntry {
  const { candidate, past, id, path, headline, published, updated } = claimant;
  const stated = candidate.id === undefined ? past?.statedId : adoptedId(candidate.id);
  return {
    id,
    slug,
    path,
    firstPath: past?.firstPath ?? path,
    headline,
    title: candidate.title.normalize('NFC'),
    published,
    updated,
    fingerprint: candidate.fingerprint,
    former: redirects,
    statedId: stated === id ? undefined : stated,
    added,
    removed: undefined,
  };
}

/** Nothing, if nobody could have seen the article. */
function removalOf(entry: LedgerEntry, now: Instant, addresses: readonly string[]): Removal[] {
  const removed = removedAt(entry, now);
  return wasOut(entry, now) ? [{ id: entry.id, removed, title: entry.title, addresses }] : [];
}
