import { describe, expect, test } from 'vitest';
import { parse as parseText, type ReadDraft, textOfHtml } from '../support/content.ts';

const parseString = (text: string): ReadDraft => parseText(text, 'a.txt');

test.each([
  ['the improve-\nment of the river', 'the improvement of the river'],
  ['the improve\u00ad\nment of the river', 'the improvement of the river'],
  ['a well-\nknown river', 'a well-known river'],
  ['high-\nand low-water marks', 'high- and low-water marks'],
  ['the Baden-\nBaden of the north', 'the Baden-Baden of the north'],
])('%j is joined', (text, joined) => {
  const before = 'The company that the town has founded for this purpose is to see to';
  expect(parseString(`A RIVER\n\n- 3.2.2021\n\n${before}\n${text}.\n`).html).toBe(
    `<p>${before} ${joined}.</p>`,
  );
});

describe('a table', () => {
  const html = (table: string): string =>
    parseString(`TIDES\n\n- 3.2.2021\n\nWords of a text.\n\n${table}\n`).html;
  const rows = (...lines: string[]): string =>
    `<table><tbody>${lines.map((line) => `<tr><td>${line.replace(' ', '</td><td>')}</td></tr>`).join('')}</tbody></table>`;
  const body = rows('Cod 30', 'Eel 55');
  const all = body.replace('<tbody>', '<thead><tr><th>Fish</th><th>Tons</th></tr></thead><tbody>');

  test.each([
    ['Fish\tTons\nCod\t30\nEel\t55', rows('Fish Tons', 'Cod 30', 'Eel 55')],
    ['FISH    Tons\nCod     30\nEel     55', rows('FISH Tons', 'Cod 30', 'Eel 55')],
    ['Fish    Tons\n------------\nCod     30\nEel     55', all],
    ['| Fish   | Tons |\n|--------|------|\n| Cod    | 30   |\n| Eel    | 55   |', all],
    [
      '+------+------+\n| Fish   | Tons |\n+------+------+\n| Cod    | 30   |\n| Eel    | 55   |\n+------+------+',
      all,
    ],
  ])('is read from %j', (table, expected) => {
    expect(html(table).replace('<p>Words of a text.</p>', '')).toBe(expected);
  });

  test.each([
    'He came.  She went.\nThey stayed.  All of them.\nNobody knew.  Nobody asked.',
    'Cod    30\nEel    55    big\nHerring',
    'Cod    30',
  ])('is not read from %j', (lines) => {
    expect(html(lines)).not.toContain('<table>');
  });
});

test('verse keeps its indents, and indented code its shape', () => {
  const { html } = parseString(
    'Title\n\nO mole,\n    so long,\n  so wet.\n\n    if (a) {\n      b();\n    }\n\nWords that follow it.\n',
  );
  expect(html).toBe(
    '<p>O mole,<br>\u00a0\u00a0\u00a0\u00a0so long,<br>\u00a0\u00a0so wet.</p><pre><code>if (a) {&#10;  b();&#10;}</code></pre><p>Words that follow it.</p>',
  );
});

test.each([
  '    An address on several lines,\n    as letters have it,\n    and no code.',
  '    He said: it is so, and so it will be for as long as I live;\n    nobody answered;',
])('what is indented is no code: %j', (text) => {
  expect(parseString(`Title\n\nText.\n\n${text}\n`).html).not.toContain('<code>');
});

test('the head of a press release and of a mail says nothing to readers', () => {
  for (const head of [
    'FOR IMMEDIATE RELEASE\n\nA BELL RANG\n\n- 03.02.2021',
    'PRESS RELEASE\n\nFor immediate release: 3 February 2021\n\nA BELL RANG',
    'A BELL RANG\n\nNota de prensa\n\nPara publicación inmediata – 3.2.2021',
  ]) {
    const release = parseString(`${head}\n\nIt rang all night.\n\n-30-\n`);
    expect(release).toMatchObject({ title: 'A BELL RANG', html: '<p>It rang all night.</p>' });
    expect(release.published?.year, head).toBe(2021);
  }
  for (const from of [
    'Jane Roe <jane@example.org>',
    'jane@example.org (Jane Roe)',
    '"Jane Roe" <jane@example.org>',
  ]) {
    const mail = parseString(
      `From: ${from}\nNewsgroups: rec.bells\nSubject: A bell rang\nDate: Wed, 03 Feb 2021 10:00:00 +0300\nMessage-ID: <1@example.org>\n\nIt rang all night.\n`,
    );
    expect(mail).toMatchObject({ title: 'A bell rang', html: '<p>It rang all night.</p>' });
    expect(mail.authors).toEqual([{ name: 'Jane Roe', email: 'jane@example.org' }]);
    expect(mail.published?.year).toBe(2021);
  }
});

test('a message of a mailbox begins with the line of its sender', () => {
  const mail = parseString(
    'From ole@example.org Wed Feb  3 10:00:00 2021\nFrom: ole@example.org (Ole Reef)\nSubject: A bell rang\nDate: Wed, 03 Feb 2021 10:00:00 +0300\n\nIt rang all night.\n',
  );
  expect(mail).toMatchObject({
    title: 'A bell rang',
    authors: [{ name: 'Ole Reef', email: 'ole@example.org' }],
    html: '<p>It rang all night.</p>',
  });
  const { authors } = parseString(
    'From: "Reef, Ole" <ole@example.org>\nMIME-Version: 1.0\nSubject: Fog\n\nThick.\n',
  );
  expect(authors).toEqual([{ name: 'Ole Reef', email: 'ole@example.org' }]);
  expect(parseString('From Paris Wed Feb 3\n\nIt rang.\n').title).toBe('From Paris Wed Feb 3');
});

test('a field of a mail may go on over several lines', () => {
  const mail =
    'From: Jo <jo@example.org>\nSubject: A bell\n rang\nContent-Type: text/plain;\n charset="utf-8"\nX-Spam: No,\n\tscore=1\n\nIt rang.\n';
  expect(parseString(mail)).toMatchObject({ title: 'A bell rang', html: '<p>It rang.</p>' });
  const text = 'A bell rang\n\nReferences: Voss 2001.\n';
  expect(parseString(text).html).toBe('<p>References: Voss 2001.</p>');
});

test.each([
  ['Η καμπάνα', 'Ημερομηνία: 3/2/2021', 'Συντάκτης: Νίκος Παπάς', 'Νίκος Παπάς'],
  ['종소리', '작성일: 2021년 2월 3일', '글쓴이: 김철수', '김철수'],
  ['Chuông', 'Ngày đăng: 3/2/2021', 'Tác giả: Trần Văn An', 'Trần Văn An'],
  ['הפעמון', 'תאריך: 3.2.2021', 'מאת: דנה כהן', 'דנה כהן'],
  ['A harang', 'Dátum: 2021. február 3.', 'Szerző: Kovács Anna', 'Kovács Anna'],
  ['घंटी', 'दिनांक: 3/2/2021', 'लेखक: राम शर्मा', 'राम शर्मा'],
])('labels are read in many languages: %s', (title, date, author, name) => {
  const { published, authors, html } = parseString(`${title}\n\n${date}\n${author}\n\n1.\n`);
  expect({ published, name: authors[0]?.name, html }).toMatchObject({
    published: { year: 2021, month: 2, day: 3 },
    name,
    html: '<p>1.</p>',
  });
});

test('a mail is read in its encodings', () => {
  const head = (encoding: string, charset: string): string =>
    `From: =?UTF-8?Q?J=C3=BCrgen_Gro=C3=9F?= <j@example.org>\nSubject: =?utf-8?B?QW4gZGVy?= =?utf-8?B?IFNjaGxldXNl?=\nDate: Wed, 03 Feb 2021 10:00:00 +0300\nMIME-Version: 1.0\nContent-Type: text/plain; charset="${charset}"\nContent-Transfer-Encoding: ${encoding}\n\n`;
  const expected = {
    title: 'An der Schleuse',
    authors: [{ name: 'Jürgen Groß' }],
    html: '<p>Sie ist zu.</p><p>Grüße</p>',
  };
  const quoted = parseString(`${head('quoted-printable', 'iso-8859-1')}Sie =\nist zu.\n\nGr=FC=DFe\n`);
  expect(quoted).toMatchObject(expected);
  const body = Buffer.from('Sie ist zu.\n\nGrüße\n').toString('base64');
  expect(parseString(`${head('base64', 'UTF-8')}${body}\n`)).toMatchObject(expected);
  expect(parseString('A sum\n\nIt is =C3=BC.\n').html).toBe('<p>It is =C3=BC.</p>');
});

test('a mail of several parts is its plain text', () => {
  const head = 'From: a@example.org\nSubject: Mud\nMIME-Version: 1.0\n';
  const part = (type: string, body: string): string => `--b1\nContent-Type: ${type}\n\n${body}\n`;
  const plain = 'text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable';
  const multipart = 'Content-Type: multipart/alternative; boundary="b1"\n\nPreamble.\n\n';
  const alternatives = `${multipart}${part(plain, 'Caf=E9.\n\n- a -- b')}${part('text/html', '<p>Caf</p>')}--b1--\n`;
  expect(parseString(head + alternatives)).toMatchObject({
    title: 'Mud',
    html: '<p>Café.</p><p>- a -- b</p>',
  });
  const mixed = `${head}Content-Type: multipart/mixed;\n boundary=out\n\n--out\n${alternatives}--out\nContent-Type: text/plain\n\nAttached.\n--out--\n`;
  expect(parseString(mixed).html).toBe('<p>Café.</p><p>- a -- b</p>');
  expect(parseString(`${head}${multipart}--b1\n\nBare.\n--b1--\n`).html).toBe('<p>Bare.</p>');
  expect(parseString(`${head}${multipart}${part('text/html', 'Kept')}--b1--\n`).html).toContain('Kept');
});

describe('a mail that is only HTML', () => {
  const head = 'From: The Tide Post <a@example.org>\nSubject: Mud\nMIME-Version: 1.0\n';
  const page =
    '<html><head><style>p{}</style></head><body><table><tr><td><h1>Mud</h1><p>It is <b>low</b>.</p></td></tr></table></body></html>';
  const type = 'Content-Type: text/html; charset=utf-8\n';
  const base64 = `${type}Content-Transfer-Encoding: base64\n\n${Buffer.from(page).toString('base64')}`;
  test.each([
    ['as it is', `${type}\n${page}`],
    ['in an encoding', base64],
    ['as a part', `Content-Type: multipart/related; boundary=b1\n\n--b1\n${type}\n${page}\n--b1--`],
    [
      'beside an empty plain part',
      `Content-Type: multipart/alternative; boundary=b1\n\n--b1\nContent-Type: text/plain\n\n\n--b1\n${base64}\n--b1--`,
    ],
  ])('%s', (_, body) => {
    const { title, authors, source, html } = parseString(`${head}${body}\n`);
    expect(title).toBe('Mud');
    expect(authors).toEqual([{ name: 'The Tide Post', email: 'a@example.org' }]);
    expect(source).toBeUndefined();
    expect(html).toBe('<p>It is <b>low</b>.</p>');
  });

  test('is held back, and dated, by its head', () => {
    expect(parseString(`Draft: yes\nDate: 3 Feb 2021\n${head}${type}\n${page}\n`)).toMatchObject({
      visibility: 'draft',
      published: { year: 2021 },
    });
  });
});

test('archives of mail hide addresses, and quote lines that would begin a mail', () => {
  const mail = (from: string): string =>
    `From ole@example.org Wed Feb  3 10:00:00 2021\nFrom: ${from}\nSubject: Mud\n\n>From the quay, it is low.\n`;
  for (const from of ['Ole Reef <ole at example.org>', 'ole at example.org (Ole Reef)'])
    expect(parseString(mail(from))).toMatchObject({
      authors: [{ name: 'Ole Reef' }],
      html: '<p>From the quay, it is low.</p>',
    });
});

test('a mail that was copied from a window has the day on which it was sent', () => {
  const mail =
    'From: Jane Roe <jane@example.org>\nSent: Sunday, 3 February 2019 10:00 AM\nSubject: Mud\n\nIt is low.\n';
  expect(parseString(mail)).toMatchObject({
    title: 'Mud',
    published: { year: 2019 },
    html: '<p>It is low.</p>',
  });
});

test('labels that nobody knows, in a head of others, are no headline', () => {
  const memo = 'Date: 3 February 2021\nRef: HB/44\nSill: dry\nAuthor: Jo Quay\n\nA day\n\nIt rained.\n';
  expect(parseString(memo)).toMatchObject({
    title: 'A day',
    authors: [{ name: 'Jo Quay' }],
    html: '<p>Ref: HB/44<br>Sill: dry</p><p>It rained.</p>',
  });
  const opinion = 'Date: 3 February 2021\nOpinion: it must go\n\nIt is old. It leaks.\n';
  expect(parseString(opinion)).toMatchObject({
    title: 'Opinion: it must go',
    html: '<p>It is old. It leaks.</p>',
  });
  const talk = 'A talk\n\nDate: 3 February 2021\n\nAnna: Hello.\nFrom: Bert\n';
  expect(parseString(talk).html).toBe('<p>Anna: Hello.<br>From: Bert</p>');
});

test('a sentence with the mark of a note is no heading', () => {
  for (const mark of ['*', '¹', '[1]'])
    expect(parseString(`A boat\n\nShe was old.${mark}\n\nThey say.\n`).html).not.toContain('<h2>');
});

test('sentences that each stand behind an indent are paragraphs', () => {
  expect(parseString('A tub\n\n3 May 2021\n\n\tIt is round.\n\tIt sank.\n').html).toBe(
    '<p>It is round.</p><p>It sank.</p>',
  );
  expect(parseString('港\n\n2021年5月3日\n\n　静かだ。\n　船は来ない。\n').html).toBe(
    '<p>静かだ。</p><p>船は来ない。</p>',
  );
  expect(parseString('A song\n\n  It is round,\n  it sank.\n').html).toContain('<br>');
});

test('what says that a text is a press release is no headline, unless there is no other', () => {
  const text = 'PRESSEMITTEILUNG\n\n3. Februar 2021\n\nWerft baut Schiff\n\nDas Schiff ist da.\n';
  expect(parseString(text)).toMatchObject({ title: 'Werft baut Schiff', html: '<p>Das Schiff ist da.</p>' });
  expect(parseString('BASIN BÜLTENİ\n\n3 Şubat 2021\n\nGemi geldi\n\nGemi bugün geldi.\n').title).toBe(
    'Gemi geldi',
  );
  const untitled = 'BASIN AÇIKLAMASI\n\n3 Şubat 2021\n\nGemi geldi. Herkes sevindi.\n';
  expect(parseString(untitled).title).toBe('BASIN AÇIKLAMASI');
});

test('the day of a letter stands between an address and a salutation', () => {
  const letter = 'On gulls\n\n12 Quay Street\nPortside\n\n3 February 2021\n\nDear Sir,\n\nthey eat.\n';
  expect(parseString(letter)).toMatchObject({
    published: { year: 2021, month: 2, day: 3 },
    html: '<p>12 Quay Street<br>Portside</p><p>Dear Sir,</p><p>they eat.</p>',
  });
  const concert = 'Concert\n\nOld church\n3 February 2021\n\nCome and listen.\n';
  expect(parseString(concert).published).toBeUndefined();
});

test.each([
  [
    'Tom &amp; Jerry&#39;s',
    'Fish &amp; chips: &pound;5 &lt; 6.',
    "Tom & Jerry's",
    'Fish &amp; chips: £5 &lt; 6.',
  ],
  ['R&D', 'Write &amp; here.', 'R&D', 'Write &amp;amp; here.'],
  ['Tags', 'Write &amp; in <b>.', 'Tags', 'Write &amp;amp; in &lt;b&gt;.'],
])('references are read where all of a text has them: %s', (head, body, title, html) => {
  expect(parseString(`${head}\n\n${body}\n`)).toMatchObject({ title, html: `<p>${html}</p>` });
});

test('a rule above a headline is none of its text', () => {
  const { title, published, html } = parseString('=====\nA day\n=====\n\n3 February 2021\n\nIt rained.\n');
  expect({ title, day: published?.day, html }).toEqual({ title: 'A day', day: 3, html: '<p>It rained.</p>' });
  expect(parseString('-----\n\nA day\n\nIt rained.\n').html).toContain('It rained.');
});

test('the day of a dateline is that of the text, which keeps it', () => {
  for (const line of [
    'LONDON, 3 February 2021 - Two ships were bought. They are old.',
    'PARIS, Feb. 3, 2021 /Newswire/ -- Two ships were bought.',
    'ANKARA, 3 Şubat 2021 (AA) - İki gemi alındı.',
  ]) {
    const { published, source, html } = parseString(`TWO SHIPS\n\n${line}\n`);
    expect({ ...published, source, html }).toMatchObject({
      year: 2021,
      month: 2,
      day: 3,
      html: `<p>${line}</p>`,
    });
    expect(source).toBeUndefined();
  }
  expect(parseString('TWO SHIPS\n\nOn Wednesday, 3 February 2021 was cold.\n').published).toBeUndefined();
});

test('the day in the head of a memo is that of the text, which keeps the head', () => {
  const memo = parseString(
    'MEMO\n\nTO: All hands\nFROM: The mate\nDATE: 3 February 2021\nRE: Rope\n\nBuy rope.\n',
  );
  expect(memo.published).toMatchObject({ year: 2021, month: 2, day: 3 });
  expect(textOfHtml(memo.html)).toBe('TO: All hands FROM: The mate DATE: 3 February 2021 RE: Rope Buy rope.');
  const feast = 'The feast\n\nIt is soon.\nDate: 3 February 2021\n\nCome.\n';
  expect(parseString(feast).published).toBeUndefined();
  const event = 'The feast\n\nWhere: Pier 4\nDate: 3 February 2021\nFrom: 7 pm\n\nCome.\n';
  expect(parseString(event).published).toBeUndefined();
});

test.each([
  'Boston, May 3, 2024 – The mayor resigned',
  '3 May 2024 - The mayor resigned after a long night of talks',
  'By Jane Roe, 3 May 2024. The mayor resigned on Monday.',
])('words behind a date are no source: %s', (line) => {
  const { source, html } = parseString(`NEWS OF THE DAY\n\n${line}\n\nThe end.\n`);
  expect({ source, text: textOfHtml(html) }).toEqual({ source: undefined, text: `${line} The end.` });
});

test('of a list of addresses, none is the source', () => {
  const { source, html } = parseString('Links\n\nhttps://a.example/\nhttps://b.example/\n');
  expect({ source, text: textOfHtml(html) }).toEqual({
    source: undefined,
    text: 'https://a.example/ https://b.example/',
  });
});

test('a heading may stand between two rules', () => {
  expect(parseString('News\n\n=====\nTides\n=====\n\nHigh.\n\n-----\nIt is wet.\n\nLow.\n').html).toBe(
    '<h2>Tides</h2><p>High.</p><hr><p>It is wet.</p><p>Low.</p>',
  );
});

test('the letter o is a bullet where it is indented', () => {
  expect(parseString('Lost\n\nIt was lost:\n\n  o a boot\n  o a hat\n').html).toBe(
    '<p>It was lost:</p><ul><li>a boot</li><li>a hat</li></ul>',
  );
  expect(parseString('Mar\n\nVi:\n\no mar,\no sal.\n').html).not.toContain('<li>');
});

test('a single item is a list where others have its bullet', () => {
  const changes = 'Rudder 2.1\n\nAdded\n\n* a bench\n\nFixed\n\n* the leak\n* the sail\n';
  expect(parseString(changes).html).toBe(
    '<h2>Added</h2><ul><li>a bench</li></ul><h2>Fixed</h2><ul><li>the leak</li><li>the sail</li></ul>',
  );
  expect(parseString('Bag\n\n* Food\n  - bread\n* Hat\n').html).toBe(
    '<ul><li>Food<ul><li>bread</li></ul></li><li>Hat</li></ul>',
  );
  const versions = 'Rudder 2.1\n\nAdded\n\n* a bench\n  of oak\n\nFixed\n\n* the leak\n';
  expect(parseString(versions).html).toContain('<ul><li>a bench<br>of oak</li></ul>');
  expect(parseString('Rudder 2.1\n\nIt floats.*\n\n* Or not.\n').html).not.toContain('<li>');
  const speech = 'A talk\n\nHe asked.\n\n- No, she said.\n\nShe left.\n';
  expect(parseString(speech).html).toBe('<p>He asked.</p><p>- No, she said.</p><p>She left.</p>');
});

test('the fields of Nikola stand above reStructuredText, whose markup is named', () => {
  const fields =
    '.. title: A bell rang\n.. slug: bell\n.. date: 2021/02/03 10:00\n.. tags: sea, bells\n.. link:\n';
  const post = parseString(`${fields}\nIt rang, as \`the paper <https://a.example>\`_ says.\n`);
  expect(post).toMatchObject({ title: 'A bell rang', slug: 'bell', tags: ['sea', 'bells'] });
  expect(post.published?.year).toBe(2021);
  expect(post.warnings).toEqual([
    'Cannot read reStructuredText in seeds/a.txt: expected plain text; convert it with pandoc -f rst -t gfm',
  ]);
  expect(parseString('.. and then\n\nA bell rang.\n').warnings).toBeUndefined();
});

test('of a signed message, the text is what its author wrote', () => {
  const signed = parseString(
    '-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nA key has changed\n\n- 03.02.2021\n\n- - The first.\n- - The second.\n\nIt opens the gate.\n-----BEGIN PGP SIGNATURE-----\nVersion: GnuPG v1\n\niD8DBQFAuDXA\n=r9pN\n-----END PGP SIGNATURE-----\n',
  );
  expect(signed).toMatchObject({
    title: 'A key has changed',
    html: '<ul><li>The first.</li><li>The second.</li></ul><p>It opens the gate.</p>',
  });
});

test.each(['###', '# # #', '-30-', '– 30 –', 'ENDS', '-ends-'])('%s is the end of a text', (mark) => {
  expect(parseString(`A bell rang\n\n- 03.02.2021\n\nIt rang.\n\n${mark}\n\nSource: Reuters\n`).html).toBe(
    '<p>It rang.</p>',
  );
});

test('thirty is a paragraph', () => {
  expect(parseString('A bell rang\n\n- 03.02.2021\n\nHow often?\n\n30\n').html).toContain('30');
});

test.each([
  ['Place: The old mill\n\nIt is wet.\n\nEnd', false],
  ['It is wet.\n\nPresent: Ann Lock, Jo Quay and Max Tide\n\nIt is dry.', false],
  ['It is wet.\n\nThe mill: what it costs\n\nIt is dry.', true],
  ['It is wet.\n\nCHAPTER II.\n\nIt is dry.', true],
  ['It is wet.\n\nSEE P. II, AND GO.\n\nIt is dry.', false],
])('fields are no headings, chapters are: %j', (text, isHeading) => {
  expect(parseString(`Tides\n\n3 May 2024\n\n${text}\n`).html.includes('<h2')).toBe(isHeading);
});

test('an indented drawing keeps its shape, and two indented rows of columns are a table', () => {
  const article = (text: string): string => parseString(`Tides\n\nIt is wet.\n\n${text}\n`).html;
  expect(article('      .--.\n    |o_o |\n    |:_/ |')).toContain('<pre>');
  expect(article('    Mon-Fri   06:00\n    Sat       08:00')).toContain('<td>08:00</td>');
  expect(article('    Mon, Fri\n    the boats')).not.toMatch(/<pre>|<td>/);
});
