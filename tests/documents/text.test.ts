import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseDocument } from '../../src/documents/parse.ts';
import { linkText } from '../../src/documents/plain-text/content.ts';
import { decodeDocument } from '../../src/documents/source.ts';
import { serialize } from '../../src/html/canonical.ts';
import { root } from '../../src/html/tree.ts';
import { LINES } from '../fuzz/documents.ts';
import { parse as parseText, type ReadDraft, readable, textOfHtml } from '../support/content.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures/text');

const ARCHIVE = join(import.meta.dirname, '../fixtures/archive');

const DOCUMENTS = [FIXTURES, ARCHIVE].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .map((name) => ({ name, folder })),
);

function parse(name: string, folder = FIXTURES): ReadDraft {
  return readable(parseDocument({ path: name, bytes: readFileSync(join(folder, name)) }));
}

const parseString = (text: string): ReadDraft => parseText(text, 'a.txt');

/** Labels and joints, which a draft does not repeat. */
const JOINTS =
  /^(?:by|and|von|date|tags|from|subject|language|source|published|on|last|updated|kaynak|fuente|quelle|дата|автор|источник|المصدر|出典)$/iu;

/** Words without the numbers of list items. */
function wordsOf(text: string): string[] {
  return text.replace(/^[\s>]*\d{1,3}[.)](?=\s)/gmu, '').match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

/** The content is one piece of the document in its order, and each word outside of it is in another field. */
function expectNothingLost(text: string, { html, warnings: _, ...fields }: ReadDraft): void {
  const content = html
    .replace(/<br>|<(?:ol|ul|li|p|h\d)\b[^>]*>/g, '\n')
    .split('\n')
    .map(textOfHtml)
    .join('\n');
  const [all, kept] = [wordsOf(text).join(''), wordsOf(content).join('')];
  const start = all.indexOf(kept);
  expect(start).toBeGreaterThan(-1);
  const known = wordsOf(JSON.stringify(fields)).join(' ');
  let at = 0;
  for (const word of wordsOf(text)) {
    if (at < start || at >= start + kept.length) {
      expect(known.includes(word) || JOINTS.test(word), `${word} is lost`).toBe(true);
    }
    at += word.length;
  }
}

describe('a day below the headline', () => {
  const day = { year: 2024, month: 5, day: 21 };
  test.each([
    ['By MARTA QUIST\nThe Harbour Times\n\nMay 21, 2024', { source: { title: 'The Harbour Times' } }],
    ['By Marta Quist\n\nSkagen\n\nMay 21, 2024', {}],
  ])('may be below a byline of two lines: %j', (head, fields) => {
    const read = parseString(`A BELL\n\n${head}\n\nIt rings at noon.\n`);
    expect(read).toMatchObject({ published: day, ...fields });
    expect(read.authors[0]?.name).toMatch(/^marta quist$/i);
  });

  test('may be below a standfirst, which stays', () => {
    const read = parseString('A BELL\n\nIt rings again.\n\n21 May 2024\n\nIt rings at noon.\n');
    expect(read).toMatchObject({ published: day, html: '<p>It rings again.</p><p>It rings at noon.</p>' });
  });

  test('is that of an event without either', () => {
    const event = 'A BELL\n\nOld church\n\n21 May 2024\n\nIt rings at noon.\n';
    expect(parseString(event).published).toBeUndefined();
  });

  test('is one of several in a diary', () => {
    const diary = 'A BELL\n\nIt rings.\n\n21 May 2024\n\nIt rang.\n\n22 May 2024\n\nIt rang again.\n';
    expect(parseString(diary).published).toBeUndefined();
  });
});

test('an agency in capitals is no person', () => {
  expect(parseString('A BELL\n\nBy AFP LONDON\n\nIt rings.\n')).toMatchObject({
    authors: [],
    source: { title: 'AFP LONDON' },
  });
});

test('a line has the date and the author', () => {
  const { published, authors, html } = parseString(
    'A BELL\n\nPosted on July 5, 2021 by Jane Roe\n\nIt rings at noon.\n',
  );
  expect(published).toMatchObject({ year: 2021, month: 7, day: 5 });
  expect(authors).toEqual([{ name: 'Jane Roe' }]);
  expect(html).toBe('<p>It rings at noon.</p>');
});

const words = (text: string): string[] => text.split(/\s+/u).filter((word) => word !== '');

describe('plain text', () => {
  test.each(DOCUMENTS)('reads $name as its pair says', async ({ name, folder }) => {
    const draft = parse(name, folder);
    const split = {
      ...draft,
      html: draft.html.split(/(?<=<\/(?:p|h\d|li|ul|ol|blockquote|figure)>|<hr>)/),
    };
    await expect(`${JSON.stringify(split, null, 2)}\n`).toMatchFileSnapshot(join(folder, `${name}.json`));
  });

  test.each(DOCUMENTS)('loses no word of $name', ({ name, folder }) => {
    const { text } = decodeDocument({ path: name, bytes: readFileSync(join(folder, name)) });
    expectNothingLost(text, parse(name, folder));
  });

  test('keeps every word of the seed’s body in order, and leaves the trailer out', () => {
    const body =
      readFileSync(join(FIXTURES, 'seed.txt'), 'utf8').split('21 Nov 2017')[1]?.split('Kaynak/Source:')[0] ??
      '';
    expect(words(body).length).toBeGreaterThan(600);
    expect(words(textOfHtml(parse('seed.txt').html))).toEqual(words(body));
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

  test.each([
    ['By Jane Roe, Reuters, 3 February 2021', ['Jane Roe'], { title: 'Reuters' }],
    ['By Jane Roe and John Doe, Reuters, 3 February 2021', ['Jane Roe', 'John Doe'], { title: 'Reuters' }],
    ['By Jane Roe | The Times | Feb. 3, 2021', ['Jane Roe'], { title: 'The Times' }],
    ['Jane Roe, The Guardian, 3 Feb 2021', ['Jane Roe'], { title: 'The Guardian' }],
    ['The Guardian, London, 3 Feb 2021', [], { title: 'The Guardian, London' }],
    ['Agence France-Presse (AFP) | 03.02.2021', [], { title: 'Agence France-Presse (AFP)' }],
    ['Reuters - 3 Feb 2021', [], { title: 'Reuters' }],
    ['(Reuters, 3 Feb 2021)', [], { title: 'Reuters' }],
    ['Reuters (3 Feb 2021)', [], { title: 'Reuters' }],
    ['3 Feb 2021 | Reuters', [], { title: 'Reuters' }],
    ['Source: Reuters, 3 Feb 2021', [], { title: 'Reuters' }],
    ['Kaynak: Reuters, 3 Şubat 2021', [], { title: 'Reuters' }],
    [
      'Source: Reuters, 3 Feb 2021, https://example.org/a',
      [],
      { title: 'Reuters', uri: 'https://example.org/a' },
    ],
  ])('reads who published it where and when: %s', (line, authors, source) => {
    const draft = parseString(`Headline\n\n${line}\n\nText.`);
    expect(draft.authors.map(({ name }) => name)).toEqual(authors);
    expect(draft.source).toMatchObject({ ...source, published: { year: 2021, month: 2, day: 3 } });
    expect(draft.html).toBe('<p>Text.</p>');
  });

  test.each([
    ['Jane Roe, The Harbour Times', 'Jane Roe', 'The Harbour Times'],
    ['Jane Roe, Reuters', 'Jane Roe', 'Reuters'],
    ['Ayşe Öz, Liman Postası', 'Ayşe Öz', 'Liman Postası'],
    ['يوسف أمين، أخبار المرفأ', 'يوسف أمين', 'أخبار المرفأ'],
    ['דן כהן, חדשות הנמל', 'דן כהן', 'חדשות הנמל'],
    ['بقلم: يوسف أمين، أخبار المرفأ', 'يوسف أمين', 'أخبار المرفأ'],
  ])('reads a person and a paper below the headline: %s', (line, author, title) => {
    for (const date of ['- 1.2.2021\n\n', '']) {
      const draft = parseString(`Headline\n\n${date}${line}\n\nText.`);
      expect(draft.authors).toEqual([{ name: author }]);
      expect(draft.source).toEqual({ title });
      expect(draft.html).toBe('<p>Text.</p>');
    }
  });

  test.each([
    'Interview: Jane Roe',
    'Text by Jane Roe',
    'Words: Jane Roe',
    'Texte et photos : Jane Roe',
    'Texte par Jane Roe',
    'Röportaj: Jane Roe',
  ])('reads who wrote it: %s', (line) => {
    const { authors, html } = parseString(`Headline\n\n${line}\n\nThe boats came home.`);
    expect({ authors, html }).toEqual({
      authors: [{ name: 'Jane Roe' }],
      html: '<p>The boats came home.</p>',
    });
  });

  test('takes no headline for a person and a paper', () => {
    expect(parseString('Jane Roe, The Times\n\n- 1.2.2021\n\nText.').title).toBe('Jane Roe, The Times');
  });

  test.each([
    'Wind, Rain and Press',
    'Marie Curie, The Pioneer',
    'Jane Roe, John Doe',
    'Jane Roe, who writes for the Times.',
    'Storm, BBC',
    'By the time he came home, it was late.',
    'By the river',
    'Story: The ferry',
    'Interview: the captain of the ferry',
    '3 Feb 2021 - Minutes of the meeting',
    'Date: soon',
    'Source: it is said that nobody knows, and that nobody asked.',
    'Meeting on 3 Feb 2021',
  ])('keeps what it does not understand: %s', (line) => {
    const draft = parseString(`Headline\n\n1.2.2021\n\n${line}\n\nText.`);
    expect(textOfHtml(draft.html)).toBe(`${line} Text.`);
    expect(draft).toMatchObject({ authors: [], published: { day: 1 } });
  });

  test.each([
    ['published', 'Date: 3.2.2021'],
    ['published', 'Tarih: 3 Şubat 2021 Çarşamba'],
    ['published', 'Published on February 3, 2021'],
    ['published', 'Veröffentlicht am 3. Februar 2021'],
    ['published', '[3.2.2021]'],
    ['published', '•  3.2.2021'],
    ['updated', 'Last updated: 3 Feb 2021'],
    ['updated', 'Güncelleme: 3.2.2021'],
  ] as const)('reads when it was %s: %s', (field, line) => {
    const draft = parseString(`Headline\n${line}\n\nText.`);
    expect(draft[field]).toMatchObject({ year: 2021, month: 2, day: 3, where: 'seeds/a.txt:2' });
    expect(draft).toMatchObject({ title: 'Headline', html: '<p>Text.</p>' });
  });

  test.each([
    ['THE FIRST LINE\nAND THE SECOND', 'THE FIRST LINE AND THE SECOND'],
    ['Çok uzun bir başlığın\nikinci satırı', 'Çok uzun bir başlığın ikinci satırı'],
    ['第一行\n第二行', '第一行第二行'],
    ['عنوان طويل\nفي سطرين', 'عنوان طويل في سطرين'],
    ['Who Goes There?', 'Who Goes There?'],
    ['Underlined\n==========', 'Underlined'],
    ['*** Decorated ***', 'Decorated'],
  ])('reads the headline %j', (lines, title) => {
    expect(parseString(`${lines}\n\n1.2.2021\n\nText.`)).toMatchObject({ title, html: '<p>Text.</p>' });
    expect(parseString(`${lines}\n1.2.2021\n\nText.`)).toMatchObject({ title, html: '<p>Text.</p>' });
    expect(parseString(`${lines}\n\nText.`)).toMatchObject({ title, html: '<p>Text.</p>' });
  });

  test.each(['[TOC]', '[[toc]]', '[[_TOC_]]'])('leaves out the mark of a table of contents: %s', (mark) => {
    const bytes = new TextEncoder().encode(`A HEADLINE\n\n- 01.02.2021\n\n${mark}\n\nA paragraph.\n`);
    expect(readable(parseDocument({ path: 'a.txt', bytes })).html).toBe('<p>A paragraph.</p>');
  });

  test('does not take an address for a heading', () => {
    const bytes = new TextEncoder().encode(
      'A HEADLINE\n\n- 01.02.2021\n\nhttps://a.example/\n\nA paragraph.\n',
    );
    expect(readable(parseDocument({ path: 'a.txt', bytes })).html).not.toContain('<h2>');
  });

  test('does not take a wrapped paragraph or a list for the headline', () => {
    const paragraph =
      'It begins with a paragraph whose lines were wrapped by an editor at\nseventy columns or so, and that ends as paragraphs do.';
    expect(parseString(`1.2.2021\n\n${paragraph}`).title).toBeUndefined();
    expect(parseString(`${paragraph}\n\nMore.`).title).toBeUndefined();
    expect(parseString('- milk\n- eggs')).toMatchObject({ html: '<ul><li>milk</li><li>eggs</li></ul>' });
  });

  test.each([
    ['Kaynak/Source: https://example.org/a'],
    ['Kaynak/Source:https://example.org/a'],
    ['Source: <https://example.org/a>'],
    ['Kaynak:\nhttps://example.org/a'],
    ['Quelle: https://example.org/a'],
    ['Fuente:\n\nhttps://example.org/a'],
    ['ИСТОЧНИК: https://example.org/a'],
    ['出典：https://example.org/a'],
  ])('takes the address of %j', (trailer) => {
    expect(parseString(`Headline\n\nText.\n\n${trailer}\n`)).toMatchObject({
      source: { uri: 'https://example.org/a' },
      html: '<p>Text.</p>',
    });
  });

  test('keeps a trailer that says more than it understands, and takes its address', () => {
    const draft = parseString('Headline\n\nText.\n\nSource: https://example.org/a (seen on Tuesday, twice)');
    expect(draft.source).toEqual({ uri: 'https://example.org/a' });
    expect(textOfHtml(draft.html)).toBe('Text. Source: https://example.org/a (seen on Tuesday, twice)');
  });

  test.each([
    ['a\n* * *\nb', '<p>a<br>* * *<br>b</p>'],
    ['a\n\n* * *\n\nb', '<p>a</p><hr><p>b</p>'],
    ['First\n---\n\nSecond\n===\n\nb', '<h3>First</h3><h2>Second</h2><p>b</p>'],
    ['First\n---\nb', '<h2>First</h2><p>b</p>'],
    ['1. One\n2. Two', '<ol><li>One</li><li>Two</li></ol>'],
    ['3) Three\n\n4) Four', "<ol start='3'><li>Three</li><li>Four</li></ol>"],
    ['1. One\n3. Three', '<p>1. One<br>3. Three</p>'],
    ['1. One is a heading\n\nText.\n\n2. Two', '<h2>1. One is a heading</h2><p>Text.</p><p>2. Two</p>'],
    [
      '* One\n  goes on\n* Two\n\n  and on',
      '<ul><li>One<br>goes on</li><li><p>Two</p><p>and on</p></li></ul>',
    ],
    [
      '- One\n  - Inner\n  - Other\n- Two',
      '<ul><li>One<ul><li>Inner</li><li>Other</li></ul></li><li>Two</li></ul>',
    ],
    ['- Alone', '<p>- Alone</p>'],
    ['• Alone', '<ul><li>Alone</li></ul>'],
    ['— Who is there?\n— Nobody.', '<p>— Who is there?<br>— Nobody.</p>'],
    ['> a\n> b\n>> c\nd', '<blockquote><p>a<br>b</p><blockquote><p>c</p></blockquote></blockquote><p>d</p>'],
    ['IN CAPITALS\nText below.', '<h2>IN CAPITALS</h2><p>Text below.</p>'],
    ['a   b   c\nd   e   f', '<p>a b c<br>d e f</p>'],
    ['a\fb', '<p>a<br>b</p>'],
  ])('writes %j', (text, html) => {
    expect(parseString(`Headline\n\n1.2.2021\n\nFirst.\n\n${text}`).html).toBe(`<p>First.</p>${html}`);
  });

  test.each([
    ['https://example.org/a.', 'https://example.org/a', '.'],
    ['https://example.org/a_(b)', 'https://example.org/a_(b)', ''],
    ['https://example.org/a)', 'https://example.org/a', ')'],
    ['https://example.org/a?b=c&d', 'https://example.org/a?b=c&amp;d', ''],
    ['HTTP://Example.ORG/ç', 'http://example.org/%C3%A7', '', 'HTTP://Example.ORG/ç'],
    [
      'jane.roe+a@mail.example.org!',
      'mailto:jane.roe+a@mail.example.org',
      '!',
      'jane.roe+a@mail.example.org',
    ],
  ])('links %s', (text, href, after, shown = href) => {
    expect(serialize(root(linkText(`See (${text}`)))).toBe(`See (<a href='${href}'>${shown}</a>${after}`);
  });

  test.each([
    'javascript:alert(1)',
    'ftp://example.org',
    'http://',
    'https://[bad',
    'xhttp://example.org',
    'a@b',
    '@b.example',
  ])('does not link %s', (text) => {
    expect(serialize(root(linkText(text)))).toBe(text);
  });

  test('loses nothing of a text without any of the parts', () => {
    const text = `${'A long first paragraph that is no headline. '.repeat(8)}\n\nAnother one.`;
    const draft = parseString(text);
    expect(draft.title).toBeUndefined();
    expect(draft.published).toBeUndefined();
    expect(words(textOfHtml(draft.html))).toEqual(words(text));
  });

  test('does not take a sentence about a source for the source', () => {
    const draft = parseString(
      'Headline\n\n1.2.2021\n\nThe report came out on Tuesday, 2 February 2021, and nobody read it.',
    );
    expect(draft.source).toBeUndefined();
    expect(textOfHtml(draft.html)).toContain(
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
    expect(readable(parseDocument({ path: 'a.txt', bytes: utf16 }))).toEqual(parseString(text));
    expect(readable(parseDocument({ path: 'a.txt', bytes: utf8 }))).toEqual(parseString(text));
  });

  test('is all there, whatever it repeats', () => {
    for (const line of LINES) {
      const { html } = parseString(`T\n\n1.2.2021\n\n${line.repeat(200)}`);
      expect(html.length, line).toBeGreaterThan(200);
    }
  });

  test('reads lists and quotations of any depth', () => {
    const deep = Array.from(
      { length: 2000 },
      (_, depth) => `${' '.repeat(depth)}- a\n${'>'.repeat(depth)} b\n`,
    );
    expect(parseString(deep.join('')).html.length).toBeGreaterThan(4000);
  });
});

test('fields of reStructuredText are labels, also below a line of number signs', () => {
  const fields = ':date: 2021-02-03\n:author: Jane Roe\n:tags: sea, tide';
  const draft = parseText(`High water\n##########\n\n${fields}\n\nThe quay is :sup:\`wet\`.`, 'a.txt');
  expect(draft).toMatchObject({
    title: 'High water',
    authors: [{ name: 'Jane Roe' }],
    tags: ['sea', 'tide'],
  });
  expect(draft.html).toBe('<p>The quay is :sup:`wet`.</p>');
  expect(draft.published).toMatchObject({ day: 3 });
  expect(parseText('High water\n##########\n\n:status: draft\n\nWet.', 'a.txt').visibility).toBe('draft');
});

test('who wrote a part is no heading above it', () => {
  const { html } = parseString(
    'Letter 12\n\n- 03.02.2021\n\nIn this issue: a wheel.\n\n1. THE WHEEL\n\nby Ann Mole <ann@weir.example>\n\nIt turns again after its repair.\n',
  );
  expect(html).toMatch(/<h2>1. THE WHEEL<.h2><p>by Ann Mole/);
});
