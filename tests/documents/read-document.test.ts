import { expect, test } from 'vitest';
import { readDocument } from '../../src/documents/read-document.ts';
import { file, makeSite } from '../support/app.ts';
import { withoutMetadata } from '../support/media-bytes.ts';

const LARGE = `data:image/png;base64,${Buffer.concat([withoutMetadata('a.png'), Buffer.alloc(5000)]).toString('base64')}`;
const SMALL = `data:image/png;base64,${withoutMetadata('a.png').toString('base64')}`;

function read(text: string, path = 'a.md') {
  const reading = readDocument(
    file(path, `---\ntitle: A\ndate: 2024-01-01\n---\n\nWords.\n\n${text}\n`),
    makeSite(),
  );
  if (reading.status !== 'read') throw new Error(reading.status);
  const { parsed, content, embedded } = reading;
  return { names: parsed.embedded.map(({ name }) => name), html: content.contentHtml, embedded, parsed };
}

test.each(['a.md', 'a.html', 'a.mdx'])('a drawing is a picture with its title: %s', (path) => {
  const { names, html, embedded } = read(
    '<p><svg width="80" height="40"><title>The tides</title><path/></svg></p>',
    path,
  );
  expect(names).toEqual(['the-tides.svg']);
  expect(html).toBe(
    `<p>Words.</p><p><img src='${embedded[0]?.url}' alt='The tides' width='80' height='40'></p>`,
  );
  expect(Buffer.from(embedded[0]?.bytes ?? []).toString()).toContain('<path></path></svg>');
});

test.each([
  ['![The mole](a-b.png)', 'The mole'],
  ['![](a.png) ![The mole](b.png)', 'The mole'],
  ['![](a.png)', 'old mole'],
])('a picture alone is the title: %s', (text, title) => {
  const reading = readDocument(file('old-mole.md', `---\ndate: 2024-01-01\n---\n\n${text}\n`), makeSite());
  expect(reading).toMatchObject({ parsed: { title } });
});

test('a drawing may hold a blank line', () => {
  const { html } = read(
    '<svg width="80" height="40">\n<title>The tides</title>\n\n    <text>a</text>\n</svg>',
  );
  expect(html).toContain("alt='The tides'");
  expect(html).not.toContain('<pre>');
});

test.each([
  ['<svg width="16" height="16"><title>Yes</title><path/></svg>', 'Yes'],
  ['a <svg width="16" height="16"><path/></svg> b', 'a b'],
  ['<a href="https://a.example/">a <svg><path/></svg></a>', "<a href='https://a.example/'>a </a>"],
  ['<a href="https://a.example/"><svg><title>B</title><path/></svg></a>', 'B'],
  [
    '<a href="https://a.example/"><svg width="9" height="9"><path/></svg><span class="sr-only">B</span></a>',
    '>B</a>',
  ],
  ['a <svg aria-hidden="true" width="80" height="40"><path/></svg>', 'a'],
])('an icon is its label: %s', (text, expected) => {
  const { names, html } = read(text);
  expect(html).toContain(expected);
  expect(names).toEqual([]);
});

test.each([
  ['a.md', `![B](${LARGE})`],
  ['a.md', `<img alt="B" src="${LARGE}">`],
  ['a.html', `<p><img alt="B" src="${LARGE}"></p>`],
])('a picture of more than 4 KB in an address is a file: %s', (path, text) => {
  const { names, html, parsed } = read(text, path);
  expect(names).toEqual(['picture.png']);
  expect(html).toMatch(/<img src='embedded:[\da-f]{16}\/picture\.png' alt='B' width='\d+' height='\d+'>/);
  expect(parsed.references).toEqual(parsed.embedded.map(({ url }) => url));
});

test('a small one stays', () => {
  const { names, html } = read(`![B](${SMALL})`);
  expect(names).toEqual([]);
  expect(html).toContain(SMALL);
});

test.each([
  'data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22%3E%3Cpath/%3E%3C/svg%3E',
  `data:image/svg+xml;base64,${Buffer.from('<svg><path/></svg>').toString('base64')}`,
  'data:image/svg+xml;charset=utf-8,<svg><path/></svg>',
])('a drawing in an address is a file: %s', (url) => {
  expect(read(`<p><img alt="B" src="${url}"></p>`, 'a.html').html).toMatch(
    /src='embedded:[\da-f]{16}\/drawing\.svg' alt='B'/,
  );
});

test.each([
  ['```js\nconst words = "a long line of code that looks like English";\n```\n\nהנה הקוד.', 'he'],
  ['```js\nconst words = "a long line of code that looks like English";\n```', 'en'],
])('code is not the language of its document: %j', (text, language) => {
  const reading = readDocument(file('a.md', `${text}\n`), makeSite());
  expect(reading).toMatchObject({ parsed: { language } });
});

test.each([
  ['**A line.**\n\nA paragraph.', 'A line.'],
  ['A paragraph.\n\n- a', 'A paragraph.'],
  ['- [ ] A task\n  - a\n- b', 'A task'],
  ['1. One *of*\n\n   more\n2. b', 'One of more'],
  ['> A quotation.\n>\n> It goes on.\n\nText', 'A quotation.'],
  ['> > - a\n> > - b\n\nText', 'a'],
  ['> [!note]\n> Words in a box.\n>\n> More.\n\nText', 'Words in a box.'],
  ['!!! tip "Mind the *gap*"\n\n    The platform.', 'The platform.'],
  ['> **Only bold**', 'Only bold'],
  ['| a | b |\n|---|---|\n| 1 | 2 |\n\nText', 'a b'],
])('the title of a document without one is not joined with the next block: %j', (text, title) => {
  expect(readDocument(file('a.md', `${text}\n`), makeSite())).toMatchObject({ parsed: { title } });
});

test.each([
  ['A note from the harbour office', 'הסירה חזרה.', 'he', true],
  ['A note from the harbour office', 'The boat is called הסירה in Hebrew.', 'en', false],
  ['סירה קטנה בנמל', 'See https://a.example/ (photo 1).', 'he', true],
])('the text decides on the language before its title: %s, %s', (title, text, language, isRightToLeft) => {
  const source = file('a.md', `---\ntitle: ${title}\ndate: 2024-01-01\n---\n\n${text}\n`);
  const reading = readDocument(source, makeSite());
  if (reading.status !== 'read') throw new Error(reading.status);
  expect(reading.parsed.language).toBe(language);
  expect(reading.content.isRightToLeft).toBe(isRightToLeft);
});

const RUSSIAN = 'Лодка вернулась вечером, и рыбаки пели до самого утра.';

test.each([
  ['en', RUSSIAN, 'ru'],
  ['en', `${RUSSIAN} ${RUSSIAN}`, 'ru'],
  ['de-DE', 'عاد القارب مع غروب الشمس، وكان الصيادون يغنون حتى الصباح.', 'ar'],
  ['en', 'Лодка.', 'en'],
  ['en', `${RUSSIAN} The boat is back.`, 'ru'],
  ['en', `${RUSSIAN} The boat came back at night, and the men sang.`, 'en'],
  ['sr', RUSSIAN, 'sr'],
  ['ru', 'Lodka vernulas vecherom, i rybaki peli do samogo utra.', 'ru'],
])('a stated language %s of letters that exclude it is not the language: %s', (stated, text, language) => {
  const reading = readDocument(
    file('a.md', `---\ntitle: A\ndate: 2024-01-01\nlang: ${stated}\n---\n\n${text}\n`),
    makeSite(),
  );
  if (reading.status !== 'read') throw new Error(reading.status);
  expect(reading.parsed.language).toBe(language);
  const message = `Cannot use language "${stated}" of seeds/a.md: expected a language of its script; took "${language}"`;
  expect(reading.parsed.warnings).toEqual(stated === language ? [] : [message]);
});

test.each([
  ['# On $O(n\\log n)$ sorting', 'On O(n log n) sorting'],
  ['# On $\\ce{2H2O + SO4^2-}$ and $\\ce{A ->[k] B}$, $_a$', 'On 2 H₂O + SO₄²⁻ and A →^k B, _a'],
  ['# The $n^{10}$ and $x_{12}$, $10^{-3}$', 'The n¹⁰ and x₁₂, 10⁻³'],
  ['# Why \\(\\mathbb{R}^n\\) matters', 'Why ℝ^n matters'],
  ['# $E = mc^2$ for $5 or $6', 'E = mc² for $5 or $6'],
  ['# $\\foo{x}$ is unknown', '\\foo{x} is unknown'],
  ['---\ntitle: "Why $x^{2} \\\\le y_{1}$"\n---\n', 'Why x² ≤ y₁'],
])('formulas in a title are plain text: %j', (text, title) => {
  expect(readDocument(file('a.md', `${text}\n\nWords.\n`), makeSite())).toMatchObject({ parsed: { title } });
});

test('formulas in a stated summary are plain text', () => {
  const summary = 'It runs in $O(n \\log n)$, costs $5 or $6 and has \\(x^2\\).';
  const reading = readDocument(
    file('a.md', `---\ntitle: A\nsummary: ${summary}\n---\n\nWords.\n`),
    makeSite(),
  );
  expect(reading).toMatchObject({
    content: { draft: { summary: 'It runs in O(n log n), costs $5 or $6 and has x².' } },
  });
});

test('an icon is named by the element that says what it is', () => {
  const { html } = read(
    '<p>Call <span role="img" aria-label="Phone"><svg width="80" height="80"><path/></svg></span></p>',
  );
  expect(html).toContain("alt='Phone'");
});

test('a player without a source is what it holds, and ids of GitHub lose their prefix', () => {
  expect(read('<p>A <video controls></video> <audio><a href="/b.mp3">b</a></audio></p>').html).not.toMatch(
    /<(?:audio|video)/,
  );
  expect(
    read('<h2 id="user-content-b">B</h2><p><a href="#b">c</a> <a href="#user-content-b">d</a></p>', 'a.html')
      .html,
  ).toBe("<p>Words.</p><h2 id='b'>B</h2><p><a href='#b'>c</a> <a href='#b'>d</a></p>");
});

test('a drawing of nothing leaves no paragraph', () => {
  expect(read('<p><svg width="90" height="90"><defs></defs></svg></p>').html).toBe('<p>Words.</p>');
});

test.each(['2021/02/03/bell.txt', '2021-02-03.txt', 'bell-03.02.2021.txt', '20210203T1530--bell.txt'])(
  'a text without a day has that of its name: %s',
  (path) => {
    const reading = readDocument(file(path, 'A bell\n\nIt rang all night.\n'), makeSite());
    expect(reading).toMatchObject({
      parsed: { title: 'A bell', published: { instant: Date.UTC(2021, 1, 3) } },
    });
  },
);

const ENTRY =
  'TITLE: A\nAUTHOR: Jane\nSTATUS: Draft\nDATE: 01/13/2003 03:31:05 PM\n-----\nBODY:\nWords.\n-----\n--------\n';
const MESSAGE =
  'From jane at a.example  Mon Jan  2 10:00:00 2012\nFrom: jane at a.example (Jane)\nSubject: A\n\nWords.\n\n';

test.each([
  ['an export of Movable Type', ENTRY],
  ['an export of Movable Type', `${ENTRY}${ENTRY}`.replaceAll('\n', '\r\n')],
  ['a mailbox', MESSAGE + MESSAGE],
])('%s holds many documents, so it is left out', (what, text) => {
  const reading = readDocument(file('a.txt', text), makeSite());
  expect(reading).toMatchObject({
    status: 'excluded',
    warnings: [expect.stringContaining(`it is ${what};`)],
  });
});

test.each([
  MESSAGE,
  'TITLE: A\nAUTHOR: Jane\n\nWords.\n\n-----\nBODY: b\n',
  `Words.\n\n${MESSAGE}${MESSAGE}`,
])('a text with one message, or with words of such a file, is a document: %j', (text) => {
  expect(readDocument(file('a.txt', text), makeSite()).status).toBe('read');
});
