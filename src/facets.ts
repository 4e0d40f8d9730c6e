import type { Article } from './article.ts';
import { dateFormat, UNDETERMINED } from './locale.ts';
import { compareStrings, trimEndOf, trimOf } from './strings.ts';

/** The facets of articles, in the order of URLs. */
export const FACETS = ['tag', 'source', 'author', 'language', 'year', 'collection', 'series'] as const;
export type Facet = (typeof FACETS)[number];

export function byFacet<Value>(make: (facet: Facet) => Value): Readonly<Record<Facet, Value>> {
  const made = FACETS.map((facet): [Facet, Value] => [facet, make(facet)]);
  return Object.fromEntries(made) as Record<Facet, Value>; // one for each of FACETS
}

/** A value of a facet: `key` in addresses, `label` for people. */
export interface FacetValue {
  readonly key: string;
  readonly label: string;
}

/** An article must have one of the values; negated, none of them. */
export interface Clause {
  readonly facet: Facet;
  readonly isNegated: boolean;
  /** Keys: at least one, sorted, unique. */
  readonly keys: readonly string[];
}

/** The articles that satisfy every clause and match the words. Canonical if made by `sliceOf`. */
export interface Slice {
  readonly clauses: readonly Clause[];
  /** A query in canonical form (search/query.ts); absent without a search. */
  readonly words?: string;
}

/** Every listed article. */
export const EVERYTHING: Slice = { clauses: [] };

export function isEverything({ clauses, words }: Slice): boolean {
  return clauses.length === 0 && words === undefined;
}

/** A canonical slice: sorted clauses without duplicates, at most one negated clause a facet. */
export function sliceOf(clauses: readonly Clause[], words?: string): Slice {
  const merged = FACETS.flatMap((facet): Clause[] => {
    const own = clauses.filter((clause) => clause.facet === facet && clause.keys.length > 0);
    const must = own
      .filter(({ isNegated }) => !isNegated)
      .map(({ keys }) => clauseOf(facet, false, keys))
      .sort((a, b) => compareStrings(clauseKey(a), clauseKey(b)))
      .filter((clause, index, sorted) => index === 0 || clauseKey(clause) !== clauseKey(sorted[index - 1]));
    const mustNot = own.filter(({ isNegated }) => isNegated).flatMap(({ keys }) => keys);
    return mustNot.length === 0 ? must : [...must, clauseOf(facet, true, mustNot)];
  });
  return words === undefined ? { clauses: merged } : { clauses: merged, words };
}

/** The articles with one value. */
export function sliceOfValue(facet: Facet, key: string): Slice {
  return { clauses: [clauseOf(facet, false, [key])] };
}

/** The facet and key of a slice that is all articles with one value; undefined for every other. */
export function valueOfSlice({ clauses, words }: Slice): { facet: Facet; key: string } | undefined {
  const [clause, ...others] = clauses;
  if (clause === undefined || others.length > 0 || words !== undefined || clause.isNegated) return undefined;
  const [key, ...alternatives] = clause.keys;
  return key === undefined || alternatives.length > 0 ? undefined : { facet: clause.facet, key };
}

/** A title that needs no language, such as `Weather / Sea · −Sport · 2017 · “iraq”`; empty for all articles. */
export function sliceTitle({ clauses, words }: Slice, label: (facet: Facet, key: string) => string): string {
  const names = ({ facet, keys }: Clause): string[] => keys.map((key) => label(facet, key));
  return [
    ...clauses.flatMap((clause) =>
      clause.isNegated ? names(clause).map((name) => `−${name}`) : [names(clause).join(' / ')],
    ),
    ...(words === undefined ? [] : [words.includes('"') ? words : `“${words}”`]),
  ].join(' · ');
}

/** A label that equals its key. */
const PLAIN_KEY = /^[a-z\d](?:[a-z\d-]{0,100}[a-z\d])?$/;

/** In characters; a longer key is cut. */
const MAX_KEY = 120;

/**
 * The key of a label in addresses. Letters of all scripts stay. Labels that differ only in case, white space, or the
 * delimiters `,`, `/` and `\` have the same key.
 *
 * @returns empty for a label of delimiters only
 */
export function keyOf(label: string): string {
  if (PLAIN_KEY.test(label)) return label;
  const key = label
    .normalize('NFC')
    .replaceAll('İ', 'i')
    .toLowerCase()
    .normalize('NFC')
    .replace(/[\s,/\\\p{Cc}\p{Cf}\p{Cs}\p{Noncharacter_Code_Point}]+/gu, '-');
  const trimmed = trimEndOf([...trimOf(key, /-/)].slice(0, MAX_KEY).join(''), /-/);
  // URL parsers remove segments of dots (RFC 3986 §5.2.4).
  return /^\.+$/.test(trimmed) ? trimmed.replaceAll('.', 'dot').slice(0, MAX_KEY) : trimmed;
}

/** Names values for people. */
interface FacetNames {
  /** @param label of the article */
  readonly valueName: (facet: 'tag' | 'collection', label: string) => string;
  /** @param tag BCP 47 */
  readonly languageName: (tag: string) => string;
}

/**
 * The values of an article.
 *
 * @param timeZone IANA name of the zone whose years count
 */
export function valuesOf(
  article: Article,
  timeZone: string,
  { valueName, languageName }: FacetNames,
): Readonly<Record<Facet, readonly FacetValue[]>> {
  const { tags, source, authors, language, published, collection, series } = article;
  return {
    tag: named(tags, (label) => valueName('tag', label)),
    source: named(source === undefined ? [] : [source.title]),
    author: named(authors.map(({ name }) => name)),
    language: languagesOf(language).map((tag) => ({ key: tag.toLowerCase(), label: languageName(tag) })),
    year: named([dateFormat(['en'], { ...YEAR, timeZone }).format(published)]),
    collection: named(collection === undefined ? [] : [collection], (label) =>
      valueName('collection', label),
    ),
    series: named(series === undefined ? [] : [series.name]),
  };
}

const YEAR = { year: 'numeric', calendar: 'iso8601' } as const;

/** A language and the more general ones: `pt-BR` is `pt` too (RFC 4647 §3.3.1); none for `und`. */
function languagesOf(tag: string): string[] {
  if (tag === UNDETERMINED) return [];
  const subtags = tag.split('-');
  return subtags.map((_, index) => subtags.slice(0, subtags.length - index).join('-'));
}

function named(labels: readonly string[], nameOf = (label: string): string => label): FacetValue[] {
  const values = new Map(
    labels.map((label): [string, FacetValue] => [keyOf(label), { key: keyOf(label), label: nameOf(label) }]),
  );
  values.delete('');
  return [...values.values()];
}

function clauseOf(facet: Facet, isNegated: boolean, keys: readonly string[]): Clause {
  return { facet, isNegated, keys: keys.length === 1 ? keys : [...new Set(keys)].sort() };
}

function clauseKey(clause: Clause | undefined): string {
  return clause?.keys.join(',') ?? '';
}
