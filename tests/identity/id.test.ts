import { describe, expect, test } from 'vitest';
import { EMPTY_LEDGER, mintId } from '../../src/identity/ledger.ts';
import { writeLedger } from '../../src/identity/ledger-file.ts';
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
