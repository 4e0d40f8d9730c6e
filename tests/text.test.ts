import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { plainText } from '../src/documents/canonical.ts';
import type { Draft } from '../src/documents/document.ts';
import { parseDocument } from '../src/documents/parse.ts';

const FIXTURES = join(import.meta.dirname, 'fixtures/text');

function parse(name: string): Draft {
  return parseDocument({ path: name, bytes: readFileSync(join(FIXTURES, name)) });
}

function parseString(text: string): Draft {
  return parseDocument({ path: 'a.txt', bytes: new TextEncoder().encode(text) });
}

const words = (text: string): string[] => text.split(/\s+/u).filter((word) => word !== '');

describe('plain text', () => {
  test.each(readdirSync(FIXTURES).filter((name) => name.endsWith('.txt')))(
    'reads %s as its pair says',
    async (name) => {
      const readable = {
        ...parse(name),
        html: parse(name).html.split(/(?<=<\/(?:p|h2|figure)>)/),
      };
      await expect(`${JSON.stringify(readable, null, 2)}\n`).toMatchFileSnapshot(
        join(FIXTURES, `${name}.json`),
      );
    },
  );

  test('keeps every word of the seed’s body in order, and leaves the trailer out', () => {
    const body =
      readFileSync(join(FIXTURES, 'seed.txt'), 'utf8').split('21 Nov 2017')[1]?.split('Kaynak/Source:')[0] ??
      '';
    expect(words(body).length).toBeGreaterThan(600);
    expect(words(plainText(parse('seed.txt').html))).toEqual(words(body));
  });

  test('finds the seed’s headings, and no heading in its captions', () => {
    const headings = [...parse('seed.txt').html.matchAll(/<h2>(.*?)<\/h2>/g)].map((match) => match[1]);
    expect(headings).toEqual(['The rise and fall of ISIS', 'Threat from ISIS remains']);
  });

  test.each([
    ['22.11.2017', 2017, 11, 22],
    ['- 3.2.2021', 2021, 2, 3],
    ['- 03/02/2021', 2021, 2, 3],
    ['- 2021-02-03', 2021, 2, 3],
    ['– 3 Şubat 2021', 2021, 2, 3],
    ['Feb. 3, 2021', 2021, 2, 3],
    ['3. März 2021', 2021, 3, 3],
    ['1er août 2021', 2021, 8, 1],
    ['3 de fevereiro de 2021', 2021, 2, 3],
    ['3 февраля 2021', 2021, 2, 3],
    ['3rd February 2021', 2021, 2, 3],
  ])('reads the date %s', (line, year, month, day) => {
    expect(parseString(`Headline\n\n${line}\n\nText.`).published).toMatchObject({
      year,
      month,
      day,
      where: 'seeds/a.txt:3',
    });
  });

  test('loses nothing of a text without any of the parts', () => {
    const text = `${'A long first paragraph that is no headline. '.repeat(8)}\n\nAnother one.`;
    const draft = parseString(text);
    expect(draft.title).toBeUndefined();
    expect(draft.published).toBeUndefined();
    expect(words(plainText(draft.html))).toEqual(words(text));
  });

  test('does not take a sentence about a source for the source', () => {
    const draft = parseString(
      'Headline\n\n1.2.2021\n\nThe report came out on Tuesday, 2 February 2021, and nobody read it.',
    );
    expect(draft.source).toBeUndefined();
    expect(plainText(draft.html)).toContain(
      'The report came out on Tuesday, 2 February 2021, and nobody read it.',
    );
  });

  test('takes an address on the line after the trailer', () => {
    const draft = parseString('Headline\n\n1.2.2021\n\nText.\n\nKaynak/Source:\nhttps://example.org/a');
    expect(draft.source).toEqual({ uri: 'https://example.org/a' });
    expect(draft.html).toBe('<p>Text.</p>');
  });

  test.each([
    ['an empty file', new Uint8Array(), 'the file is empty'],
    ['only blanks', new TextEncoder().encode(' \n\t\n'), 'the file is empty'],
    ['a binary file', Uint8Array.of(0x47, 0x49, 0x46, 0x38, 0, 1, 2), 'byte 4 is NUL'],
    ['bytes that are not UTF-8', Uint8Array.of(0x41, 0xff, 0x42), 'it is not UTF-8 text'],
  ])('refuses %s by name', (_, bytes, reason) => {
    expect(() => parseDocument({ path: 'b/c.txt', bytes })).toThrow(`Cannot read seeds/b/c.txt: ${reason}`);
  });

  test('reads UTF-16 with a byte order mark, and UTF-8 with one', () => {
    const text = 'Başlık\n\n1.2.2021\n\nMetin.';
    const utf16 = Uint8Array.from([0xff, 0xfe, ...Buffer.from(text, 'utf16le')]);
    const utf8 = Buffer.from(`\uFEFF${text}`);
    expect(parseDocument({ path: 'a.txt', bytes: utf16 })).toEqual(parseString(text));
    expect(parseDocument({ path: 'a.txt', bytes: utf8 })).toEqual(parseString(text));
  });

  test('stays quick on text made to be slow', () => {
    for (const unit of ['photo: ', 'A, 1 ', '."', '1.1.', 'Aa Bb/', '© ', 'Kaynak: ']) {
      const draft = parseString(`T\n\n1.2.2021\n\n${unit.repeat(200_000)}`);
      expect(draft.html.length).toBeGreaterThan(100_000);
    }
  });
});
