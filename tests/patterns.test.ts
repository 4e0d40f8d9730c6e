import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyse } from 'scslre';
import { describe, expect, test, vi } from 'vitest';
import { parseAst } from 'vitest/node';
import { fixtureDocuments } from './fuzz/documents.ts';
import { makeSite, NOW, seedFiles } from './support/app.ts';

/*
 * A regular expression that meets a document takes time that grows with the document's length, not with its square.
 * Examined are all that stand in src/, but for src/check/, which meets no document, and all that are made while every module is loaded and every fixture is read.
 */

const ROOT = join(import.meta.dirname, '../src');

/** Those that are not linear by themselves, and what bounds them. */
const BOUNDED: readonly { readonly file: string; readonly start: string; readonly by: string }[] = [
  {
    file: 'src/dates/parse-date.ts',
    start: '^(?<before>',
    by: 'a date has at most 100 characters',
  },
  { file: 'src/dates/parse-date.ts', start: '(?:ngay', by: 'a date has at most 100 characters' },
  {
    file: 'src/documents/html-page/byline.ts',
    start: '(?:\\s+(?:posted',
    by: 'a byline has at most 200 characters',
  },
  {
    file: 'src/documents/markdown/template-code.ts',
    start: '(?:([\\w-]+)',
    by: 'what is no name is a word: no attempt fails after a run of letters',
  },
  {
    file: 'src/documents/markdown/read-syntax.ts',
    start: '(?:^\\s*|',
    by: 'a few characters above the mark are read',
  },
  {
    file: 'src/documents/plain-text/content.ts',
    start: '\\p{Lu}[\\p{L}',
    by: 'the last 120 characters are read',
  },
  { file: 'src/html/text.ts', start: '(?:^|[.!?', by: '20 characters are read' },
  {
    file: 'src/documents/plain-text/labels.ts',
    start: '^(?:<!--|',
    by: 'a longer line is not examined',
  },
  { file: 'src/pages/code.ts', start: '', by: 'code of 12 000 characters in lines of 400 is coloured' },
  { file: 'src/pages/content.ts', start: '(?<=<t[dh]', by: 'a tag has each attribute once' },
];

interface Pattern {
  readonly where: string;
  readonly source: string;
  readonly flags: string;
}

function written(): Pattern[] {
  return readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts') && !path.startsWith('check/'))
    .flatMap((path) => {
      const text = readFileSync(join(ROOT, path), 'utf8');
      const found: Pattern[] = [];
      const walk = (node: unknown): void => {
        if (typeof node !== 'object' || node === null) return;
        if ('regex' in node && 'start' in node) {
          const { pattern, flags } = node.regex as { pattern: string; flags: string }; // of ESTree
          const line = text.slice(0, Number(node.start)).split('\n').length;
          found.push({ where: `src/${path}:${line}`, source: pattern, flags });
          return;
        }
        for (const child of Object.values(node)) walk(child);
      };
      walk(parseAst(text, { lang: 'ts' }, path));
      return found;
    });
}

/** What is made of strings, while something is done. */
async function made(work: () => Promise<void>): Promise<Pattern[]> {
  const found = new Map<string, Pattern>();
  class Recorded extends RegExp {
    constructor(pattern: string | RegExp, flags?: string) {
      super(pattern, flags);
      const { stack = '' } = new Error('here');
      const where = stack.split(`${ROOT}/`)[1]?.match(/^[\w/.-]+:\d+/)?.[0];
      if (where !== undefined)
        found.set(String(this), { where: `src/${where}`, source: this.source, flags: this.flags });
    }
  }
  vi.stubGlobal('RegExp', Recorded);
  try {
    await work();
  } finally {
    vi.unstubAllGlobals();
  }
  return [...found.values()];
}

describe('a regular expression', async () => {
  const patterns = [
    ...written(),
    ...(await made(async () => {
      vi.resetModules();
      const { compileFiles } = await import('./support/app.ts');
      await compileFiles(seedFiles(fixtureDocuments()), makeSite(), NOW);
    })),
  ];
  const slow = patterns.filter(({ source, flags }) => analyse({ source, flags }).reports.length > 0);
  const isOf = ({ where, source }: Pattern, { file, start }: (typeof BOUNDED)[number]): boolean =>
    where.startsWith(`${file}:`) && source.startsWith(start);

  test('takes time that grows with the length of a text', () => {
    expect(patterns.length).toBeGreaterThan(600);
    const unbounded = slow.filter((pattern) => !BOUNDED.some((bounded) => isOf(pattern, bounded)));
    expect(unbounded.map(({ where, source }) => `${where} ${source}`)).toEqual([]);
  });

  test.each(BOUNDED)('of $file that begins with $start is bounded, for $by', (bounded) => {
    expect(slow.some((pattern) => isOf(pattern, bounded))).toBe(true);
  });
});
