import type { Instant } from '../article.ts';
import type { Applicant } from './addresses.ts';
import type { Candidate } from './candidate.ts';
import { giveIds } from './give-ids.ts';
import { type Instants, settleInstants } from './instants.ts';
import type { LedgerEntry } from './ledger.ts';
import { mergeEntries } from './merge-entries.ts';
import type { Recognition } from './recognize.ts';

/** A document with its id and its dates, before it has its address. */
export interface Claimant extends Applicant, Instants {
  readonly candidate: Candidate;
  readonly published: Instant;
  /** What the ledger says of it; absent when it is new. */
  readonly past: LedgerEntry | undefined;
  /** The entries that say so: several after a merge. */
  readonly lines: readonly LedgerEntry[];
}

export interface Claims {
  readonly claimants: readonly Claimant[];
  /** Articles without a document, one entry each. */
  readonly gone: readonly LedgerEntry[];
  /** Entries that stay as they are. */
  readonly kept: readonly LedgerEntry[];
}

/**
 * Sorts entries and documents into articles. Two branches may each have given one id to a document of its own; the
 * article published first keeps it, and the other gets a new one but keeps its address.
 *
 * @param entries present ones first (see `byPresence`)
 */
export function sortClaims(
  entries: readonly LedgerEntry[],
  candidates: readonly Candidate[],
  { found, held, refused }: Recognition,
  now: Instant,
): Claims {
  const documents = new Map([...found].map(([candidate, entry]) => [entry, candidate]));
  const lines = new Map<Candidate, readonly LedgerEntry[]>();
  const owners = new Set<Candidate>();
  const gone: LedgerEntry[] = [];
  const kept: LedgerEntry[] = [];
  for (const group of Map.groupBy(entries, ({ id }) => id).values()) {
    const [entry] = group;
    const document = entry && documents.get(entry);
    if (group.length === 1 && document !== undefined) {
      lines.set(document, group);
      owners.add(document);
      continue;
    }
    const [owner, ...others] = group.flatMap((entry) => documents.get(entry) ?? []);
    const rest = group.filter((entry) => !documents.has(entry));
    const isHeld = rest.some((entry) => held.has(entry));
    const own = (document: Candidate): LedgerEntry[] =>
      group.filter((entry) => documents.get(entry) === document);
    for (const other of others) lines.set(other, own(other));
    const [first, ...more] = rest;
    if (isHeld) kept.push(...rest);
    else if (owner === undefined && first !== undefined) gone.push(mergeEntries(first, more));
    if (owner === undefined) continue;
    lines.set(owner, isHeld ? own(owner) : [...own(owner), ...rest]);
    owners.add(owner);
  }

  const accepted = candidates.filter((candidate) => !refused.has(candidate));
  const ids = giveIds(
    accepted.filter((candidate) => !owners.has(candidate)),
    entries,
    now,
  );
  return {
    claimants: accepted.map((candidate) =>
      claim(candidate, lines.get(candidate) ?? [], ids.get(candidate), now),
    ),
    gone,
    kept,
  };
}

/** @param newId absent when the ledger says the id */
function claim(
  candidate: Candidate,
  lines: readonly LedgerEntry[],
  newId: string | undefined,
  now: Instant,
): Claimant {
  const { path, slug, aliases = [], headline, fingerprint } = candidate;
  const [first, ...others] = lines;
  const past = first && mergeEntries(first, others);
  const hasChanged = lines.every((line) => line.fingerprint.text !== fingerprint.text);
  const wasRemoved = lines.every(({ removed }) => removed !== undefined);
  const committed = past && (hasChanged || wasRemoved) ? candidate.committed?.() : undefined;
  const instants = settleInstants(
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
    wasOut: past !== undefined && past.published <= now,
    slug: past?.slug,
    former: past?.former ?? [],
    pinned: slug || undefined,
    aliases: aliases.filter((address) => address !== ''),
    headline,
    past,
    lines,
  };
}
