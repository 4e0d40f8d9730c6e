import type { Instant } from '../article.ts';
import { assignSlugs, type SlugRequest } from './assign-slugs.ts';
import { isEdited } from './find-moved.ts';
import { adoptedId, assignIds, type Candidate, type Ledger, type LedgerEntry, otherId } from './ledger.ts';

/** A file at the time of a commit. */
export interface Version {
  readonly path: string;
  /** The object id of its content. */
  readonly blob: string;
}

/** A file from the commit that added it to the one that removed it, through edits and renames. */
export interface Track {
  readonly first: Version;
  /** Its version at the last commit, or before it was removed. */
  readonly last: Version;
  readonly added: Instant;
  /** The last commit that changed its content. */
  readonly changed: Instant;
  /** Undefined if the file exists. */
  readonly removed: Instant | undefined;
}

/** The history of a folder's documents in git. */
export interface History {
  /** In the order in which they were added. */
  readonly tracks: readonly Track[];
  /** Whether an existing file differs from its last commit. */
  isModified(path: string): boolean;
  /** The contents of versions, by their blobs. */
  readBlobs(blobs: readonly string[]): ReadonlyMap<string, Uint8Array>;
}

export type ReadVersion = (
  version: Version,
  content: Uint8Array,
  current: Candidate | undefined,
) => Candidate | undefined;

interface HistoryOptions {
  readonly now: Instant;
  /** IANA name of the zone of the dates in slugs. */
  readonly timeZone: string;
  /** The paths, in NFC, of the documents that the ledger knows. */
  readonly knownPaths: ReadonlySet<string>;
  /** Whether a document exists but cannot be read. */
  readonly isUnread: (path: string) => boolean;
  /**
   * Loads the function that reads a former version of a document as a candidate, given its current one; undefined if it
   * was not published.
   */
  readonly loadReader: () => Promise<ReadVersion>;
}

/** An article as its commits describe it. */
interface HistoricArticle {
  /** The first version of its document. */
  readonly first: Candidate;
  readonly last: Candidate;
  readonly added: Instant;
  /** Undefined if its text has not changed. */
  readonly changed: Instant | undefined;
  readonly removed: Instant | undefined;
}

/**
 * The entries of documents that a ledger lacks, as if every commit had been built: the first path, the address, and
 * when it was added, changed and removed. A document that is restored is the same article by the rules of match.ts:
 * with the same id or text, or similar text at the same path.
 */
export async function entriesFromHistory(
  { entries }: Ledger,
  candidates: readonly Candidate[],
  history: History,
  options: HistoryOptions,
): Promise<LedgerEntry[]> {
  const { now, timeZone, knownPaths } = options;
  const recorded = new Set(entries.flatMap(({ path, firstPath }) => [path, firstPath]));
  const present = new Map(candidates.map((candidate) => [composed(candidate.path), candidate]));
  const isKnown = ({ first, last, removed }: Track): boolean => {
    const path = composed(last.path);
    if (removed === undefined && present.has(path)) return knownPaths.has(path);
    return recorded.has(path) || recorded.has(composed(first.path));
  };
  const tracks = history.tracks.filter((track) => track.added <= now && !isKnown(track));
  if (tracks.length === 0) return [];
  const articles = joinRestored(await historicArticles(tracks, present, history, options));
  const began = Math.min(...history.tracks.map(({ added }) => added));
  const newcomers = articles.map((article) => ({ ...article.first, since: article.added }));
  const ids = assignIds(newcomers, entries, now);
  const requests = newcomers.map((first, index): SlugRequest => {
    const { path = '', published: dating, aliases = [] } = articles[index]?.last ?? {};
    const published = dating?.instant ?? first.since;
    return {
      path,
      id: ids.get(first) ?? '',
      published,
      since: first.since,
      isUndated: false,
      isScheduled: published > now,
      wasPublished: false,
      slug: undefined,
      former: [],
      pinned: first.slug || undefined,
      aliases: aliases.filter((address) => address !== ''),
      headline: first.headline,
      name: first.name,
    };
  });
  const { addresses } = assignSlugs(
    requests,
    entries.filter(({ removed }) => removed === undefined),
    entries.filter(({ removed }) => removed !== undefined),
    { timeZone, now },
  );
  return articles.flatMap(({ first, last, added, changed, removed }, index): LedgerEntry[] => {
    const request = requests[index];
    const address = request && addresses.get(request);
    if (request === undefined || address === undefined) return [];
    const { id, published } = request;
    const isFirst = added === began && entries.length === 0;
    return [
      {
        id,
        slug: address.slug,
        path: last.path,
        firstPath: first.path,
        headline: last.headline,
        title: last.title.normalize('NFC'),
        published,
        updated: Math.max(published, changed ?? published),
        fingerprint: last.fingerprint,
        former: address.former,
        statedId: otherId(last.id && adoptedId(last.id), id),
        added: isFirst ? undefined : added,
        removed,
      },
    ];
  });
}

function isUnchanged({ first, last }: Track): boolean {
  return first.blob === last.blob && first.path === last.path;
}

async function historicArticles(
  tracks: readonly Track[],
  present: ReadonlyMap<string, Candidate>,
  history: History,
  { isUnread, loadReader }: HistoryOptions,
): Promise<HistoricArticle[]> {
  const currentOf = ({ last, removed }: Track): Candidate | undefined =>
    removed === undefined ? present.get(composed(last.path)) : undefined;
  const isCurrent = (track: Track): boolean =>
    currentOf(track) !== undefined && !history.isModified(track.last.path);
  /** Whether it exists but is held back. */
  const isHeldBack = (track: Track): boolean =>
    currentOf(track) === undefined && !history.isModified(track.last.path);
  const wanted = tracks.flatMap((track) => [
    ...(isCurrent(track) ? [] : [track.last.blob]),
    ...(isCurrent(track) && isUnchanged(track) ? [] : [track.first.blob]),
  ]);
  const read = wanted.length === 0 ? undefined : await loadReader();
  const contents = read && history.readBlobs([...new Set(wanted)]);
  const versionOf = (version: Version, current: Candidate | undefined): Candidate | undefined => {
    const content = contents?.get(version.blob);
    return content && read?.({ ...version, path: composed(version.path) }, content, current);
  };
  return tracks.flatMap((track): HistoricArticle[] => {
    const current = currentOf(track);
    if (current === undefined && track.removed === undefined && isUnread(track.last.path)) return [];
    const committed = isCurrent(track) ? current : versionOf(track.last, current);
    const original = isUnchanged(track) ? committed : versionOf(track.first, current);
    // In its first commit, it was no document or was held back.
    const last = committed ?? original;
    if (last === undefined) return [];
    const path = composed((current ?? last).path);
    const first = original ?? { ...last, path: composed(track.first.path) };
    const isSameText = first.fingerprint.text === last.fingerprint.text;
    return [
      {
        first: { ...first, path: composed(track.first.path) },
        last: { ...last, ...current, fingerprint: last.fingerprint, path },
        added: track.added,
        changed: isSameText ? undefined : track.changed,
        removed: track.removed ?? (isHeldBack(track) ? track.changed : undefined),
      },
    ];
  });
}

/** Joins removed articles with those that restored them. */
function joinRestored(articles: readonly HistoricArticle[]): HistoricArticle[] {
  const gone = new Set<HistoricArticle>();
  const joined: HistoricArticle[] = [];
  for (const article of articles.toSorted((a, b) => a.added - b.added)) {
    const former = [...gone].find(
      (other) => (other.removed ?? 0) <= article.added && isRestored(other.last, article.first),
    );
    const whole = former === undefined ? article : mergeRestored(former, article);
    if (former !== undefined) {
      gone.delete(former);
      joined.splice(joined.indexOf(former), 1);
    }
    joined.push(whole);
    if (whole.removed !== undefined) gone.add(whole);
  }
  return joined;
}

function mergeRestored(former: HistoricArticle, back: HistoricArticle): HistoricArticle {
  const { published } = back.last;
  // Git knows only when it was restored.
  const isDated = published !== undefined && (published.stated || published.instant !== back.added);
  const { published: _, ...undated } = back.last;
  return {
    ...back,
    first: former.first,
    last: isDated ? back.last : undated,
    added: former.added,
    changed: Math.max(back.changed ?? back.added, back.added),
  };
}

function isRestored(former: Candidate, back: Candidate): boolean {
  if (former.id !== undefined && back.id !== undefined) return adoptedId(former.id) === adoptedId(back.id);
  if (former.fingerprint.text === back.fingerprint.text) return true;
  return former.path === back.path && isEdited(former.fingerprint, back.fingerprint);
}

function composed(path: string): string {
  return path.normalize('NFC');
}
