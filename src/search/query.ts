import { encodeUtf8 } from '../templates/bytes.ts';
import { isUnspaced, tokenize } from './tokenize.ts';

/** A parsed query. An article matches if it matches every clause of `must` and none of `mustNot`. */
export interface Query {
  /** Not empty. */
  readonly must: readonly QueryClause[];
  readonly mustNot: readonly QueryClause[];
}

/** A phrase, which may be one token; or a prefix. */
export interface QueryClause {
  /** Not empty; see tokenize.ts. */
  readonly tokens: readonly string[];
  /** Whether the only token is a prefix. */
  readonly isPrefix: boolean;
  /** The terms to look up: as few as cover all tokens, with pairs for adjacent tokens of scripts without spaces. */
  readonly terms: readonly ClauseTerm[];
}

/** A term of the index, and its position in the clause. */
interface ClauseTerm {
  /** UTF-8. */
  readonly term: Uint8Array;
  readonly offset: number;
}

/** UTF-16 code units of a query; the rest is ignored. Every canonical query is shorter. */
const MAX_LENGTH = 4096;
/** The maximum cost of a query: a word costs one, a prefix two, each term of a phrase two. The rest is ignored. */
const MAX_COST = 18;
const PREFIX_COST = 2;
const PHRASE_TERM_COST = 2;
const MIN_PREFIX_LENGTH = 2;

const QUOTE = `"“”„‟«»＂「」『』〝〞`;
const PART = new RegExp(
  String.raw`(?<minus>(?<!\S)-)?(?:[${QUOTE}](?<phrase>[^${QUOTE}]*)[${QUOTE}]|(?<words>[^\s${QUOTE}]+))`,
  'gu',
);
/** A quotation mark within a Hebrew abbreviation does not quote. */
const GERSHAYIM = /(?<=\p{Script=Hebrew})"(?=\p{Script=Hebrew})/gu;

/**
 * Parses a query: words, all of which an article must have; "words in quotation marks" and words without a space
 * between them (l'homme, jane@example.org, 東京) must follow each other; `wor*` stands for every word that begins so; an
 * article must not have `-word` and `-"two words"`. Any text is a query; undefined if it has no word.
 */
export function parseQuery(text: string): Query | undefined {
  const must = new Map<string, QueryClause>();
  const mustNot = new Map<string, QueryClause>();
  let budget = MAX_COST;
  for (const { groups = {} } of text.slice(0, MAX_LENGTH).replace(GERSHAYIM, '״').matchAll(PART)) {
    const side = groups.minus === undefined ? must : mustNot;
    const stated = parseClause(groups.phrase ?? groups.words ?? '', groups.words !== undefined);
    const clause = withinBudget(stated, budget);
    if (clause.tokens.length === 0 || side.has(printClause(clause))) continue;
    // A truncated phrase would exclude more articles than the query asks for.
    if (side === mustNot && clause.tokens.length < stated.tokens.length) continue;
    side.set(printClause(clause), clause);
    budget -= costOf(clause);
  }
  if (must.size === 0) return undefined;
  return { must: sorted(must), mustNot: sorted(mustNot) };
}

/**
 * The canonical form of a query: folded, sorted, without duplicates; undefined if it has no word. Parsing it returns
 * the same query.
 */
export function canonicalQuery(text: string): string | undefined {
  const query = parseQuery(text);
  return (
    query &&
    [...query.must.map(printClause), ...query.mustNot.map((clause) => `-${printClause(clause)}`)].join(' ')
  );
}

function clauseOf(tokens: readonly string[], isPrefix: boolean): QueryClause {
  const terms: ClauseTerm[] = [];
  const add = (term: string, offset: number): number => terms.push({ term: encodeUtf8(term), offset });
  for (let offset = 0; offset < tokens.length; offset++) {
    const token = tokens[offset] ?? '';
    const [before, after] = [tokens[offset - 1] ?? '', tokens[offset + 1] ?? ''];
    if (!isUnspaced(token)) add(token, offset);
    else if (isUnspaced(after)) add(token + after, offset++);
    else if (isUnspaced(before)) add(before + token, offset - 1);
    else add(token, offset);
  }
  return { tokens, isPrefix, terms };
}

function parseClause(text: string, mayBePrefix: boolean): QueryClause {
  const tokens: string[] = [];
  let endOfLast = 0;
  tokenize(text, (token, _, end) => {
    tokens.push(token);
    endOfLast = end;
  });
  const [first = ''] = tokens;
  const isPrefix =
    mayBePrefix &&
    tokens.length === 1 &&
    text.startsWith('*', endOfLast) &&
    first.length >= MIN_PREFIX_LENGTH &&
    !isUnspaced(first);
  return clauseOf(tokens, isPrefix);
}

/** The longest prefix of a clause within the cost budget. */
function withinBudget(clause: QueryClause, budget: number): QueryClause {
  if (clause.isPrefix) return budget >= PREFIX_COST ? clause : clauseOf([], false);
  let withinBudget = clause;
  // A term has at most two tokens.
  if (clause.tokens.length > 2 * budget) withinBudget = clauseOf(clause.tokens.slice(0, 2 * budget), false);
  while (costOf(withinBudget) > budget) withinBudget = clauseOf(withinBudget.tokens.slice(0, -1), false);
  return withinBudget;
}

function costOf({ isPrefix, terms }: QueryClause): number {
  if (isPrefix) return PREFIX_COST;
  return terms.length === 1 ? 1 : PHRASE_TERM_COST * terms.length;
}

function printClause({ tokens, isPrefix }: QueryClause): string {
  const words = tokens.reduce((text, token, i) =>
    isUnspaced(token) && isUnspaced(tokens[i - 1] ?? '') ? text + token : `${text} ${token}`,
  );
  return words.includes(' ') ? `"${words}"` : isPrefix ? `${words}*` : words;
}

function sorted(clauses: ReadonlyMap<string, QueryClause>): readonly QueryClause[] {
  return [...clauses].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, clause]) => clause);
}
