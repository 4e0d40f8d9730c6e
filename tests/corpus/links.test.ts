import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Generator } from '../../src/config/generator.ts';
import { describeMedia } from '../../src/corpus/media-files.ts';
import type { SourceFile } from '../../src/documents/stated.ts';
import { HOLES } from '../../src/templates/holes.ts';
import { file, makeApp, makeGenerator, makeSite, NOW, seedFiles } from '../support/app.ts';
import { collectArticles } from '../support/collect.ts';

const picture = readFileSync(join(import.meta.dirname, '../fixtures/media/a.png'));

const files = [
  file('notes/Deep Water.md', '---\ntitle: Deep water\ndate: 2021-02-01\n---\nText of the other note.\n'),
  file(
    'notes/links.md',
    [
      '---\ntitle: Links\ndate: 2021-02-03\naliases: [/articles/old-links/, /2020/links.html]\n---',
      '[file](Deep%20Water.md#part), [[Deep Water]], [[Nowhere|words]], [own](#here) <b id="here">b</b>, [root](/?x=1), [away](/about?x=1), [out](../../../etc/passwd)',
      '![picture](../img/a.png)',
    ].join('\n\n'),
  ),
];

test('links lead to articles and files wherever these are sent from, and nowhere else', async () => {
  const { read } = await makeApp(files, { media: { 'img/a.png': picture } });
  const [item] = JSON.parse(await read('/feed.json')).items;
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

test('in a name link, the words may precede the name, as in wikis of Gollum', async () => {
  const documents = [
    file(
      'wiki/Start.md',
      '---\ntitle: Start\ndate: 2021-02-03\n---\n[[the pond|Deep Water]], [[Deep Water|a pond]], [[Deep Water|Start]], [[no|where]], [[words|https://a.example/]]\n\n[[a.png|alt=A pond|width=20px]]',
    ),
    file('wiki/Deep-Water.md', '---\ntitle: Deep\ndate: 2021-02-01\n---\nText of it.\n'),
  ];
  const html = async (generator?: Generator): Promise<string> => {
    const site = { ...makeSite(), generator };
    const { read } = await makeApp(documents, { site, media: { 'wiki/a.png': picture } });
    return JSON.parse(await read('/feed.json')).items[0].content_html;
  };
  const water = "<a href='https://news.example/articles/deep-water'>";
  expect(await html()).toContain(
    `<p>${water}the pond</a>, ${water}a pond</a>, ${water}Start</a>, <span>where</span>, <a href='https://a.example/'>words</a></p>`,
  );
  expect(await html()).toMatch(/<img src='[^']*a\.png' alt='A pond' width='20'>/);
  expect(await html(makeGenerator('Obsidian'))).toContain('<span>Deep Water</span>');
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
  const { read } = await makeApp(
    [file('a.md', `---\ntitle: A\ndate: 2021-02-03\n---\n${images.join('\n\n')}\n`)],
    { media: { 'a.png': picture, 'e.svg': Buffer.from(drawing) } },
  );
  const [item] = JSON.parse(await read('/feed.json')).items;
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
  const { read } = await makeApp([
    file('a.md', `---\ntitle: A\ndate: 2021-02-03\nimage: "[[\\uD83D.png]]"\n---\n${text}`),
  ]);
  const [item] = JSON.parse(await read('/feed.json')).items;
  expect(item.content_html).not.toMatch(/href='(?!https:\/\/)/);
  expect(item.content_html).toContain('<span>d</span>');
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
  const { read } = await makeApp(
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
  const items = JSON.parse(await read('/feed.json')).items;
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
    published[2],
  ]);
  expect(contentOf('log.md').match(/articles\/log-2021-02-03/g)).toHaveLength(2);
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

const GENERATOR = makeGenerator('Hugo', {
  url: 'https://old.example',
  base: 'blog',
  permalinks: [{ pattern: '/:year/:slug/' }],
  contentRoots: ['content/'],
  staticRoots: ['static/'],
});

test('absolute links to the site itself lead to the articles and files, those to others stay', async () => {
  const urls = [
    'https://old.example/blog/2021/kelp/#part',
    'http://www.old.example/blog/2021/kelp/',
    '//old.example/blog/img/a.png',
    'https://old.example/blog/sea/2021/02/01/kelp/',
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
        file('content/kelp.md', '---\ntitle: Kelp\ndate: 2021-02-01\n---\nWords.\n\n## Part\n'),
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
    `${HOLES.origin}/articles/kelp`,
    `${HOLES.origin}/feed.xml`,
    ...urls.slice(6),
  ]);
  expect(articles[0]?.sourceMarkdown).toBeUndefined();
  expect(warnings).toEqual([]);
});

async function linksOf(
  files: readonly SourceFile[],
  media: Record<string, Uint8Array>,
  generator?: Generator,
) {
  const site = { ...makeSite(), generator };
  const { warnings, outcomes } = await collectArticles(seedFiles(files, media), site, NOW);
  const article = outcomes.find(({ path }) => path === files[0]?.path)?.article;
  const links = [...(article?.contentHtml ?? '').matchAll(/(?:href|src)='([^']*)'/g)].map(([, url = '']) =>
    url.replace(HOLES.origin, '').replace(/media\/[0-9a-f]+/, 'media'),
  );
  return { links, warnings, outcomes };
}

const linking = (path: string, ...urls: readonly string[]): SourceFile =>
  file(path, `---\ntitle: A\ndate: 2021-02-03\n---\n${urls.map((url) => `[words](${url})`).join(' ')}\n`);

test('a link publishes a file of any kind, but no page and no settings', async () => {
  const bytes = Buffer.from('words\n');
  const { links, warnings } = await linksOf(
    [linking('a.md', '/certs/root.pem', 'fix.patch', 'notes.txt', 'LICENSE', 'demo.html', 'site.toml')],
    {
      'static/certs/root.pem': bytes,
      'fix.patch': bytes,
      'static/notes.txt': bytes,
      LICENSE: bytes,
      'static/demo.html': bytes,
      'site.toml': bytes,
    },
  );
  expect(links).toEqual(['/media/root.pem', '/media/fix.patch', '/media/notes.txt', '/media/LICENSE']);
  const expected =
    'expected a file, not a link, of at most 25 MiB (200 for recordings), and no HTML; kept the text without the link';
  expect(warnings).toEqual([
    `Cannot publish seeds/static/demo.html for "demo.html" of seeds/a.md:5: ${expected}`,
    `Cannot publish seeds/site.toml for "site.toml" of seeds/a.md:5: ${expected}`,
  ]);
});

const note = (path: string): SourceFile => file(path, `---\ntitle: ${path}\ndate: 2021-02-01\n---\nWords.\n`);

test('an address without a language is that of the default one, else of the language of the document', async () => {
  const generator = makeGenerator('Hugo', {
    contentRoots: ['content/en/', 'content/fr/', 'content/'],
    languageRoots: { 'content/en/': 'en', 'content/fr/': 'fr' },
  });
  const both = ['content/en/docs/x.md', 'content/fr/docs/x.md', 'content/fr/docs/only.md'].map(note);
  const { links, warnings } = await linksOf(
    [linking('content/fr/a.md', '/docs/x', '/fr/docs/x/', '/docs/only'), ...both],
    {},
    generator,
  );
  expect(links.map((link) => link.split('/').at(-1))).toEqual(['x', 'x-fr', 'only']);
  expect(warnings.filter((warning) => warning.startsWith('Cannot find'))).toEqual([]);
});

test('an address without a language leads within the folder of the own language', async () => {
  const generator = makeGenerator('Next.js', { contentRoots: ['pages/'] });
  const both = ['pages/en/docs/x.mdx', 'pages/fr/docs/x.mdx'].map(note);
  const { links, warnings } = await linksOf(
    [linking('pages/fr/news/a.md', '/docs/x', '/en/docs/x'), ...both],
    {},
    generator,
  );
  expect(links.map((link) => link.split('/').at(-1))).toEqual(['x-2021-02-01', 'x']);
  expect(warnings.filter((warning) => warning.startsWith('Cannot find'))).toEqual([]);
});

test('the name alone of a picture finds the only one of that name, unless it is another document’s', async () => {
  const stating = (path: string, image: string): SourceFile =>
    file(path, `---\ntitle: ${path}\ndate: 2021-02-03\nimage: ${image}\n---\nWords.\n`);
  const documents = [
    stating('posts/a.md', 'cover.png'),
    stating('posts/b.md', 'own.png'),
    note('posts/c/index.md'),
  ];
  const media = { 'src/img/covers/cover.png': picture, 'posts/c/images/own.png': picture };
  const { articles, warnings } = await collectArticles(seedFiles(documents, media), makeSite(), NOW);
  const images = new Map(articles.map(({ slug, image }) => [slug, image?.url]));
  expect(images.get('a')).toMatch(/\/cover\.png$/);
  expect(images.get('b')).toBeUndefined();
  expect(warnings).toEqual([expect.stringContaining('Cannot find "own.png" of seeds/posts/b.md')]);
});

test('a link whose picture is not there has the words of the picture, else its address', async () => {
  const text = '[![Chart](/x.png)](https://a.example/b) [![](/y.png)](https://a.example/c) ![Z](/z.png)';
  const [article] = (
    await collectArticles(
      seedFiles([file('a.md', `---\ntitle: A\ndate: 2021-02-03\n---\nWords. ${text}\n`)]),
      makeSite(),
      NOW,
    )
  ).articles;
  expect(article?.contentHtml).toBe(
    "<p>Words. <a href='https://a.example/b'>Chart</a> <a href='https://a.example/c'>https://a.example/c</a></p>",
  );
});

test('a document that describes a folder is a page, whose address is that of the list if there is one', async () => {
  const generator = makeGenerator('Hugo', { contentRoots: ['content/'] });
  const section = (folder: string, words: string): SourceFile =>
    file(`content/${folder}/_index.md`, `---\ntitle: ${folder}\n---\n${words}\n`);
  const { links, warnings, outcomes } = await linksOf(
    [
      linking('content/a.md', '/team/', '/trips', '/empty'),
      section('team', 'We are many.'),
      section('trips', 'Where we went.'),
      note('content/trips/sea.md'),
      section('empty', ''),
    ],
    {},
    generator,
  );
  expect(links).toEqual(['/articles/team', '/collections/trips']);
  expect(warnings).toEqual([
    'seeds/content/a.md:5 links to seeds/content/empty/_index.md, which is not published: kept the text without the link',
  ]);
  expect(outcomes.find(({ path }) => path === 'content/empty/_index.md')?.status).toBe('excluded');
});

test('a link to a section without words leads to the list', async () => {
  const { links, warnings } = await linksOf(
    [
      linking('log/a.md', '@/log/_index.md', '_index.md', '../log/_index.md', '../none/_index.md'),
      file('log/_index.md', '---\ntitle: Log\n---\n'),
    ],
    {},
  );
  expect(links).toEqual(['/collections/log', '/collections/log', '/collections/log']);
  expect(warnings).toHaveLength(1);
});

test('a document whose address is one of Tidings is named, unless it is a list', async () => {
  const page = (path: string, more = ''): SourceFile =>
    file(path, `---\ntitle: T ${path}\ndate: 2021-02-03\n${more}---\nWords.\n`);
  const { warnings } = await linksOf(
    [
      page('sub/search.md', 'permalink: /search/\n'),
      page('a.md', 'aliases: [/tags]\n'),
      page('b.md', 'aliases: [/tags/b]\n'),
      file('tags.md', '---\ntitle: Tags\n---\nWords.\n'),
    ],
    {},
  );
  expect(warnings).toEqual([
    'Cannot redirect "/tags" to seeds/a.md: Tidings has a page or a feed of its own there; the document is /articles/a',
    'Cannot redirect "/search" to seeds/sub/search.md: Tidings has a page or a feed of its own there; the document is /articles/search',
  ]);
});

test('a list that holds nothing but pages, or what has expired, is none', async () => {
  const page = file('docs/x.md', '---\ntitle: X\nlayout: page\n---\nWords.\n');
  const gone = file('jobs/y.md', '---\ntitle: Y\ndate: 2020-01-01\nexpires: 2021-01-01\n---\nWords.\n');
  const { links, warnings } = await linksOf([linking('a.md', '/docs', '/jobs'), page, gone], {});
  expect(links).toEqual([]);
  expect(warnings.join('')).toContain('Cannot find "/docs"');
});

test('a film has the picture that bears its id as its name', async () => {
  const text = [
    '---\ntitle: Films\ndate: 2021-02-03\n---',
    '<iframe src="https://www.youtube.com/embed/abcdefghijk" title="A"></iframe>',
    '![B](https://youtu.be/abcdefghijk)',
    '{{< vimeo 123 >}}',
    '{{< vimeo 456 >}}',
    '[C](https://youtu.be/abcdefghijk)',
  ].join('\n\n');
  const { read } = await makeApp([file('a.md', text)], {
    media: { 'img/abcdefghijk.png': picture, '123.png': picture },
  });
  const [item] = JSON.parse(await read('/feed.json')).items;
  const links = [
    ...item.content_html.matchAll(/<a href='([^']*)'>(?:<img src='([^']*)'[^>]*>)?([^<]*)<\/a>/g),
  ];
  const names = links.map(([, href, src, words]) => [href, src?.split('/').at(-1), words]);
  expect(names).toEqual([
    ['https://www.youtube.com/watch?v=abcdefghijk', 'abcdefghijk.png', 'A'],
    ['https://youtu.be/abcdefghijk', 'abcdefghijk.png', 'B'],
    ['https://vimeo.com/123', '123.png', 'https://vimeo.com/123'],
    ['https://vimeo.com/456', undefined, 'https://vimeo.com/456'],
    ['https://youtu.be/abcdefghijk', undefined, 'C'],
  ]);
});

test('a frame of the site’s own without a picture has none', async () => {
  const frame = file(
    'a.md',
    '---\ntitle: A\ndate: 2021-02-03\n---\n<iframe src="b.md" title="B"></iframe>\n',
  );
  const { read } = await makeApp([frame, file('b.md', '---\ntitle: B\ndate: 2021-02-01\n---\nText.\n')]);
  const [item] = JSON.parse(await read('/feed.json')).items;
  expect(item.content_html).toBe("<p><a href='https://news.example/articles/b'>B</a></p>");
});

test('what is not there is named once, however the text and the lead picture spell it', async () => {
  const text = '---\ntitle: A\ndate: 2021-02-03\n---\n\n![pic](a b.png) ![pic](a%20b.png)\n';
  const { warnings } = await collectArticles(seedFiles([file('a.md', text)], {}), makeSite(), NOW);
  expect(warnings).toEqual([
    'Cannot find "a b.png" of seeds/a.md:6: expected a picture in the folder; left it out',
  ]);
});

test('addresses that people write otherwise lead where they mean', async () => {
  const text = [
    '[a](..\\notes\\Deep%20Water.md) [b](http://localhost:1313/notes/deep-water/) [c](http://127.0.0.1:4000/elsewhere/)',
    '[d](www.example.org/x) [e](file:///C:/a.pdf) [f](C:\\b.pdf) [g](https://www.example.org/y)',
  ].join('\n\n');
  const documents = [
    ...files.slice(0, 1),
    file('notes/a.md', `---\ntitle: A\ndate: 2021-02-03\n---\n${text}\n`),
  ];
  const { read } = await makeApp(documents);
  const { warnings } = await collectArticles(seedFiles(documents, {}), makeSite(), NOW);
  const [item] = JSON.parse(await read('/feed.json')).items;
  expect([...item.content_html.matchAll(/href='([^']*)'>(\w)/g)].map(([, url, word]) => [word, url])).toEqual(
    [
      ['a', 'https://news.example/articles/deep-water'],
      ['b', 'https://news.example/articles/deep-water'],
      ['c', 'http://127.0.0.1:4000/elsewhere/'],
      ['d', 'https://www.example.org/x'],
      ['g', 'https://www.example.org/y'],
    ],
  );
  expect(warnings).toEqual([
    expect.stringMatching(/^Cannot find "file:.* of seeds\/notes\/a\.md:7: expected /),
    expect.stringMatching(/^Cannot find "C:.* of seeds\/notes\/a\.md:7: expected /),
  ]);
});
