import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { constants, crc32, deflateRawSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DIMENSIONS, type Dimension, EVERYTHING, sliceOf, sliceOfValue, type Value } from '../src/slice.ts';
import {
  addBit,
  countBits,
  emptyBits,
  hasBit,
  keepLargest,
  membersByRank,
  membersWithin,
  nextMember,
  removeBit,
  visitBits,
} from '../src/store/bits.ts';
import type { ArticleFacts, SiteRecord } from '../src/store/facts.ts';
import { decodeStore, type StoreIndex } from '../src/store/format.ts';
import { fill } from '../src/store/fragment.ts';
import { fullPages, newestOf, PAGE_SIZE, pageOf } from '../src/store/history.ts';
import { packSegment } from '../src/store/pack-segment.ts';
import type { Part, StoreCodec } from '../src/store/part.ts';
import { planSegments } from '../src/store/plan-segments.ts';
import { encodeArticle, encodeForms } from '../src/store/record-format.ts';
import { encodeSegment, SegmentError } from '../src/store/segment-format.ts';
import { createShelves, type Records, type Shelf } from '../src/store/shelf.ts';
import { openStore, type Selection, type Store } from '../src/store/store.ts';
import { HOLES } from '../src/store/template.ts';
import { storeWriter } from '../src/store/write-store.ts';

const PINNED = join(import.meta.dirname, 'fixtures/store.bin');

const codec: StoreCodec = {
  crc32,
  deflate: (bytes) => deflateRawSync(bytes, { level: 9, finishFlush: constants.Z_SYNC_FLUSH }),
  digest: (bytes) => createHash('sha256').update(bytes).digest(),
  gzipLength: (bytes) => gzipSync(bytes).length,
};

const site: SiteRecord = {
  facts: {
    styleSource: "'sha256-x'",
    scriptSource: "'sha256-y'",
    feedId: 'urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
    dimensionNames: {
      tag: 'Tags',
      source: 'Sources',
      author: 'Authors',
      language: 'Languages',
      year: 'Years',
      collection: 'Collections',
    },
    moved: { '/old': 'eins' },
    gone: { '/gone': { removed: 1, title: 'Gone' } },
    removed: [],
  },
  fragments: { rss: 'r', head: 'H', home: `<${HOLES.list}>` },
};

interface Example {
  readonly slug: string;
  readonly published: number;
  readonly updated?: number;
  readonly expires?: number;
  readonly listed?: boolean;
  readonly tags?: readonly string[];
  readonly body?: string;
  /** Bodies of later renditions, and when they take over. */
  readonly later?: readonly (readonly [start: number, body: string])[];
}

function factsOf(example: Example): ArticleFacts {
  const { slug, published, updated = published, expires = Number.POSITIVE_INFINITY, listed = true } = example;
  const none = Object.fromEntries(DIMENSIONS.map((dimension) => [dimension, []]));
  const tag = (example.tags ?? []).map((key) => ({ key: key.toLowerCase(), label: key }));
  const values = { ...none, tag } as unknown as Record<Dimension, Value[]>; // one for each of DIMENSIONS
  const size = bodyOf(example).length;
  const renditionStarts = (example.later ?? []).map(([start]) => start);
  const changed = updated;
  return {
    id: `urn:example:${slug}`,
    slug,
    published,
    changed,
    expires,
    listed,
    size,
    renditionStarts,
    values,
  };
}

function bodyOf({ slug, body = `<p>${slug}</p>` }: Example): string {
  return body;
}

interface Written {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly segments: readonly Part[];
  /** Segments of the other forms. */
  readonly forms: readonly Part[];
}

function write(examples: readonly Example[], own: StoreCodec = codec): Written {
  const segments: Part[] = [];
  const forms: Part[] = [];
  const publish = (part: Part): unknown => (isForms(part) ? forms : segments).push(part);
  const articles = examples.map((example) => {
    const text = `${HOLES.origin}/articles/${example.slug} ${HOLES.body}`;
    const bodies = [bodyOf(example), ...(example.later ?? []).map(([, body]) => body)];
    const renditions = bodies.map((body) => ({
      body,
      rss: `rss ${text}`,
      atom: `atom ${text}`,
      json: `json ${text}`,
      page: `page ${text}`,
      teaser: example.slug,
      summary: example.slug,
      day: example.slug,
      mention: example.slug,
    }));
    const otherForms = bodies.map((body) => ({
      markdown: `# ${text} ${body}`,
      text,
      line: FORMS_LINE,
      news: example.slug,
    }));
    return {
      facts: factsOf(example),
      record: encodeArticle(example.slug, renditions, own),
      forms: encodeForms(example.slug, otherForms, own),
    };
  });
  const plans = planSegments(articles.map(({ facts, record }) => ({ id: facts.id, bytes: record.length })));
  const packed = plans.map(({ start, end, mayBeHot }) => {
    const some = articles.slice(start, end);
    const segmentOf = (records: readonly Uint8Array[]) => encodeSegment(records, own.crc32);
    const records = segmentOf(some.map(({ record }) => record));
    const others = segmentOf(some.map((article) => article.forms));
    return { start, ...packSegment(records, others, mayBeHot, own, publish) };
  });
  const search = { directory: new Uint8Array([1, 2, 3]), blocks: [], places: [] };
  const content = { site, articles: articles.map(({ facts }) => facts), segments: packed };
  const bytes = storeWriter(content, own)(search, publish);
  return { bytes, segments, forms };
}

const FORMS_LINE = '- in a list';

function isForms({ bytes }: Part): boolean {
  return Buffer.from(bytes).includes(FORMS_LINE);
}

function shelfOf(index: StoreIndex, segments: readonly Part[], now = 0): Shelf {
  const read = new Map(segments.map(({ digest, bytes }) => [digest, bytes.buffer]));
  return createShelves(index, async (digest) => read.get(digest)).at(now);
}

function textOf(records: Records, article: number, name: 'rss' | 'page'): string {
  const body = records.fragment(article, 'body').fragment;
  const literals = fill(records.fragment(article, name).fragment, (hole) => (hole === 'body' ? body : []));
  return new TextDecoder().decode(Buffer.concat(literals.map((literal) => literal.bytes)));
}

function select(store: Store, ...tags: readonly string[]): Selection {
  return store.select(
    tags.length === 0 ? EVERYTHING : sliceOf([{ dimension: 'tag', isNegated: false, keys: tags }]),
  );
}

const EXAMPLES: readonly Example[] = [
  { slug: 'eins', published: 1000, tags: ['Sea'] },
  { slug: 'also-zwei', published: 2000, tags: ['SEA', 'Weather'] },
  { slug: 'zwei', published: 2000 },
  { slug: 'drei', published: 3000, updated: 3500, tags: ['SEA'] },
  { slug: 'şubat', published: 9000, tags: ['Later'] },
];

describe('the layout', () => {
  test('gives back what was put in', async () => {
    const { bytes, segments } = write(EXAMPLES);
    const index = decodeStore(bytes.buffer);
    expect(segments).toEqual([]);
    expect(index.length).toBe(5);
    expect(index.site).toEqual(site.facts);
    expect([...index.published]).toEqual([1000, 2000, 2000, 3000, 9000]);
    expect([...index.changed]).toEqual([0, 0, 0, 500, 0]);
    expect([...index.sizes]).toEqual(EXAMPLES.map((example) => bodyOf(example).length));
    expect(index.withSlug('şubat')).toEqual([4]);
    expect(index.withSlug('nobody')).toEqual([]);
    const records = await shelfOf(index, segments).open([0, 3]);
    expect(textOf(records, 0, 'page')).toBe('page /articles/eins <p>eins</p>');
    expect(textOf(records, 3, 'rss')).toBe('rss /articles/drei <p>drei</p>');
    expect(records.slug(3)).toBe('drei');
    const [head] = fill(index.siteFragment('head').fragment, () => []);
    expect(new TextDecoder().decode(head?.bytes)).toBe('H');
    expect(() => index.siteFragment('nothing')).toThrow('Cannot find "nothing"');
  });

  test('is the one of the pinned fixture; a change of the layout wants a new version', () => {
    // Compressors differ from machine to machine; without one, blocks are stored.
    const { bytes } = write(EXAMPLES, { ...codec, deflate: (plain) => new Uint8Array(plain.length + 99) });
    if (process.env.UPDATE_PINNED === '1') writeFileSync(PINNED, bytes);
    expect(Buffer.compare(bytes, readFileSync(PINNED))).toBe(0);
  });

  test('names an entry by its content too', async () => {
    const [before, after] = await Promise.all(
      ['<p>one</p>', '<p>another</p>'].map(async (body) => {
        const { bytes, segments } = write([{ slug: 'a', published: 1, body }]);
        return shelfOf(decodeStore(bytes.buffer), segments).open([0]);
      }),
    );
    for (const name of ['rss', 'atom', 'json', 'page'] as const)
      expect(after?.fragment(0, name).fingerprint).not.toBe(before?.fragment(0, name).fingerprint);
  });

  test.each([
    ['no store', Buffer.from('hello'), 'expected a file that "npm run build" wrote'],
    [
      'a store of another version',
      Buffer.from(write([]).bytes).fill(99, 4, 5),
      'version 99: expected version 9',
    ],
    ['a store that was cut off', Buffer.from(write(EXAMPLES).bytes).subarray(0, -1), 'bytes, got'],
  ])('refuses %s', (_, bytes, reason) => {
    expect(() => decodeStore(new Uint8Array(bytes).buffer)).toThrow(reason);
  });

  test('refuses two articles with one slug', () => {
    const twins = [1, 2].map((published) => ({ slug: 'a', published }));
    expect(() => write(twins)).toThrow('two articles with the slug "a"');
  });
});

describe('the store at an instant', () => {
  const index = decodeStore(write(EXAMPLES).bytes.buffer);

  test.each([
    [0, []],
    [999, []],
    [1000, ['eins']],
    [2999, ['eins', 'also-zwei', 'zwei']],
    [3000, ['eins', 'also-zwei', 'zwei', 'drei']],
    [9000, ['eins', 'also-zwei', 'zwei', 'drei', 'şubat']],
  ])('at %i shows what has been published', (now, expected) => {
    const store = openStore(index, now);
    const { members, count } = select(store);
    expect(membersByRank(members, 0, count).map((article) => EXAMPLES[article]?.slug)).toEqual(expected);
    for (const { slug } of EXAMPLES)
      expect(store.withSlug(slug).length).toBe(expected.includes(slug) ? 1 : 0);
  });

  test('has a last change, of however many articles', () => {
    const store = openStore(decodeStore(write([{ slug: 'a', published: 7 }]).bytes.buffer), 10);
    const many = Array.from({ length: 500_000 }, () => 0);
    expect(store.lastModified(many, store.select(EVERYTHING))).toBe(7);
  });

  test('is right until the next article appears', () => {
    expect(openStore(index, 2500)).toMatchObject({ from: 2000, until: 3000 });
    expect(openStore(index, 0)).toMatchObject({ from: Number.NEGATIVE_INFINITY, until: 1000 });
    expect(openStore(index, 9999)).toMatchObject({ from: 9000, until: Number.POSITIVE_INFINITY });
  });

  test('was modified last when something of it changed or appeared', () => {
    const at = (now: number): number | undefined => {
      const store = openStore(index, now);
      const selection = select(store);
      return store.lastModified(membersByRank(selection.members, 0, 99), selection);
    };
    expect(at(0)).toBeUndefined();
    expect(at(2999)).toBe(2000);
    expect(at(8999)).toBe(3500);
    expect(at(9000)).toBe(9000);
  });

  test('knows a value once an article that has it is out, by its most frequent spelling', () => {
    expect(openStore(index, 8999).findUnknown(sliceOfValue('tag', 'later'))).toEqual({
      unknown: 'tag',
      near: [],
    });
    expect(openStore(index, 9000).select(sliceOfValue('tag', 'later'))).toMatchObject({ count: 1 });
    expect(openStore(index, 9000).findUnknown(sliceOfValue('tag', 'se'))).toMatchObject({
      unknown: 'tag',
      near: [{ key: 'sea', label: 'SEA' }],
    });
    expect(openStore(index, 2000).values('tag')).toEqual([
      { key: 'sea', label: 'SEA', count: 2 },
      { key: 'weather', label: 'Weather', count: 1 },
    ]);
  });

  const opened = (examples: readonly Example[], now: number): Store =>
    openStore(decodeStore(write(examples).bytes.buffer), now);

  test('calls a value what most articles that have come call it', () => {
    const spelled = (tag: string, published: number): Example => ({
      slug: `${tag}-${published}`,
      published,
      tags: [tag],
    });
    const examples = [spelled('sea', 1), spelled('Sea', 2), spelled('SEA', 3), spelled('SEA', 4)];
    const labels = [1, 2, 3, 4].map((now) => {
      const store = opened(examples, now);
      expect(store.values('tag').map(({ label }) => label)).toEqual([store.label('tag', 'sea')]);
      return store.label('tag', 'sea');
    });
    expect(labels).toEqual(['sea', 'Sea', 'SEA', 'SEA']);
  });

  test('knows no value whose articles are all over', () => {
    const over = { slug: 'over', published: 1, expires: 5, tags: ['Both', 'Over'] };
    const examples = [over, { slug: 'there', published: 2, tags: ['Both'] }];
    const knownAt: [number, readonly string[]][] = [
      [4, ['both', 'over']],
      [5, ['both']],
    ];
    for (const [now, known] of knownAt) {
      const store = opened(examples, now);
      for (const key of ['both', 'over']) {
        expect(store.findUnknown(sliceOfValue('tag', key)) === undefined, key).toBe(known.includes(key));
        expect(store.label('tag', key) === key).toBe(!known.includes(key));
      }
    }
  });

  test('tells of values that are alike as if there were no articles but the visible', () => {
    const tags = fc.uniqueArray(
      fc.string({ unit: fc.constantFrom('a', 'b', 'ß', '字', '𝒳'), minLength: 1, maxLength: 4 }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(
        tags,
        tags,
        tags,
        fc.string({ unit: fc.constantFrom('a', 'b', '字'), minLength: 1 }),
        (seen, hidden, over, asked) => {
          const articles = (list: readonly string[], published: number, expires?: number): Example[] =>
            list.map((tag, number) => ({
              slug: `${published}-${number}`,
              published,
              tags: [tag],
              ...(expires === undefined ? {} : { expires }),
            }));
          const visible = articles(seen, 2);
          const all = [...articles(over, 1, 3), ...visible, ...articles(hidden, 9)];
          const asks = [asked, ...hidden, ...over].map((tag) => sliceOfValue('tag', tag));
          const [one, other] = [opened(visible, 4), opened(all, 4)];
          for (const slice of asks) expect(other.findUnknown(slice)).toEqual(one.findUnknown(slice));
          expect(other.values('tag')).toEqual(one.values('tag'));
        },
      ),
      { numRuns: 200 },
    );
  });

  test('a slice is told when the next of its own appears or goes', () => {
    const until = (now: number, tag: string, extra: readonly Example[] = []): number =>
      select(openStore(decodeStore(write([...EXAMPLES, ...extra]).bytes.buffer), now), tag).until;
    expect(until(2000, 'weather')).toBe(Number.POSITIVE_INFINITY);
    expect(until(2000, 'sea')).toBe(3000);
    expect(until(9999, 'later', [{ slug: 'x', published: 9500, expires: 12000, tags: ['Later'] }])).toBe(
      12000,
    );
  });
});

/** What a slice is, said anew: filters, no bits. */
function naive(
  examples: readonly Example[],
  now: number,
  isWanted: (tags: readonly string[]) => boolean,
): number[] {
  return examples.flatMap(
    ({ published, expires = Number.POSITIVE_INFINITY, listed = true, tags = [] }, number) =>
      listed && published <= now && expires > now && isWanted(tags) ? [number] : [],
  );
}

const example = fc.record({
  published: fc.integer({ min: 0, max: 100 }),
  expires: fc.oneof(fc.constant(Number.POSITIVE_INFINITY), fc.integer({ min: 1, max: 120 })),
  listed: fc.boolean(),
  tags: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 }),
});

const histories = fc.array(example, { maxLength: 150 }).map((drawn): Example[] =>
  drawn
    .sort((a, b) => a.published - b.published)
    .map((each, number) => ({
      ...each,
      expires: Math.max(each.expires, each.published + 1),
      slug: `s${number}`,
    })),
);

describe('any history', () => {
  const limits = { entries: 50, bytes: 400, reads: 20 };
  const keys = fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 2 });

  test('slices are what a filter gives, and their pages and window hold each article once', () => {
    fc.assert(
      fc.property(histories, fc.integer({ min: 0, max: 120 }), keys, keys, (examples, now, some, none) => {
        const index = decodeStore(write(examples).bytes.buffer);
        const store = openStore(index, now);
        const slice = sliceOf([
          { dimension: 'tag', isNegated: false, keys: some },
          { dimension: 'tag', isNegated: true, keys: none },
        ]);
        if (store.findUnknown(slice) !== undefined) {
          const seen = examples.filter(
            ({ published, expires = Number.POSITIVE_INFINITY, listed }) =>
              published <= now && expires > now && listed,
          );
          const all = new Set(seen.flatMap(({ tags = [] }) => tags));
          expect([...some, ...none].some((key) => !all.has(key))).toBe(true);
          return;
        }
        const selection = store.select(slice);
        const expected = naive(
          examples,
          now,
          (tags) => some.some((key) => tags.includes(key)) && !none.some((key) => tags.includes(key)),
        );
        const { articles, pagesBefore } = newestOf(store, selection, limits, () => undefined);
        const walked = [...articles];
        for (let page = pagesBefore; page > 0; page--) walked.push(...pageOf(store, selection, page));
        expect(walked.toReversed()).toEqual(expected);
        expect(articles.length).toBeGreaterThanOrEqual(Math.min(PAGE_SIZE, expected.length));
        expect(articles.length).toBeLessThanOrEqual(limits.entries);
      }),
      { numRuns: 200 },
    );
  });

  test('a full page keeps its articles while time goes on and others are published', () => {
    fc.assert(
      fc.property(
        histories,
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 0, max: 60 }),
        (examples, now, later) => {
          const before = openStore(decodeStore(write(examples).bytes.buffer), now);
          const added = { slug: 'added', published: Math.max(100, now + later) };
          const after = openStore(decodeStore(write([...examples, added]).bytes.buffer), now + later);
          const pages = fullPages(select(before));
          expect(fullPages(select(after))).toBeGreaterThanOrEqual(pages);
          for (let page = 1; page <= pages; page++) {
            const [old, now_] = [pageOf(before, select(before), page), pageOf(after, select(after), page)];
            expect(now_).toEqual(old.filter(after.isVisible));
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('bits', () => {
  test('are a set', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(200)), fc.nat(201), fc.nat(201), (numbers, a, b) => {
        const bits = emptyBits(201);
        for (const number of numbers) addBit(bits, number);
        const sorted = numbers.toSorted((x, y) => x - y);
        expect(countBits(bits, a)).toBe(sorted.filter((number) => number < a).length);
        expect(hasBit(bits, a)).toBe(numbers.includes(a));
        expect(nextMember(bits, a)).toBe(sorted.find((number) => number >= a));
        const ranks = [Math.min(a, b), Math.max(a, b)] as const;
        expect(membersByRank(bits, ...ranks)).toEqual(sorted.slice(...ranks));
        expect(membersByRank(bits, ...ranks, sorted.length)).toEqual(sorted.slice(...ranks));
        expect(membersWithin(bits, ...ranks)).toEqual(
          sorted.filter((number) => number >= ranks[0] && number < ranks[1]),
        );
        keepLargest(bits, a);
        const largest = a === 0 ? [] : sorted.slice(-a);
        expect(membersByRank(bits, 0, 201)).toEqual(largest);
        removeBit(bits, b);
        const visited: number[] = [];
        visitBits(bits, (member) => visited.push(member));
        expect(visited).toEqual(largest.filter((number) => number !== b));
      }),
    );
  });
});

describe('what has no place in the worker', () => {
  // Incompressible, so that a few hundred are more than the worker may weigh.
  const bodies = Array.from({ length: 600 }, (_, number): Example => {
    const noise = createHash('shake256', { outputLength: 6000 }).update(String(number)).digest('base64');
    return { slug: `s${number}`, published: number, body: `<p>${noise}</p>` };
  });
  const { bytes, segments } = write(bodies);
  const index = decodeStore(bytes.buffer);

  test('is the oldest, in segments that are named by their contents', () => {
    expect(gzipSync(bytes).length).toBeLessThan(2_500_000);
    expect(segments.length).toBeGreaterThan(10);
    const shelf = shelfOf(index, segments);
    expect(shelf.segmentBeside(599)).toBeUndefined();
    expect(shelf.segmentBeside(0)).toBe(0);
    for (const { digest, bytes: content } of segments)
      expect(createHash('sha256').update(content).digest('hex').startsWith(digest)).toBe(true);
  });

  test('is read when it is asked for, each segment once', async () => {
    const asked: string[] = [];
    const read = new Map(segments.map(({ digest, bytes: content }) => [digest, content.buffer]));
    const shelf = createShelves(index, async (digest) => {
      asked.push(digest);
      return read.get(digest);
    }).at(0);
    expect(shelf.open([599])).not.toBeInstanceOf(Promise);
    const records = await shelf.open([0, 1, 2, 599]);
    expect([0, 1, 599].map((article) => records.slug(article))).toEqual(['s0', 's1', 's599']);
    expect(textOf(records, 2, 'rss')).toBe(`rss /articles/s2 ${bodies[2]?.body}`);
    expect(shelf.open([1])).not.toBeInstanceOf(Promise);
    expect(asked).toEqual([segments[0]?.digest]);
  });

  test('is let go with its segment: what is kept of a record is only what was asked for', async () => {
    const records = await shelfOf(index, segments).open([0]);
    for (const name of ['body', 'rss', 'mention'] as const) {
      const { fragment } = records.fragment(0, name);
      const literals = fill(fragment, () => []);
      const held = new Set(literals.map(({ bytes: literal }) => literal.buffer));
      const needed = literals.reduce((sum, { length, deflatedLength }) => sum + length + deflatedLength, 0);
      expect([...held].reduce((sum, { byteLength }) => sum + byteLength, 0)).toBeLessThan(needed + 200);
    }
  });

  test('has the rendition of the instant, and stores once what several have', async () => {
    const first = bodies[0]?.body ?? '';
    const later = [
      [1000, '<p>second</p>'],
      [2000, first],
    ] as const;
    const renewed = write([{ ...bodies[0], slug: 's0', published: 0, later }, ...bodies.slice(1)]);
    const index = decodeStore(renewed.bytes.buffer);
    const bytesOf = (parts: readonly Part[]): number =>
      parts.reduce((sum, part) => sum + part.bytes.length, 0);
    expect(bytesOf(renewed.segments) - bytesOf(segments)).toBeLessThan(2000);
    const forms = new Map(renewed.forms.map((part) => [part.digest, part.bytes.buffer]));
    for (const { now, from, until, body, changed } of [
      { now: 999, from: 599, until: 1000, body: first, changed: 0 },
      { now: 1000, from: 1000, until: 2000, body: '<p>second</p>', changed: 1000 },
      { now: 2000, from: 2000, until: Number.POSITIVE_INFINITY, body: first, changed: 2000 },
    ]) {
      const store = openStore(index, now);
      expect(store).toMatchObject({ from, until });
      expect(select(store).until).toBe(until);
      expect([0, 1].map(store.changed)).toEqual([changed, 1]);
      const records = await shelfOf(index, renewed.segments, now).open([0, 1, 599]);
      expect([0, 1, 599].map((article) => records.slug(article))).toEqual(['s0', 's1', 's599']);
      expect(textOf(records, 0, 'rss')).toBe(`rss /articles/s0 ${body}`);
      expect(textOf(records, 1, 'rss')).toBe(`rss /articles/s1 ${bodies[1]?.body}`);
      const others = await createShelves(index, async (digest) => forms.get(digest))
        .at(now)
        .openForms([0]);
      const [, , markdown] = fill(others.fragment(0, 'markdown').fragment, () => []);
      expect(new TextDecoder().decode(markdown?.bytes)).toBe(` ${body}`);
    }
  });

  test('is missed by name, and the rest goes on', async () => {
    const shelf = createShelves(index, async () => undefined).at(0);
    await expect(shelf.open([0])).rejects.toThrow(
      `Cannot read ${segments[0]?.digest} of the store: there is none`,
    );
    expect((await shelf.open([599])).slug(599)).toBe('s599');
    const cutOff = createShelves(index, () => Promise.reject(new TypeError('no network'))).at(0);
    await expect(cutOff.open([0])).rejects.toThrow(SegmentError);
  });

  test('is checked: a damaged record is not shown', async () => {
    const damaged = segments.map(({ digest, bytes: content }) => {
      const copy = content.slice();
      copy[copy.length - 1] = (copy[copy.length - 1] ?? 0) ^ 1;
      return { digest, bytes: copy };
    });
    const records = await shelfOf(index, damaged).open([0]);
    expect(records.slug(0)).toBe('s0');
    const last = index.segments.start(1) - 1;
    expect(() => records.slug(last)).toThrow('its checksum is another');
    const misplaced = segments.map(({ digest, bytes: content }) => {
      const copy = content.slice();
      new DataView(copy.buffer).setUint32(12, 0xffff_fff0, true);
      return { digest, bytes: copy };
    });
    const lost = await shelfOf(index, misplaced).open([0]);
    for (const article of [0, 1]) expect(() => lost.slug(article)).toThrow(SegmentError);
    const cut = createShelves(index, async () => segments[0]?.bytes.slice(0, 100).buffer).at(0);
    await expect(cut.open([0])).rejects.toThrow('Cannot read a segment of the store');
  });

  test('stays what it is when articles come, but near to where they come', () => {
    const digests = (examples: readonly Example[]): Set<string> =>
      new Set(write(examples).segments.map(({ digest }) => digest));
    const before = digests(bodies);
    const appended = digests([...bodies, { slug: 'new', published: 600 }]);
    expect([...before].filter((digest) => !appended.has(digest))).toEqual([]);
    const inserted = digests([
      ...bodies.slice(0, 300),
      { slug: 'new', published: 299 },
      ...bodies.slice(300),
    ]);
    expect([...before].filter((digest) => !inserted.has(digest)).length).toBeLessThanOrEqual(2);
  });
});
