import { describe, expect, test } from 'vitest';
import { fingerprint } from '../../src/documents/fingerprint.ts';
import { similarity } from '../../src/identity/find-moved.ts';
import { type Ledger, mintId } from '../../src/identity/ledger.ts';
import { writeLedger } from '../../src/identity/ledger-file.ts';
import { reconcile } from '../../src/identity/reconcile.ts';
import {
  build,
  DAY,
  document,
  edited,
  first,
  identity,
  NOW,
  PUBLISHED,
  pathId,
  prose,
} from '../support/identity.ts';

describe('a document is known again', () => {
  const start = [document('a.md'), document('b.md'), document('c.md')];
  const ledger = first(start);
  const others = start.slice(1);

  test('when it is renamed or moved: id, date and address stay', () => {
    const built = build(ledger, [document('2021/z.md', { text: prose('a'), headline: 'a' }), ...others]);
    expect(identity(built, '2021/z.md')).toMatchObject({
      id: pathId('a.md'),
      slug: 'a',
      published: PUBLISHED,
      updated: PUBLISHED,
      redirects: [],
    });
    expect(built.removals).toEqual([]);
    expect(built.warnings).toEqual([]);
  });

  test('when its headline or tags change: the address stays, and it is not updated', () => {
    const built = build(ledger, [document('a.md', { headline: 'another' }), ...others]);
    expect(identity(built, 'a.md')).toMatchObject({ slug: 'a', updated: PUBLISHED, redirects: [] });
  });

  test('when it is edited, also so much that only the place is the same', () => {
    for (const text of [edited(prose('a')), prose('other')]) {
      const built = build(ledger, [document('a.md', { text }), ...others]);
      expect(identity(built, 'a.md')).toMatchObject({ id: pathId('a.md'), slug: 'a', updated: NOW });
      expect(built.warnings).toEqual([]);
    }
  });

  test('when everything in its place is new, with a warning', () => {
    const built = build(ledger, [document('a.md', { text: prose('x'), headline: 'x' }), ...others]);
    expect(identity(built, 'a.md').id).toBe(pathId('a.md'));
    expect(built.warnings).toEqual([
      'The text and the headline of seeds/a.md are new: it is still the article "a"; for another article use another file',
    ]);
  });

  test('when it is moved and edited in one step, with a warning', () => {
    for (const options of [{ headline: 'a', published: undefined }, { headline: 'new' }]) {
      const built = build(ledger, [document('z.md', { text: edited(prose('a')), ...options }), ...others]);
      expect(identity(built, 'z.md')).toMatchObject({ id: pathId('a.md'), slug: 'a', updated: NOW });
      expect(built.warnings).toEqual([
        'Took seeds/z.md for seeds/a.md, moved and edited: it keeps its id and its address; if it is another article, state an id of its own in it',
      ]);
    }
  });

  test('but not when headline and date are others, nor when it brings an id of its own', () => {
    for (const options of [
      { headline: 'new', published: PUBLISHED + DAY },
      { headline: 'a', id: 'tag:e.org,2021:z' },
    ]) {
      const built = build(ledger, [document('z.md', { text: edited(prose('a')), ...options }), ...others]);
      expect(identity(built, 'z.md').id).not.toBe(pathId('a.md'));
      expect(built.removals).toMatchObject([{ id: pathId('a.md'), removed: NOW, addresses: ['a'] }]);
    }
  });

  test('but not when two are equally near: both are new, with a warning', () => {
    const [text, headline] = [edited(prose('a')), 'a'];
    const built = build(ledger, [
      document('y.md', { text, headline }),
      document('z.md', { text: text.replace(/\W+/g, ', '), headline }),
      ...others,
    ]);
    expect(identity(built, 'y.md').id).toBe(pathId('y.md'));
    expect(identity(built, 'z.md').id).toBe(pathId('z.md'));
    expect(built.warnings).toContain(
      `Cannot tell whether seeds/y.md is seeds/a.md, moved and edited, because others are as similar; made it a new article; to keep the old one, state the id "${pathId('a.md')}" in it`,
    );
  });

  test('by its date among others that are as similar', () => {
    const issue = (path: string, day: number, text: string) =>
      document(path, { text, headline: 'weather', published: PUBLISHED + day * DAY });
    const known = first([issue('1.md', 1, prose('w')), issue('2.md', 2, prose('w'))]);
    const built = build(known, [issue('a.md', 2, edited(prose('w'))), issue('b.md', 1, edited(prose('w')))]);
    expect(identity(built, 'a.md').id).toBe(pathId('2.md'));
    expect(identity(built, 'b.md').id).toBe(pathId('1.md'));
  });

  test('when it states the id of its article, whatever else is new', () => {
    const built = build(ledger, [
      document('z.md', { text: prose('z'), headline: 'z', id: pathId('a.md') }),
      ...others,
    ]);
    expect(identity(built, 'z.md')).toMatchObject({ id: pathId('a.md'), slug: 'a' });
    expect(built.warnings).toEqual([]);
  });

  test('by the hash in its name, whatever else is new', () => {
    const known = first([document('000_e57ca9b3374e5dac.txt')]);
    const built = build(known, [document('x/9_e57ca9b3374e5dac.txt', { text: prose('z'), headline: 'z' })]);
    expect(identity(built, 'x/9_e57ca9b3374e5dac.txt').id).toBe(mintId('hash:e57ca9b3374e5dac'));
  });

  test('when two exchange their names: each text keeps its id, with a warning', () => {
    const series = (n: string): string => `${prose('series')} ${prose('series2')} part ${n}`;
    for (const [one, two] of [
      [prose('a'), prose('b')],
      [series('one'), series('two')],
    ] as const) {
      const known = first([document('a.md', { text: one }), document('b.md', { text: two })]);
      const built = build(known, [
        document('a.md', { text: two, headline: 'b' }),
        document('b.md', { text: one, headline: 'a' }),
      ]);
      expect(identity(built, 'a.md')).toMatchObject({ id: pathId('b.md'), slug: 'b', updated: PUBLISHED });
      expect(identity(built, 'b.md')).toMatchObject({ id: pathId('a.md'), slug: 'a', updated: PUBLISHED });
      expect(built.warnings).toEqual([
        'The text of seeds/b.md is now in seeds/a.md: the article follows its text and keeps its id and its address',
        'The text of seeds/a.md is now in seeds/b.md: the article follows its text and keeps its id and its address',
      ]);
    }
  });

  test('when a new one is written over a copy of the one that was moved', () => {
    const built = build(ledger, [
      document('archive/1.md', { text: prose('a'), headline: 'a' }),
      document('a.md', { text: edited(prose('a')), headline: 'week-2', published: PUBLISHED + 7 * DAY }),
      ...others,
    ]);
    expect(identity(built, 'archive/1.md').id).toBe(pathId('a.md'));
    expect(identity(built, 'a.md').slug).toBe('week-2');
  });

  test('beside its copy: the original keeps its id, edited or not, and the copy is new, with a warning', () => {
    const copy = document('copy.md', { text: prose('a'), headline: 'a' });
    const built = build(ledger, [...start, copy]);
    expect(identity(built, 'a.md')).toMatchObject({ id: pathId('a.md'), slug: 'a' });
    expect(identity(built, 'copy.md')).toMatchObject({ id: pathId('copy.md'), slug: 'a-2021-02-03' });
    expect(built.warnings).toContain(
      'The text of seeds/copy.md is that of seeds/a.md: it is published as an article of its own; delete one of them if that is a mistake',
    );
    expect(build(built.ledger, [...start, copy]).warnings).toEqual([]);

    const both = build(ledger, [document('a.md', { text: edited(prose('a')) }), ...others, copy]);
    expect(identity(both, 'a.md').id).toBe(pathId('a.md'));
    expect(identity(both, 'copy.md').id).toBe(pathId('copy.md'));
  });

  test('by its headline among others of the same short text', () => {
    const short = (path: string, headline: string) => document(path, { text: 'Listen.', headline });
    const known = first([short('1.md', 'one'), short('2.md', 'two')]);
    const moved = build(known, [short('x/a.md', 'two'), short('x/b.md', 'one')]);
    expect(identity(moved, 'x/a.md').id).toBe(pathId('2.md'));
    expect(identity(moved, 'x/b.md').id).toBe(pathId('1.md'));
    const replaced = build(known, [short('2.md', 'two'), short('3.md', 'three')]);
    expect(identity(replaced, '3.md').id).toBe(pathId('3.md'));
  });

  test('when it is split: what stays in its place keeps the id; when two are merged: likewise', () => {
    const halves = prose('a').split(' ');
    const [one, two] = [halves.slice(0, 50).join(' '), halves.slice(50).join(' ')];
    const split = build(ledger, [
      document('a.md', { text: one }),
      document('a2.md', { text: two, headline: 'a-part-2' }),
      ...others,
    ]);
    expect(identity(split, 'a.md').id).toBe(pathId('a.md'));
    expect(identity(split, 'a2.md').id).toBe(pathId('a2.md'));

    const merged = build(ledger, [
      document('a.md', { text: `${prose('a')} ${prose('b')}`, aliases: ['b'] }),
      document('c.md'),
    ]);
    expect(identity(merged, 'a.md')).toMatchObject({ id: pathId('a.md'), redirects: ['b'] });
    expect(merged.removals).toMatchObject([{ id: pathId('b.md'), addresses: [] }]);
  });
});

describe('a removed article', () => {
  const ledger = first([document('a.md'), document('b.md')]);
  const removed = build(ledger, [document('b.md')]);

  test('is remembered with the instant of the build that missed it, and says so once', () => {
    expect(removed.removals).toMatchObject([
      { id: pathId('a.md'), removed: NOW, title: 'a', addresses: ['a'] },
    ]);
    expect(removed.warnings).toEqual([
      `seeds/a.md is gone: the article "a" is removed; if it continues in another document, state the id "${pathId('a.md')}" there`,
    ]);
    const later = build(removed.ledger, [document('b.md')], NOW + DAY);
    expect(later.warnings).toEqual([]);
    expect(later.removals).toEqual(removed.removals);
    expect(writeLedger(later.ledger)).toBe(writeLedger(removed.ledger));
  });

  test('is not called gone if its document is a draft', () => {
    const options = { now: NOW, timeZone: 'UTC', heldBack: ['a.md'] };
    expect(reconcile(ledger, [document('b.md')], options).warnings).toEqual([
      'seeds/a.md is held back: the article "a" is removed until it is published again',
    ]);
  });

  test('comes back with its id, its address and its date, and is updated, there or elsewhere, edited or not', () => {
    for (const returned of [
      document('a.md'),
      document('z.md', { text: prose('a'), headline: 'x' }),
      document('a.md', { text: edited(prose('a')) }),
      document('z.md', { text: edited(prose('a')), headline: 'a' }),
      document('z.md', { text: prose('x'), headline: 'x', id: pathId('a.md') }),
    ]) {
      const built = build(removed.ledger, [returned, document('b.md')], NOW + DAY);
      expect(identity(built, returned.path)).toMatchObject({
        id: pathId('a.md'),
        slug: 'a',
        published: PUBLISHED,
        updated: NOW + DAY,
      });
      expect(built.removals).toEqual([]);
    }
  });

  test('that nobody could have seen leaves no trace but in the ledger', () => {
    const scheduled = first([document('a.md', { published: NOW + DAY })]);
    const gone = build(scheduled, []);
    expect(gone.removals).toEqual([]);
    expect(gone.warnings).toEqual([]);
    expect(identity(build(gone.ledger, [document('a.md', { published: NOW + DAY })]), 'a.md').id).toBe(
      pathId('a.md'),
    );
  });

  test('is not one whose document cannot be read now', () => {
    const copy = document('copy.md', { text: prose('a'), headline: 'a' });
    const built = build(ledger, [document('b.md'), copy], NOW, ['a.md']);
    expect(built.removals).toEqual([]);
    expect(identity(built, 'copy.md').slug).toBe('a-2021-02-03');
    expect(identity(built, 'copy.md').id).toBe(pathId('copy.md'));
    expect(built.ledger.entries.find(({ path }) => path === 'a.md')).toEqual(
      ledger.entries.find(({ path }) => path === 'a.md'),
    );
  });

  test('is not one whose folder cannot be looked into now', () => {
    const paths = ['é/x/a.md', 'é/b.md', 'é2/c.md', 'é.md', 'x/é/d.md'];
    const before = first(paths.map((path) => document(path)));
    const built = build(before, [], NOW, ['e\u0301']);
    expect(built.removals.map(({ id }) => id).sort()).toEqual(
      ['é2/c.md', 'é.md', 'x/é/d.md'].map(pathId).sort(),
    );
    const inFolder = ({ entries }: Ledger) => entries.filter(({ path }) => path.startsWith('é/'));
    expect(inFolder(built.ledger)).toEqual(inFolder(before));
  });
});

describe('the fingerprint', () => {
  test('is of the text, not of its white space', () => {
    expect(fingerprint(' a\tb\r\n\u00a0c ')).toEqual(fingerprint('a b c'));
    expect(fingerprint('a b').text).not.toBe(fingerprint('a, b').text);
  });

  test('tells edited texts from others, in scripts with and without spaces', () => {
    const chinese = '新华社北京十一月二十二日电国家统计局今天公布了前三季度国民经济运行情况总体平稳稳中向好';
    expect(similarity(fingerprint(prose('a')), fingerprint(edited(prose('a'))))).toBeGreaterThan(0.8);
    expect(similarity(fingerprint(prose('a')), fingerprint(prose('b')))).toBe(0);
    expect(
      similarity(fingerprint(chinese), fingerprint(chinese.replace('总体平稳', '相当平稳'))),
    ).toBeGreaterThan(0.6);
    expect(similarity(fingerprint(''), fingerprint(''))).toBe(0);
  });
});

test('thousands of documents that were all moved and edited are known again in no time', () => {
  const paths = Array.from({ length: 5000 }, (_, i) => `${i}.md`);
  const boilerplate = prose('boilerplate');
  const text = (path: string): string => `${boilerplate} ${prose(path)}`;
  const documents = paths.map((path) => document(path, { text: text(path), headline: 'report' }));
  const ledger = first(documents);
  const moved = paths.map((path) => document(`x/${path}`, { text: edited(text(path)), headline: 'report' }));
  const { identities, removals } = reconcile(ledger, moved, { now: NOW, timeZone: 'UTC' });
  expect(identities.size).toBe(5000);
  expect(removals).toEqual([]);
});
