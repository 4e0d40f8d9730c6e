import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { knownFields } from '../fuzz/fields.ts';
import { file, makeApp } from '../support/app.ts';

const ROOT = join(import.meta.dirname, '../..');
const FILES = [
  ...readdirSync(ROOT).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
].sort();
const MAX_README_LINES = 150;

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** Without blocks of code, in which other rules hold. */
function proseOf(path: string): string {
  return read(path).replace(/^```.*?^```$/gms, '');
}

/** The anchors of headings, as forges make them. */
function anchorsOf(path: string): string[] {
  const headings = [...proseOf(path).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe.each(FILES)('%s', (path) => {
  test('links to files and headings that are there', () => {
    const targets = [...proseOf(path).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
    const broken = targets.filter((target) => {
      if (/^https?:/.test(target)) return false;
      const [file = '', anchor] = target.split('#');
      const linked = file === '' ? path : relative(ROOT, join(ROOT, dirname(path), file));
      return !existsSync(join(ROOT, linked)) || (anchor !== undefined && !anchorsOf(linked).includes(anchor));
    });
    expect(broken).toEqual([]);
  });
});

test.each(FILES.filter((path) => /^(?:CONTRIBUTING|SECURITY)|architecture|decisions/.test(path)))(
  '%s names files of the source that exist',
  (path) => {
    const named = [...proseOf(path).matchAll(/`((?:src|tests|scripts|docs)\/[\w./-]*[\w/])`/g)];
    const missing = named.map(([, file = '']) => file).filter((file) => !existsSync(join(ROOT, file)));
    expect(missing).toEqual([]);
  },
);

test('README is short', () => {
  expect(read('README.md').split('\n').length - 1).toBeLessThanOrEqual(MAX_README_LINES);
});

test('every command of npm that the documentation names is there', () => {
  const { scripts } = JSON.parse(read('package.json'));
  const named = FILES.flatMap((path) => [...read(path).matchAll(/npm run (?!-)([\w:-]*\w)/g)]);
  expect(named.map(([, name = '']) => name).filter((name) => scripts[name] === undefined)).toEqual([]);
});

test('the guide lists keys of front matter that are read', () => {
  const table = /\| front matter \| what it is \|\n(?:\|.*\n)+/.exec(read('docs/writing.md'))?.[0] ?? '';
  const [, , ...rows] = table.trim().split('\n');
  const keys = rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([\w-]+)`/g)]);
  const known = knownFields();
  const folded = keys.map(([, key = '']) => key.toLowerCase().replace(/[-_]/g, ''));
  expect(folded.length).toBeGreaterThan(60);
  expect(folded.filter((key) => !known.has(key))).toEqual([]);
});

test('the documents in README are read as it says', async () => {
  const blocks = [...read('README.md').matchAll(/^```(\w*)\n(.*?)^```$/gms)];
  const [text, markdown] = ['', 'md'].map((info) => blocks.find((block) => block[1] === info)?.[2] ?? '');
  const media = { 'flood.jpg': readFileSync(join(ROOT, 'tests/fixtures/media/a.jpg')) };
  const { ask } = await makeApp([file('a.txt', text ?? ''), file('b.md', markdown ?? '')], { media });
  const { items } = JSON.parse(await (await ask('/feed.json')).text());
  expect(items).toMatchObject([
    { title: 'High water', date_published: '2021-02-03T10:00:00.000Z', tags: ['weather', 'harbour'] },
    {
      title: 'High water',
      date_published: '2021-02-03T00:00:00.000Z',
      authors: [{ name: 'Jane Roe' }],
      content_html: '<p>The harbour is closed until Friday.</p>',
    },
  ]);
  expect(items[0].image).toMatch(/^https:\/\/news\.example\/media\/.*\/flood\.jpg$/);
  expect(await (await ask('/rss.xml')).text()).toContain('<dc:source>The Harbour Times</dc:source>');
});
