import { type Clause, FACETS, type Facet, keyOf, type Slice, sliceOf, valueOfSlice } from '../facets.ts';
import { decodePath, type FeedFormat, feedPath, paths } from './paths.ts';

/** The folder of each facet: `/tags/:key` is a slice. */
const facetFolders: Readonly<Record<Facet, string>> = {
  tag: 'tags',
  source: 'sources',
  author: 'authors',
  language: 'languages',
  year: 'years',
  collection: 'collections',
  series: 'series',
};

/** The page that lists the values of a facet. */
export function indexPath(facet: Facet): string {
  return `/${facetFolders[facet]}`;
}

/** Whether a path is that of such a page, with or without a slash at its end. */
export function isIndexPath(path: string): boolean {
  const bare = path.replace(/(?<=.)\/$/, '');
  return FACETS.some((facet) => bare === indexPath(facet));
}

/** A query with more values is refused. */
const MAX_QUERY_VALUES = 64;

/** A slice is a page, or a feed in a format. */
export type SliceFormat = 'page' | FeedFormat;

/**
 * The one address of a slice, or of a page of its history, with its query.
 *
 * @param archive number of the page of its history, from 1; absent for the newest articles
 */
export function slicePath(slice: Slice, form: SliceFormat, archive?: number): string {
  return slicePaths(slice)(form, archive);
}

/** `slicePath` of one slice, for several of its addresses. */
export function slicePaths(slice: Slice): (form: SliceFormat, archive?: number) => string {
  const value = valueOfSlice(slice);
  const base = value === undefined ? '' : `/${facetFolders[value.facet]}/${encodeKey(value.key)}`;
  const query = value === undefined ? sliceQuery(slice) : '';
  return (form, archive) => {
    const page = archive === undefined ? '' : paths.archive.replace(':page', String(archive));
    if (form !== 'page') return base + page + feedPath(form) + query;
    if (base !== '' || page !== '') return base + page + query;
    const isSearch = slice.words !== undefined && slice.clauses.length === 0;
    return (isSearch ? paths.search : paths.home) + query;
  };
}

/** The route of slices, with the parameters `key` and `page`. */
export function sliceRoute(form: SliceFormat, facet: Facet | undefined, isArchive: boolean): string {
  const base = facet === undefined ? '' : `/${facetFolders[facet]}/:key`;
  return `${base}${isArchive ? paths.archive : ''}${form === 'page' ? '' : feedPath(form)}`;
}

/** Most keys need no encoding, and testing is cheaper than encoding. */
function encodeKey(key: string): string {
  return /^[\w-]+$/.test(key) ? key : encodeURIComponent(key);
}

function sliceQuery({ clauses, words }: Slice): string {
  const parameters = clauses.map(
    (clause) => `${parameterOf(clause)}=${clause.keys.map(encodeKey).join(',')}`,
  );
  if (words !== undefined) parameters.push(`q=${encodeURIComponent(words)}`);
  return parameters.length === 0 ? '' : `?${parameters.join('&')}`;
}

function parameterOf({ facet, isNegated }: Parameter): string {
  if (!isNegated) return facet;
  return facet === 'tag' ? 'not' : `not-${facet}`;
}

/** A query parameter about a slice: its name and value. */
export type SliceParameter = readonly [name: string, value: string];

/** The query parameters of an address that concern a slice. */
export function parametersOf(address: string): readonly SliceParameter[] {
  const start = address.indexOf('?');
  if (start === -1) return [];
  const fragment = address.indexOf('#', start);
  const query = address.slice(start + 1, fragment === -1 ? undefined : fragment);
  const parameters: SliceParameter[] = [];
  for (const piece of query.split('&')) {
    const equals = piece.indexOf('=');
    const name = decodeForm(equals === -1 ? piece : piece.slice(0, equals)).toLowerCase();
    if (PARAMETERS.has(name))
      parameters.push([name, equals === -1 ? '' : decodeForm(piece.slice(equals + 1))]);
  }
  return parameters;
}

/** Decodes `application/x-www-form-urlencoded` (URL Standard §5.1) as URLSearchParams does, at less cost. */
function decodeForm(text: string): string {
  if (!/[%+]/.test(text)) return text;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return new URLSearchParams(`=${text}`).get('') ?? '';
  }
}

/** Whether an address is its canonical path, apart from percent-encoding. */
export function isSpelled(address: string, path: string): boolean {
  if (address.endsWith(path) && address.length - path.length === address.indexOf('/', 'https://'.length))
    return true;
  const [own, canonical] = [new URL(address), new URL(path, address)];
  const spelling = ({ pathname, search }: URL): string =>
    JSON.stringify([decodePath(pathname), parametersOf(search)]);
  return spelling(own) === spelling(canonical);
}

type Parameter = Pick<Clause, 'facet' | 'isNegated'>;

const PARAMETERS: ReadonlyMap<string, Parameter | 'words'> = new Map<string, Parameter | 'words'>([
  ...FACETS.flatMap((facet) =>
    [false, true].flatMap((isNegated): [string, Parameter][] => {
      const parameter = { facet, isNegated };
      // The plural of paths and the whole word redirect to the one spelling.
      const names = [facet, facetFolders[facet]].map((name) => (isNegated ? `not-${name}` : name));
      return [parameterOf(parameter), ...names].map((name) => [name, parameter]);
    }),
  ),
  ['q', 'words'],
]);

/**
 * The slice of an address, from its path and its query. Values may be labels instead of keys.
 *
 * @param parameters what its query says
 * @param canonicalWords the canonical form of a query for words; undefined when it has none
 * @returns undefined if the query has more than `MAX_QUERY_VALUES` values
 */
export function parseSlice(
  value: { readonly facet: Facet; readonly label: string } | undefined,
  parameters: readonly SliceParameter[],
  canonicalWords: (text: string) => string | undefined,
): Slice | undefined {
  const clauses: Clause[] =
    value === undefined ? [] : [{ facet: value.facet, isNegated: false, keys: [keyOf(value.label)] }];
  const words: string[] = [];
  let values = 0;
  for (const [name, text] of parameters) {
    const parameter = PARAMETERS.get(name);
    if (parameter === 'words') words.push(text);
    if (parameter === 'words' || parameter === undefined) continue;
    const keys = text
      .split(',', MAX_QUERY_VALUES + 1)
      .map(keyOf)
      .filter((key) => key !== '');
    values += keys.length;
    if (values > MAX_QUERY_VALUES) return undefined;
    clauses.push({ ...parameter, keys });
  }
  return sliceOf(clauses, words.length === 0 ? undefined : canonicalWords(words.join(' ')));
}
