import type { Instant } from '../article.ts';
import type { SlugRequest } from './assign-slugs.ts';
import { assignIds, type Candidate, type LedgerEntry, mergeEntries } from './ledger.ts';
import type { Matches } from './match.ts';

/** A document that has its id and dates, but no address yet. */
export interface IdentifiedDocument extends SlugRequest, Instants {
  readonly candidate: Candidate;
  readonly published: Instant;
  /** Its ledger entry; undefined if it is new. */
  readonly ledgerEntry: LedgerEntry | undefined;
  /** Its entries in the ledger: several after a merge of branches. */
  readonly entries: readonly LedgerEntry[];
}

interface Identification {
  readonly documents: readonly IdentifiedDocument[];
  /** Articles without a document, one entry each. */
  readonly removed: readonly LedgerEntry[];
  /** Entries of documents that cannot be read or published now. */
  readonly unchanged: readonly LedgerEntry[];
}

/**
 * Groups entries and documents by article. If two branches gave one id to two documents, the article published first
 * keeps the id. The other one gets a new id and keeps its address.
 *
 * @param entries present ones first (see `byPresence`)
 */
export function groupByArticle(
  entries: readonly LedgerEntry[],
  candidates: readonly Candidate[],
  { found, held, refused }: Matches,
  now: Instant,
): Identification {
  const documents = new Map([...found].map(([candidate, entry]) => [entry, candidate]));
  const ownEntries = new Map<Candidate, readonly LedgerEntry[]>();
  const owners = new Set<Candidate>();
  const removed: LedgerEntry[] = [];
  const unchanged: LedgerEntry[] = [];
  for (const group of Map.groupBy(entries, ({ id }) => id).values()) {
    const [entry] = group;
    const document = entry && documents.get(entry);
    if (group.length === 1 && document !== undefined) {
      ownEntries.set(document, group);
      owners.add(document);
      continue;
    }
    const [owner, ...others] = group.flatMap((entry) => documents.get(entry) ?? []);
    const rest = group.filter((entry) => !documents.has(entry));
    const isHeld = rest.some((entry) => held.has(entry));
    const own = (document: Candidate): LedgerEntry[] =>
      group.filter((entry) => documents.get(entry) === document);
    for (const other of others) ownEntries.set(other, own(other));
    const [first, ...more] = rest;
    if (isHeld) unchanged.push(...rest);
    else if (owner === undefined && first !== undefined) removed.push(mergeEntries(first, more));
    if (owner === undefined) continue;
    ownEntries.set(owner, isHeld ? own(owner) : [...own(owner), ...rest]);
    owners.add(owner);
  }

  const accepted = candidates.filter((candidate) => !refused.has(candidate));
  const ids = assignIds(
    accepted.filter((candidate) => !owners.has(candidate)),
    entries,
    now,
  );
  return {
    documents: accepted.map((candidate) =>
      identifyDocument(candidate, ownEntries.get(candidate) ?? [], ids.get(candidate), now),
    ),
    removed,
    unchanged,
  };
}

/** @param newId absent if the ledger has the id */
function identifyDocument(
  candidate: Candidate,
  entries: readonly LedgerEntry[],
  newId: string | undefined,
  now: Instant,
): IdentifiedDocument {
  const { path, slug, aliases = [], headline, name, fingerprint } = candidate;
  const [first, ...others] = entries;
  const past = first && mergeEntries(first, others);
  const hasChanged = entries.every((entry) => entry.fingerprint.text !== fingerprint.text);
  const wasRemoved = entries.every(({ removed }) => removed !== undefined);
  const committed = past && (hasChanged || wasRemoved) ? candidate.committed?.() : undefined;
  const instants = resolveInstants(
    committed === undefined || candidate.updated !== undefined
      ? candidate
      : { ...candidate, updated: { instant: committed, stated: false } },
    past && { published: past.published, updated: past.updated, hasChanged, wasRemoved },
    now,
  );
  return {
    ...instants,
    candidate,
    path,
    id: newId ?? past?.id ?? '',
    isUndated: past === undefined && candidate.published === undefined,
    isScheduled: instants.published > now,
    wasPublished: past !== undefined && past.published <= now,
    slug: past?.slug,
    former: past?.former ?? [],
    pinned: slug || undefined,
    aliases: aliases.filter((address) => address !== ''),
    headline,
    name,
    ledgerEntry: past,
    entries,
  };
}

interface Instants {
  readonly published: Instant;
  /** Never before `published`. */
  readonly updated: Instant;
}

/** The instants of an article in the ledger. */
interface RecordedInstants extends Instants {
  /** Whether the text has changed since then. */
  readonly hasChanged: boolean;
  /** Whether it was removed in between. */
  readonly wasRemoved: boolean;
}

/**
 * When an article was published and updated. Dates that the document states always apply. A date from the file's name
 * or from git applies until the article is published: a later rename or rebase does not change the date.
 *
 * No change is in the future: a stated or recorded change that is in the future counts as a change at `now`, and the
 * ledger keeps that instant until the text changes. A scheduled article changes at its publication at the latest.
 *
 * When the text changes or a removed article returns, `updated` becomes the instant of the commit, or else `now`. An
 * article that is new to the ledger, or not published yet, has no changes except those that its document states.
 *
 * @param past absent for an article that is new to the ledger
 */
function resolveInstants(
  { published: dating, updated: change }: Candidate,
  past: RecordedInstants | undefined,
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
  // An undated document was published by the build that first saw it, with that change.
  const unchanged = isStated && dating?.instant === published ? latest : published;
  const wasUpdated = past.updated > past.published ? Math.min(past.updated, latest) : unchanged;
  if (!past.hasChanged && !past.wasRemoved) return { published, updated: Math.max(published, wasUpdated) };
  const isInGit = change !== undefined && change.instant > wasUpdated && change.instant <= now;
  return { published, updated: Math.max(published, wasUpdated, isInGit ? change.instant : now) };
}
