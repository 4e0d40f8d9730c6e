import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import fc from 'fast-check';
import { DOCUMENT_ENDINGS, kindOf } from '../../src/documents/kinds.ts';
import type { SourceFile } from '../../src/documents/stated.ts';
import { HOSTILE_TEXTS, words } from './hostile-texts.ts';

const MAX_MUTATIONS = 6;
const MAX_BYTES = 200_000;
/** The maximum number of bytes that one mutation repeats. */
const MAX_REPEATED = 60_000;

/** Texts to repeat, which reveal work that grows faster than the document. */
const FILLERS = [
  ...[' ', '\t', '\n', '\n\n', '\r\n', '\u00a0', '\u200b', '\0', '-', '--', '=', '.', ':', ',', '#', '*'],
  ...['**', '_', '`', '~', '"', "'", '\\', '|', '|-', '[', ']', '[[', '![', '](', '(', ')', '{', '}', '{{'],
  ...['{%', '<', '>', '</', '<!--', '<![CDATA[', '&', '&amp', '&#x', '$', '$$', '%%', ':::', '+++\n'],
  ...['---\n', '- ', '1. ', '> ', '  - a\n', 'a', 'a ', 'a\n\n', '1', 'é', 'e\u0301', '日', '👍', '\u202e'],
  ...['\ud800', 'http://a.b ', 'a@b.c ', '[a](b) ', '[^1]', '[^1]: a\n\n', '{{< a >}}', '{% a %}', '<b>'],
  ...['</b>', '<p>', '<li>', '<td>', '<a href="a">', '<img src=a>', '<table>', '<select>', '<svg>'],
  ...['<math>', '<template>', '<font>', '<h1>a', '<script>', '<style>', '<noscript>'],
];
/** Syntax that may nest. */
const PAIRS = [
  ...['()', '[]', '{}', '**', '__', '``', '""'].map(([open = '', close = '']) => [open, close] as const),
  ...words('div b ul><li table><tr><td blockquote svg><g math><mi a p h2 template details').map(
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
const hostile = fc.constantFrom(...HOSTILE_TEXTS);

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

const ROOT = join(import.meta.dirname, '../..');
const FIXTURES = join(ROOT, 'tests/fixtures');
const SEEDS = join(ROOT, 'seeds');

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
