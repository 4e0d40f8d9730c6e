import { type Fingerprint, SAMPLE_SIZE, VALUE_LENGTH } from '../documents/fingerprint.ts';
import type { Candidate, LedgerEntry } from './ledger.ts';

type Described = Pick<Candidate, 'path' | 'headline' | 'fingerprint'>;

/**
 * Further properties that must be equal, the most distinctive first. Short texts, which several may have, need the
 * headline.
 */
const TRAITS: readonly ((document: Described) => string | undefined)[] = [
  ({ path, headline }) => `${headline}/${path.split('/').at(-1)}`,
  ({ headline }) => headline,
  ({ path, fingerprint }) => (isDistinctive(fingerprint) ? path.split('/').at(-1) : undefined),
  ({ fingerprint }) => (isDistinctive(fingerprint) ? '' : undefined),
];

/**
 * Finds the articles of moved documents with the same text. If several have that text, the headline and the file's name
 * decide, and finally the order of the paths.
 */
export function findSameText(
  entries: Iterable<LedgerEntry>,
  candidates: Iterable<Candidate>,
): (readonly [Candidate, LedgerEntry])[] {
  const pairs: (readonly [Candidate, LedgerEntry])[] = [];
  const openEntries = new Set([...entries].sort((a, b) => (a.path < b.path ? -1 : 1)));
  const openCandidates = new Set(candidates);
  for (const traitOf of TRAITS) {
    if (openEntries.size === 0) break;
    const key = (document: Described): string | undefined => {
      const trait = traitOf(document);
      return trait === undefined ? undefined : `${document.fingerprint.text} ${trait}`;
    };
    const waiting = Map.groupBy([...openEntries].reverse(), key);
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

interface SimilarMatches {
  /** Documents and articles that are most similar to each other, with nothing else as similar. */
  readonly pairs: readonly (readonly [Candidate, LedgerEntry])[];
  /** Articles that are similar to several documents, or one of several that are similar to one document. */
  readonly undecided: readonly (readonly [LedgerEntry, Candidate])[];
}

/** The share of two texts that must be the same for one to be an edit of the other. */
const CLEARLY_SIMILAR = 0.5;
/** A trait of more articles than this does not distinguish them. */
const MAX_SHARING = 64;

/** Whether one text is an edit of the other. Short texts do not allow a decision. */
export function isEdited(a: Fingerprint, b: Fingerprint): boolean {
  return isDistinctive(a) && isDistinctive(b) && similarity(a, b) >= CLEARLY_SIMILAR;
}

/**
 * Finds the articles of documents that were moved and edited in one step. A document is similar to an article if one
 * text is an edit of the other and the headline or the date is the same; if the text is short, both must be.
 */
export function findSimilar(entries: Iterable<LedgerEntry>, candidates: Iterable<Candidate>): SimilarMatches {
  const traitsOfEntries = [...entries].flatMap((entry) =>
    traits(entry, entry.published).map((trait) => ({ trait, entry })),
  );
  const sharing = Map.groupBy(traitsOfEntries, ({ trait }) => trait);
  if (sharing.size === 0) return { pairs: [], undecided: [] };
  const bestEntries = new Map<Candidate, BestMatch<LedgerEntry>>();
  const bestCandidates = new Map<LedgerEntry, BestMatch<Candidate>>();
  for (const candidate of candidates) {
    const near = new Set(
      traits(candidate, candidate.published?.instant).flatMap((trait) => {
        const known = sharing.get(trait) ?? [];
        return known.length > MAX_SHARING ? [] : known.map(({ entry }) => entry);
      }),
    );
    for (const entry of near) {
      const score = scoreOf(candidate, entry);
      if (score === undefined) continue;
      bestEntries.set(candidate, better(bestEntries.get(candidate), entry, score));
      bestCandidates.set(entry, better(bestCandidates.get(entry), candidate, score));
    }
  }
  const pairs: (readonly [Candidate, LedgerEntry])[] = [];
  const undecided: (readonly [LedgerEntry, Candidate])[] = [];
  for (const [entry, { item: candidate, isOnly }] of bestCandidates) {
    const back = bestEntries.get(candidate);
    if (isOnly && back?.isOnly && back.item === entry) pairs.push([candidate, entry]);
    else undecided.push([entry, candidate]);
  }
  return { pairs, undecided };
}

/** An article and a document are compared only if they share one of these keys, so that comparisons stay few. */
function traits(
  { headline, fingerprint }: Pick<Candidate, 'headline' | 'fingerprint'>,
  published: number | undefined,
): string[] {
  const same = [
    ...(headline === '' ? [] : [`headline ${headline}`]),
    ...(published === undefined ? [] : [`date ${published}`]),
  ];
  // If two texts share half of a sample, at least one of these is in both samples.
  const values = sampleValues(fingerprint).slice(0, SAMPLE_SIZE / 2 + 1);
  return [...same.flatMap((trait) => values.map((value) => `${trait} ${value}`)), same.join(' ')];
}

/** Undefined if it is a different article. */
function scoreOf(candidate: Candidate, entry: LedgerEntry): number | undefined {
  const hasSameHeadline = candidate.headline !== '' && candidate.headline === entry.headline;
  const hasSameDate = candidate.published?.instant === entry.published;
  const isLong = isDistinctive(candidate.fingerprint) && isDistinctive(entry.fingerprint);
  if (isLong ? !hasSameHeadline && !hasSameDate : !(hasSameHeadline && hasSameDate)) return undefined;
  const score = similarity(candidate.fingerprint, entry.fingerprint);
  if (isLong && score < CLEARLY_SIMILAR) return undefined;
  return score + (hasSameHeadline && hasSameDate ? 1 : 0);
}

interface BestMatch<T> {
  readonly item: T;
  readonly score: number;
  readonly isOnly: boolean;
}

function better<T>(best: BestMatch<T> | undefined, item: T, score: number): BestMatch<T> {
  if (best === undefined || score > best.score) return { item, score, isOnly: true };
  return score === best.score ? { ...best, isOnly: false } : best;
}

/** Whether a text is long enough for its similarity to another to be significant. */
export function isDistinctive({ sample }: Fingerprint): boolean {
  return sample.length === SAMPLE_SIZE * VALUE_LENGTH;
}

export function sampleValues({ sample }: Fingerprint): string[] {
  return sample.match(/.{5}/g) ?? [];
}

/** The estimated share of the word pairs of two texts that both have: 0 to 1. */
export function similarity(a: Fingerprint, b: Fingerprint): number {
  const [first, second] = [sampleValues(a), sampleValues(b)];
  let [i, j, seen, shared] = [0, 0, 0, 0];
  while (seen < SAMPLE_SIZE && (i < first.length || j < second.length)) {
    const [x, y] = [first[i] ?? '~', second[j] ?? '~'];
    if (x === y) shared++;
    if (x <= y) i++;
    if (y <= x) j++;
    seen++;
  }
  return seen === 0 ? 0 : shared / seen;
}
