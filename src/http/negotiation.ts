import type { ArticleFormat } from '../routes/paths.ts';

/** The codings that every representation has. */
export type ComposedCoding = 'gzip' | 'identity';
/** Brotli is only for bodies that the build compressed. */
export type Coding = 'br' | ComposedCoding;

/** A client's choice among all codings, and among those that every representation has. */
export interface CodingChoice {
  readonly any: Coding;
  readonly composed: ComposedCoding;
}

/**
 * The coding with the highest weight (RFC 9110 §12.5.3); of equal ones, the smallest. Identity if the field is missing.
 */
export function negotiateCoding(acceptEncoding: string | null): CodingChoice {
  if (acceptEncoding === null) return { any: 'identity', composed: 'identity' };
  const weights = parseWeights(acceptEncoding);
  const any = weights.get('*');
  // A client that accepts every coding supports gzip; brotli must be named.
  const br = weights.get('br') ?? 0;
  const gzip = weights.get('gzip') ?? weights.get('x-gzip') ?? any ?? 0;
  const identity = weights.get('identity') ?? (any === 0 ? 0 : undefined);
  const isBetter = (weight: number): boolean => weight > 0 && (identity === undefined || weight >= identity);
  const composed = isBetter(gzip) ? 'gzip' : 'identity';
  return { any: br >= gzip && isBetter(br) ? 'br' : composed, composed };
}

export type ErrorKind = 'html' | 'problem' | 'text';

/** The format of an error that `Accept` prefers (RFC 9110 §12.5.1); plain text by default. */
export function negotiateErrorKind(accept: string | null): ErrorKind {
  if (accept === null) return 'text';
  let best: { kind: ErrorKind; weight: number } = { kind: 'text', weight: 0 };
  for (const [type, weight] of parseWeights(accept)) {
    const kind = errorKindOf(type);
    if (kind !== undefined && weight > best.weight) best = { kind, weight };
  }
  return best.kind;
}

function errorKindOf(type: string): ErrorKind | undefined {
  if (type === 'text/html' || type === 'application/xhtml+xml') return 'html';
  if (/^application\/(?:[\w.-]+\+)?json$/.test(type)) return 'problem';
  return type === 'text/plain' ? 'text' : undefined;
}

/** The media types of an article's formats; the first wins between two with equal weights. */
const FORMAT_TYPES: readonly (readonly [ArticleFormat | 'page', readonly string[]])[] = [
  // A client that names Markdown wants it, even if it names HTML too: browsers and feed readers never name Markdown.
  ['markdown', ['text/markdown', 'text/x-markdown']],
  ['page', ['text/html', 'application/xhtml+xml']],
  ['json', ['application/json']],
  ['text', ['text/plain']],
];

/**
 * The format of an article that a client prefers (RFC 9110 §12.5.1). A named type beats a wildcard with the same
 * weight. The page is the default, also for a client that accepts none of the formats.
 */
export function negotiateFormat(accept: string | null): ArticleFormat | 'page' {
  if (accept === null) return 'page';
  const weights = parseWeights(accept);
  const wanted = FORMAT_TYPES.map(([format, types]) => {
    const named = types.flatMap((type) => weights.get(type) ?? []);
    const covered = weights.get(`${types[0]?.split('/')[0]}/*`) ?? weights.get('*/*') ?? 0;
    return { format, isNamed: named.length > 0, weight: named.length > 0 ? Math.max(...named) : covered };
  });
  const most = Math.max(...wanted.map(({ weight }) => weight));
  const best = wanted.filter(({ weight }) => weight === most && weight > 0);
  const named = best.find(({ isNamed }) => isNamed);
  if (named !== undefined) return named.format;
  return best.some(({ format }) => format === 'page') ? 'page' : (best[0]?.format ?? 'page');
}

/**
 * Whether a browser navigates to the address. Feed readers send no fetch metadata, or another mode. `Accept` adds no
 * information, and caches would store a response for each of its many values.
 */
export function isNavigation(headers: Headers): boolean {
  return headers.get('sec-fetch-mode') === 'navigate';
}

/** A list with weights (RFC 9110 §12.4.2); names in lower case, parameters other than the weight left out. */
export function parseWeights(field: string): Map<string, number> {
  const weights = new Map<string, number>();
  for (const item of field.toLowerCase().split(',')) {
    const [name = '', ...parameters] = item.split(';').map((part) => part.trim());
    if (name === '') continue;
    const q = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1';
    weights.set(name, /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(q) ? Number(q) : 0);
  }
  return weights;
}
