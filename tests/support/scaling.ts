import { collectDocuments } from '../../src/corpus/collect.ts';
import { readFileName } from '../../src/documents/file-name.ts';
import type { Field, Fields } from '../../src/documents/front-matter/fields.ts';
import { readFrontMatter } from '../../src/documents/front-matter/front-matter.ts';
import { readFields } from '../../src/documents/front-matter/read-fields.ts';
import { readDocument } from '../../src/documents/read-document.ts';
import { DocumentError } from '../../src/documents/stated.ts';
import { tryRender } from '../../src/pipeline/render.ts';
import { ADDRESSES, BLANKS, HTML, LINES, MARKDOWN, MDX, PUNCTUATION, WORDS } from '../fuzz/documents.ts';
import { knownFields } from '../fuzz/fields.ts';
import { refusalFaults } from '../fuzz/judge.ts';
import { file, makeSite, NOW, seedFiles } from './app.ts';
import { MOST_GROWTH, type Outcome } from './growth.ts';

/*
 * A separate process that reads documents filled with one repeated text. It prints lines of JSON with the outcome of
 * each, and how the work grew with the size. Only ratios of CPU time count.
 */

/** Work on texts of several sizes. */
interface Case {
  readonly name: string;
  /** Ascending. */
  readonly sizes: readonly number[];
  /** Repeated up to the size. */
  readonly filler: string;
  /** Returns the fault, if any. */
  readonly work: (text: string) => string | undefined | Promise<string | undefined>;
}

const SITE = makeSite();
const KILOBYTE = 1000;
/** Above them, what V8 and the kernel do with long strings and large heaps takes most of the time. */
const SIZES = [4 * KILOBYTE, 40 * KILOBYTE];
/** Milliseconds: less is fast enough, and too little for a comparison. */
const LITTLE = 100;
/** A larger ratio may be chance, so it is measured again. */
const SUSPICIOUS = 20;
const MAX_ATTEMPTS = 3;

/** The text around the filler, for each kind of document. */
const BODIES: readonly (readonly [
  path: string,
  before: string,
  after: string,
  fillers: readonly string[],
])[] = [
  [
    'a.txt',
    'A title\n\n- 1.2.2021\n\nSome words.\n\n',
    '\n\nThe end.\n',
    [...BLANKS, ...PUNCTUATION, ...WORDS, ...ADDRESSES, ...LINES],
  ],
  [
    'a.md',
    '---\ntitle: A\n---\n\n',
    '\n\nThe end.\n',
    [...BLANKS, ...PUNCTUATION, ...WORDS, ...ADDRESSES, ...MARKDOWN, '<b>', '<a'],
  ],
  ['a.mdx', "---\ntitle: A\n---\n\nimport X from './a.js'\n\n", '\n\nThe end.\n', MDX],
  [
    'a.html',
    '<html><head><title>A</title></head><body><article><p>Some words.',
    '</p></article></body></html>',
    [...BLANKS, ...WORDS, ...HTML],
  ],
  [
    'code.html',
    '<html><head><title>A</title></head><body><article><p>Some words.<pre>',
    '</pre></article></body></html>',
    ['<div>', '<div></div>', '<div>a</div>', '<code>', '<code>a</code>', '<span>', '<p><pre>', '<br>'],
  ],
];

async function renderText(path: string, text: string): Promise<string | undefined> {
  const reading = readDocument(file(path, text), SITE);
  if (reading.status === 'refused') return refusalFaults(path, reading.reason)[0];
  if (reading.status !== 'read') return undefined;
  const documents = [{ path, status: 'read' as const, parsed: reading.parsed }];
  const readers = { readAll: async () => documents, amend: async () => [] };
  const collection = await collectDocuments(readers, seedFiles([]), SITE, NOW);
  for (const place of collection.documents) {
    const rendered = tryRender(reading.content, place, SITE);
    if ('refused' in rendered) return rendered.refused;
  }
  return undefined;
}

function* bodies(): Iterable<Case> {
  for (const [path, before, after, fillers] of BODIES) {
    for (const filler of fillers) {
      const work = (text: string): Promise<string | undefined> => renderText(path, before + text + after);
      yield { name: `${path} of ${JSON.stringify(filler)}`, sizes: SIZES, filler, work };
    }
  }
}

const FORMS: readonly (readonly [before: string, after: string])[] = [
  ['---\n', '\n---\nText'],
  ['---\na: x', 'y\n---\nText'],
  ['---\na: "', '"\n---\nText'],
  ['---\na: |\n  ', '\n---\nText'],
  ['---\na: [', ']\n---\nText'],
  ['---\n', ': a\n---\nText'],
  ['---\na: "', '\n---\nText'],
  ['---', '\na: b\n---\nText'],
  ['+++\n', ' = 1\n+++\nText'],
  ['+++\na = "', '"\n+++\nText'],
  ['+++\na = [', ']\n+++\nText'],
  ['{"a": "', '"}\nText'],
  ['{"a": ', '}\nText'],
  ['{', '\nText'],
  ['<!--', '-->\n---\na: b\n---\nText'],
  ['<!--\n.. a: ', '\n-->\nText'],
  ['"a": "', '"\n;;;\nText'],
  ['Title: ', '\nDate: x\n\nText'],
];

function* frontMatter(): Iterable<Case> {
  const fillers = [
    ...[...BLANKS, '.', 'a.', '"', "'", '\\', '[', '{', '- ', '-', '#', '&', '*a ', 'a: ', 'a: b\n', 'a=1\n'],
    ...['{"a":', '""', '""".', '<!-- -->', ';;;\n', '.. a: b\n'],
  ];
  for (const [before, after] of FORMS) {
    for (const filler of fillers) {
      const work = (text: string): string | undefined =>
        faultOf(() => readFrontMatter(before + text + after, 'a.md'));
      const name = `front matter ${JSON.stringify(before)} of ${JSON.stringify(filler)}`;
      yield { name, sizes: SIZES, filler, work };
    }
  }
}

/** The fault of a refusal: any error except a DocumentError. */
function faultOf(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return error instanceof DocumentError ? undefined : String(error);
  }
}

const NAME = readFileName('a.md');

function* fields(): Iterable<Case> {
  const wraps: readonly ((text: string) => string)[] = [(text) => `x${text}y`, (text) => `/${text}.mp3`];
  const paths = [...knownFields()].flatMap(([name, inner]): (readonly [string, string?])[] => [
    [name],
    ...inner.map((each) => [name, each] as const),
  ]);
  for (const filler of [...BLANKS, '.', '[', '<', '<b>', '"', '(', '-', '/', '&amp;', ', ', '1', 'a ']) {
    yield {
      name: `${paths.length} fields of ${JSON.stringify(filler)}`,
      sizes: [2 * KILOBYTE, 20 * KILOBYTE],
      filler,
      work: (text) => {
        for (const wrap of wraps) {
          const value = wrap(text);
          for (const [name, inner] of paths) {
            const stated = fieldsOf(name, inner === undefined ? value : fieldsOf(inner, value));
            const fault = faultOf(() => readFields(stated, NAME, 'a.md'));
            if (fault !== undefined) return `${name} ${inner}: ${fault}`;
          }
        }
        return undefined;
      },
    };
  }
}

function fieldsOf(name: string, value: Field['value']): Fields {
  return new Map([[name, { value, line: 1 }]]);
}

const CASES: Readonly<Record<string, () => Iterable<Case>>> = { bodies, frontMatter, fields };

async function measure({ name, sizes, filler, work }: Case): Promise<Outcome> {
  /** @returns milliseconds, or the fault */
  const run = async (size: number): Promise<number | string> => {
    const text = filler.repeat(Math.ceil(size / filler.length));
    const before = process.threadCpuUsage();
    const fault = await work(text);
    const { user, system } = process.threadCpuUsage(before);
    return fault?.slice(0, 500) ?? (user + system) / 1000;
  };
  let growth = 0;
  // At a tenth of the first size, a case takes what it takes whatever the size.
  const least = (sizes[0] ?? 0) / 10;
  const leastTime = await run(least);
  if (typeof leastTime === 'string') return { name, fault: leastTime };
  let smaller: Run = { size: least, time: leastTime };
  for (const size of sizes) {
    const time = await run(size);
    if (typeof time === 'string') return { name, fault: time };
    const larger = { size, time };
    for (let attempt = 1; attempt < MAX_ATTEMPTS && growthOf(smaller, larger) > SUSPICIOUS; attempt++) {
      smaller.time = Math.min(smaller.time, Number(await run(smaller.size)));
      larger.time = Math.min(larger.time, Number(await run(size)));
    }
    growth = Math.max(growth, growthOf(smaller, larger));
    // The next size might take hours.
    if (growth > MOST_GROWTH) break;
    smaller = larger;
  }
  return { name, ...(growth > 0 && { growth: Math.round(growth) }) };
}

interface Run {
  readonly size: number;
  /** Milliseconds. */
  time: number;
}

/** The factor by which the work grew, or would have if the size had grown tenfold; 0 if it is small. */
function growthOf(smaller: Run, larger: Run): number {
  if (larger.time < LITTLE) return 0;
  const factor = larger.time / Math.max(smaller.time, LITTLE / MOST_GROWTH);
  return factor ** (1 / Math.log10(larger.size / smaller.size));
}

const [, , wanted = ''] = process.argv;
for (const one of CASES[wanted]?.() ?? []) {
  // If this process is terminated, its output names the current case.
  console.log(JSON.stringify(one.name));
  console.log(JSON.stringify(await measure(one)));
}
