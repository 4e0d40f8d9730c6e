import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Ledger, mintId } from '../../src/identity/ledger.ts';
import { LedgerError, readLedger, writeLedger } from '../../src/identity/ledger-file.ts';
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
