import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fingerprint, similarity } from '../../src/documents/fingerprint.ts';
import type { Candidate } from '../../src/identity/candidate.ts';
import { mintId } from '../../src/identity/ids.ts';
import { EMPTY_LEDGER, type Ledger } from '../../src/identity/ledger.ts';
import { LedgerError, readLedger, writeLedger } from '../../src/identity/ledger-file.ts';
import { type Reconciliation, reconcile } from '../../src/identity/reconcile.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures/ledger');
const DAY = 86_400_000;
const PUBLISHED = Date.UTC(2021, 1, 3);
const NOW = Date.UTC(2026, 10, 22, 12);

/** A hundred words that only this subject has. */
function prose(subject: string): string {
  return Array.from({ length: 100 }, (_, i) => `${subject}${(i * 7919) % 101}`).join(' ');
}

function edited(text: string): string {
  return `${text.split(' ').toSpliced(40, 3, 'three', 'other', 'words').join(' ')} And a sentence more.`;
}

type Options = Partial<Omit<Candidate, 'path' | 'fingerprint' | 'published' | 'updated'>> & {
  readonly text?: string;
  readonly published?: number | undefined;
  readonly updated?: number;
  readonly isStated?: boolean;
};

/** Without options a document of its own: its text and its headline come from its path. */
function document(path: string, options: Options = {}): Candidate {
  const subject = path.replace(/.*\/|\..*/g, '');
  const { text = prose(subject), published, updated, isStated: stated = true, ...rest } = options;
  const instant = 'published' in options ? published : PUBLISHED;
  return {
    path,
    headline: subject,
    title: subject,
    fingerprint: fingerprint(text),
    ...(instant === undefined ? {} : { published: { instant, stated } }),
    ...(updated === undefined ? {} : { updated: { instant: updated, stated } }),
    ...rest,
  };
}

/** As on another machine: the ledger goes through its file, and the documents come in another order. */
function build(
  previous: Ledger,
  documents: readonly Candidate[],
  now = NOW,
  unread: readonly string[] = [],
): Reconciliation {
  const ledger = readLedger(writeLedger(previous), 'seeds/ledger.json');
  return reconcile(ledger, documents.toReversed(), { now, timeZone: 'Europe/Istanbul', unread });
}

function first(documents: readonly Candidate[]): Ledger {
  return build(EMPTY_LEDGER, documents).ledger;
}

function identity({ identities }: Reconciliation, path: string) {
  const found = identities.get(path);
  if (found === undefined) throw new Error(`${path} has no identity`);
  return found;
}

const pathId = (path: string): string => mintId(`path:${path}`);

describe('the id', () => {
  test('is the one that the document brings, if it is a URI', () => {
    const foreign = [
      'urn:uuid:60a76c80-d399-11d9-b93c-0003939e0af6',
      'tag:example.org,2003:3.2397',
      'https://example.org/?p=12',
      'http://example.org/ç',
    ];
    for (const id of foreign)
      expect(identity(build(EMPTY_LEDGER, [document('a.md', { id })]), 'a.md').id).toBe(id);
  });

  test('is the one that it brings if it is none, too, from which the one for Atom is made', () => {
    for (const id of [
      '12',
      'Buzzsprout-821258',
      'post:12',
      'urn:',
      'https://a b',
      '5f1e2d3c4b5a69788796a5b4',
      'tag:x',
    ]) {
      const built = build(EMPTY_LEDGER, [document('a.md', { id })]);
      expect(identity(built, 'a.md')).toMatchObject({ id, iri: mintId(`foreign:${id}`) });
      const again = build(built.ledger, [document('b/c.md', { id, text: prose('other') })]);
      expect(identity(again, 'b/c.md').id).toBe(id);
      expect(again.warnings).toEqual([]);
    }
    expect(identity(build(EMPTY_LEDGER, [document('a.md', { id: 'a\nb' })]), 'a.md').id).toBe(
      mintId('foreign:a\nb'),
    );
  });

  test('stays the one that an earlier version made of the one that it brings', () => {
    const made = mintId('foreign:Buzzsprout-821258');
    const before = build(EMPTY_LEDGER, [document('a.md', { id: made })]);
    const after = build(before.ledger, [document('b.md', { id: 'Buzzsprout-821258', text: prose('other') })]);
    expect(identity(after, 'b.md')).toMatchObject({
      id: made,
      iri: made,
      slug: identity(before, 'a.md').slug,
    });
    expect(after.warnings).toEqual([]);
    expect(
      build(after.ledger, [document('b.md', { id: 'Buzzsprout-821258', text: prose('other') })]).ledger,
    ).toEqual(after.ledger);
  });

  test('is made from the hash in the name, else from the path', () => {
    const built = build(EMPTY_LEDGER, [document('2021/000_e57ca9b3374e5dac.txt'), document('b.md')]);
    expect(identity(built, '2021/000_e57ca9b3374e5dac.txt').id).toBe(mintId('hash:e57ca9b3374e5dac'));
    expect(identity(built, 'b.md').id).toBe(pathId('b.md'));
  });

  test('does not depend on how a file system writes the letters of a name', () => {
    const built = build(EMPTY_LEDGER, [document('cafe\u0301.md', { headline: 'cafe' })]);
    expect(identity(built, 'cafe\u0301.md').id).toBe(pathId('caf\u00e9.md'));
    const again = build(built.ledger, [
      document('caf\u00e9.md', { text: prose('cafe\u0301'), headline: 'cafe' }),
    ]);
    expect(writeLedger(again.ledger)).toBe(writeLedger(built.ledger));
  });

  test('stays when the document states another later', () => {
    const ledger = first([document('a.md')]);
    const built = build(ledger, [document('a.md', { id: 'tag:example.org,2021:a' })]);
    expect(identity(built, 'a.md').id).toBe(pathId('a.md'));
    expect(built.warnings).toEqual([
      `Kept the id of seeds/a.md, "${pathId('a.md')}", under which readers have it; the stated id "tag:example.org,2021:a" is not used`,
    ]);
    const moved = build(built.ledger, [
      document('b.md', { id: 'tag:example.org,2021:a', text: prose('new'), headline: 'new' }),
    ]);
    expect(identity(moved, 'b.md').id).toBe(pathId('a.md'));
    expect(moved.warnings).toEqual([]);
  });

  test('belongs to one document: others that state it are refused, and keep what they have', () => {
    const ledger = first([document('a.md', { id: 'tag:example.org,2021:a' }), document('c.md')]);
    const documents = [
      document('a.md', { id: 'tag:example.org,2021:a', text: edited(prose('a')) }),
      document('b.md', { id: 'tag:example.org,2021:a', text: prose('a') }),
      document('c.md', { id: 'tag:example.org,2021:a' }),
    ];
    const built = build(ledger, documents);
    expect(identity(built, 'a.md').id).toBe('tag:example.org,2021:a');
    expect([...built.refused].map(([path, { message }]) => [path, message])).toEqual(
      ['b.md', 'c.md'].map((path) => [
        path,
        `Cannot publish seeds/${path}: its id "tag:example.org,2021:a" belongs to seeds/a.md; expected an id of its own`,
      ]),
    );
    expect(built.removals).toEqual([]);
    expect(built.ledger.entries.find(({ path }) => path === 'c.md')).toEqual(
      ledger.entries.find(({ path }) => path === 'c.md'),
    );
    expect(writeLedger(build(built.ledger, documents, NOW + DAY).ledger)).toBe(writeLedger(built.ledger));
  });

  test('is not taken from a document that has it, though it does not state it', () => {
    const ledger = first([document('a.md'), document('b.md')]);
    const built = build(ledger, [document('a.md'), document('b.md', { id: pathId('a.md') })]);
    expect(identity(built, 'a.md').id).toBe(pathId('a.md'));
    expect([...built.refused.keys()]).toEqual(['b.md']);
  });

  test('that two new documents state belongs to the one published first', () => {
    const built = build(EMPTY_LEDGER, [
      document('a.md', { id: '7', published: PUBLISHED + DAY }),
      document('b.md', { id: '7' }),
    ]);
    expect([...built.identities.keys()]).toEqual(['b.md']);
  });

  test('of a hash that two names have is given once; the other document gets one from its path', () => {
    const [one, two] = ['a/000_e57ca9b3374e5dac.txt', 'b/000_e57ca9b3374e5dac.txt'];
    const built = build(EMPTY_LEDGER, [
      document(one, { text: prose('one'), published: PUBLISHED + DAY }),
      document(two, { text: prose('two') }),
    ]);
    expect(identity(built, two).id).toBe(mintId('hash:e57ca9b3374e5dac'));
    expect(identity(built, one).id).toBe(pathId(one));
  });

  test('of a path that a removed or moved article came from is not given to a new document there', () => {
    const ledger = first([document('a.md')]);
    const moved = build(ledger, [
      document('b.md', { text: prose('a'), headline: 'a' }),
      document('a.md', { text: prose('new'), headline: 'new', published: PUBLISHED + DAY }),
    ]);
    expect(identity(moved, 'b.md').id).toBe(pathId('a.md'));
    expect(identity(moved, 'a.md').id).toBe(mintId('again:2:path:a.md'));

    const removed = build(ledger, []).ledger;
    const reused = build(removed, [document('a.md', { text: prose('new'), headline: 'new' })]);
    expect(identity(reused, 'a.md').id).toBe(mintId('again:2:path:a.md'));
    expect(reused.removals).toMatchObject([{ id: pathId('a.md'), addresses: ['a'] }]);
  });

  test('is the same without the ledger where nothing about the document says another', () => {
    const documents = [document('a.md', { id: '7' }), document('b.md'), document('000_e57ca9b3374e5dac.txt')];
    const retold = documents.map((each) => ({ ...each, headline: `new-${each.headline}` }));
    const withLedger = build(first(documents), retold);
    const without = build(EMPTY_LEDGER, retold);
    for (const { path } of documents) expect(identity(without, path).id).toBe(identity(withLedger, path).id);
  });
});

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
      `Cannot tell whether seeds/y.md is seeds/a.md, moved and edited, because others are as similar: it is a new article; if it is that one, state the id "${pathId('a.md')}" in it`,
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
        'The text of seeds/b.md now stands in seeds/a.md: the article goes with its text, and keeps its id and its address',
        'The text of seeds/a.md now stands in seeds/b.md: the article goes with its text, and keeps its id and its address',
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
      'The text of seeds/copy.md is that of seeds/a.md: it is published as an article of its own; delete one of them if that is not meant',
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
      `seeds/a.md is gone: the article "a" is removed; if it lives on in another document, state the id "${pathId('a.md')}" there`,
    ]);
    const later = build(removed.ledger, [document('b.md')], NOW + DAY);
    expect(later.warnings).toEqual([]);
    expect(later.removals).toEqual(removed.removals);
    expect(writeLedger(later.ledger)).toBe(writeLedger(removed.ledger));
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

describe('the dates', () => {
  const dates = (built: Reconciliation, path = 'a.md') => {
    const { published, updated } = identity(built, path);
    return { published, updated };
  };

  test('of an undated document is the instant of its first build, with the advice to commit the ledger', () => {
    const undated = document('a.md', { published: undefined });
    const built = build(EMPTY_LEDGER, [undated]);
    expect(dates(built)).toEqual({ published: NOW, updated: NOW });
    expect(built.warnings).toEqual([
      'No date in seeds/a.md: it is published as of this build, 2026-11-22T12:00:00Z; commit seeds/ledger.json, so that every later build says the same, or state a date',
    ]);
    const later = build(built.ledger, [undated], NOW + DAY);
    expect(dates(later)).toEqual({ published: NOW, updated: NOW });
    expect(later.warnings).toEqual([]);
  });

  test('follow the document where it states them', () => {
    const ledger = first([document('a.md')]);
    const stated = { published: PUBLISHED - DAY, updated: PUBLISHED + DAY };
    expect(dates(build(ledger, [document('a.md', stated)]))).toEqual(stated);
    expect(dates(build(ledger, [document('a.md', { ...stated, text: edited(prose('a')) })]))).toEqual(stated);
  });

  test('updated is never before published', () => {
    const stated = { published: PUBLISHED, updated: PUBLISHED - DAY };
    expect(dates(build(EMPTY_LEDGER, [document('a.md', stated)]))).toEqual({
      published: PUBLISHED,
      updated: PUBLISHED,
    });
    const scheduled = first([document('a.md', { published: NOW + DAY })]);
    const built = build(scheduled, [document('a.md', { published: NOW + DAY, text: edited(prose('a')) })]);
    expect(dates(built)).toEqual({ published: NOW + DAY, updated: NOW + DAY });
  });

  test('from a name or from git hold until they are past', () => {
    const before = document('2021-02-03-a.md', { isStated: false, text: prose('a'), headline: 'a' });
    const after = document('2021-02-04-a.md', {
      isStated: false,
      text: prose('a'),
      headline: 'a',
      published: PUBLISHED + DAY,
    });
    const late = build(first([before]), [after]);
    expect(dates(late, after.path)).toEqual({ published: PUBLISHED, updated: PUBLISHED });
    expect(late.warnings).toEqual([
      'Kept the date of seeds/2021-02-04-a.md, 2021-02-03T00:00:00Z: the article was published under the name seeds/2021-02-03-a.md; to change it, state it in the document',
    ]);
    expect(build(late.ledger, [after]).warnings).toEqual([]);

    const early = build(EMPTY_LEDGER, [before], PUBLISHED - DAY).ledger;
    expect(dates(build(early, [after], PUBLISHED - DAY / 2), after.path).published).toBe(PUBLISHED + DAY);
  });

  test('updated moves to the change that git knows, else to this build, and only when the text changed', () => {
    const ledger = first([document('a.md')]);
    const change = (options: Options) => build(ledger, [document('a.md', options)]);
    const inGit = { isStated: false, updated: PUBLISHED + 9 * DAY };
    expect(dates(change({ text: edited(prose('a')) })).updated).toBe(NOW);
    expect(dates(change({ text: edited(prose('a')), ...inGit })).updated).toBe(PUBLISHED + 9 * DAY);
    expect(dates(change(inGit)).updated).toBe(PUBLISHED);
    expect(dates(change({ text: ` ${prose('a').replaceAll(' ', '\n\t')}\n` })).updated).toBe(PUBLISHED);
  });

  test('updated stays where it is when the text stays', () => {
    const text = edited(prose('a'));
    const once = build(first([document('a.md')]), [document('a.md', { text })]);
    expect(dates(build(once.ledger, [document('a.md', { text })], NOW + DAY)).updated).toBe(NOW);
  });
});

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
        `Cannot publish seeds/a.md: the slug "${slug}" is no name; expected one segment of a path, without "/"`,
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
      'Passed over the alias "c" of seeds/a.md: it belongs to seeds/c.md',
      'Passed over the alias "/old" of seeds/b.md: it belongs to seeds/a.md',
      'Passed over the alias "c" of seeds/b.md: it belongs to seeds/c.md',
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
      'Passed over the alias "gone" of seeds/b.md until it is published: it belongs to seeds/gone.md, which was removed',
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

describe('the file', () => {
  const example = readFileSync(join(FIXTURES, 'ledger.json'), 'utf8');

  test('is read and written byte for byte', () => {
    expect(writeLedger(readLedger(example, 'seeds/ledger.json'))).toBe(example);
  });

  test('looks as its fixture', async () => {
    const published = document('2021/a.md', { aliases: ['/old/a'] });
    const then = build(EMPTY_LEDGER, [
      published,
      document('b.md'),
      document('c.md', { published: undefined }),
    ]);
    const now = build(
      then.ledger,
      [
        { ...published, path: '2021/a-new-name.md', headline: 'another-headline' },
        document('c.md', { published: undefined, text: edited(prose('c')), slug: 'sea', id: '7' }),
      ],
      NOW + DAY,
    );
    await expect(writeLedger(now.ledger)).toMatchFileSnapshot(join(FIXTURES, 'ledger.json'));
    expect(() => JSON.parse(writeLedger(now.ledger))).not.toThrow();
  });

  test('may be absent or have no articles', () => {
    for (const text of [undefined, writeLedger(EMPTY_LEDGER), writeLedger(EMPTY_LEDGER).trimEnd()]) {
      expect(readLedger(text, 'seeds/ledger.json')).toEqual(EMPTY_LEDGER);
    }
  });

  test('that is cut anywhere is refused with the remedy', () => {
    const whole = example.trimEnd();
    for (let length = 0; length < whole.length; length++) {
      const cut = (): Ledger => readLedger(whole.slice(0, length), 'seeds/ledger.json');
      expect(cut, `${length} characters`).toThrow(LedgerError);
      expect(cut, `${length} characters`).toThrow('git checkout -- seeds/ledger.json');
    }
    expect(writeLedger(readLedger(whole, 'seeds/ledger.json'))).toBe(example);
  });

  test('that has lost whole lines is refused, after a merge as well', () => {
    const merged = example.replaceAll('},\n', '}\n');
    expect(writeLedger(readLedger(merged, 'seeds/ledger.json'))).toBe(example);
    const [header = '', ...lines] = merged.trimEnd().split('\n');
    for (let count = 0; count < lines.length; count++) {
      const text = [header, ...lines.slice(0, count), ''].join('\n');
      expect(() => readLedger(text, 'seeds/ledger.json')).toThrow(
        'is the last line, so the file was cut off; expected "] }" at its end',
      );
    }
    const headless = [...lines, ''].join('\n');
    expect(() => readLedger(headless, 'seeds/ledger.json')).toThrow('it has no "version"');
  });

  test('may be formatted otherwise', () => {
    const pretty = JSON.stringify(JSON.parse(example), null, '\t').replaceAll('\n', '\r\n');
    expect(writeLedger(readLedger(`\uFEFF${pretty}`, 'seeds/ledger.json'))).toBe(example);
  });

  test('changes only with what it tells, whatever the order and the time', () => {
    const documents = ['a', 'b', 'c', 'd'].map((name) => document(`${name}.md`, { headline: 'same' }));
    const text = writeLedger(first(documents));
    expect(
      writeLedger(reconcile(EMPTY_LEDGER, documents, { now: 0, timeZone: 'Europe/Istanbul' }).ledger),
    ).toBe(text);
    expect(writeLedger(build(readLedger(text, ''), documents, NOW + DAY).ledger)).toBe(text);
    const changed = writeLedger(
      build(readLedger(text, ''), [...documents.slice(1), document('a.md', { text: 'x', headline: 'same' })])
        .ledger,
    );
    const before = new Set(text.split('\n'));
    expect(changed.split('\n').filter((line) => !before.has(line))).toHaveLength(1);
  });

  test.each(['', '\n', ' \r\n\t', '\uFEFF', '\uFEFF\n'])('that is empty is refused: %j', (text) => {
    expect(() => readLedger(text, 'seeds/ledger.json')).toThrow(
      new LedgerError(
        'Cannot read seeds/ledger.json: it is empty; take the file from git again: "git checkout -- seeds/ledger.json"; delete it only where nothing was ever published: without it, every renamed article gets a new id',
      ),
    );
  });

  const line = '{ "id": "urn:x", "slug": "x", "path": "x.md", "published": "2021-02-03T00:00:00Z" }';
  const file = (...lines: string[]) => `{ "version": 1, "articles": [\n${lines.join('\n')}\n] }\n`;

  test.each([
    [
      file('<<<<<<< HEAD', line, '=======', line, '>>>>>>> branch'),
      'Cannot read seeds/ledger.json:2: "<<<<<<< HEAD" is left from a merge; delete every line that begins with <<<<<<<, |||||||, ======= or >>>>>>>, keep all others, also where both sides have a line for one article, and build again',
    ],
    [
      file(line).replace('1', '2'),
      'Cannot read seeds/ledger.json:1: version 2 was written by another Tidings; expected version 1: update Tidings',
    ],
    [
      '[]',
      'Cannot read seeds/ledger.json:1: it has no "version"; take the file from git again: "git checkout -- seeds/ledger.json"',
    ],
    ['{ "version": 1 }', 'Cannot read seeds/ledger.json:1: expected a list of "articles"'],
    [
      file(line, '{ "id": "urn:y", "slug'),
      'Cannot read seeds/ledger.json:3: "{ "id": "urn:y", "slug" is not an article; expected one JSON object a line: correct the line, or take the file from git again: "git checkout -- seeds/ledger.json"',
    ],
    [file(`${line},`, '7'), 'Cannot read seeds/ledger.json:3: expected an article, { "id": … }'],
    [
      file(line.replace('"x"', '"x/y"')),
      'Cannot read "slug" in seeds/ledger.json:2: it is "x/y"; expected one segment of a path, without "/"',
    ],
    [
      file(line.replace('02-03', '02-30')),
      'Cannot read "published" in seeds/ledger.json:2: it is "2021-02-30T00:00:00Z"; expected an instant such as 2021-02-03T04:05:06Z',
    ],
    [
      file('{ "id": "urn:x", "slug": "x", "published": "2021-02-03T00:00:00Z" }'),
      'Cannot read "path" in seeds/ledger.json:2: it is nothing; expected a string',
    ],
    [
      file(line.replace(' }', ', "former": "y" }')),
      'Cannot read "former" in seeds/ledger.json:2: it is "y"; expected a list of addresses',
    ],
    [
      'null',
      'Cannot read seeds/ledger.json:1: it has no "version"; take the file from git again: "git checkout -- seeds/ledger.json"',
    ],
  ])('that is broken is refused: %#', (text, message) => {
    expect(() => readLedger(text, 'seeds/ledger.json')).toThrow(new LedgerError(message));
  });
});

describe('two branches', () => {
  /** What git makes of two sides; `union` where .gitattributes says so. */
  function merge(
    base: Ledger,
    ours: Ledger,
    theirs: Ledger,
    style: '--union' | '--diff3' | '--ours',
  ): string {
    const folder = mkdtempSync(join(tmpdir(), 'tidings-'));
    try {
      for (const [name, ledger] of Object.entries({ ours, base, theirs })) {
        writeFileSync(join(folder, name), writeLedger(ledger));
      }
      return execFileSync('git', ['merge-file', '-p', style, 'ours', 'base', 'theirs'], {
        cwd: folder,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
    } catch (error) {
      if (error instanceof Error && 'stdout' in error && typeof error.stdout === 'string')
        return error.stdout;
      throw error;
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  const start = [document('a.md'), document('b.md')];
  const base = first(start);
  const read = (text: string): Ledger => readLedger(text, 'seeds/ledger.json');

  test('that add, edit, move and remove merge into a ledger that reads, line by line', () => {
    const moved = document('x/a.md', { text: prose('a'), headline: 'a', slug: 'new' });
    const changed = document('a.md', { text: edited(prose('a')) });
    const ours = build(base, [moved, document('c.md'), document('b.md')]);
    const theirs = build(base, [changed, document('d.md'), document('e.md')]);
    const text = merge(base, ours.ledger, theirs.ledger, '--union');
    const both = build(
      read(text),
      [{ ...moved, fingerprint: changed.fingerprint }, document('c.md'), document('d.md'), document('e.md')],
      NOW + DAY,
    );
    expect(identity(both, 'x/a.md')).toMatchObject({
      id: pathId('a.md'),
      slug: 'new',
      published: PUBLISHED,
      updated: NOW,
      redirects: ['a'],
    });
    for (const path of ['c.md', 'd.md', 'e.md']) expect(identity(both, path).id).toBe(pathId(path));
    expect(both.removals).toMatchObject([{ id: pathId('b.md'), removed: NOW }]);
    expect(new Set(both.ledger.entries.map(({ id }) => id)).size).toBe(both.ledger.entries.length);
  });

  test('in conflict merge by deleting the marks, as the message says', () => {
    const ours = build(base, [document('a.md', { slug: 'one' }), document('b.md')]);
    const theirs = build(base, [document('a.md', { slug: 'two' }), document('b.md'), document('c.md')]);
    const text = merge(base, ours.ledger, theirs.ledger, '--diff3');
    expect(() => read(text)).toThrow(LedgerError);
    const kept = text.replace(/^(?:<{7}|\|{7}|={7}|>{7}).*\n/gm, '');
    const both = build(read(kept), [document('a.md', { slug: 'one' }), document('b.md'), document('c.md')]);
    expect(identity(both, 'a.md')).toMatchObject({
      id: pathId('a.md'),
      slug: 'one',
      redirects: ['a', 'two'],
    });
    expect(both.removals).toEqual([]);
  });

  test('that added the same article agree on one: the earliest publication, no address lost', () => {
    const undated = document('c.md', { published: undefined });
    const moved = document('x/c.md', { published: undefined });
    const ours = build(base, [...start, undated], NOW);
    const theirs = build(build(base, [...start, { ...undated, slug: 'sea' }], NOW + DAY).ledger, [
      ...start,
      moved,
    ]);
    for (const [one, two] of [
      [ours, theirs],
      [theirs, ours],
    ] as const) {
      const text = merge(base, one.ledger, two.ledger, '--union');
      const both = build(read(text), [...start, moved], NOW + 2 * DAY);
      expect(identity(both, 'x/c.md')).toMatchObject({ id: pathId('c.md'), published: NOW, slug: 'sea' });
      expect(identity(both, 'x/c.md').redirects).toEqual(['c']);
    }
  });

  test('that named one article differently agree on one name, whichever is merged into which', () => {
    const added = document('c.md');
    const sides = ['one', 'two'].map((headline) => build(base, [...start, { ...added, headline }]).ledger);
    const merged = [sides, sides.toReversed()].map(([one = base, two = base]) =>
      writeLedger(build(read(merge(base, one, two, '--union')), [...start, added]).ledger),
    );
    expect(merged[0]).toBe(merged[1]);
    expect(merged[0]).toContain('"slug": "one"');
    expect(merged[0]).toContain('"former": ["two"]');
  });

  test('of which one changed the address and the other the text keep both changes', () => {
    const ours = build(base, [document('a.md', { slug: 'new' }), document('b.md')]);
    const changed = document('a.md', { text: edited(prose('a')) });
    const theirs = build(base, [changed, document('b.md')]);
    for (const [one, two] of [
      [ours, theirs],
      [theirs, ours],
    ] as const) {
      const text = merge(base, one.ledger, two.ledger, '--union');
      const both = build(read(text), [changed, document('b.md')], NOW + DAY);
      expect(identity(both, 'a.md')).toMatchObject({ slug: 'new', updated: NOW, redirects: ['a'] });
    }
  });

  test('that gave one id to two documents: the one published first keeps it, each keeps its address', () => {
    const one = document('moved.md', { text: prose('one'), headline: 'one' });
    const ours = build(build(base, [...start, { ...one, path: 'c.md' }]).ledger, [...start, one]);
    const two = document('c.md', { text: prose('two'), headline: 'two', published: PUBLISHED + DAY });
    const theirs = build(base, [...start, two]);
    const documents = [...start, one, two];
    const both = build(read(merge(base, ours.ledger, theirs.ledger, '--union')), documents);
    expect(identity(both, 'moved.md')).toMatchObject({ id: pathId('c.md'), slug: 'one' });
    expect(identity(both, 'c.md')).toMatchObject({ id: mintId('again:2:path:c.md'), slug: 'two' });
    expect(both.warnings).toEqual([
      `Gave seeds/c.md a new id: two branches gave "${pathId('c.md')}" to different documents, and the one published first keeps it`,
    ]);
    const next = build(both.ledger, documents);
    expect(writeLedger(next.ledger)).toBe(writeLedger(both.ledger));
    expect(next.warnings).toEqual([]);
  });

  test('that state one id in two documents: the one published first has it, the other is refused', () => {
    const one = document('c.md', { id: '7', published: PUBLISHED + DAY });
    const two = document('d.md', { id: '7' });
    const text = merge(
      base,
      build(base, [...start, one]).ledger,
      build(base, [...start, two]).ledger,
      '--union',
    );
    const both = build(read(text), [...start, one, two]);
    expect([...both.identities.keys()].sort()).toEqual(['a.md', 'b.md', 'd.md']);
    expect(both.refused.get('c.md')?.message).toContain('belongs to seeds/d.md');
    const next = build(both.ledger, [...start, one, two], NOW + DAY);
    expect(writeLedger(next.ledger)).toBe(writeLedger(both.ledger));
    const corrected = build(next.ledger, [...start, { ...one, id: '8' }, two]);
    expect(identity(corrected, 'c.md')).toMatchObject({ id: '8', slug: 'c' });
  });

  test('that gave one address to two articles: the one published first keeps it', () => {
    const ours = build(base, [...start, document('c.md', { headline: 'news' })]);
    const theirs = build(base, [
      ...start,
      document('d.md', { headline: 'news', published: PUBLISHED - DAY }),
    ]);
    const documents = [
      ...start,
      document('c.md', { headline: 'news' }),
      document('d.md', { headline: 'news', published: PUBLISHED - DAY }),
    ];
    const both = build(read(merge(base, ours.ledger, theirs.ledger, '--union')), documents);
    expect(identity(both, 'd.md').slug).toBe('news');
    expect(identity(both, 'c.md').slug).toBe('news-2021-02-03');
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
