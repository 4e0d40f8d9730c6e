import type { Instant } from '../article.ts';
import { DocumentError } from '../documents/stated.ts';
import { findSameText, findSimilar, isDistinctive, isEdited } from './find-moved.ts';
import {
  adoptedId,
  byPrecedence,
  byPresence,
  type Candidate,
  documentName,
  iriOf,
  type LedgerEntry,
  mintId,
} from './ledger.ts';

export interface Matches {
  /** The ledger entry of each known document. */
  readonly found: ReadonlyMap<Candidate, LedgerEntry>;
  /** Entries whose documents exist but cannot be read or published now. They stay unchanged. */
  readonly held: ReadonlySet<LedgerEntry>;
  readonly refused: ReadonlyMap<Candidate, DocumentError>;
  readonly warnings: readonly string[];
}

/** The folders above a path, from the outermost. */
export function foldersOf(path: string): string[] {
  const segments = path.split('/');
  return segments.slice(1).map((_, index) => segments.slice(0, index + 1).join('/'));
}

/**
 * Matches documents with articles, in this order:
 *
 *  1. same path, same text
 *  2. the document states the article's id
 *  3. the hash in its file's name gives the article's id
 *  4. same path, similar text: edited
 *  5. another path, same text: renamed or moved
 *  6. another path, similar text: moved and edited (see find-moved.ts)
 *  7. same path: rewritten
 *
 * Present articles come before removed ones. Steps 1 to 6 can restore a removed article.
 *
 * @param entries present ones first (see `byPresence`)
 * @param candidates in the order of their paths, which are distinct
 * @param unread paths of documents that exist but have no candidate, and of folders that cannot be read
 */
export function matchDocuments(
  entries: readonly LedgerEntry[],
  candidates: readonly Candidate[],
  unread: Iterable<string>,
  now: Instant,
): Matches {
  const precedence = byPrecedence(now);
  const state = createState(entries, candidates);
  holdUnread(state, new Set(unread));
  matchUnchanged(state);
  matchStatedIds(state, precedence);
  matchHashes(state, precedence);
  matchEdited(state);
  matchMoved(state);
  matchMovedAndEdited(state);
  matchRewritten(state);
  warnOfUndecided(state);
  return state;
}

type Precedence = ReturnType<typeof byPrecedence>;

interface MatchState extends Matches {
  readonly candidates: readonly Candidate[];
  readonly openCandidates: ReadonlySet<Candidate>;
  /** Present ones first. */
  readonly openEntries: ReadonlySet<LedgerEntry>;
  readonly warnings: string[];
  readonly undecided: (readonly [LedgerEntry, Candidate])[];
  /** The entries of the article with an id, present ones first. */
  knownAs(id: string): readonly LedgerEntry[];
  /** All entries whose document was last at this path, present ones first. */
  at(path: string): readonly LedgerEntry[];
  /** The entry by which the article with an id was found or is held. */
  taken(id: string): LedgerEntry | undefined;
  match(candidate: Candidate, entry: LedgerEntry): void;
  /** Marks the entry of a document that cannot be published now, so that it does not count as removed or moved. */
  hold(path: string): void;
  /** @param owner the path of the document that has the id */
  refuse(candidate: Candidate, owner: string): void;
}

function createState(entries: readonly LedgerEntry[], candidates: readonly Candidate[]): MatchState {
  const found = new Map<Candidate, LedgerEntry>();
  const taken = new Map<string, LedgerEntry>();
  const held = new Set<LedgerEntry>();
  const refused = new Map<Candidate, DocumentError>();
  const ofId = Map.groupBy(entries, ({ id }) => id);
  const ofStatedId = Map.groupBy(
    entries.filter(({ statedId }) => statedId !== undefined),
    ({ statedId }) => statedId,
  );
  const ofPath = Map.groupBy(entries, ({ path }) => path);
  const openEntries = new Set(entries);
  const openCandidates = new Set(candidates);

  const close = (entry: LedgerEntry): void => {
    const owner = taken.get(entry.id);
    if (owner === undefined || byPresence(entry, owner) < 0) taken.set(entry.id, entry);
    openEntries.delete(entry);
  };
  const hold = (path: string): void => {
    for (const entry of ofPath.get(path) ?? []) {
      if (entry.removed !== undefined || !openEntries.has(entry)) continue;
      held.add(entry);
      close(entry);
    }
  };
  return {
    found,
    held,
    refused,
    warnings: [],
    undecided: [],
    candidates,
    openCandidates,
    openEntries,
    knownAs: (id) =>
      [id, iriOf(id)].map((each) => ofId.get(each) ?? ofStatedId.get(each)).find((known) => known) ?? [],
    at: (path) => ofPath.get(path) ?? [],
    taken: (id) => taken.get(id),
    match(candidate, entry) {
      found.set(candidate, entry);
      openCandidates.delete(candidate);
      close(entry);
    },
    hold,
    refuse(candidate, owner) {
      refused.set(
        candidate,
        new DocumentError(
          `Cannot publish seeds/${candidate.path}: its id "${candidate.id}" belongs to seeds/${owner}; expected an id of its own`,
        ),
      );
      const entry = found.get(candidate);
      if (entry !== undefined) held.add(entry);
      found.delete(candidate);
      openCandidates.delete(candidate);
      hold(candidate.path);
    },
  };
}

function holdUnread(state: MatchState, unread: ReadonlySet<string>): void {
  if (unread.size === 0) return;
  for (const { path } of state.openEntries) {
    if ([path, ...foldersOf(path)].some((each) => unread.has(each))) state.hold(path);
  }
}

function matchUnchanged(state: MatchState): void {
  for (const candidate of state.candidates) {
    const stated = candidate.id === undefined ? [] : state.knownAs(adoptedId(candidate.id));
    const entry = state
      .at(candidate.path)
      .find(
        (known) =>
          state.openEntries.has(known) &&
          known.fingerprint.text === candidate.fingerprint.text &&
          (stated.length === 0 || stated.some(({ id }) => id === known.id)),
      );
    if (entry !== undefined) state.match(candidate, entry);
  }
}

/** If several documents state the same id, the one that already has it keeps it; the others are refused. */
function matchStatedIds(state: MatchState, precedence: Precedence): void {
  const stating = state.candidates.filter(({ id }) => id !== undefined);
  const losers: (readonly [Candidate, string])[] = [];
  for (const [id, candidates] of Map.groupBy(stating, (candidate) => adoptedId(candidate.id ?? ''))) {
    const known = state.knownAs(id);
    const owner = known.map((entry) => state.taken(entry.id)).find((entry) => entry !== undefined);
    if (owner !== undefined) {
      const others = candidates.filter((claimant) => state.found.get(claimant) !== owner);
      losers.push(...others.map((other) => [other, owner.path] as const));
      continue;
    }
    const claim = (candidate: Candidate): number =>
      (known.some(({ path }) => path === candidate.path) ? 4 : 0) +
      (known.some(({ fingerprint }) => fingerprint.text === candidate.fingerprint.text) ? 2 : 0) +
      (state.found.has(candidate) ? 1 : 0);
    const [winner, ...others] = candidates.toSorted((a, b) => claim(b) - claim(a) || precedence(a, b));
    if (winner === undefined) continue;
    losers.push(...others.map((other) => [other, winner.path] as const));
    const entry = known.find(({ path }) => path === winner.path) ?? known[0];
    if (entry !== undefined) state.match(winner, entry);
  }
  for (const [loser, owner] of losers) state.refuse(loser, owner);
}

function matchHashes(state: MatchState, precedence: Precedence): void {
  const isKnownPlace = (candidate: Candidate, id: string): boolean =>
    state.at(candidate.path).some((entry) => entry.id === id);
  const hashed = [...state.openCandidates].flatMap((candidate) => {
    const name = documentName(candidate.path);
    return name.startsWith('hash:') ? [{ candidate, id: mintId(name) }] : [];
  });
  hashed.sort(
    (a, b) =>
      Number(isKnownPlace(b.candidate, b.id)) - Number(isKnownPlace(a.candidate, a.id)) ||
      precedence(a.candidate, b.candidate),
  );
  for (const { candidate, id } of hashed) {
    const entry = state.knownAs(id).find((known) => state.openEntries.has(known));
    if (entry !== undefined && state.taken(id) === undefined) state.match(candidate, entry);
  }
}

function matchEdited(state: MatchState): void {
  const entryTexts = Map.groupBy(
    [...state.openEntries].filter(({ removed }) => removed === undefined),
    ({ fingerprint }) => fingerprint.text,
  );
  const candidateTexts = new Set([...state.openCandidates].map(({ fingerprint }) => fingerprint.text));
  for (const candidate of [...state.openCandidates]) {
    const { headline, fingerprint, published } = candidate;
    const entry = openAt(state, candidate.path).find((known) => {
      const hasSameHeadline = headline !== '' && headline === known.headline;
      if (!isDistinctive(fingerprint) || !isDistinctive(known.fingerprint)) return hasSameHeadline;
      // A new document may have replaced a copy of the one that was moved or removed.
      const isSuccessor = !hasSameHeadline && published?.instant !== known.published;
      const isElsewhere = known.removed !== undefined || candidateTexts.has(known.fingerprint.text);
      return isEdited(fingerprint, known.fingerprint) && !(isSuccessor && isElsewhere);
    });
    // Two texts that swapped places may be similar, too.
    const isTextOfOther = entryTexts.get(fingerprint.text)?.some(({ id }) => id !== entry?.id);
    if (entry !== undefined && !isTextOfOther) state.match(candidate, entry);
  }
}

function matchMoved(state: MatchState): void {
  for (const missing of missingByPresence(state)) {
    for (const [candidate, entry] of findSameText(missing(), state.openCandidates)) {
      const former = state.at(candidate.path)[0];
      if (former !== undefined && former.removed === undefined && former.id !== entry.id) {
        state.warnings.push(
          `The text of seeds/${entry.path} is now in seeds/${candidate.path}: the article follows its text and keeps its id and its address`,
        );
      }
      state.match(candidate, entry);
    }
  }
}

/** A document that states an unknown id is new. */
function matchMovedAndEdited(state: MatchState): void {
  for (const missing of missingByPresence(state)) {
    const { pairs, undecided } = findSimilar(
      missing(),
      [...state.openCandidates].filter(({ id }) => id === undefined),
    );
    for (const [candidate, entry] of pairs) {
      state.warnings.push(
        `Took seeds/${candidate.path} for seeds/${entry.path}, moved and edited: it keeps its id and its address; if it is another article, state an id of its own in it`,
      );
      state.match(candidate, entry);
    }
    state.undecided.push(...undecided);
  }
}

function warnOfUndecided(state: MatchState): void {
  for (const [entry, candidate] of state.undecided) {
    if (state.taken(entry.id) !== undefined || state.found.has(candidate)) continue;
    state.warnings.push(
      `Cannot tell whether seeds/${candidate.path} is seeds/${entry.path}, moved and edited, because others are as similar; made it a new article; to keep the old one, state the id "${entry.id}" in it`,
    );
  }
}

function matchRewritten(state: MatchState): void {
  for (const candidate of [...state.openCandidates]) {
    const entry = openAt(state, candidate.path).find(
      ({ id, removed }) => removed === undefined && state.taken(id) === undefined,
    );
    if (entry === undefined) continue;
    if (candidate.headline !== entry.headline) {
      state.warnings.push(
        `The text and the headline of seeds/${candidate.path} are new: it is still the article "${entry.slug}"; for another article use another file`,
      );
    }
    state.match(candidate, entry);
  }
}

function openAt(state: MatchState, path: string): LedgerEntry[] {
  return state.at(path).filter((entry) => state.openEntries.has(entry));
}

/** The articles that were not found yet: present ones, then removed ones. */
function missingByPresence(state: MatchState): (() => LedgerEntry[])[] {
  return [false, true].map(
    (isRemoved) => () =>
      [...state.openEntries].filter(
        ({ id, removed }) => (removed !== undefined) === isRemoved && state.taken(id) === undefined,
      ),
  );
}
