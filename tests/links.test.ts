import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { file, makeApp } from './support/app.ts';

const picture = readFileSync(join(import.meta.dirname, 'fixtures/media/a.png'));

const files = [
  file('notes/Deep Water.md', '---\ntitle: Deep water\ndate: 2021-02-01\n---\nText of the other note.\n'),
  file(
    'notes/links.md',
    [
      '---\ntitle: Links\ndate: 2021-02-03\naliases: [/articles/old-links/, /2020/links.html]\n---',
      '[file](Deep%20Water.md#part), [[Deep Water]], [[Nowhere|words]], [own](#here), [root](/about?x=1), [out](../../../etc/passwd)',
      '![picture](../img/a.png)',
    ].join('\n\n'),
  ),
];

test('links lead to articles and files wherever these are sent from, and nowhere else', async () => {
  const { ask } = await makeApp(files, { media: { 'img/a.png': picture } });
  const [item] = JSON.parse(await (await ask('/feed.json')).text()).items;
  const links = [...item.content_html.matchAll(/(?:href|src)='([^']*)'/g)].map((match) => match[1]);
  expect(links).toEqual([
    'https://news.example/articles/deep-water#part',
    'https://news.example/articles/deep-water',
    'https://news.example/articles/links#here',
    'https://news.example/about?x=1',
    expect.stringMatching(/^https:\/\/news\.example\/media\/[0-9a-f]{16}\/a\.png$/),
  ]);
  expect(item.image).toBe(links[4]);
  expect(item.content_html).toContain('words');
});

test('former addresses redirect to the article', async () => {
  const { ask } = await makeApp(files);
  for (const path of ['/articles/old-links', '/articles/old-links/', '/2020/links.html']) {
    let response = await ask(path);
    const first = response.headers.get('location') ?? '';
    if (first.endsWith('/articles/old-links')) response = await ask(first);
    expect(response.status, path).toBe(308);
    expect(response.headers.get('location')).toBe('https://news.example/articles/links');
  }
});
