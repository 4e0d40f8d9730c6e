import { describe, expect, test } from 'vitest';
import { EMPTY_LEDGER } from '../../src/identity/ledger.ts';
import type { Reconciliation } from '../../src/identity/reconcile.ts';
import {
  build,
  DAY,
  document,
  edited,
  first,
  identity,
  NOW,
  type Options,
  PUBLISHED,
  prose,
} from '../support/identity.ts';

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
      'No date in seeds/a.md: it is published as of this build, 2026-11-22T12:00:00Z; commit seeds/ledger.json, so that later builds keep this date, or state one',
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
