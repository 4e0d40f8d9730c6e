import type { Instant } from '../article.ts';
import type { Site } from '../config/site.ts';
import type { History } from '../identity/history.ts';
import type { Ledger } from '../identity/ledger.ts';
import { foldersOf } from '../identity/match.ts';
import { type Reconciliation, reconcile } from '../identity/reconcile.ts';
import { candidateOf, nameAsSlug, wantedNames } from './candidates.ts';
import { commitsOf, NO_COMMITS, rememberFromGit } from './git-memory.ts';
import type { Identified } from './link-targets.ts';
import { deriveFromAll, isToCome } from './scheduled.ts';
import type { SettledDocument } from './settle-documents.ts';

/** The memory of earlier builds. */
export interface Memory {
  readonly ledger: Ledger;
  /** Undefined outside git. */
  readonly history: (() => History | undefined) | undefined;
}

export interface IdentifiedDocuments
  extends Pick<Reconciliation, 'removals' | 'ledger' | 'warnings' | 'refused'> {
  readonly identified: readonly Identified[];
}

/**
 * Finds the article of each document.
 *
 * @param unread paths of documents and folders that cannot be read; their articles are not removed
 * @param heldBack paths of documents that are not published, such as drafts; their articles are removed
 */
export async function identifyDocuments(
  settled: readonly SettledDocument[],
  unread: readonly string[],
  heldBack: readonly string[],
  { ledger: previous, history }: Memory,
  site: Site,
  now: Instant,
): Promise<IdentifiedDocuments> {
  const names = deriveFromAll(
    settled,
    ({ parsed }) => isToCome(parsed, now),
    (documents) => wantedNames(documents, site),
  );
  const commits = commitsOf(history, previous, now);
  const candidates = settled.map((document) =>
    candidateOf(document, names.get(document.path) ?? { headline: document.parsed.headline }, commits, now),
  );
  const remembered = await rememberFromGit(previous, candidates, settled, {
    history: history ?? (() => undefined),
    unread,
    site,
    now,
    candidateOf: (document, own) => candidateOf(document, own, NO_COMMITS, Number.POSITIVE_INFINITY),
    nameOf: (path) => nameAsSlug(path, site),
  });
  const { identities, ...reconciliation } = reconcile(remembered, candidates, {
    now,
    timeZone: site.timeZone,
    unread,
    heldBack,
    removedIn: commits.removed,
  });
  return {
    ...reconciliation,
    identified: settled.flatMap((document) => {
      const identity = identities.get(document.path);
      return identity === undefined ? [] : [{ ...document, identity }];
    }),
  };
}

/** The links in place of folders that have articles in the ledger. */
export function linkedFolders(links: Iterable<string>, { entries }: Ledger): string[] {
  const paths = [...links];
  if (paths.length === 0) return [];
  const present = entries.filter(({ removed }) => removed === undefined);
  const folders = new Set(present.flatMap(({ path }) => foldersOf(path)));
  return paths.filter((path) => folders.has(path.normalize('NFC')));
}
