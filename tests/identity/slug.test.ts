import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Candidate, EMPTY_LEDGER } from '../../src/identity/ledger.ts';
import { writeLedger } from '../../src/identity/ledger-file.ts';
import type { Reconciliation } from '../../src/identity/reconcile.ts';
import {
  build,
  DAY,
  document,
  first,
  identity,
  NOW,
  type Options,
  PUBLISHED,
  pathId,
  prose,
} from '../support/identity.ts';

describe('the address', () => {
  test('moves when the publisher pins another slug, and the old one redirects', () => {
    const pinned = build(first([document('a.md')]), [document('a.md', { slug: 'b' })]);
    expect(identity(pinned, 'a.md')).toMatchObject({ slug: 'b', redirects: ['a'] });
    const unpinned = build(pinned.ledger, [document('a.md')]);
    expect(identity(unpinned, 'a.md')).toMatchObject({ slug: 'b', redirects: ['a'] });
    const back = build(unpinned.ledger, [document('a.md', { slug: 'a' })]);
    expect(identity(back, 'a.md')).toMatchObject({ slug: 'a', redirects: ['b'] });
  });

  test('that two new documents want belongs to the one published first; the other gets its date, then a number', () => {
    const late = PUBLISHED + DAY - 1;
    const documents = [
      document('c.md', { headline: 'news', published: late }),
      document('b.md', { headline: 'news', published: late }),
      document('d.md', { headline: 'news', published: late }),
      document('z.md', { headline: 'news' }),
      document('u.md', { headline: 'news', published: undefined }),
    ];
    const built = build(EMPTY_LEDGER, documents);
    expect(Object.fromEntries([...built.identities].map(([path, { slug }]) => [path, slug]))).toEqual({
      'z.md': 'news',
      'b.md': 'news-2021-02-04',
      'c.md': 'news-2021-02-04-2',
      'd.md': 'news-2021-02-04-3',
      'u.md': 'news-2',
    });
    expect(built.warnings).toContain(
      'Named seeds/b.md "news-2021-02-04", because "news" belongs to seeds/z.md; pin a slug to choose another',
    );
    const twins = ['caf\u00E9.md', 'cafe\u0301.md'].map((path) => document(path, { headline: 'cafe' }));
    expect(build(EMPTY_LEDGER, twins).warnings).toContainEqual(
      expect.stringMatching(
        /because "cafe" belongs to seeds\/caf\S+, which looks the same but is spelled with other characters; pin/,
      ),
    );
    const earlier = document('y.md', { headline: 'news', published: PUBLISHED - DAY });
    const next = build(built.ledger, [...documents, earlier]);
    expect(identity(next, 'z.md').slug).toBe('news');
    expect(identity(next, 'y.md').slug).toBe('news-2021-02-02');
  });

  test('without a headline is the end of the id', () => {
    const built = build(EMPTY_LEDGER, [
      document('a.md', { headline: '' }),
      document('b.md', { headline: '', id: 'https://example.org/?p=1' }),
    ]);
    expect(identity(built, 'a.md').slug).toBe(pathId('a.md').slice(-12));
    expect(identity(built, 'b.md').slug).toMatch(/^[0-9a-f]{12}$/);
  });

  test.each([
    ['another’s pinned slug', document('z.md', { slug: 'b' }), 'seeds/b.md'],
    ['another’s slug', document('z.md', { slug: 'a' }), 'seeds/a.md'],
    ['another’s redirect', document('z.md', { slug: 'b-old' }), 'seeds/b.md'],
    ['the slug of a removed article', document('z.md', { slug: 'gone' }), 'seeds/gone.md, which was removed'],
  ])('that is pinned is refused when it is %s', (_, intruder, owner) => {
    const start = [document('a.md'), document('b.md', { headline: 'b-old' }), document('gone.md')];
    const known = [document('a.md'), document('b.md', { slug: 'b' })];
    const built = build(build(first(start), known).ledger, [...known, intruder]);
    expect(built.refused.get('z.md')?.message).toBe(
      `Cannot publish seeds/z.md: the slug "${intruder.slug}" belongs to ${owner}; expected a slug of its own`,
    );
    expect([...built.identities.keys()].sort()).toEqual(['a.md', 'b.md']);
  });

  test('of a document whose new pinned slug is refused stays its own', () => {
    const ledger = first([document('a.md'), document('b.md')]);
    const built = build(ledger, [
      document('a.md', { slug: 'b' }),
      document('b.md'),
      document('c.md', { headline: 'a' }),
    ]);
    expect(built.refused.has('a.md')).toBe(true);
    expect(identity(built, 'c.md').slug).toBe('a-2021-02-03');
    expect(built.removals).toEqual([]);
    expect(built.ledger.entries).toEqual(expect.arrayContaining([...ledger.entries]));
  });

  test('that is pinned must be a name', () => {
    for (const slug of ['a/b', '..']) {
      const { refused } = build(EMPTY_LEDGER, [document('a.md', { slug })]);
      expect(refused.get('a.md')?.message).toBe(
        `Cannot publish seeds/a.md: the slug "${slug}" is not a name; expected one segment of a path, without "/"`,
      );
    }
  });

  test('of a removed, renamed or aliased article is never given to a new one', () => {
    const start = [document('a.md', { aliases: ['old', '/2020/old/'] }), document('b.md')];
    const changed = build(first(start), [document('a.md', { slug: 'c' })]);
    expect(identity(changed, 'a.md').redirects).toEqual(['/2020/old/', 'a', 'old']);
    const newcomers = ['a', 'b', 'c', 'old'].map((headline) => document(`new-${headline}.md`, { headline }));
    const built = build(changed.ledger, [document('a.md', { slug: 'c' }), ...newcomers]);
    for (const { path, headline } of newcomers) {
      expect(identity(built, path).slug).toBe(`${headline}-2021-02-03`);
    }
  });

  test('as an alias belongs to one document, and never takes the place of an article', () => {
    const aliases = ['/old', 'c'];
    const built = build(EMPTY_LEDGER, [
      document('a.md', { aliases }),
      document('b.md', { aliases }),
      document('c.md', { slug: 'c' }),
    ]);
    expect(identity(built, 'a.md').redirects).toEqual(['/old']);
    expect(identity(built, 'b.md').redirects).toEqual([]);
    expect(built.warnings).toEqual([
      'Ignored the alias "c" of seeds/a.md: it belongs to seeds/c.md',
      'Ignored the alias "/old" of seeds/b.md: it belongs to seeds/a.md',
      'Ignored the alias "c" of seeds/b.md: it belongs to seeds/c.md',
    ]);
    const next = build(built.ledger, [
      document('a.md'),
      document('b.md', { aliases: ['/old'] }),
      document('c.md'),
    ]);
    expect(identity(next, 'a.md').redirects).toEqual([]);
    expect(identity(next, 'b.md').redirects).toEqual(['/old']);
  });

  test('as an alias stays with the document that has it and still states it', () => {
    const holder = document('b.md', { aliases: ['/old'] });
    const built = build(first([holder]), [
      holder,
      document('a.md', { aliases: ['/old'], published: PUBLISHED - DAY }),
    ]);
    expect(identity(built, 'b.md').redirects).toEqual(['/old']);
    expect(identity(built, 'a.md').redirects).toEqual([]);
  });

  test('of a removed article that an alias led elsewhere is its own again when it comes back', () => {
    const merged = [document('a.md', { aliases: ['b'] })];
    const ledger = build(first([document('a.md'), document('b.md')]), merged).ledger;
    const built = build(ledger, [...merged, document('b.md')]);
    expect(identity(built, 'b.md').slug).toBe('b');
    expect(identity(built, 'a.md').redirects).toEqual([]);
  });
});

describe('a scheduled article', () => {
  const LATER = NOW + DAY;
  const scheduled = (path: string, options: Options = {}): Candidate =>
    document(path, { published: LATER, ...options });

  test('gets an address that nobody else wants', () => {
    const built = build(EMPTY_LEDGER, [
      document('dated.md', { headline: 'one' }),
      scheduled('pinned.md', { slug: 'one' }),
      document('undated.md', { headline: 'two', published: undefined }),
      scheduled('second.md', { headline: 'two' }),
      document('third.md', { headline: 'three' }),
      scheduled('alias.md', { aliases: ['three', '/free'] }),
    ]);
    expect(identity(built, 'dated.md').slug).toBe('one');
    expect(built.refused.get('pinned.md')?.message).toBe(
      'Cannot publish seeds/pinned.md: the slug "one" belongs to seeds/dated.md; expected a slug of its own',
    );
    expect(identity(built, 'undated.md').slug).toBe('two');
    expect(identity(built, 'second.md').slug).toBe('two-2026-11-23');
    expect(identity(built, 'third.md').slug).toBe('three');
    expect(identity(built, 'alias.md').redirects).toEqual(['/free']);
  });

  test('yields an address that nobody was given, and keeps one that somebody was', () => {
    const ledger = first([scheduled('a.md', { headline: 'storm' })]);
    const newer = document('b.md', { headline: 'storm' });
    const built = build(ledger, [scheduled('a.md', { headline: 'storm' }), newer]);
    expect(identity(built, 'b.md').slug).toBe('storm');
    expect(identity(built, 'a.md')).toMatchObject({ id: pathId('a.md'), slug: 'storm-2026-11-23' });
    const published = first([document('a.md', { headline: 'storm' })]);
    const postponed = build(published, [scheduled('a.md', { headline: 'storm' }), newer]);
    expect(identity(postponed, 'a.md').slug).toBe('storm');
    expect(identity(postponed, 'b.md').slug).toBe('storm-2021-02-03');
    // One that was deleted before anybody saw it.
    expect(identity(build(build(ledger, []).ledger, [newer]), 'b.md').slug).toBe('storm');
  });

  test('leads no address of another article away before it is published', () => {
    const ledger = first([document('a.md'), document('gone.md')]);
    const renamed = build(ledger, [document('a.md', { slug: 'new' }), document('gone.md')]).ledger;
    const documents = [
      document('a.md', { slug: 'new' }),
      scheduled('b.md', { aliases: ['a', 'gone', 'new'] }),
    ];
    const before = build(renamed, documents);
    expect(identity(before, 'a.md').redirects).toEqual(['a']);
    expect(before.removals.map(({ addresses }) => addresses)).toEqual([['gone']]);
    expect(before.warnings).toContain(
      'Ignored the alias "gone" of seeds/b.md until it is published: it belongs to seeds/gone.md, which was removed',
    );
    const after = build(before.ledger, documents, LATER);
    expect(identity(after, 'b.md').redirects).toEqual(['a', 'gone']);
    expect(identity(after, 'a.md')).toMatchObject({ slug: 'new', redirects: [] });
  });

  test('that is brought forward is new, and not updated', () => {
    const ledger = first([document('b.md'), scheduled('a.md')]);
    const built = build(ledger, [document('b.md'), document('a.md', { text: 'Other words.' })], NOW + 1);
    expect(identity(built, 'a.md')).toMatchObject({
      published: PUBLISHED,
      updated: PUBLISHED,
      added: NOW + 1,
    });
    const again = build(built.ledger, [document('b.md'), document('a.md', { text: 'Other words.' })], LATER);
    expect(writeLedger(again.ledger)).toBe(writeLedger(built.ledger));
  });

  test('changes no other identity, whatever it states', () => {
    const name = fc.constantFrom('a', 'b', 'c');
    const drawn = fc.record(
      {
        headline: name,
        slug: name,
        id: fc.constantFrom('1', 'urn:example:1'),
        aliases: fc.uniqueArray(fc.constantFrom('a', 'b', '/c'), { maxLength: 2 }),
        isUndated: fc.boolean(),
      },
      { requiredKeys: ['headline'] },
    );
    const folder = (prefix: string, published: number) =>
      fc.array(drawn, { maxLength: 4 }).map((all) =>
        all.map(({ isUndated, ...options }, number) =>
          document(`${prefix}${number}.md`, {
            ...options,
            text: prose(`${prefix}${number}x`),
            published: isUndated && published < NOW ? undefined : published,
          }),
        ),
      );
    fc.assert(
      fc.property(
        folder('m', PUBLISHED),
        folder('n', PUBLISHED),
        folder('h', LATER),
        folder('z', LATER),
        (old, added, hidden, more) => {
          const told = ({ identities, refused, removals }: Reconciliation) => ({
            identities: [...old, ...added].map(({ path }) => identities.get(path)),
            refused: [...old, ...added].map(({ path }) => refused.has(path)),
            removals: removals.length,
          });
          const visible = [...old, ...added];
          expect(told(build(EMPTY_LEDGER, [...visible, ...hidden]))).toEqual(
            told(build(EMPTY_LEDGER, visible)),
          );
          // Who states the id of another document is that article.
          const nameless = ({ id: _, ...rest }: Candidate): Candidate => rest;
          const [before, after] = [old, visible].map((documents) => documents.map(nameless));
          const secrets = hidden.map(nameless);
          const one = build(first(before ?? []), after ?? []);
          const ledger = first([...(before ?? []), ...secrets]);
          const other = build(ledger, [...(after ?? []), ...secrets.slice(1), ...more.map(nameless)]);
          expect(told(other)).toEqual(told(one));
        },
      ),
      { numRuns: 300 },
    );
  });
});
