import { encodeUtf8 } from '../templates/utf8.ts';
import { isUnspaced } from './pieces.ts';
import { readUnits } from './units.ts';

/** What is looked for: articles that have every wanted clause and no unwanted one. */
export interface Query {
  /** Not empty. */
  readonly wanted: readonly Clause[];
  readonly unwanted: readonly Clause[];
}

/** Units that stand one after another; or the beginning of one. */
export interface Clause {
  /** Not empty; see units.ts. */
  readonly units: readonly string[];
  /** Whether the unit, which is the only one, is the beginning of what is looked for. */
  readonly isPrefix: boolean;
  /** What is looked up: as few terms as have all its units, neighbours without spaces in pairs. */
  readonly terms: readonly ClauseTerm[];
}

/** A term of the index, and how far from the beginning of its clause it stands. */
export interface ClauseTerm {
  /** UTF-8. */
  readonly term: Uint8Array;
  readonly offset: number;
}

/** Beyond so many UTF-16 code units nothing of a query is read. Every canonical query is shorter. */
const MAX_LENGTH = 4096;
/** What a query may cost: a word one, a beginning two, each term of a phrase two. What comes after is passed over. */
const MAX_COST = 18;
const PREFIX_COST = 2;
const PHRASE_TERM_COST = 2;
const MIN_PREFIX_LENGTH = 2;

const QUOTE = `"“”„‟«»＂「」『』〝〞`;
const PART = new RegExp(
  String.raw`(?<minus>(?<!\S)-)?(?:[${QUOTE}](?<phrase>[^${QUOTE}]*)[${QUOTE}]|(?<words>[^\s${QUOTE}]+))`,
  'gu',
);
/** A quotation mark within a Hebrew abbreviation is none. */
const GERSHAYIM = /(?<=\p{Script=Hebrew})"(?=\p{Script=Hebrew})/gu;

/**
 * Reads a query: words, all of which must be in an article; "words in quotation marks" and words without a space between
 * them (l'homme, jane@example.org, 東京) must stand one after another; `wor*` stands for every word that begins so; `-word`
 * and `-"two words"` must not be in it. Any text is a query; undefined when it asks for no word.
 */
export function parseQuery(text: string): Query | undefined {
  if (text !== last?.text) last = { text, query: readQuery(text) };
  return last.query;
}

/** Who asks for words has them read twice: for their address, and to look them up. */
let last: { readonly text: string; readonly query: Query | undefined } | undefined;

function readQuery(text: string): Query | undefined {
  const wanted = new Map<string, Clause>();
  const unwanted = new Map<string, Clause>();
  let budget = MAX_COST;
  for (const { groups = {} } of text.slice(0, MAX_LENGTH).replace(GERSHAYIM, '״').matchAll(PART)) {
    const side = groups.minus === undefined ? wanted : unwanted;
    const stated = readClause(groups.phrase ?? groups.words ?? '', groups.words !== undefined);
    const clause = affordable(stated, budget);
    if (clause.units.length === 0 || side.has(printClause(clause))) continue;
    // The beginning of an unwanted phrase would shut out more than was asked.
    if (side === unwanted && clause.units.length < stated.units.length) continue;
    side.set(printClause(clause), clause);
    budget -= costOf(clause);
  }
  if (wanted.size === 0) return undefined;
  return { wanted: sorted(wanted), unwanted: sorted(unwanted) };
}

/** The one way to write a query: folded, sorted, nothing twice. Reading it gives the same query. */
export function printQuery({ wanted, unwanted }: Query): string {
  return [...wanted.map(printClause), ...unwanted.map((clause) => `-${printClause(clause)}`)].join(' ');
}

/** The one way to write what a text asks for; undefined when it asks for no word. */
export function canonicalQuery(text: string): string | undefined {
  const query = parseQuery(text);
  return query && printQuery(query);
}

function clauseOf(units: readonly string[], isPrefix: boolean): Clause {
  const terms: ClauseTerm[] = [];
  const add = (term: string, offset: number): number => terms.push({ term: encodeUtf8(term), offset });
  for (let offset = 0; offset < units.length; offset++) {
    const unit = units[offset] ?? '';
    const [before, after] = [units[offset - 1] ?? '', units[offset + 1] ?? ''];
    if (!isUnspaced(unit)) add(unit, offset);
    else if (isUnspaced(after)) add(unit + after, offset++);
    else if (isUnspaced(before)) add(before + unit, offset - 1);
    else add(unit, offset);
  }
  return { units, isPrefix, terms };
}

function readClause(text: string, mayBePrefix: boolean): Clause {
  const units: string[] = [];
  let endOfLast = 0;
  readUnits(text, (unit, _, end) => {
    units.push(unit);
    endOfLast = end;
  });
  const [first = ''] = units;
  const isPrefix =
    mayBePrefix &&
    units.length === 1 &&
    text.startsWith('*', endOfLast) &&
    first.length >= MIN_PREFIX_LENGTH &&
    !isUnspaced(first);
  return clauseOf(units, isPrefix);
}

/** As much of a clause, from its beginning, as costs no more than that. */
function affordable(clause: Clause, budget: number): Clause {
  if (clause.isPrefix) return budget >= PREFIX_COST ? clause : clauseOf([], false);
  let affordable = clause;
  // A term has two units at most.
  if (clause.units.length > 2 * budget) affordable = clauseOf(clause.units.slice(0, 2 * budget), false);
  while (costOf(affordable) > budget) affordable = clauseOf(affordable.units.slice(0, -1), false);
  return affordable;
}

function costOf({ isPrefix, terms }: Clause): number {
  if (isPrefix) return PREFIX_COST;
  return terms.length === 1 ? 1 : PHRASE_TERM_COST * terms.length;
}

function printClause({ units, isPrefix }: Clause): string {
  const words = units.reduce((text, unit, i) =>
    isUnspaced(unit) && isUnspaced(units[i - 1] ?? '') ? text + unit : `${text} ${unit}`,
  );
  return words.includes(' ') ? `"${words}"` : isPrefix ? `${words}*` : words;
}

function sorted(clauses: ReadonlyMap<string, Clause>): readonly Clause[] {
  return [...clauses].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, clause]) => clause);
}
