import type { Instant } from '../article.ts';
import type { DocumentError } from '../documents/stated.ts';
import { once } from '../memo.ts';
import { assignSlugs } from './assign-slugs.ts';
import { isDistinctive } from './find-moved.ts';
import { groupByArticle, type IdentifiedDocument } from './identify.ts';
import {
  adoptedId,
  byPresence,
  type Candidate,
  iriOf,
  isSameId,
  LEDGER_NAME,
  type Ledger,
  type LedgerEntry,
  otherId,
  removedAt,
  wasPublished,
} from './ledger.ts';
import { writeInstant } from './ledger-file.ts';
import { matchDocuments } from './match.ts';

/** The identity of a document's article. */
export interface Identity {
  readonly id: string;
  /** The same id as an IRI, for Atom. */
  readonly iri: string;
  readonly slug: string;
  readonly published: Instant;
  /** Never before `published`. */
  readonly updated: Instant;
  /** When it was added to a site that had articles already; undefined for the first articles. */
  readonly added: Instant | undefined;
  /** The addresses that redirect to it: slugs, and paths, which begin with `/`. Sorted. */
  readonly redirects: readonly string[];
}

/** An article that was public and whose document is gone. */
export interface Removal {
  readonly id: string;
  /** The same id as an IRI, for Atom. */
  readonly iri: string;
  /** The instant of the first build without its document. */
  readonly removed: Instant;
  /** Its last headline; undefined if the ledger does not have it. */
  readonly title: string | undefined;
  /** Its slugs, and paths, which begin with `/`, except those that lead elsewhere now. Sorted. */
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

interface ReconcileOptions {
  readonly now: Instant;
  /** IANA name of the zone of the dates in slugs. */
  readonly timeZone: string;
  /**
   * Paths of documents and folders that exist but cannot be read now: articles at or below them do not count as
   * removed.
   */
  readonly unread?: Iterable<string>;
  /** Paths of documents that exist and are held back, such as drafts: their articles are removed. */
  readonly heldBack?: Iterable<string>;
  /** When the document at a path was removed, according to git. */
  readonly removedIn?: (path: string) => Instant | undefined;
}

/**
 * Finds the article of each document, and the articles whose documents are gone. The same ledger and the same
 * documents, in any order, give the same ledger; `now` matters only where something changed.
 *
 * Without a ledger, every document is new and has the same identity on every machine. match.ts recognises documents,
 * ledger.ts assigns ids, assign-slugs.ts assigns addresses, and identify.ts determines dates.
 */
export function reconcile(
  previous: Ledger,
  documents: readonly Candidate[],
  { now, timeZone, unread = [], heldBack = [], removedIn = () => undefined }: ReconcileOptions,
): Reconciliation {
  const { candidates, originals } = compose(documents);
  const known = previous.entries.toSorted(byPresence);
  const matches = matchDocuments(known, candidates, composePaths(unread), now);
  const {
    documents: identified,
    unchanged,
    ...identification
  } = groupByArticle(known, candidates, matches, now);
  const gone = identification.removed.map((entry) =>
    entry.removed === undefined ? { ...entry, removed: removedIn(entry.path) } : entry,
  );
  const assignment = assignSlugs(identified, unchanged, gone, { timeZone, now });

  const identities = new Map<string, Identity>();
  const entries = [...unchanged];
  const hadArticles = previous.entries.some((entry) => wasPublished(entry, now));
  for (const document of identified) {
    const addresses = assignment.refused.has(document) ? undefined : assignment.addresses.get(document);
    if (addresses === undefined) {
      entries.push(...document.entries);
      continue;
    }
    const { id, published, updated, candidate, ledgerEntry } = document;
    const { slug, former: redirects } = addresses;
    const isNew = ledgerEntry === undefined || (ledgerEntry.published > now && published <= now);
    const added = isNew
      ? hadArticles
        ? (candidate.committed?.() ?? now)
        : undefined
      : ledgerEntry.added && Math.min(ledgerEntry.added, now);
    const identity = { id, iri: iriOf(id), slug, published, updated, added, redirects };
    identities.set(originals.get(candidate) ?? candidate.path, identity);
    entries.push(entryOf(document, identity));
  }
  const removed = gone.map((entry) => ({ ...entry, removed: removedAt(entry, now) }));
  const refusals = identified.flatMap((document) => {
    const error = assignment.refused.get(document);
    return error === undefined ? [] : [[document.candidate, error] as const];
  });
  return {
    identities,
    removals: gone
      .flatMap((entry) => removalOf(entry, now, assignment.left.get(entry) ?? []))
      .sort((a, b) => b.removed - a.removed || (a.id < b.id ? -1 : 1)),
    ledger: { entries: [...entries, ...removed] },
    warnings: [
      ...matches.warnings,
      ...assignment.warnings,
      ...ledgerWarnings(identified, gone, new Set(composePaths(heldBack)), now),
    ],
    refused: new Map(
      [...matches.refused, ...refusals].map(([candidate, error]) => [
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
  { now, unread = [] }: Pick<ReconcileOptions, 'now' | 'unread'>,
): ReadonlySet<string> {
  if (entries.length === 0) return new Set();
  const { candidates } = compose(documents);
  const { found } = matchDocuments(entries.toSorted(byPresence), candidates, composePaths(unread), now);
  return new Set([...found.keys()].map(({ path }) => path));
}

/** Composes the letters of names, which some file systems decompose: neither ids nor the ledger may depend on that. */
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

function entryOf(document: IdentifiedDocument, { slug, redirects, added }: Identity): LedgerEntry {
  const { candidate, ledgerEntry, id, path, headline, published, updated } = document;
  const stated = candidate.id === undefined ? ledgerEntry?.statedId : adoptedId(candidate.id);
  return {
    id,
    slug,
    path,
    firstPath: ledgerEntry?.firstPath ?? path,
    headline,
    title: candidate.title.normalize('NFC'),
    published,
    updated,
    fingerprint: candidate.fingerprint,
    former: redirects,
    statedId: otherId(stated, id),
    added,
    removed: undefined,
  };
}

/** Undefined if nobody can have seen the article. */
function removalOf(entry: LedgerEntry, now: Instant, addresses: readonly string[]): Removal[] {
  const removed = removedAt(entry, now);
  const { id, title } = entry;
  return wasPublished(entry, now) ? [{ id, iri: iriOf(id), removed, title, addresses }] : [];
}

/**
 * Warnings for the publisher about this build. They are shown once, since the next build finds the changes in the
 * ledger.
 */
function ledgerWarnings(
  documents: readonly IdentifiedDocument[],
  gone: readonly LedgerEntry[],
  heldBack: ReadonlySet<string>,
  now: Instant,
): readonly string[] {
  // Only new articles need it.
  const byText = once(() => groupByText(documents));
  const withTextOf = ({ candidate }: IdentifiedDocument): readonly IdentifiedDocument[] =>
    byText().get(candidate.fingerprint.text) ?? [];
  return [
    ...documents.flatMap((document) =>
      document.ledgerEntry === undefined
        ? [...documentWarnings(document, now), ...copyWarnings(document, withTextOf(document))]
        : documentWarnings(document, now),
    ),
    ...gone.flatMap((entry) => removalWarnings(entry, heldBack.has(entry.path), now)),
  ];
}

function groupByText(documents: readonly IdentifiedDocument[]): Map<string, IdentifiedDocument[]> {
  return Map.groupBy(
    documents.filter(({ candidate }) => isDistinctive(candidate.fingerprint)),
    ({ candidate }) => candidate.fingerprint.text,
  );
}

function documentWarnings(
  { candidate, ledgerEntry, path, id, published, updated, isUndated, entries }: IdentifiedDocument,
  now: Instant,
): string[] {
  const found: string[] = [];
  if (isUndated && candidate.isPage !== true) {
    found.push(
      `No date in seeds/${path}: it is published as of this build, ${writeInstant(published)}; commit seeds/${LEDGER_NAME}, so that later builds keep this date, or state one`,
    );
  }
  if (ledgerEntry === undefined) return found;
  const { published: dating } = candidate;
  if (ledgerEntry.updated > Math.max(ledgerEntry.published, published, now)) {
    found.push(
      `Cannot use the change of seeds/${path} in the ledger, ${writeInstant(ledgerEntry.updated)}: expected an instant in the past; took ${writeInstant(updated)}`,
    );
  }
  if (ledgerEntry.path !== path && dating !== undefined && dating.instant !== published) {
    found.push(
      `Kept the date of seeds/${path}, ${writeInstant(published)}: the article was published under the name seeds/${ledgerEntry.path}; to change it, state it in the document`,
    );
  }
  const stated = candidate.id === undefined ? id : adoptedId(candidate.id);
  if (!isSameId(stated, id) && !isSameId(stated, ledgerEntry.statedId)) {
    found.push(
      `Kept the id of seeds/${path}, "${id}", under which readers have it; the stated id "${candidate.id}" is not used`,
    );
  }
  if (entries.every((entry) => entry.id !== id)) {
    found.push(
      `Gave seeds/${path} a new id: two branches gave "${ledgerEntry.id}" to different documents, and the one published first keeps it`,
    );
  }
  return found;
}

function copyWarnings(document: IdentifiedDocument, sameText: readonly IdentifiedDocument[]): string[] {
  const original = sameText.find(({ ledgerEntry }) => ledgerEntry !== undefined) ?? sameText[0];
  if (original === undefined || original === document) return [];
  return [
    `The text of seeds/${document.path} is that of seeds/${original.path}: it is published as an article of its own; delete one of them if that is a mistake`,
  ];
}

function removalWarnings(
  { path, slug, id, published, removed }: LedgerEntry,
  isHeldBack: boolean,
  now: Instant,
): string[] {
  if (removed !== undefined || published > now) return [];
  if (isHeldBack)
    return [`seeds/${path} is held back: the article "${slug}" is removed until it is published again`];
  return [
    `seeds/${path} is gone: the article "${slug}" is removed; if it continues in another document, state the id "${id}" there`,
  ];
}
