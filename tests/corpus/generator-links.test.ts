import { expect, test } from 'vitest';
import type { SourceFile } from '../../src/documents/stated.ts';
import { HOLES } from '../../src/templates/holes.ts';
import { file, makeApp } from '../support/app.ts';
import { articlesOf } from '../support/collect.ts';

const WORDS = 'Words of a paragraph.';

test.each([
  '2021/02-03-a.md',
  '2021-02/03-a.md',
  '2021/02-03-a/index.md',
  '2021/02/03-a.md',
  '2021-02-03/a.md',
])('the path %s states a date, as in Docusaurus', async (path) => {
  const [article] = await articlesOf([file(`blog/${path}`, `---\ntitle: A\n---\n${WORDS}\n`)], 'Docusaurus');
  expect(new Date(article?.published ?? 0).toISOString()).toBe('2021-02-03T00:00:00.000Z');
  expect(article?.slug).toBe('a');
});

test.each(['Link href', 'Link to', 'NextLink href', 'A href'])('<%s> is a link in MDX', async (tag) => {
  const [name = '', attribute = ''] = tag.split(' ');
  const text = `---\ntitle: A\ndate: 2021-02-03\n---\nimport x from 'y'\n\nSee <${name} ${attribute}="/b">*the* other</${name}>.\n`;
  const files = [file('a.mdx', text), file('b.md', `---\ntitle: B\ndate: 2021-02-03\n---\n${WORDS}\n`)];
  const articles = await articlesOf(files, 'Next.js');
  expect(articles[0]?.contentHtml).toMatch(/See <a href='[^']*\/articles\/b'><em>the<\/em> other<\/a>\./);
});

test('Jekyll’s link finds a file whose name has spaces', async () => {
  const text = `---\ntitle: A\ndate: 2021-02-03\n---\n[report]({% link files/My Report.pdf %}) [other]({% link "files/b.pdf" %})\n`;
  const { read } = await makeApp([file('a.md', text)], {
    media: { 'files/My Report.pdf': Buffer.from('%PDF'), 'files/b.pdf': Buffer.from('%PDF-') },
  });
  const [item] = JSON.parse(await read('/feed.json')).items;
  expect(item.content_html).toMatch(/\/media\/[\da-f]{16}\/My%20Report\.pdf.*\/media\/[\da-f]{16}\/b\.pdf/);
});

test('the words of post_link without any are the title of the post', async () => {
  const files = [
    file('source/_posts/a.md', `---\ntitle: Sea & land\ndate: 2021-02-03\n---\n${WORDS}\n`),
    file(
      'source/_posts/b.md',
      '---\ntitle: B\ndate: 2021-02-04\n---\n{% post_link a %} {% post_link a other words %} {% post_link gone %} {% link Far away https://x.example %}\n',
    ),
  ];
  const [, article] = await articlesOf(files, 'Hexo', { contentRoots: ['source/_posts/', 'source/'] });
  expect(article?.contentHtml).toBe(
    "<p><a href='{origin}/articles/a'>Sea &amp; land</a> <a href='{origin}/articles/a'>other words</a> <span>gone</span> <a href='https://x.example/'>Far away</a></p>".replaceAll(
      '{origin}',
      HOLES.origin,
    ),
  );
});

test('a link of MyST without words has the title of the document at its path', async () => {
  const files = ['sea.md', 'b/sea.md', 'b/c/sea.md'].map((path) =>
    file(path, `---\ntitle: ${path}\ndate: 2021-02-03\n---\n${WORDS}\n`),
  );
  const text = '---\ntitle: A\ndate: 2021-02-04\n---\n[](sea.md) [](../sea.md) {doc}`c/sea` {doc}`/sea`\n';
  const articles = await articlesOf([...files, file('b/a.md', text)], undefined);
  const html = articles.find(({ title }) => title === 'A')?.contentHtml;
  expect(html?.replace(/<[^>]*>/g, '')).toBe('b/sea.md sea.md b/c/sea.md sea.md');
});

test('a link of MyST with words leads to the same document', async () => {
  const files = ['sea.md', 'b/sea.md'].map((path) =>
    file(path, `---\ntitle: ${path}\ndate: 2021-02-03\n---\n${WORDS}\n`),
  );
  const text = '---\ntitle: A\ndate: 2021-02-04\n---\n{doc}`sea` {doc}`words <sea>`\n';
  const articles = await articlesOf([...files, file('b/a.md', text)], undefined);
  const [first, second] =
    articles.find(({ title }) => title === 'A')?.contentHtml.match(/href='[^']*'/g) ?? [];
  expect(second).toBe(first);
});

test('ref of Hugo leads to the translation in the language of the page, or in the one that it states', async () => {
  const post = (path: string, links = WORDS): SourceFile =>
    file(
      path,
      `---\ntitle: T ${path}\ndate: 2021-02-03\nslug: ${path.replaceAll(/\W+/g, '-')}\n---\n${links}\n`,
    );
  const ref = (call: string): string => `[x]({{< ${call} >}})`;
  const files = [
    post('content/sea/a.md'),
    post('content/sea/a.fr.md'),
    post(
      'content/b/index.md',
      `${ref('ref "a"')} ${ref('ref path="sea/a" lang="fr"')} ${ref('ref "/sea/a.md"')}`,
    ),
    post(
      'content/b/index.fr.md',
      `${ref('ref "a.md"')} ${ref('relref path="/sea/a.md" lang="en"')} ${ref('ref "c"')}`,
    ),
    post('content/c.md', ref('ref "b"')),
  ];
  const articles = await articlesOf(files, 'Hugo', { contentRoots: ['content/'] });
  const links = Object.fromEntries(
    articles.map(({ title, contentHtml }) => [
      title,
      [...contentHtml.matchAll(/articles\/([\w-]+)/g)].map(([, slug]) => slug),
    ]),
  );
  const [en, fr] = ['content-sea-a-md', 'content-sea-a-fr-md'];
  expect(links).toMatchObject({
    'T content/b/index.md': [en, fr, en],
    'T content/b/index.fr.md': [fr, en, 'content-c-md'],
    'T content/c.md': ['content-b-index-md'],
  });
});

test('a note is called by its name, not by a heading of a part', async () => {
  const [article] = await articlesOf([file('Moss.md', `## Where it grows\n\n${WORDS}`)], 'Obsidian');
  expect(article).toMatchObject({ title: 'Moss', contentHtml: `<h2>Where it grows</h2><p>${WORDS}</p>` });
});

test('links name parts of notes by the words of their headings', async () => {
  const files = [
    file('a.md', `[x](b.md#Of%20the%20Sea) [y](b.md#Land) [z](#My%20part)\n\n## My part\n\n${WORDS}`),
    file('b.md', `## Of the Sea\n\n${WORDS}\n\n## Land\n\n${WORDS}`),
  ];
  const [vault] = await articlesOf(files, 'Obsidian');
  expect([...(vault?.contentHtml ?? '').matchAll(/#([^']+)'/g)].map(([, id]) => id)).toEqual([
    'of-the-sea',
    'land',
    'my-part',
  ]);
});

test('links lead to blocks of other notes', async () => {
  const files = [
    file('a.md', `[[b#^part|x]] [y](b.md#^part)\n\n${WORDS}`),
    file('b.md', `One. ^part\n\n${WORDS}`),
  ];
  const [a, b] = await articlesOf(files, 'Obsidian');
  expect(a?.contentHtml.match(/#(?:\^|%5E)part'/g)).toHaveLength(2);
  expect(b?.contentHtml).toContain("<p id='^part'>One.");
});

test('links lead to parts of other documents as within one, whatever ids the generator gives headings', async () => {
  const files = [
    file(
      'a.md',
      `[x](b.md#Of-the-Sea) [y](b.md#of-the-sea-1) [z](b.md#land--water) [w](b.md#intl.locale) [v](b.md#async%2Fawait)\n\n${WORDS}`,
    ),
    file(
      'b.md',
      `---\ntitle: B\n---\n\n## Of the Sea\n\n${WORDS}\n\n## Of the Sea\n\n${WORDS}\n\n## Land & Water\n\n${WORDS}\n\n## \`Intl.Locale\`\n\n## \`async\`/\`await\`\n\n${WORDS}`,
    ),
  ];
  const [a, b] = await articlesOf(files, 'Hexo');
  const ids = [...(b?.contentHtml ?? '').matchAll(/ id='([^']+)'/g)].map(([, id]) => id);
  expect(ids).toEqual(['Of-the-Sea', 'of-the-sea-1', 'land--water', 'intl.locale', 'async/await']);
  expect(a?.contentHtml).toContain("#async%2Fawait'");
});
