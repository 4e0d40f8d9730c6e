/**
 * A shared cache as RFC 9111 has it, with the key of Workers Cache: path and query, but neither host nor method. `Vary`
 * compares header fields as they are.
 */
export interface SharedCache {
  fetch(request: Request): Promise<Response>;
  readonly hits: number;
}

interface Stored {
  readonly request: Headers;
  readonly vary: readonly string[];
  readonly response: Response;
  readonly storedAt: number;
  readonly freshUntil: number;
  readonly staleUntil: number;
}

/**
 * @param origin what it stands before
 * @param now milliseconds
 */
export function sharedCache(origin: (request: Request) => Promise<Response>, now: () => number): SharedCache {
  const entries = new Map<string, Stored[]>();
  let hits = 0;
  const keyOf = (request: Request): string => {
    const { pathname, search } = new URL(request.url);
    return pathname + search;
  };

  const store = (request: Request, response: Response): void => {
    const directives = directivesOf(response.headers);
    const vary = (response.headers.get('vary') ?? '').split(',').flatMap((name) => name.trim() || []);
    if (directives.has('no-store') || directives.has('private') || vary.includes('*')) return;
    // §3: understood, final, and fresh by a statement; nothing else is stored here.
    const maxAge = Number(directives.get('max-age') ?? Number.NaN);
    if (response.status === 226 || response.status === 304 || Number.isNaN(maxAge)) return;
    const mayBeStale = !directives.has('must-revalidate');
    const stale = Math.max(
      ...['stale-while-revalidate', 'stale-if-error'].map((name) => Number(directives.get(name) ?? 0)),
    );
    const freshUntil = now() + 1000 * maxAge;
    const stored = {
      request: new Headers(request.headers),
      vary,
      response: response.clone(),
      storedAt: now(),
      freshUntil,
      staleUntil: mayBeStale ? freshUntil + 1000 * stale : freshUntil,
    };
    const others = (entries.get(keyOf(request)) ?? []).filter((entry) => !selects(entry, request));
    entries.set(keyOf(request), [stored, ...others]);
  };

  return {
    get hits() {
      return hits;
    },
    async fetch(request) {
      const entry = entries.get(keyOf(request))?.find((each) => selects(each, request));
      if (entry !== undefined && now() < entry.staleUntil) {
        hits++;
        // §4.3.2: it evaluates If-None-Match by what it has.
        const tag = entry.response.headers.get('etag');
        const isKnown =
          entry.response.status === 200 && tag !== null && request.headers.get('if-none-match') === tag;
        const headers = new Headers(entry.response.headers);
        headers.set('age', String(Math.floor((now() - entry.storedAt) / 1000)));
        if (isKnown) return new Response(null, { status: 304, headers });
        const body = request.method === 'HEAD' ? null : await entry.response.clone().arrayBuffer();
        return new Response(body, { status: entry.response.status, headers });
      }
      if (request.method !== 'GET') return origin(request);
      const response = await origin(request);
      store(request, response);
      return response;
    },
  };
}

/** RFC 9213: what is said to caches like this goes before. */
function directivesOf(headers: Headers): Map<string, string> {
  const field = headers.get('cdn-cache-control') ?? headers.get('cache-control') ?? '';
  return new Map(
    field.split(',').map((directive) => {
      const [name = '', value = ''] = directive.trim().split('=');
      return [name.toLowerCase(), value];
    }),
  );
}

function selects({ vary, request: stored }: Stored, request: Request): boolean {
  return vary.every((name) => stored.get(name) === request.headers.get(name));
}
