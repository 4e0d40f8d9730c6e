import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { decodeBytes } from '../../src/documents/encoding.ts';
import { decodeDocument, transcode } from '../../src/documents/source.ts';
import { compileFiles, file, makeApp, makeSite, NOW, seedFiles } from '../support/app.ts';

const ARCHIVE = join(import.meta.dirname, '../fixtures/archive');
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Writes text in an encoding of one byte a character. */
function encode(text: string, encoding: string): Uint8Array {
  const table = decodeBytes(
    Uint8Array.from({ length: 256 }, (_, byte) => byte),
    encoding,
    { fatal: false },
  );
  return Uint8Array.from(text, (character) => {
    const byte = table.indexOf(character);
    if (byte === -1) throw new Error(`${encoding} has no ${character}`);
    return byte;
  });
}

const swapped = (text: string): Uint8Array => Buffer.from(text, 'utf16le').swap16();

const TEXTS = {
  tr: 'Başkentte açılan sergi, ilk gününde beş bin ziyaretçiyi ağırladı. Küratör, ışığın yalnızca bir araç olmadığını söyledi; “serginin kendisi” dedi.',
  de: 'Die Regierung hat am Dienstag beschlossen, die Preise für Getreide nicht weiter zu senken. „Wir hätten mehr erwartet“, sagten die Bauern.',
  fr: 'Le gouvernement a décidé mardi de ne plus baisser les prix des céréales. Les agriculteurs, eux, espéraient bien davantage à Noël.',
  pl: 'Rząd zdecydował we wtorek, że nie będzie dalej obniżać cen zboża. Rolnicy spodziewali się większej pomocy ze strony państwa.',
  ru: 'Правительство решило во вторник больше не снижать цены на зерно. Крестьяне ожидали от государства большей помощи, но не дождались.',
  el: 'Η κυβέρνηση αποφάσισε την Τρίτη να μη μειώσει άλλο τις τιμές των σιτηρών. Οι αγρότες περίμεναν μεγαλύτερη βοήθεια από το κράτος.',
  en: 'The café on the corner closed on Tuesday, and nobody knows why. “It was the best in town,” said a neighbour, who had been there every day.',
} as const;

describe('what a file says of its encoding', () => {
  test.each([
    ['UTF-8', utf8('Başlık ı'), 'utf-8'],
    ['UTF-8 with a mark', utf8('\uFEFFBaşlık ı'), 'utf-8'],
    ['UTF-16 LE with a mark', Buffer.from('\uFEFFBaşlık ı', 'utf16le'), 'utf-16le'],
    ['UTF-16 BE with a mark', swapped('\uFEFFBaşlık ı'), 'utf-16be'],
  ])('counts: %s', (_, bytes, encoding) => {
    expect(decodeDocument({ path: 'a.txt', bytes })).toEqual({ text: 'Başlık ı', encoding, warnings: [] });
  });

  test.each([
    ['<meta charset="windows-1254">', 'windows-1254'],
    ['<META http-equiv=Content-Type content="text/html; charset=iso-8859-9">', 'windows-1254'],
    ["<?xml version='1.0' encoding='ISO-8859-9'?>", 'windows-1254'],
    ['<!-- <meta charset=koi8-r> --><meta charset=latin5>', 'windows-1254'],
  ])('counts in HTML: %s', (head, encoding) => {
    const bytes = encode(`${head}<p>Işık ş`, 'windows-1254');
    const decoded = decodeDocument({ path: 'a.html', bytes });
    expect(decoded).toEqual({ text: `${head}<p>Işık ş`, encoding, warnings: [] });
    expect(() => decodeDocument({ path: 'a.txt', bytes })).toThrow('it is not UTF-8 text');
  });

  test('does not count when the bytes are UTF-8 all the same, or are not in that encoding', () => {
    const page = '<meta charset=windows-1252><p>ışık';
    expect(decodeDocument({ path: 'a.html', bytes: utf8(page) })).toMatchObject({
      text: page,
      encoding: 'utf-8',
    });
    const lie = encode(`<meta charset=utf-8><p>${TEXTS.tr}`, 'windows-1254');
    expect(decodeDocument({ path: 'a.html', bytes: lie })).toMatchObject({ encoding: 'windows-1254' });
    const nonsense = encode(`<meta charset=klingon><p>${TEXTS.tr}`, 'windows-1254');
    expect(decodeDocument({ path: 'a.html', bytes: nonsense })).toMatchObject({ encoding: 'windows-1254' });
  });
});

describe('an encoding that nothing states', () => {
  test.each([
    [TEXTS.tr, 'windows-1254'],
    [TEXTS.de, 'windows-1252'],
    [TEXTS.fr, 'windows-1252'],
    [TEXTS.en, 'windows-1252'],
    [TEXTS.pl, 'windows-1250'],
    [TEXTS.pl, 'iso-8859-2'],
    [TEXTS.ru, 'windows-1251'],
    [TEXTS.ru, 'koi8-r'],
    [TEXTS.el, 'iso-8859-7'],
    [`${TEXTS.el} Άλλοι όχι.`, 'iso-8859-7'],
    [`${TEXTS.el} Άλλοι όχι.`, 'windows-1253'],
    [TEXTS.de, 'macintosh'],
    [TEXTS.fr, 'macintosh'],
    [`${TEXTS.de}`.replace(/[^\p{L}\p{ASCII}]/gu, '"'), 'cp850'],
  ])('is recognised and reported: %s (%s)', (text, encoding) => {
    expect(decodeDocument({ path: 'b/a.txt', bytes: encode(text, encoding) })).toEqual({
      text,
      encoding,
      warnings: [`Read seeds/b/a.txt as ${encoding}: expected UTF-8; save it as UTF-8 to be sure`],
    });
  });

  test('is recognised in Turkish of ISO 8859-9, however far below its letters stand', () => {
    const text = `${'ascii '.repeat(5000)}\n${TEXTS.tr.replace(/[“”]/g, '"')}`;
    expect(decodeDocument({ path: 'a.txt', bytes: encode(text, 'iso-8859-9') })).toMatchObject({
      text,
      encoding: 'windows-1254',
    });
  });

  test.each(['utf-16le', 'utf-16be'] as const)('is recognised when it is %s', (encoding) => {
    const text = 'Başlık\n\nİki söz, o kadar.';
    const bytes = encoding === 'utf-16le' ? Buffer.from(text, 'utf16le') : swapped(text);
    expect(decodeDocument({ path: 'a.txt', bytes })).toMatchObject({
      text,
      encoding,
      warnings: [/as utf-16/],
    });
  });

  test.each([
    ['Порт', 'Корабль ушёл на рассвете, и никто его не провожал.', 'koi8-r'],
    ['港の夜', '船は朝早く港を出た。漁師たちは歌っていた。', 'shift_jis'],
    ['港口', '船在傍晚回来了，渔夫们都很高兴，一直唱到天亮。', 'gb18030'],
  ])('is recognised in a few words whose bytes tell: %s', (title, words, encoding) => {
    const text = `${title}\n\n- 22.04.2024\n\n${words}\n`;
    const bytes = iconv.encode(text, encoding);
    expect(decodeDocument({ path: 'a.txt', bytes })).toMatchObject({ text, encoding });
  });

  test('keeps the archive’s letters', () => {
    const bytes = readFileSync(join(ARCHIVE, 'bulten.txt'));
    expect(decodeDocument({ path: 'bulten.txt', bytes }).text).toContain(
      'Işık, şeker, ağaç, çığ, öğüt ve ünlü',
    );
  });

  test.each([
    ['too little text', encode('für', 'windows-1252')],
    [
      'letters that the language does not have',
      encode(`${'Nobody at the office knows Mr Erdoðan. '.repeat(3)}`, 'windows-1252'),
    ],
    ['damaged UTF-8', Uint8Array.from([...utf8(TEXTS.tr), 0xc3])],
    ['UTF-8 cut inside a letter', utf8(TEXTS.ru).subarray(0, utf8(TEXTS.ru).lastIndexOf(0xd0) + 1)],
    ['noise', Uint8Array.from({ length: 500 }, (_, index) => ((index * 7919) % 128) + 128)],
  ])('is refused: %s', (_, bytes) => {
    expect(() => decodeDocument({ path: 'a.txt', bytes })).toThrow(
      'Cannot read seeds/a.txt: it is not UTF-8 text; save it as UTF-8',
    );
  });

  test.each([
    ['a few bytes', Uint8Array.of(0x41, 0, 0x42)],
    [
      'a picture',
      Uint8Array.from([
        0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52,
      ]),
    ],
    ['UTF-32', Uint8Array.from([...'ab c'].flatMap((letter) => [letter.charCodeAt(0), 0, 0, 0]))],
    ['text with a NUL', utf8('text\0text text')],
  ])('is refused as binary: %s', (_, bytes) => {
    expect(() => decodeDocument({ path: 'a.txt', bytes })).toThrow(
      /byte \d+ is NUL; expected text, not binary data/,
    );
  });
});

describe('an HTML page that declares no encoding', () => {
  test.each([
    ['<p>für', 'windows-1252'],
    ['<html lang="en"><p>café', 'windows-1252'],
    ['<html lang="tr-TR"><p>ışık', 'windows-1254'],
    ['<HTML LANG=pl><p>łódź', 'iso-8859-2'],
    ['<html lang="ru"><p>мост', 'windows-1251'],
    ['<html class="a" lang=\'el\'><p>γέφυρα', 'iso-8859-7'],
  ])('is read as browsers read it: %s (%s)', (text, encoding) => {
    expect(decodeDocument({ path: 'a.html', bytes: encode(text, encoding) })).toEqual({
      text,
      encoding,
      warnings: [`Read seeds/a.html as ${encoding}: expected UTF-8; save it as UTF-8 to be sure`],
    });
  });

  test('is recognised by the text between its tags', () => {
    const cells =
      '<TD WIDTH=120 VALIGN=TOP BGCOLOR=#CCCCCC><FONT SIZE=-1><A HREF="../index.htm"><IMG SRC="../img/counter.gif"></A></FONT></TD>';
    const text =
      'Жители пришли посмотреть на паром и принесли старые фотографии. Мастера говорят, что он простоит ещё сто лет.';
    const bytes = encode(
      `<HTML><TABLE><TR>${cells.repeat(5)}<TD>${text}</TD></TR></TABLE></HTML>`,
      'windows-1251',
    );
    expect(decodeDocument({ path: 'a.html', bytes }).encoding).toBe('windows-1251');
  });

  test('is refused if it is damaged UTF-8 or no page', () => {
    const damaged = Uint8Array.from([...utf8('<p>ışık ve ağaç'), 0xc3]);
    expect(() => decodeDocument({ path: 'a.html', bytes: damaged })).toThrow('it is not UTF-8 text');
    const noise = Uint8Array.from({ length: 500 }, (_, index) => ((index * 7919) % 128) + 128);
    expect(() => decodeDocument({ path: 'a.html', bytes: noise })).toThrow('it is not UTF-8 text');
  });
});

describe('the encoding that the settings name', () => {
  const german = Uint8Array.of(0x66, 0x81, 0x72, 0x20, 0xe1);

  test('is that of documents that are not UTF-8 and declare none', async () => {
    const site = makeSite({ encoding: 'ibm850' });
    const files = [
      { path: 'a.md', bytes: Uint8Array.from([...utf8('# A\n\n'), ...german]) },
      { path: 'b.md', bytes: utf8('# B\n\nfür ß') },
      {
        path: 'c.html',
        bytes: encode('<meta charset=windows-1252><title>C</title><p>für ß', 'windows-1252'),
      },
    ];
    const { read } = await makeApp(files, { site });
    for (const slug of ['a', 'b', 'c']) expect(await read(`/articles/${slug}.md`)).toMatch(/\n\nfür ß\n$/);
  });

  test('is not that of binary data, nor of bytes that mean nothing in it', () => {
    const picture = { path: 'a.txt', bytes: Uint8Array.of(0x89, 0x50, 0, 0xff) };
    expect(transcode(picture, 'ibm850')).toBe(picture);
    const noGreek = { path: 'a.txt', bytes: Uint8Array.of(0x41, 0xd2) };
    expect(transcode(noGreek, 'iso-8859-7')).toBe(noGreek);
  });
});

test('a character that the next one overstrikes is left out', () => {
  const { text } = decodeDocument({
    path: 'a.txt',
    bytes: utf8('A b\bbe\bel\bll\bl and a _\br_\bo_\bp_\be.\n'),
  });
  expect(text).toBe('A bell and a rope.\n');
});

describe('a few control characters', () => {
  const line = 'A line of text that anybody can read.\n';

  test.each([
    ['a NUL', `${line}${line}A \0word.\n`, 'U+0000 in seeds/a.txt:3'],
    ['a NUL at the end', `${line}\0`, 'U+0000 in seeds/a.txt:2'],
    ['a block that NULs fill', `Text.\n${'\0'.repeat(9)}`, '9 characters, the first U+0000 in seeds/a.txt:2'],
    ['a NUL at the beginning', `\0${line}`, 'U+0000 in seeds/a.txt:1'],
    [
      'a bell and an escape',
      `${line}\u0007\u001b[1m${line}`,
      '2 characters, the first U+0007 in seeds/a.txt:2',
    ],
    ['a character that is none', `a\ufffe ${line}`, 'U+FFFE in seeds/a.txt:1'],
  ])('are left out and named: %s', (_, text, named) => {
    for (const path of ['a.txt', 'a.md', 'a.html'])
      expect(decodeDocument({ path, bytes: utf8(text) })).toEqual({
        text: text.replace(/\u001b\[1m|[\0\u0007\ufffe]/g, ''),
        encoding: 'utf-8',
        warnings: [`Left out ${named.replace('a.txt', path)}: expected text without control characters`],
      });
  });

  test('are left out of older encodings too', () => {
    const text = `${TEXTS.tr}\0 ${TEXTS.tr}`;
    const decoded = decodeDocument({ path: 'a.txt', bytes: encode(text, 'windows-1254') });
    expect(decoded).toMatchObject({ text: text.replace('\0', ''), encoding: 'windows-1254' });
    expect(decoded.warnings).toEqual([
      expect.stringContaining('as windows-1254'),
      expect.stringContaining('Left out U+0000 in seeds/a.txt:1'),
    ]);
    const page = encode(`<meta charset=windows-1254><p>Işık\0 ve ${TEXTS.tr}`, 'windows-1254');
    expect(decodeDocument({ path: 'a.html', bytes: page }).encoding).toBe('windows-1254');
  });

  test.each([
    ['NUL as one in ten', utf8('ten bytes\0'.repeat(100))],
    ['records of fixed length', utf8('name\0\0\0\0\u0001value\u0002'.repeat(50))],
    ['a picture with much text', Uint8Array.from([...utf8(line.repeat(9)), 0x89, 0x50, 0, 0xff, 0xfe])],
  ])('are not many: %s is refused as binary', (_, bytes) => {
    expect(() => decodeDocument({ path: 'a.txt', bytes })).toThrow(/is NUL; expected text, not binary data/);
  });

  test('come out of a build with the rest', async () => {
    const files = [file('a.txt', `A\n\n1.2.2021\n\n${line}A \0word.`)];
    const { outcomes, warnings } = await compileFiles(seedFiles(files), makeSite(), NOW);
    expect(outcomes).toMatchObject([{ status: 'published' }]);
    expect(warnings).toEqual(['Left out U+0000 in seeds/a.txt:6: expected text without control characters']);
  });
});

test('leaves out what no article may hold, in any encoding', () => {
  const text = 'a\u0007b\u001bc\u007fd\u0080e\ufffef\u{1ffff}g\uFEFF\tk\fl\vm\r\nn\ro\u2028p';
  const expected = 'abcdefg\uFEFF\tk\nl\nm\nn\no\np';
  expect(decodeDocument({ path: 'a.txt', bytes: utf8(text) }).text).toBe(expected);
  const wide = Buffer.from(`\uFEFF${text}\0`, 'utf16le');
  expect(decodeDocument({ path: 'a.txt', bytes: wide }).text).toBe(expected);
  const lone = Uint8Array.from([0xff, 0xfe, 0x41, 0, 0x00, 0xd8, 0x42, 0]);
  expect(() => decodeDocument({ path: 'a.txt', bytes: lone })).toThrow('Cannot read seeds/a.txt');
});

test('has the punctuation of windows-1252 on every Node', () => {
  expect(decodeBytes(Uint8Array.of(0x80, 0x93, 0x94, 0x96, 0x9f, 0xe9), 'windows-1252')).toBe('€“”–Ÿé');
});

test('stays quick on large files', () => {
  for (const [unit, encoding] of [
    [TEXTS.tr, 'windows-1254'],
    ['a '.repeat(500), 'utf-8'],
    ['é', 'windows-1252'],
  ] as const) {
    const bytes = encode(
      unit.repeat(Math.ceil(1_000_000 / unit.length)),
      encoding === 'utf-8' ? 'windows-1252' : encoding,
    );
    try {
      expect(decodeDocument({ path: 'a.txt', bytes }).encoding).toBe(encoding);
    } catch (error) {
      expect(unit).toBe('é');
      expect(String(error)).toContain('it is not UTF-8 text');
    }
  }
});
