import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openApp } from '../../src/app/app.ts';
import type { SourceFile } from '../../src/documents/stated.ts';
import { invertDocument } from '../../src/search/document-postings.ts';
import { evaluate } from '../../src/search/evaluate.ts';
import { parseQuery } from '../../src/search/query.ts';
import { openBlockIndex } from '../../src/search/term-dictionary.ts';
import { decodeStore } from '../../src/store/format.ts';
import { checksum, STORE_VERSION, StoreError } from '../../src/store/integrity.ts';
import type { ReadAsset } from '../../src/store/record-reader.ts';
import {
  type CompiledFiles,
  compileFiles,
  file,
  makeSite,
  markdownOf,
  NOW,
  seedFiles,
} from '../support/app.ts';
import { article, encodeDocuments } from '../support/search-index.ts';

/** What may be in the worker; a test sets it low to have a store beside the worker without a large archive. */
const budget = vi.hoisted(() => ({ WORKER_BUDGET: 2_500_000, BLOB_BUDGET: 1_000_000 }));
vi.mock('../../src/store/budget.ts', async (original) => ({
  ...(await original<typeof import('../../src/store/budget.ts')>()),
  get WORKER_BUDGET() {
    return budget.WORKER_BUDGET;
  },
  get BLOB_BUDGET() {
    return budget.BLOB_BUDGET;
  },
}));

/** Its address is pinned, so that the store has bodies that are compressed whole. */
const site = makeSite({ url: 'https://news.example' });
const ARTICLES = 150;
const WORDS = 'harbour ferry storm library museum bridge market school river castle'.split(' ');
const wordOf = (number: number): string => WORDS[number % WORDS.length] ?? '';

function documents(edited?: number): SourceFile[] {
  return Array.from({ length: ARTICLES }, (_, number) =>
    file(
      `${number}.md`,
      markdownOf({
        title: `The ${wordOf(number)} ${number}`,
        date: new Date(NOW - (ARTICLES - number - 2) * 86_400_000).toISOString(),
        tags: [wordOf(number), wordOf(number + 3)],
        author: number % 2 === 0 ? 'Jane Roe' : 'Max Muster',
        lang: number % 7 === 0 ? 'de' : 'en',
        body: Array.from(
          { length: 60 },
          (_, i) => `${wordOf(number + i * i)} w${(number * 997 + i * 31) % 1009}`,
        )
          .concat(number === edited ? 'edited' : '')
          // A link to the scheduled one, so that some articles have several renditions.
          .concat(number % 5 === 0 ? `[next](${ARTICLES - 1}.md)` : '')
          .join(' '),
      }),
    ),
  );
}

/** Paths, and what is asked for besides, of every route that reads the store. */
const REQUESTS: readonly (readonly [path: string, headers?: Readonly<Record<string, string>>])[] = [
  ...['/', '/rss.xml', '/atom.xml', '/feed.json'].flatMap((path) => [
    [path] as const,
    [path, { 'accept-encoding': 'gzip' }] as const,
    [path, { 'accept-encoding': 'br' }] as const,
  ]),
  ['/rss.xml', { 'sec-fetch-mode': 'navigate', accept: 'text/html' }],
  ...['/feeds', '/feeds.opml', '/robots.txt', '/sitemap.xml', '/sitemap-news.xml', '/llms.txt'].map(
    (path) => [path] as const,
  ),
  ...Array.from({ length: 14 }, (_, page) => [`/archive/${page + 1}`] as const),
  ...WORDS.slice(0, 8).flatMap((tag) =>
    ['', '/rss.xml', '/feed.json', '/archive/1'].map((form) => [`/tags/${tag}${form}`] as const),
  ),
  ['/authors/jane%20roe/atom.xml'],
  ['/languages/de'],
  ['/?tag=harbour&not=ferry'],
  ...Array.from({ length: 30 }, (_, i) => `/articles/the-${wordOf(i * 5)}-${i * 5}`).flatMap((path) => [
    [path, { accept: 'text/html' }] as const,
    [`${path}.md`, { 'accept-encoding': 'gzip' }] as const,
    [`${path}.txt`] as const,
    [`${path}.json`, { accept: 'application/json' }] as const,
  ]),
  ...[
    'harbour',
    'ferry storm',
    'harb*',
    'w1*',
    '%22harbour%20w0%22',
    '%22the%20ferry%22',
    'w997',
    '-storm%20ferry',
    'nothing',
  ].flatMap((words) => [
    [`/search?q=${words}`, { accept: 'text/html' }] as const,
    [`/rss.xml?q=${words}`] as const,
  ]),
  ['/articles/nothing', { accept: 'text/html' }],
  ['/tags/nothing', { accept: 'application/json' }],
  ['/sitemap/1.xml'],
];

/** Reads beside the worker that one request may make on Cloudflare's free plan. */
const MAX_READS = 50;

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

type Part = Uint8Array<ArrayBuffer>;

/** Asks everything of a store; each answer comes from one isolate, as they follow each other there. */
async function askAll(
  store: Part,
  parts: (digest: string) => Part | undefined,
  now = NOW,
): Promise<readonly Answer[]> {
  let reads = 0;
  const readAsset: ReadAsset = async (digest) => {
    reads++;
    return parts(digest)?.slice().buffer;
  };
  const app = openApp(store.slice().buffer, { clock: () => now, readAsset });
  const answers: Answer[] = [];
  for (const [path, headers = {}] of REQUESTS) {
    reads = 0;
    const response = await app.fetch(new Request(new URL(path, 'https://news.example'), { headers }));
    expect(reads).toBeLessThanOrEqual(MAX_READS);
    answers.push({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()).toString('latin1'),
    });
  }
  return answers;
}

/** How many answers were 503; every other one must be as that of the undamaged store. */
function expectNoWrongAnswer(answers: readonly Answer[], expected: readonly Answer[]): number {
  let unavailable = 0;
  for (const [i, answer] of answers.entries()) {
    const [path, { accept = '' } = {}] = REQUESTS[i] ?? [];
    if (answer.status !== 503) {
      expect(answer, path).toEqual(expected[i]);
      continue;
    }
    unavailable++;
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-store',
      'retry-after': '60',
      vary: 'Accept',
    });
    const kinds = { 'text/html': 'text/html', 'application/json': 'application/problem+json' };
    expect(answer.headers['content-type'], path).toContain(
      kinds[accept as keyof typeof kinds] ?? 'text/plain',
    );
    if (accept === 'application/json') expect(JSON.parse(answer.body)).toMatchObject({ status: 503 });
  }
  return unavailable;
}

interface Damage {
  readonly name: string;
  /** @param at any number */
  readonly apply: (part: Part, at: number, other: Part) => Part | undefined;
}

const DAMAGES: readonly Damage[] = [
  { name: 'a flipped bit', apply: (part, at) => flip(part, at % (8 * part.length)) },
  { name: 'a cut', apply: (part, at) => part.slice(0, at % part.length) },
  { name: 'a cut before', apply: (part, at) => part.slice(1 + (at % part.length)) },
  { name: 'more behind it', apply: (part, at) => concat(part, new Uint8Array((at % 99) + 1)) },
  { name: 'zeros', apply: (part) => new Uint8Array(part.length) },
  { name: 'another part', apply: (_, __, other) => other },
  { name: 'nothing in it', apply: () => new Uint8Array() },
  { name: 'no such part', apply: () => undefined },
  {
    name: 'a page that tells of an error',
    apply: () => new Uint8Array(new TextEncoder().encode('<!doctype html><title>Error</title>')),
  },
  {
    name: 'two pieces changed for each other',
    apply(part, at) {
      const middle = 1 + (at % (part.length - 1));
      return concat(part.slice(middle), part.slice(0, middle));
    },
  },
  {
    name: 'noise in its middle',
    apply(part, at) {
      const noisy = part.slice();
      for (let i = at % part.length; i < Math.min(part.length, (at % part.length) + 64); i++)
        noisy[i] = (at * (i + 7)) >>> 3;
      return noisy;
    },
  },
];

function flip(part: Part, bit: number): Part {
  const flipped = part.slice();
  flipped[bit >>> 3] = (flipped[bit >>> 3] ?? 0) ^ (1 << (bit & 7));
  return flipped;
}

function concat(a: Part, b: Part): Part {
  return new Uint8Array(Buffer.concat([a, b]));
}

async function build(edited?: number): Promise<CompiledFiles> {
  return compileFiles(seedFiles(documents(edited)), site, NOW);
}

const inside = await build();
budget.WORKER_BUDGET = 500_000;
budget.BLOB_BUDGET = 1000;
const beside = await build();
const edited = await build(75);

const messages: unknown[] = [];
vi.spyOn(console, 'error').mockImplementation((message) => void messages.push(message));
beforeEach(() => void messages.splice(0));
afterEach(() => {
  for (const message of messages) expect(message).toMatch(/^Cannot (?:open|read) /);
});

const expectedAnswers = await askAll(inside.store, (digest) => inside.parts.get(digest));

describe('the store of the test', () => {
  test('gives the same answers inside the worker and beside it', async () => {
    expect(expectedAnswers.length).toBeGreaterThan(200);
    expect(expectedAnswers.filter(({ status }) => status === 200).length).toBeGreaterThan(185);
    const { segments } = decodeStore(beside.store.buffer);
    expect(segments.firstBundledArticle).toBeGreaterThan(30);
    expect(segments.firstBundledArticle).toBeLessThan(ARTICLES);
    expect(beside.parts.size).toBeGreaterThan(inside.parts.size + 6);
    expect(await askAll(beside.store, (digest) => beside.parts.get(digest))).toEqual(expectedAnswers);
  });
});

describe('a damaged part beside the worker', () => {
  const digests = [...beside.parts.keys()];
  const partOf = (digest: string): Part => beside.parts.get(digest) ?? new Uint8Array();
  const askWith = (digest: string, part: Part | undefined, now = NOW): Promise<readonly Answer[]> =>
    askAll(beside.store, (asked) => (asked === digest ? part : beside.parts.get(asked)), now);

  test.each(DAMAGES)('with $name gives no wrong answer', ({ apply }) =>
    fc.assert(
      fc.asyncProperty(
        fc.nat(digests.length - 1),
        fc.nat(),
        fc.nat(digests.length - 2),
        async (i, at, other) => {
          const [digest = '', another = ''] = [digests[i], digests[(i + 1 + other) % digests.length]];
          const answers = await askWith(digest, apply(partOf(digest), at, partOf(another)));
          expectNoWrongAnswer(answers, expectedAnswers);
        },
      ),
      { numRuns: 8 },
    ),
  );

  test('is missed by somebody, whichever it is, once the scheduled articles are out', async () => {
    const later = NOW + 2 * 86_400_000;
    const expected = await askAll(inside.store, (digest) => inside.parts.get(digest), later);
    for (const digest of digests)
      expect(expectNoWrongAnswer(await askWith(digest, undefined, later), expected)).toBeGreaterThan(0);
  });

  test('of another build gives no wrong answer', async () => {
    const fresh = [...edited.parts].filter(([digest]) => !beside.parts.has(digest)).map(([, bytes]) => bytes);
    const stale = digests.filter((digest) => !edited.parts.has(digest));
    expect(stale.length).toBeGreaterThan(2);
    for (const digest of stale) {
      for (const part of fresh)
        expect(expectNoWrongAnswer(await askWith(digest, part), expectedAnswers)).toBeGreaterThan(0);
    }
  });

  test('is read again by the next request, which may have it whole', async () => {
    for (const damage of [flipLast, () => undefined, () => new Uint8Array()]) {
      let isDamaged = true;
      const app = openApp(beside.store.slice().buffer, {
        clock: () => NOW,
        readAsset: async (digest) => (isDamaged ? damage(partOf(digest)) : partOf(digest))?.slice().buffer,
      });
      const ask = async (path: string): Promise<number> =>
        (await app.fetch(new Request(`https://news.example${path}`))).status;
      // The last record of a segment, a word, a form.
      const { segments } = decodeStore(beside.store.buffer);
      const last = segments.articles(0) - 1;
      const paths = [
        `/articles/the-${wordOf(last)}-${last}`,
        '/rss.xml?q=ferry',
        '/llms.txt',
        '/sitemap.xml',
      ];
      for (const path of paths) expect(await ask(path), path).toBe(503);
      isDamaged = false;
      for (const path of paths) expect(await ask(path), path).toBe(200);
    }
  });

  test('that cannot be read at all is a 503, too', async () => {
    const app = openApp(beside.store.slice().buffer, {
      clock: () => NOW,
      readAsset: () => Promise.reject(new TypeError('no network')),
    });
    for (const path of ['/archive/1', '/rss.xml?q=ferry', '/llms.txt', '/sitemap.xml'])
      expect((await app.fetch(new Request(`https://news.example${path}`))).status).toBe(503);
  });

  function flipLast(part: Part): Part {
    return flip(part, 8 * part.length - 1);
  }
});

describe('a damaged store in the worker', () => {
  const askWith = (store: Part): Promise<readonly Answer[]> =>
    askAll(store, (digest) => inside.parts.get(digest));

  test.each(DAMAGES)('with $name gives no wrong answer', ({ apply }) =>
    fc.assert(
      fc.asyncProperty(fc.nat(), async (at) => {
        const store = apply(inside.store, at, edited.store) ?? new Uint8Array();
        if (store !== edited.store) expectNoWrongAnswer(await askWith(store), expectedAnswers);
      }),
      { numRuns: 8 },
    ),
  );

  test('answers 503 to everything when its index is damaged, and never throws', async () => {
    const { length } = inside.store;
    const heapAt = new DataView(inside.store.buffer).getUint32(4 * (7 + SECTIONS_BEFORE_HEAP), true);
    expect(heapAt).toBeLessThan(length);
    fc.assert(
      fc.property(fc.nat(8 * heapAt - 1), (bit) => {
        expect(() => decodeStore(flip(inside.store, bit).buffer)).toThrow(StoreError);
      }),
      { numRuns: 300 },
    );
    expect(expectNoWrongAnswer(await askWith(flip(inside.store, 8 * 100)), expectedAnswers)).toBe(
      REQUESTS.length,
    );
  });

  test('answers for all that it can when a record or a blob is damaged', async () => {
    const heapAt = new DataView(inside.store.buffer).getUint32(4 * (7 + SECTIONS_BEFORE_HEAP), true);
    const bits = 8 * (inside.store.length - heapAt);
    let unavailable = 0;
    for (let i = 0; i < 20; i++) {
      const damaged = flip(inside.store, 8 * heapAt + Math.floor(((i + 0.5) * bits) / 20));
      unavailable += expectNoWrongAnswer(await askWith(damaged), expectedAnswers);
    }
    expect(unavailable).toBeGreaterThan(20);
    expect(unavailable).toBeLessThan(20 * REQUESTS.length * 0.5);
  });

  test.each([STORE_VERSION - 1, STORE_VERSION + 1])(
    'of version %i is not opened, though it is whole',
    async (version) => {
      const other = inside.store.slice();
      const view = new DataView(other.buffer);
      view.setUint32(4, version, true);
      const heapAt = view.getUint32(4 * (7 + SECTIONS_BEFORE_HEAP), true);
      view.setUint32(8, crc32(other.subarray(12, heapAt), crc32(Uint8Array.of(version))), true);
      expect(() => decodeStore(other.buffer)).toThrow(
        `version ${version}: expected version ${STORE_VERSION}`,
      );
      expect((await askWith(other)).every(({ status }) => status === 503)).toBe(true);
    },
  );
});

/** See format.ts. */
const SECTIONS_BEFORE_HEAP = 15;

describe('a checksum', () => {
  test('is of the bytes and of the version', () => {
    const bytes = new TextEncoder().encode('123456789');
    expect(checksum(bytes)).toBe(crc32(bytes, crc32(Uint8Array.of(STORE_VERSION))));
    expect(checksum(bytes)).not.toBe(crc32(bytes, crc32(Uint8Array.of(STORE_VERSION - 1))));
    expect(checksum(bytes, 2, 5)).toBe(checksum(bytes.subarray(2, 5)));
    expect(checksum(new Uint8Array())).not.toBe(0);
  });
});

describe('the reader of the search index', () => {
  const texts = Array.from(
    { length: 100 },
    (_, i) => `${wordOf(i)} ${wordOf(i * i)} the w${i} same 東京タワー`,
  );
  const { blockIndex, blocks, positions } = encodeDocuments(
    texts.map((text) => invertDocument(article(text))),
  );
  const queries = ['ferry', 'harb*', 'w*', '"the ferry"', '東京', '"the same" -storm', '-"the same" ferry'];

  test('ends with any bytes, as if their checksum were right', () => {
    const opened = openBlockIndex(blockIndex);
    const visible = new Uint32Array(4).fill(-1);
    const noise = fc.uint8Array({ minLength: 0, maxLength: 3000 });
    const byte = fc.constantFrom(0, 1, 0x7f, 0x80, 0xff);
    const extreme = fc.array(byte, { maxLength: 2000 }).map((bytes) => Uint8Array.from(bytes));
    const edits = fc.array(fc.tuple(fc.nat(), byte), { minLength: 1, maxLength: 8 });
    const damaged = (all: readonly Uint8Array[]): fc.Arbitrary<readonly Uint8Array[]> =>
      fc.oneof(
        fc.array(fc.oneof(noise, extreme), { minLength: all.length, maxLength: all.length }),
        edits.map((changes) =>
          all.map((part) => {
            const copy = part.slice();
            for (const [at, value] of changes) copy[at % copy.length] = value;
            return copy;
          }),
        ),
      );
    let refused = 0;
    fc.assert(
      fc.property(damaged(blocks), damaged(positions), fc.constantFrom(...queries), (some, others, text) => {
        const query = parseQuery(text);
        if (query === undefined) throw new Error(`expected "${text}" to ask for something`);
        const reads = {
          block: (number: number) => some[number] ?? new Uint8Array(),
          positions: (number: number) => others[number] ?? new Uint8Array(),
        };
        try {
          const matches = evaluate(opened, query, reads, visible);
          for (let number = 0; number < 100; number++) matches.score(number);
        } catch (error) {
          expect(error).toBeInstanceOf(StoreError);
          refused++;
        }
      }),
      { numRuns: 2000 },
    );
    expect(refused).toBeGreaterThan(0);
  });
});
