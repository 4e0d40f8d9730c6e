import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fullPages, newestOf, PAGE_SIZE, pageOf } from '../../src/app/select-articles.ts';
import { EVERYTHING, sliceOf, sliceOfValue } from '../../src/facets.ts';
import { membersByRank } from '../../src/store/bits.ts';
import { decodeStore } from '../../src/store/format.ts';
import { STORE_VERSION } from '../../src/store/integrity.ts';
import { openStore, type Selection, type Store } from '../../src/store/store.ts';
import { bodyOf, codec, type Example, shelfOf, site, textIn, textOf, write } from '../support/store.ts';

const PINNED = join(import.meta.dirname, '../fixtures/store.bin');

function select(store: Store, ...tags: readonly string[]): Selection {
  return store.select(
    tags.length === 0 ? EVERYTHING : sliceOf([{ facet: 'tag', isNegated: false, keys: tags }]),
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
    expect(index.site).toEqual(site.metadata);
    expect([...index.published]).toEqual([1000, 2000, 2000, 3000, 9000]);
    expect([...index.changed]).toEqual([0, 0, 0, 500, 0]);
    expect([...index.sizes]).toEqual(EXAMPLES.map((example) => bodyOf(example).length));
    expect(index.withSlug('şubat')).toEqual([4]);
    expect(index.withSlug('nobody')).toEqual([]);
    const records = await shelfOf(index, segments).open([0, 3]);
    expect(textOf(records, 0, 'page')).toBe('page /articles/eins <p>eins</p>');
    expect(textOf(records, 3, 'rss')).toBe('rss /articles/drei <p>drei</p>');
    expect(records.slug(3)).toBe('drei');
    expect(textIn(index.siteFragment('head'), () => {})).toBe('H');
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
      Buffer.from(write([]).bytes).fill(STORE_VERSION + 1, 4, 5),
      `version ${STORE_VERSION + 1}: expected version ${STORE_VERSION}`,
    ],
    ['a store that was cut off', Buffer.from(write(EXAMPLES).bytes).subarray(0, -1), 'bytes, got'],
    [
      'a store of which the index is damaged',
      Buffer.from(write(EXAMPLES).bytes).fill(1, 200, 201),
      'the checksum of its index is wrong',
    ],
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
    expect(at(0)).toBe(0);
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
          { facet: 'tag', isNegated: false, keys: some },
          { facet: 'tag', isNegated: true, keys: none },
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
