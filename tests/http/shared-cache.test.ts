import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseWeights } from '../../src/http/negotiation.ts';
import { file, makeAppFrom, makeSite, markdownOf, seedFiles } from '../support/app.ts';
import { sharedCache } from '../support/shared-cache.ts';

const ORIGIN = 'https://pinned.example';
const HOUR = 3_600_000;
const START = Date.parse('2026-03-01T00:00:00Z');

interface Span {
  /** Hours. */
  readonly at: number;
  readonly until: number;
}

const secretOf = (number: number): string => `word${number}of`;

const articleOf = ({ at, until }: Span, number: number) =>
  file(
    `${number}.md`,
    markdownOf({
      title: `Number ${number}`,
      date: new Date(START + at * HOUR).toISOString(),
      expires: new Date(START + until * HOUR).toISOString(),
      tags: [number % 2 === 0 ? 'Even' : 'Odd'],
      body: `${secretOf(number)} and a link to [one](${number + 1}.md) in a sentence. `.repeat(12),
    }),
  );

const PATHS = [
  ...['/', '/rss.xml', '/atom.xml', '/feed.json', '/feed', '/feeds', '/sitemap.xml', '/llms.txt'],
  ...['/tags/even', '/tags/even/rss.xml', '/rss.xml?tag=odd', '/archive/1', '/TAGS/EVEN', '/tags/Even/'],
  ...['/articles/number-0', '/articles/number-1', '/articles/number-2.md', '/articles/number-3/', '/nothing'],
];

type Fields = Readonly<Record<string, string>>;

const CLIENTS: readonly Fields[] = [
  {},
  { 'accept-encoding': 'gzip' },
  { 'accept-encoding': 'gzip, deflate, br', 'sec-fetch-mode': 'navigate', accept: 'text/html,*/*;q=0.8' },
  { 'accept-encoding': 'br;q=0.5, gzip;q=0.4', accept: 'text/markdown' },
  { 'accept-encoding': 'br', accept: 'application/json' },
  { 'accept-encoding': 'identity;q=1, *;q=0', accept: 'application/rss+xml' },
  { 'accept-encoding': 'gzip', 'a-im': 'feed', 'user-agent': 'feedparser/6.0' },
  { 'accept-encoding': 'gzip', 'a-im': 'feed' },
  { 'if-match': '"other"' },
  { 'if-modified-since': new Date(START).toUTCString() },
];

/**
 * How Cloudflare may pass on `Accept-Encoding`: as it is, or replaced, the client's own beside it. If it is replaced before
 * the cache, what the cache sends is in a coding for `gzip, br`, and Cloudflare decodes it for the others.
 */
type Passing = 'as it is' | 'replaced behind the cache' | 'replaced before the cache';
const REPLACED = { 'accept-encoding': 'gzip, br' };

function replaced(request: Request): Request {
  const headers = new Headers(request.headers);
  for (const [name, value] of Object.entries(REPLACED)) headers.set(name, value);
  const passed = new Request(request.url, { method: request.method, headers });
  const clientAcceptEncoding = request.headers.get('accept-encoding') ?? '';
  return Object.defineProperty(passed, 'cf', { value: { clientAcceptEncoding } });
}

const decoders: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  br: brotliDecompressSync,
  gzip: gunzipSync,
  identity: (bytes) => bytes,
};

async function textOf(response: Response): Promise<string> {
  const bytes = Buffer.from(await response.arrayBuffer());
  const decode = decoders[response.headers.get('content-encoding') ?? 'identity'];
  return bytes.length === 0 || decode === undefined ? '' : decode(bytes).toString();
}

function accepts(request: Request, coding: string): boolean {
  const weights = parseWeights(request.headers.get('accept-encoding') ?? '');
  return coding === 'identity' || (weights.get(coding) ?? weights.get('*') ?? 0) > 0;
}

const span = fc
  .record({ at: fc.integer({ min: -40, max: 30 }), lasts: fc.integer({ min: 1, max: 60 }) })
  .map(({ at, lasts }): Span => ({ at, until: at + lasts }));

const step = fc.record({
  path: fc.nat(),
  client: fc.nat(),
  host: fc.constantFrom('pinned.example', 'news.workers.dev', 'evil.example'),
  method: fc.constantFrom('GET', 'GET', 'GET', 'HEAD'),
  /** Seconds that go by before: most often few, so that caches are asked while they have something. */
  seconds: fc.oneof(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 5000 }), fc.constant(1)),
  /** Whether the client sends the tag that it got last. */
  isKnown: fc.boolean(),
});

describe('a shared cache in front', () => {
  test.each<Passing>(['as it is', 'replaced behind the cache', 'replaced before the cache'])(
    'serves nobody what is not for them, hidden or expired; Accept-Encoding is passed on %s',
    async (passing) => {
      let served = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.array(span, { minLength: 2, maxLength: 12 }),
          fc.integer({ min: 0, max: 20 }),
          // A few of each, so that the cache often has what is asked for.
          fc.subarray(PATHS, { minLength: 1, maxLength: 3 }),
          fc.subarray([...CLIENTS.keys()], { minLength: 1, maxLength: 4 }),
          fc.array(step, { minLength: 30, maxLength: 60 }),
          async (spans, begins, paths, clients, steps) => {
            let now = START + begins * HOUR;
            const site = makeSite({ url: ORIGIN });
            const { app } = await makeAppFrom(seedFiles(spans.map(articleOf)), { site, now: () => now });
            const ask = async (request: Request): Promise<Response> =>
              app.fetch(passing === 'replaced behind the cache' ? replaced(request) : request);
            const cache = sharedCache(ask, () => now);
            const tags = new Map<string, string>();
            for (const { host, method, seconds, isKnown, ...chosen } of steps) {
              const path = paths[chosen.path % paths.length] ?? '/';
              const client = clients[chosen.client % clients.length] ?? 0;
              now += 1000 * seconds;
              const name = `${client} ${path}`;
              const tag = isKnown ? tags.get(name) : undefined;
              const headers = { ...CLIENTS[client], ...(tag === undefined ? {} : { 'if-none-match': tag }) };
              const request = new Request(new URL(path, `https://${host}`), { method, headers });
              const passed = passing === 'replaced before the cache' ? replaced(request) : request;
              const response = await cache.fetch(passed);
              const direct = await ask(passed);
              const isOlder = response.headers.has('age');
              const what = `${method} ${path} ${JSON.stringify(headers)}`;

              const coding = response.headers.get('content-encoding') ?? 'identity';
              if (isOlder && passing === 'replaced before the cache') {
                const plain = await app.fetch(
                  new Request(request.url, { headers: { ...headers, ...REPLACED } }),
                );
                if (response.status === 200 && plain.status === 200)
                  expect(plain.headers.get('content-encoding') ?? 'identity', what).toBe(coding);
              } else if (response.status === 200) expect(accepts(request, coding), what).toBe(true);
              // Deltas come from the worker only.
              if ('a-im' in headers && path.endsWith('/rss.xml') && response.status === 200)
                expect(isOlder, what).toBe(false);
              // It may be older, or a whole where the worker sends a part, but never of another kind.
              const kind = (status: number): number => (status === 226 || status === 304 ? 200 : status);
              if (!isOlder) expect(response.status, what).toBe(direct.status);
              else if (
                kind(response.status) === kind(direct.status) &&
                direct.headers.has('content-type') &&
                response.status === 200
              )
                expect(response.headers.get('content-type'), what).toBe(direct.headers.get('content-type'));
              expect(response.status, what).not.toBe(isOlder ? 412 : 0);

              const text = await textOf(response.clone());
              const heading = `${response.headers.get('location') ?? ''} ${response.headers.get('link') ?? ''}`;
              expect(text + heading, what).not.toMatch(/evil\.example|workers\.dev/);
              for (const [number, { at, until }] of spans.entries()) {
                const isVisible = now >= START + at * HOUR && now < START + until * HOUR;
                if (!isVisible) expect(text.includes(secretOf(number)), `${what}: ${number}`).toBe(false);
              }
              const etag = response.headers.get('etag');
              if (etag !== null) tags.set(name, etag);
            }
            served += cache.hits;
          },
        ),
        { numRuns: 40 },
      );
      expect(served).toBeGreaterThan(100);
    },
  );
});
