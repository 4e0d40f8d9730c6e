import type { Candidate } from './candidate.ts';
import { isDistinctive } from './fingerprint.ts';
import type { LedgerEntry } from './ledger.ts';

type Described = Pick<Candidate, 'path' | 'headline' | 'fingerprint'>;

/** What else must be the same, the most telling first. Short texts, which several may have, need the headline. */
const CIRCUMSTANCES: readonly ((document: Described) => string | undefined)[] = [
  ({ path, headline }) => `${headline}/${path.split('/').at(-1)}`,
  ({ headline }) => headline,
  ({ path, fingerprint }) => (isDistinctive(fingerprint) ? path.split('/').at(-1) : undefined),
  ({ fingerprint }) => (isDistinctive(fingerprint) ? '' : undefined),
];

/**
 * Finds the articles of documents that were moved: the text is the same. Where several have that text, the headline and
 * the file's name tell which is which, and in the end the order of the paths.
 */
export function findSameText(
  entries: Iterable<LedgerEntry>,
  candidates: Iterable<Candidate>,
): (readonly [Candidate, LedgerEntry])[] {
  const pairs: (readonly [Candidate, LedgerEntry])[] = [];
  const openEntries = new Set([...entries].sort((a, b) => (a.path < b.path ? -1 : 1)));
  const openCandidates = new Set(candidates);
  for (const circumstance of CIRCUMSTANCES) {
    const key = (document: Described): string | undefined => {
      const trait = circumstance(document);
      return trait === undefined ? undefined : `${document.fingerprint.text} ${trait}`;
    };
    const waiting = new Map<string, LedgerEntry[]>();
    for (const entry of openEntries) {
      const trait = key(entry);
      if (trait === undefined) continue;
      const queue = waiting.get(trait);
      if (queue === undefined) waiting.set(trait, [entry]);
      else queue.push(entry);
    }
    for (const queue of waiting.values()) queue.reverse();
    for (const candidate of openCandidates) {
      const entry = waiting.get(key(candidate) ?? '')?.pop();
      if (entry === undefined) continue;
      pairs.push([candidate, entry]);
      openEntries.delete(entry);
      openCandidates.delete(candidate);
    }
  }
  return pairs;
}
