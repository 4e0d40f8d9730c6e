import type { Instant } from '../article.ts';
import type { Site } from '../config/site.ts';
import { defined } from '../documents/stated.ts';
import { entriesFromHistory, type History, type ReadVersion, type Track } from '../identity/history.ts';
import { type Candidate, EMPTY_LEDGER, type Ledger, type LedgerEntry } from '../identity/ledger.ts';
import { foldersOf } from '../identity/match.ts';
import { knownDocuments } from '../identity/reconcile.ts';
import type { SettledDocument } from './settle-documents.ts';

/** Undefined if git has no history. */
type LoadHistory = () => History | undefined;

/** The names of a document, which also depend on the other documents. */
export type Names = Pick<Candidate, 'id' | 'slug' | 'headline' | 'name'>;

/** The instants of commits, none of them in the future. */
export interface Commits {
  /** The ledger takes precedence: in a shallow clone, git does not have the date. */
  first(path: string): Instant | undefined;
  /** Undefined if the document has changed since. */
  last(path: string): Instant | undefined;
  removed(path: string): Instant | undefined;
}

export function commitsOf(history: LoadHistory = () => undefined, ledger: Ledger, now: Instant): Commits {
  const recorded = new Map(ledger.entries.filter(isPresent).map(({ path, published }) => [path, published]));
  let tracks: ReadonlyMap<string, Track> | undefined;
  const find = <Value>(path: string, use: (track: Track) => Value): Value | undefined => {
    tracks ??= new Map(
      history()
        ?.tracks.toSorted((a, b) => Number(a.removed === undefined) - Number(b.removed === undefined))
        .map((each) => [each.last.path.normalize('NFC'), each]),
    );
    const track = tracks.get(path.normalize('NFC'));
    return track && use(track);
  };
  const past = (instant: Instant | undefined): Instant | undefined =>
    instant !== undefined && instant <= now ? instant : undefined;
  return {
    first: (path) =>
      recorded.get(path.normalize('NFC')) ??
      find(path, ({ added, removed }) => past(removed === undefined ? added : undefined)),
    last: (path) =>
      find(path, ({ changed, removed, last }) =>
        past(removed === undefined && history()?.isModified(last.path) === false ? changed : undefined),
      ),
    removed: (path) => find(path, ({ removed }) => past(removed)),
  };
}

interface GitContext {
  readonly history: LoadHistory;
  readonly unread: readonly string[];
  readonly site: Site;
  readonly now: Instant;
  readonly candidateOf: (document: SettledDocument, names: Names) => Candidate;
  /** The slug of a file's name; empty if it has none. */
  readonly nameOf: (path: string) => string;
}

/** The ledger, completed from the git history for documents that it lacks. */
export async function rememberFromGit(
  ledger: Ledger,
  candidates: readonly Candidate[],
  documents: readonly SettledDocument[],
  { history, unread, site, now, candidateOf, nameOf }: GitContext,
): Promise<Ledger> {
  const recorded = new Set(
    ledger.entries.flatMap(({ path, removed }) => (removed === undefined ? [path] : [])),
  );
  const isComplete =
    ledger.entries.length > 0 && candidates.every(({ path }) => recorded.has(path.normalize('NFC')));
  const commits = isComplete ? undefined : history();
  if (commits === undefined) return ledger;
  const knownPaths = knownDocuments(ledger, candidates, { now, unread });
  const byPath = new Map(documents.map((document) => [document.path, document]));
  const cannotRead = new Set(unread);
  const loadReader = async (): Promise<ReadVersion> => {
    // Only this case reads documents on the main thread.
    const { readDocument } = await import('../documents/read-document.ts');
    return ({ path }, bytes, current) => {
      const reading = readDocument({ path, bytes }, site);
      if (reading.status !== 'read') return undefined;
      const { parsed } = reading;
      const present = current && byPath.get(current.path)?.parsed;
      const isNamedSo = present?.headline === parsed.headline && present.slug === parsed.slug;
      // The names of a document also depend on the other documents.
      const same = isNamedSo ? current : undefined;
      const { id, slug, headline } = same ?? parsed;
      const name = same?.path === path ? same.name : slug === undefined ? nameOf(path) : '';
      const names = {
        headline,
        ...defined({ id, slug }),
        ...(name !== undefined && name !== '' && { name }),
      };
      const document = { path, parsed, boilerplate: undefined, address: undefined, pageReason: undefined };
      return candidateOf(document, names);
    };
  };
  const entries = await entriesFromHistory(ledger, candidates, commits, {
    now,
    timeZone: site.timeZone,
    knownPaths,
    isUnread: (path) => [path, ...foldersOf(path)].some((each) => cannotRead.has(each)),
    loadReader,
  });
  return { entries: [...ledger.entries, ...entries] };
}

export const NO_COMMITS = commitsOf(undefined, EMPTY_LEDGER, 0);

function isPresent({ removed }: LedgerEntry): boolean {
  return removed === undefined;
}
