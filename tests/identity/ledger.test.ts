import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EMPTY_LEDGER, type Ledger } from '../../src/identity/ledger.ts';
import { LedgerError, readLedger, writeLedger } from '../../src/identity/ledger-file.ts';
import { reconcile } from '../../src/identity/reconcile.ts';
import { build, DAY, document, edited, first, NOW, prose } from '../support/identity.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures/ledger');

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
