import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeStore } from '../../src/store/format.ts';
import { ARTICLE_FRAGMENTS } from '../../src/store/record-format.ts';
import { createRecordReaders } from '../../src/store/record-reader.ts';
import { compileFiles, file, makeApp, makeAppFrom, makeSite, markdownOf, seedFiles } from '../support/app.ts';
import { ask, FEEDS, PERMALINK } from '../support/article-app.ts';

async function bytesOf(response: Response): Promise<Buffer> {
  return Buffer.from(await response.arrayBuffer());
}

describe('content coding', () => {
  test.each([
    [undefined, 'identity'],
    ['', 'identity'],
    ['identity', 'identity'],
    ['gzip', 'gzip'],
    ['GZIP', 'gzip'],
    ['br, gzip', 'gzip'],
    ['deflate, br', 'identity'],
    ['*', 'gzip'],
    ['*;q=0', 'identity'],
    ['gzip;q=0', 'identity'],
    ['gzip; q=0.0', 'identity'],
    ['gzip;q=0.001', 'gzip'],
    ['gzip;q=0.5, identity', 'identity'],
    ['gzip;q=0.5, identity;q=0.4', 'gzip'],
    ['identity;q=0, gzip;q=0.1', 'gzip'],
    ['gzip;q=2', 'identity'],
    ['x-gzip', 'gzip'],
    [',,gzip,,', 'gzip'],
  ])('for Accept-Encoding %j is %s', async (field, coding) => {
    const response = await ask('/rss.xml', field === undefined ? {} : { 'accept-encoding': field });
    expect(response.headers.get('content-encoding') ?? 'identity').toBe(coding);
    expect(response.headers.get('vary')).toContain('Accept-Encoding');
  });

  test.each([...FEEDS, '/', PERMALINK])(
    'gzip of %s decompresses to exactly the identity body',
    async (path) => {
      const identity = await bytesOf(await ask(path));
      const gzip = await bytesOf(await ask(path, { 'accept-encoding': 'gzip' }));
      expect(gzip.length).toBeLessThan(identity.length);
      expect(Buffer.compare(gunzipSync(gzip), identity)).toBe(0);
    },
  );
});

const ORIGIN = 'https://pinned.example';
const DAY = 86_400_000;
const START = Date.parse('2026-01-01T00:00:00Z');
const WORDS = 'harbour ferry storm library museum bridge market school river castle'.split(' ');

const articleOf = (number: number, { at = number, until = Number.POSITIVE_INFINITY } = {}) =>
  file(
    `news/${number}.md`,
    markdownOf({
      title: `The ${WORDS[number % WORDS.length]} ${number}`,
      date: new Date(START + at * DAY).toISOString(),
      tags: [number % 2 === 0 ? 'Even' : 'Odd'],
      ...(until === Number.POSITIVE_INFINITY ? {} : { expires: new Date(START + until * DAY).toISOString() }),
      body: Array.from({ length: 90 }, (_, i) => WORDS[(number * 7 + i * i) % WORDS.length]).join(' '),
    }),
  );

const PRECOMPRESSED = ['/', ...FEEDS, '/tags/even/rss.xml', '/collections/news/rss.xml'];
const COMPOSED = ['/tags/even', '/tags/even/atom.xml', '/archive/1', '/articles/the-harbour-0', '/feeds'];

const decoders: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  br: brotliDecompressSync,
  gzip: gunzipSync,
  identity: (bytes) => bytes,
};

interface Received {
  readonly coding: string;
  readonly body: Buffer;
  readonly length: number;
  readonly validators: readonly (string | null)[];
}

async function receive(response: Response): Promise<Received> {
  const coding = response.headers.get('content-encoding') ?? 'identity';
  const bytes = await bytesOf(response);
  const validators = ['etag', 'last-modified', 'cache-control', 'content-type', 'vary'].map((name) =>
    response.headers.get(name),
  );
  const decode = response.status === 200 && bytes.length > 0 ? decoders[coding] : undefined;
  return { coding, body: decode === undefined ? bytes : decode(bytes), length: bytes.length, validators };
}

describe('a response that the build compressed whole', async () => {
  const documents = Array.from({ length: 30 }, (_, number) => articleOf(number));
  const now = (): number => START + 40 * DAY;
  const pinned = await makeApp(documents, { site: makeSite({ url: ORIGIN }), now });
  const unpinned = await makeApp(documents, { now });

  test.each([
    ['br', 'br'],
    ['gzip, deflate, br', 'br'],
    ['gzip, br', 'br'],
    ['gzip, br;q=0.9', 'gzip'],
    ['br;q=0.5, gzip;q=0.4', 'br'],
    ['br;q=0, gzip', 'gzip'],
    ['*', 'gzip'],
    ['*;q=0, br', 'br'],
    ['br;q=0.5, identity', 'identity'],
    ['deflate', 'identity'],
  ])('is for Accept-Encoding %j in %s', async (field, coding) => {
    for (const path of PRECOMPRESSED) {
      const response = await pinned.ask(path, { 'accept-encoding': field });
      expect(response.headers.get('content-encoding') ?? 'identity', path).toBe(coding);
    }
    for (const path of COMPOSED) {
      const response = await pinned.ask(path, { 'accept-encoding': field });
      expect(response.headers.get('content-encoding'), path).not.toBe('br');
    }
  });

  test.each(PRECOMPRESSED)('has the bytes of %s as a tool for it would make them, or fewer', async (path) => {
    const text = await bytesOf(await pinned.ask(path));
    const gzip = await receive(await pinned.ask(path, { 'accept-encoding': 'gzip' }));
    const br = await receive(await pinned.ask(path, { 'accept-encoding': 'br' }));
    expect(gzip.length).toBeLessThanOrEqual(gzipSync(text, { level: 9 }).length);
    expect(br.length).toBeLessThan(gzip.length);
    const composed = await receive(await unpinned.ask(`${ORIGIN}${path}`, { 'accept-encoding': 'gzip' }));
    expect(gzip.length).toBeLessThan(composed.length);
  });

  test.each([...PRECOMPRESSED, ...COMPOSED, '/llms.txt', '/sitemap.xml', '/articles/the-harbour-0.md'])(
    'is %s for another origin as if none were pinned',
    async (path) => {
      for (const SITE_URL of ['', 'https://other.example']) {
        const [ours, theirs] = await Promise.all(
          [pinned, unpinned].map(async ({ app }) => {
            const request = new Request(new URL(path, 'http://host.example:8787'), {
              headers: { 'accept-encoding': 'gzip, br' },
            });
            return receive(await app.fetch(request, { SITE_URL }));
          }),
        );
        expect(ours?.body.toString()).toBe(theirs?.body.toString());
        expect(ours?.body.toString()).not.toContain(ORIGIN);
        const etag = (await pinned.ask(path)).headers.get('etag');
        if (etag !== null && path !== '/sitemap.xml') expect(ours?.validators[0]).not.toBe(etag);
      }
    },
  );

  test('comes from a store without holes for the origin', async () => {
    const holesOf = async (url: string | undefined): Promise<Set<string>> => {
      const site = makeSite({ url });
      const { store } = await compileFiles(seedFiles(documents), site, now());
      const index = decodeStore(store.buffer);
      const records = await createRecordReaders(index, async () => undefined)
        .at(now())
        .open([0, 1, 2]);
      const holes = new Set<string>();
      const sink = { packed() {}, text() {} };
      for (const article of [0, 1, 2])
        for (const name of ARTICLE_FRAGMENTS)
          records.fragment(article, name).write(sink, (hole) => void holes.add(hole));
      for (const name of index.siteFragments)
        index.siteFragment(name).write(sink, (hole) => void holes.add(hole));
      return holes;
    };
    const holes = await holesOf(undefined);
    expect(holes).toContain('origin');
    holes.delete('origin');
    expect(await holesOf(ORIGIN)).toEqual(holes);
  });

  test('is not what a preview sends, nor a site without an address of its own', async () => {
    const files = { ...seedFiles(documents), isPreview: true };
    const preview = await makeAppFrom(files, { site: makeSite({ url: ORIGIN }), now });
    for (const app of [preview, unpinned])
      expect((await app.ask('/rss.xml', { 'accept-encoding': 'br' })).headers.get('content-encoding')).toBe(
        null,
      );
  });

  test('takes turns with deltas, HEAD and conditional requests', async () => {
    const fields = { 'accept-encoding': 'gzip, br' };
    const { headers } = await pinned.ask('/rss.xml', fields);
    const etag = headers.get('etag') ?? '';
    const head = await pinned.ask('/rss.xml', fields, 'HEAD');
    expect([...head.headers]).toEqual([...headers]);
    expect(await bytesOf(head)).toHaveLength(0);
    expect((await pinned.ask('/rss.xml', { ...fields, 'if-none-match': etag })).status).toBe(304);
    const before = etag.replace(/\..{5}/, '.');
    const delta = await pinned.ask('/rss.xml', { ...fields, 'a-im': 'feed', 'if-none-match': before });
    expect(delta.status).toBe(226);
    expect(delta.headers.get('content-encoding')).toBe('gzip');
    expect(
      gunzipSync(await bytesOf(delta))
        .toString()
        .split('<item>'),
    ).toHaveLength(2);
  });

  test('is what composition would send: for any articles, instant, coding and origin', async () => {
    const spans = fc.array(
      fc.record({ at: fc.integer({ min: 0, max: 40 }), lasts: fc.integer({ min: 1, max: 60 }) }),
      {
        minLength: 1,
        maxLength: 24,
      },
    );
    const requests = fc.array(
      fc.record({
        path: fc.constantFrom(...PRECOMPRESSED, ...COMPOSED),
        day: fc.integer({ min: -1, max: 60 }),
        accept: fc.constantFrom('br', 'gzip', 'gzip, br', 'br;q=0.1, gzip;q=0.2', 'identity', ''),
        origin: fc.constantFrom(undefined, '', 'https://other.example'),
        method: fc.constantFrom('GET', 'HEAD'),
      }),
      { minLength: 12, maxLength: 24 },
    );
    await fc.assert(
      fc.asyncProperty(spans, fc.integer({ min: 0, max: 50 }), requests, async (chosen, built, asked) => {
        let day = built;
        const files = seedFiles(
          chosen.map(({ at, lasts }, number) =>
            articleOf(number, { at, until: lasts > 40 ? Number.POSITIVE_INFINITY : at + lasts }),
          ),
        );
        const options = { site: makeSite({ url: ORIGIN }), now: () => START + day * DAY };
        const whole = await makeAppFrom(files, options);
        const composed = await makeAppFrom({ ...files, isPreview: true }, options);
        for (const { path, accept, origin, method, ...request } of asked) {
          day = request.day;
          const environment = origin === undefined ? {} : { SITE_URL: origin };
          const [one, other] = await Promise.all(
            [whole, composed].map(async ({ app }) => {
              const url = new URL(path, 'https://host.example');
              return app.fetch(
                new Request(url, { method, headers: { 'accept-encoding': accept } }),
                environment,
              );
            }),
          );
          if (one === undefined || other === undefined) throw new Error('one of two is missing');
          expect(one.status).toBe(other.status);
          const [ours, theirs] = [await receive(one), await receive(other)];
          expect(ours.body.equals(theirs.body), path).toBe(true);
          expect(ours.validators).toEqual(theirs.validators);
        }
      }),
      { numRuns: 25 },
    );
  });
});

describe('header fields', () => {
  test.each([...FEEDS, '/', PERMALINK, '/nothing'])('of %s protect whoever gets it', async (path) => {
    const { headers } = await ask(path, { accept: 'text/html' });
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-security-policy')).not.toContain('unsafe');
    expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin');
    expect(headers.get('access-control-allow-origin')).toBe('*');
  });
});
