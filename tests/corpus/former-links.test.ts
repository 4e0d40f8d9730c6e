import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { SourceFile } from '../../src/documents/stated.ts';
import { file, makeApp, makeGenerator, makeSite, markdownOf } from '../support/app.ts';

const picture = readFileSync(join(import.meta.dirname, '../fixtures/media/a.png'));

const post = (path: string, more: Readonly<Record<string, unknown>> = {}): SourceFile =>
  file(
    path,
    markdownOf({ title: `The post ${path}`, date: '2020-05-02', lang: 'en', body: 'Text.', ...more }),
  );

describe('a link in content', () => {
  const roads: Readonly<Record<string, string>> = {
    'by its path from the root': '/notes/target.md',
    'from the vault’s root, without a slash': 'notes/target.md',
    'as on the page that it was': '../target/',
    'by its former address': '/2020/05/02/target.html',
    'by Zola’s mark': '@/notes/target.md',
    'by Pelican’s mark': '{filename}/notes/target.md',
    'by Pelican’s mark, relative': '{filename}target.md',
    'by Nikola’s scheme': 'link://slug/target',
    'by VuePress’ mark': '~@/notes/target.md',
    'with a space, in angle brackets': '<../notes/target.md>',
    'by Docusaurus’ mark': '@site/notes/target.md',
    'by what it is called': 'wikilink:Other%20Name',
    'with a percent sign that stands for itself': '/notes/target.md?100%',
  };
  test.each(Object.entries(roads))('leads to the article %s', async (_, url) => {
    const link = url.startsWith('wikilink:')
      ? '[[Other Name|x]]'
      : `[x](${url.endsWith('>') ? url : `${url}#part`})`;
    const files = [
      post('notes/target.md', { slug: 'goal', aliases: ['Other Name'] }),
      post('notes/from.md', { date: '2021-01-01', body: link }),
    ];
    const { read } = await makeApp(files);
    const [item] = JSON.parse(await read('/feed.json')).items;
    expect(item.content_html).toMatch(/<a href='https:\/\/news\.example\/articles\/goal(?:#part)?'>x<\/a>/);
  });

  test('leads to an address in angle brackets that is no tag', async () => {
    const files = [
      post('notes/On Ports.md', { slug: 'goal' }),
      post('notes/from.md', { date: '2021-01-01', body: '[x](<On Ports.md>), <b>not</b> <Tag/>' }),
    ];
    const { read } = await makeApp(files);
    const [item] = JSON.parse(await read('/feed.json')).items;
    expect(item.content_html).toContain("<a href='https://news.example/articles/goal'>x</a>, <b>not</b>");
  });

  test('of a document that is missing leads nowhere, whatever its kind', async () => {
    const files = [
      post('index.qmd', { slug: 'home' }),
      post('a/index.qmd', { body: '[x](../gone/index.qmd) [y](../index.qmd)' }),
    ];
    const { read } = await makeApp(files);
    const text = await read('/feed.json');
    expect(text).toContain("<p><span>x</span> <a href='https://news.example/articles/home'>y</a></p>");
  });

  test('leads to a document in folders with numbers for sorting', async () => {
    const files = [
      post('content/docs/100-begin/index.md', { slug: 'begin' }),
      post('content/docs/100-begin/02_more.md', { slug: 'more' }),
      post('content/other/300-begin/index.md', { slug: 'other' }),
      post('content/from.md', { date: '2019-01-01', body: '[x](/docs/begin) [y](/docs/begin/more)' }),
    ];
    const { read } = await makeApp(files);
    const text = await read('/feed.json');
    expect(text).toMatch(/\/articles\/begin'>x<.*\/articles\/more'>y</);
  });

  test('leads to the document of a path, not to an article that has its name', async () => {
    const files = [
      post('content/articles/dye.md', { slug: 'woad' }),
      post('content/dye.md', { slug: 'dye' }),
      post('content/from.md', { date: '2021-01-01', body: '[x](/articles/dye.md)' }),
    ];
    const { read } = await makeApp(files, {
      site: { ...makeSite(), generator: makeGenerator('Pelican', { contentRoots: ['content/'] }) },
    });
    const [item] = JSON.parse(await read('/feed.json')).items;
    expect(item.content_html).toContain("/articles/woad'>x</a>");
  });

  const pictures: Readonly<Record<string, string>> = {
    'below static/': '/img/x.png',
    'from the root, without a slash': 'static/img/x.png',
    'that the address had a folder before': '/blog/img/x.png',
    'in other letters': '/IMG/X.png',
    'in a folder beside the document that is named like it': 'own.png',
    'in a folder of pictures beside the document': 'beside.png',
    'in a size of WordPress': '/img/x-300x150.png',
    'in the folders of WordPress': '/wp-content/uploads/2021/02/x-300x150.png',
    'in a size of Nikola': '/img/x.thumbnail.png',
    'with the alias of an import': '@img/x.png',
    'with an alias that the configuration states': '~pictures/x.png',
    'at the address of a copied folder': '/shown/x.png',
    'in a size of Ghost': '/size/w1000/img/x.png',
    'in a size of Drupal': '/styles/large/public/img/x.png',
    'below the address of its bundle': '/blog/tide-tables/shots/bundled.png',
    'below the address of another bundle': '../tide-tables/shots/bundled.png',
  };
  test.each(Object.entries(pictures))('leads to a picture %s', async (_, url) => {
    const bundle = post('posts/02-tables/index.md', { slug: 'tide-tables', date: '2019-01-01' });
    const filePrefixes = { '~pictures/': 'static/img/', 'shown/': 'static/img/' };
    const { read } = await makeApp([post('posts/a.html.md', { body: `![x](${url})` }), bundle], {
      site: { ...makeSite(), generator: makeGenerator('Eleventy', { filePrefixes }) },
      media: {
        'static/img/x.png': picture,
        'posts/a/own.png': picture,
        'posts/02-tables/shots/bundled.png': picture,
        'posts/images/beside.png': picture,
        'notes/images/beside.png': picture,
      },
    });
    const [item] = JSON.parse(await read('/feed.json')).items;
    expect(item.content_html).toMatch(
      /src='https:\/\/news\.example\/media\/[\da-f]{16}\/(?:x|own|beside|bundled)\.png'/,
    );
  });
});
