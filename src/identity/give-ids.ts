import type { Instant } from '../article.ts';
import { adoptedId } from './adopted-id.ts';
import { byPrecedence, type Candidate } from './candidate.ts';
import { documentName, mintId } from './id.ts';
import type { LedgerEntry } from './ledger.ts';

/**
 * Gives new articles their ids, which depend on nothing but their documents as long as these are alone in claiming them:
 * the id that the document states, else one made from the hash in its name, else from its path. Where an article that
 * went elsewhere, or was removed, has that id, the path is counted on.
 *
 * @param known articles whose ids no new one may get
 */
export function giveIds(
  newcomers: readonly Candidate[],
  known: readonly Pick<LedgerEntry, 'id' | 'statedId'>[],
  now: Instant,
): ReadonlyMap<Candidate, string> {
  const ids = new Map<Candidate, string>();
  if (newcomers.length === 0) return ids;
  const used = new Set(known.flatMap(({ id, statedId }) => (statedId === undefined ? [id] : [id, statedId])));
  const give = (candidate: Candidate, id: string): boolean => {
    if (ids.has(candidate) || used.has(id)) return false;
    used.add(id);
    ids.set(candidate, id);
    return true;
  };
  const ordered = newcomers.toSorted(byPrecedence(now));
  for (const candidate of ordered) {
    if (candidate.id !== undefined) give(candidate, adoptedId(candidate.id));
  }
  for (const candidate of ordered) give(candidate, mintId(documentName(candidate.path)));
  for (const candidate of ordered) {
    const name = `path:${candidate.path}`;
    give(candidate, mintId(name));
    for (let count = 2; !ids.has(candidate); count++) give(candidate, mintId(`again:${count}:${name}`));
  }
  return ids;
}
