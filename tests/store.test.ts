import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { constants, deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { concatenate } from '../src/http/gzip.ts';
import {
  type ArticleRecord,
  type Columns,
  decodeStore,
  encodeStore,
  type SiteRecord,
} from '../src/store/format.ts';
import { fill } from '../src/store/fragment.ts';
import type { Codec } from '../src/store/fragment-format.ts';
import { openStore } from '../src/store/store.ts';
import { HOLES } from '../src/store/template.ts';

const PINNED = join(import.meta.dirname, 'fixtures/store.bin');

const codec: Codec = {
  deflate: (bytes) => deflateRawSync(bytes, { level: 9, finishFlush: constants.Z_SYNC_FLUSH }),
  fingerprint: (text) => String(text.length).padStart(4, '0'),
};

const site: SiteRecord = {
  facts: {
    styleSource: "'sha256-x'",
    moved: { '/old': 'eins' },
    gone: ['/gone'],
    removed: [],
  },
  fragments: {
    rss: 'r',
    atom: 'a',
    json: 'j',
    head: 'H',
    top: '',
    foot: 'F',
    home: `<${HOLES.list}>`,
    subscribe: 's',
    notFound: 'n',
    gone: 'g',
    failure: 'f',
  },
};

function article(slug: string, published: number, updated = published): ArticleRecord {
  const text = `${HOLES.origin}/articles/${slug} ${HOLES.body}`;
  return {
    slug,
    published,
    updated,
    expires: Number.POSITIVE_INFINITY,
    listed: true,
    fragments: {
      body: `<p>${slug}</p>`,
      rss: `rss ${text}`,
      atom: `atom ${text}`,
      json: `json ${text}`,
      page: `page ${text}`,
      teaser: slug,
    },
  };
}

const ARTICLES = [
  article('zwei', 2000),
  article('eins', 1000),
  article('drei', 3000, 3500),
  article('also-zwei', 2000),
  article('şubat', 9000),
];

function open(articles: readonly ArticleRecord[]): Columns {
  return decodeStore(encodeStore(site, articles, codec).buffer);
}

function read(columns: Columns, index: number, name: 'rss' | 'page'): string {
  const body = columns.articleFragment(index, 'body').fragment;
  const literals = fill(columns.articleFragment(index, name).fragment, (hole) =>
    hole === 'body' ? body : [],
  );
  return new TextDecoder().decode(concatenate(literals));
}

describe('the layout', () => {
  test('gives back what was put in', () => {
    const columns = open(ARTICLES);
    expect(columns.length).toBe(5);
    expect(columns.site).toEqual(site.facts);
    expect([...columns.published]).toEqual([9000, 3000, 2000, 2000, 1000]);
    expect([...columns.updated]).toEqual([9000, 3500, 2000, 2000, 1000]);
    expect(read(columns, 1, 'rss')).toBe('rss /articles/drei <p>drei</p>');
    expect(read(columns, 4, 'page')).toBe('page /articles/eins <p>eins</p>');
    expect(new TextDecoder().decode(concatenate(fill(columns.siteFragment('foot').fragment, () => [])))).toBe(
      'F',
    );
  });

  test('is the one of the pinned fixture; a change of the layout wants a new version', () => {
    const encoded = encodeStore(site, ARTICLES, {
      ...codec,
      deflate: (bytes) => new Uint8Array(bytes.length + 99),
    });
    if (process.env.UPDATE_PINNED === '1') writeFileSync(PINNED, encoded);
    expect(Buffer.compare(encoded, readFileSync(PINNED))).toBe(0);
  });

  test('does not depend on the order of the articles', () => {
    const [one, other] = [
      encodeStore(site, ARTICLES, codec),
      encodeStore(site, [...ARTICLES].reverse(), codec),
    ];
    expect(Buffer.compare(one, other)).toBe(0);
  });

  test('names an entry by its content too', () => {
    const before = open([article('a', 1)]);
    const after = open([
      { ...article('a', 1), fragments: { ...article('a', 1).fragments, body: '<p>another</p>' } },
    ]);
    for (const name of ['rss', 'atom', 'json', 'page'] as const) {
      expect(after.articleFragment(0, name).fingerprint).not.toBe(
        before.articleFragment(0, name).fingerprint,
      );
    }
  });

  test('holds no articles', () => {
    expect(openStore(open([]), 0).newest(10)).toEqual([]);
    expect(openStore(open([]), 0).lastModified([])).toBeUndefined();
  });

  test.each([
    ['no store', Buffer.from('hello'), 'expected a file that "npm run build" wrote'],
    [
      'a store of another version',
      Buffer.from(encodeStore(site, [], codec)).fill(9, 4, 5),
      'version 9: expected version 4',
    ],
    [
      'a store that was cut off',
      Buffer.from(encodeStore(site, ARTICLES, codec)).subarray(0, -1),
      'bytes, got',
    ],
  ])('refuses %s', (_, bytes, reason) => {
    expect(() => decodeStore(new Uint8Array(bytes).buffer)).toThrow(reason);
  });

  test('refuses two articles with one slug', () => {
    expect(() => encodeStore(site, [article('a', 1), article('a', 2)], codec)).toThrow(
      'two articles with the slug "a"',
    );
  });
});

describe('the store at an instant', () => {
  const columns = open(ARTICLES);
  const slugs = (now: number): string[] =>
    openStore(columns, now)
      .newest(10)
      .map((number) => new TextDecoder().decode(columns.slug(number)));

  test.each([
    [0, []],
    [999, []],
    [1000, ['eins']],
    [2999, ['also-zwei', 'zwei', 'eins']],
    [3000, ['drei', 'also-zwei', 'zwei', 'eins']],
    [9000, ['şubat', 'drei', 'also-zwei', 'zwei', 'eins']],
  ])('at %i shows what has been published', (now, expected) => {
    expect(slugs(now)).toEqual(expected);
    for (const record of ARTICLES) {
      expect(openStore(columns, now).findBySlug(record.slug) !== undefined).toBe(
        expected.includes(record.slug),
      );
    }
  });

  test('is right until the next article appears', () => {
    expect(openStore(columns, 2500)).toMatchObject({ from: 2000, until: 3000 });
    expect(openStore(columns, 0)).toMatchObject({ from: Number.NEGATIVE_INFINITY, until: 1000 });
    expect(openStore(columns, 9999)).toMatchObject({ from: 9000, until: Number.POSITIVE_INFINITY });
  });

  test('finds no slug that is not there', () => {
    for (const slug of ['', 'a', 'zwe', 'zweii', 'ŞUBAT', 'zzz', '\u{10FFFF}']) {
      expect(openStore(columns, 9999).findBySlug(slug)).toBeUndefined();
    }
  });

  test('was modified last when something of it changed or appeared', () => {
    const at = (now: number): number | undefined => {
      const store = openStore(columns, now);
      return store.lastModified(store.newest(10));
    };
    expect(at(2999)).toBe(2000);
    expect(at(8999)).toBe(3500);
    expect(at(9000)).toBe(9000);
  });
});
