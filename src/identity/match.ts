import type { Candidate } from './candidate.ts';
import { type Fingerprint, isDistinctive, SAMPLE_SIZE, sampleValues, similarity } from './fingerprint.ts';
import type { LedgerEntry } from './ledger.ts';

export interface Nearness {
  /** Documents and articles that are nearest to each other, and nothing else is as near. */
  readonly pairs: readonly (readonly [Candidate, LedgerEntry])[];
  /** Articles that are near to several documents, or one of several that are near to one document. */
  readonly undecided: readonly (readonly [LedgerEntry, Candidate])[];
}

/** So much of two texts must be the same for one to be the other, edited. */
const CLEARLY_SIMILAR = 0.5;
/** A trait of more articles than this tells them not apart. */
const MAX_SHARING = 64;

/** Whether one text is the other, edited. Of short texts that cannot be told. */
export function isEdited(a: Fingerprint, b: Fingerprint): boolean {
  return isDistinctive(a) && isDistinctive(b) && similarity(a, b) >= CLEARLY_SIMILAR;
}

/**
 * Finds the articles of documents that were moved and edited in one step. A document is near to an article when one
 * text is the other, edited, and the headline or the date is the same; or, if the text is short, when both are.
 */
export function findNearest(entries: Iterable<LedgerEntry>, candidates: Iterable<Candidate>): Nearness {
  const sharing = new Map<string, LedgerEntry[]>();
  for (const entry of entries) {
    for (const trait of traits(entry, entry.published)) {
      const known = sharing.get(trait);
      if (known === undefined) sharing.set(trait, [entry]);
      else known.push(entry);
    }
  }
  if (sharing.size === 0) return { pairs: [], undecided: [] };
  const nearestEntry = new Map<Candidate, Nearest<LedgerEntry>>();
  const nearestCandidate = new Map<LedgerEntry, Nearest<Candidate>>();
  for (const candidate of candidates) {
    const near = new Set(
      traits(candidate, candidate.published?.instant).flatMap((trait) => {
        const known = sharing.get(trait) ?? [];
        return known.length > MAX_SHARING ? [] : known;
      }),
    );
    for (const entry of near) {
      const score = nearness(candidate, entry);
      if (score === undefined) continue;
      nearestEntry.set(candidate, nearer(nearestEntry.get(candidate), entry, score));
      nearestCandidate.set(entry, nearer(nearestCandidate.get(entry), candidate, score));
    }
  }
  const pairs: (readonly [Candidate, LedgerEntry])[] = [];
  const undecided: (readonly [LedgerEntry, Candidate])[] = [];
  for (const [entry, { item: candidate, isOnly }] of nearestCandidate) {
    const back = nearestEntry.get(candidate);
    if (isOnly && back?.isOnly && back.item === entry) pairs.push([candidate, entry]);
    else undecided.push([entry, candidate]);
  }
  return { pairs, undecided };
}

/** What an article and a document must have in common to be compared: few comparisons, however many there are. */
function traits(
  { headline, fingerprint }: Pick<Candidate, 'headline' | 'fingerprint'>,
  published: number | undefined,
): string[] {
  const same = [
    ...(headline === '' ? [] : [`headline ${headline}`]),
    ...(published === undefined ? [] : [`date ${published}`]),
  ];
  // Of two texts that have half of a sample in common, one of these at least is in both samples.
  const values = sampleValues(fingerprint).slice(0, SAMPLE_SIZE / 2 + 1);
  return [...same.flatMap((trait) => values.map((value) => `${trait} ${value}`)), same.join(' ')];
}

/** Undefined when it is another article. */
function nearness(candidate: Candidate, entry: LedgerEntry): number | undefined {
  const isNamesake = candidate.headline !== '' && candidate.headline === entry.headline;
  const isOfDay = candidate.published?.instant === entry.published;
  const isLong = isDistinctive(candidate.fingerprint) && isDistinctive(entry.fingerprint);
  if (isLong ? !isNamesake && !isOfDay : !(isNamesake && isOfDay)) return undefined;
  const score = similarity(candidate.fingerprint, entry.fingerprint);
  if (isLong && score < CLEARLY_SIMILAR) return undefined;
  return score + (isNamesake && isOfDay ? 1 : 0);
}

interface Nearest<T> {
  readonly item: T;
  readonly score: number;
  readonly isOnly: boolean;
}

function nearer<T>(best: Nearest<T> | undefined, item: T, score: number): Nearest<T> {
  if (best === undefined || score > best.score) return { item, score, isOnly: true };
  return score === best.score ? { ...best, isOnly: false } : best;
}
