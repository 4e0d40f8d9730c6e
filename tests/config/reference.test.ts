import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { examples, references } from '../../scripts/reference.ts';
import { file, makeApp, makeSite } from '../support/app.ts';

const ROOT = join(import.meta.dirname, '../..');

describe('the reference of settings', () => {
  test.each(Object.entries(references()))('%s is what `npm run reference` writes', (path, content) => {
    expect(readFileSync(join(ROOT, path), 'utf8')).toBe(content);
  });

  test('has examples that are accepted', () => {
    const all = examples();
    expect(all.length).toBeGreaterThan(40);
    for (const { setting, value } of all) {
      const problems: unknown[] = [];
      setting.type.read(value, { path: [], report: (problem) => problems.push(problem) });
      expect(problems, setting.example).toEqual([]);
    }
  });
});

test('the home page of a site without an article that can be seen says how to write one', async () => {
  const scheduled = file('a.md', '---\ntitle: A\ndate: 2030-01-01\n---\n\nText.');
  const pages = await Promise.all(
    [[], [scheduled]].map(async (documents) => (await makeApp(documents)).read('/')),
  );
  expect(pages[0]).toContain('<h2>There is no article yet</h2>');
  expect(pages[1]).toBe(pages[0]);
  const written = file('b.md', '---\ntitle: B\ndate: 2021-01-01\n---\n\nText.');
  expect(await (await makeApp([written])).read('/')).not.toContain('There is no article yet');
});

test('nav stands at the top of every page', async () => {
  const nav = [
    { label: 'About & more', url: '/about' },
    { label: 'Shop', url: 'https://shop.example/?a=1&b=2' },
  ];
  const { read } = await makeApp([], { site: makeSite({ nav }) });
  for (const path of ['/', '/feeds', '/none']) {
    const page = await read(path, { accept: 'text/html' });
    expect(page).toContain(
      '<a href="/about">About &#38; more</a> <a href="https://shop.example/?a=1&#38;b=2">Shop</a> ',
    );
  }
});
