import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Generator } from '../../src/config/generator.ts';
import { describeMedia } from '../../src/corpus/media-files.ts';
import type { SourceFile } from '../../src/documents/stated.ts';
import { HOLES } from '../../src/templates/holes.ts';
import { file, makeApp, makeSite, NOW, seedFiles } from '../support/app.ts';
import { collectArticles } from '../support/collect.ts';

const picture = readFileSync(join(import.meta.dirname, '../fixtures/media/a.png'));

const files = [
  file('notes/Deep Water.md', '---\ntitle: Deep water\ndate: 2021-02-01\n---\nText of the other note.\n'),
  file(
    'notes/links.md',
    [
      '---\ntitle: Links\ndate: 2021-02-03\naliases: [/articles/old-links/, /2020/links.html]\n---',
      '[file](Deep%20Water.md#part), [[Deep Water]], [[Nowhere|words]], [own](#here), [root](/?x=1), [away](/about?x=1), [out](../../../etc/passwd)',
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
    'https://news.example/?x=1',
    expect.stringMatching(/^https:\/\/news\.example\/media\/[0-9a-f]{16}\/a\.png$/),
  ]);
  expect(item.image).toBe(links[4]);
  expect(item.content_html).toMatch(/words.*away/s);
});

test('a picture of the publisher’s own has its size, unless the document gives it another or lets the browser choose', async () => {
  const drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"/>';
  const images = [
    '![a](a.png)',
    '<img src="/img/../a.png?x" alt="b">',
    '<img src="a.png" alt="c" width="20">',
    '<img src="a.png" srcset="a.png 2x" alt="d">',
    '![e](e.svg)',
    '![f](https://a.example/a.png)',
  ];
  const { ask } = await makeApp(
    [file('a.md', `---\ntitle: A\ndate: 2021-02-03\n---\n${images.join('\n\n')}\n`)],
    { media: { 'a.png': picture, 'e.svg': Buffer.from(drawing) } },
  );
  const [item] = JSON.parse(await (await ask('/feed.json')).text()).items;
  const sizes = [...item.content_html.matchAll(/<img[^>]*? alt='(\w)'([^>]*)>/g)].map(([, name, rest]) => [
    name,
    rest.replace(/ srcset='[^']*'/, ''),
  ]);
  expect(sizes).toEqual([
    ['a', " width='40' height='30'"],
    ['b', " width='40' height='30'"],
    ['c', " width='20'"],
    ['d', ''],
    ['e', ''],
    ['f', ''],
  ]);
});

test('links that are none lead nowhere', async () => {
  const text = '[a](//[) [b](<//a b>) [c](\\\\\\\\[) <a href="//|x">d</a> ![[\\uD83D.png]]\n';
  const { ask } = await makeApp([
    file('a.md', `---\ntitle: A\ndate: 2021-02-03\nimage: "[[\\uD83D.png]]"\n---\n${text}`),
  ]);
  const [item] = JSON.parse(await (await ask('/feed.json')).text()).items;
  expect(item.content_html).not.toMatch(/href='(?!https:\/\/)/);
  expect(item.content_html).toContain('<a>d</a>');
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

test('names lead to notes and files anywhere in the folder: there, else beside the note, else the nearest', async () => {
  const note = (name: string, text: string): SourceFile =>
    file(name, `---\ntitle: ${name}\ndate: 2021-02-03\n---\n${text}\n`);
  const sound = readFileSync(join(import.meta.dirname, '../fixtures/media/a.mp3'));
  const { ask } = await makeApp(
    [
      note(
        'trips/sea/log.md',
        '![[map.png]] ![[deep/old/map.png|300]] ![[Horn.MP3]] [[horn.mp3#t=1]] ![[none.png]]',
      ),
      note('log.md', '---\n[[sea/log]] [[trips/sea/log|by path]]'),
    ],
    {
      media: {
        'map.png': pictureOf(1),
        'trips/sea/map.png': pictureOf(2),
        'deep/old/map.png': pictureOf(3),
        'a/b/c/horn.mp3': sound,
      },
    },
  );
  const items = JSON.parse(await (await ask('/feed.json')).text()).items;
  const contentOf = (title: string): string =>
    items.find((item: { title: string }) => item.title === title).content_html;
  const files = [...contentOf('trips/sea/log.md').matchAll(/(?:href|src)='([^']*)'/g)].map(
    (match) => match[1],
  );
  const published = await Promise.all(
    [pictureOf(1), pictureOf(3), sound].map(
      async (bytes) =>
        (await describeMedia('x.png', bytes).catch(() => describeMedia('x.mp3', bytes))).address.split(
          '/',
        )[2],
    ),
  );
  expect(files.map((url) => url?.split('/')[4])).toEqual([
    published[0],
    published[1],
    published[2],
    published[2],
  ]);
  expect(contentOf('log.md').match(/articles\/trips-sea-log-md/g)).toHaveLength(2);
});

/** One of many, each of another width. */
function pictureOf(number: number): Uint8Array {
  const bytes = Buffer.from(picture);
  bytes.writeUInt32BE(40 + number, 16);
  return bytes;
}

test.each([
  ['image: /x.png', '/x.png', 'a picture'],
  ['image: covers/kelp', 'covers/kelp', 'a file'],
  ['cover: { image: a/b.webp }', 'a/b.webp', 'a picture'],
])('a file that front matter names and that is not there is named: %s', async (line, name, what) => {
  const text = `---\ntitle: A\ndate: 2021-02-03\n${line}\n---\nWords.\n`;
  const { warnings } = await collectArticles(seedFiles([file('a.md', text)], {}), makeSite(), NOW);
  expect(warnings).toEqual([
    `Cannot find "${name}" of seeds/a.md: expected ${what} in the folder; left it out`,
  ]);
});

test.each(['image: cover', 'photo: J. Roe / Example', 'image: https://a.example/b', 'image: null'])(
  'and nothing else is: %s',
  async (line) => {
    const text = `---\ntitle: A\ndate: 2021-02-03\n${line}\n---\nWords.\n`;
    const { warnings } = await collectArticles(seedFiles([file('a.md', text)], {}), makeSite(), NOW);
    expect(warnings).toEqual([]);
  },
);

const GENERATOR: Generator = {
  name: 'Hugo',
  file: 'hugo.toml',
  prefix: '',
  title: undefined,
  description: undefined,
  language: undefined,
  url: 'https://old.example',
  base: 'blog',
  timeZone: undefined,
  authors: [],
  permalinks: [{ pattern: '/:year/:slug/' }],
  contentRoots: ['content/'],
  staticRoots: ['static/'],
  ownFolders: [],
};

test('absolute links to the site itself lead to the articles and files, those to others stay', async () => {
  const urls = [
    'https://old.example/blog/2021/kelp/#part',
    'http://www.old.example/blog/2021/kelp/',
    '//old.example/blog/img/a.png',
    'https://news.example/articles/kelp?x=1',
    'https://news.example/feed.xml',
    'https://old.example/2021/kelp/',
    'https://old.example/blog/none/kelp',
    'https://old.example.net/blog/2021/kelp/',
    'https://notold.example/blog/2021/kelp/',
    'mailto:a@old.example',
  ];
  const text = `---\ntitle: A\ndate: 2021-02-03\n---\n${urls.map((url) => `[words](${url})`).join(' ')}\n`;
  const { articles, warnings } = await collectArticles(
    seedFiles(
      [
        file('content/a.md', text),
        file('content/kelp.md', '---\ntitle: Kelp\ndate: 2021-02-01\n---\nWords.\n'),
      ],
      { 'static/img/a.png': picture },
    ),
    { ...makeSite({ url: 'https://news.example' }), generator: GENERATOR },
    NOW,
  );
  const links = [...(articles[0]?.contentHtml ?? '').matchAll(/href='([^']*)'/g)].map(([, url]) => url);
  expect(links).toEqual([
    `${HOLES.origin}/articles/kelp#part`,
    `${HOLES.origin}/articles/kelp`,
    expect.stringMatching(/\/media\/[0-9a-f]{16}\/a\.png$/),
    `${HOLES.origin}/articles/kelp`,
    `${HOLES.origin}/feed.xml`,
    ...urls.slice(5),
  ]);
  expect(articles[0]?.sourceMarkdown).toBeUndefined();
  expect(warnings).toEqual([]);
});
