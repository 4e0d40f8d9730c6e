import { expect, test } from 'vitest';
import { listHeadings } from '../../src/articles/anchors.ts';
import { readCanonical } from '../../src/html/canonical.ts';
import { compileFiles, file, makeApp, makeSite, markdownOf, NOW, seedFiles } from '../support/app.ts';

async function build(body: string, lang = 'en'): Promise<{ html: string; warnings: readonly string[] }> {
  const document = file('a.md', markdownOf({ title: 'A', date: '2021-02-03', body, lang }));
  const { ask } = await makeApp([document]);
  const { warnings } = await compileFiles(seedFiles([document]), makeSite(), NOW);
  const { content_html: html } = (await (await ask('/articles/a.json')).json()) as { content_html: string };
  return { html, warnings };
}

test('a link to a part that is not there is its words, and is named', async () => {
  const { html, warnings } = await build('See [there](#gone) and [here](#b).\n\n## B\n\nC.');
  expect(html).toMatch(/^<p>See <span>there<\/span> and <a href='[^']*#b'>here<\/a>/);
  expect(warnings).toEqual([
    'Cannot find "#gone" of seeds/a.md: expected a heading or an element with this id; kept the text without the link',
  ]);
});

test('a part that another document links to, and that is not there, is named', async () => {
  const links = ['b', 'gone', 'comments', 'more-12'].map((part) => `[${part}](a.md#${part})`).join(' ');
  const documents = [
    file('a.md', markdownOf({ title: 'A', date: '2021-02-03', body: '## B\n\nC.' })),
    file('b.md', markdownOf({ title: 'B', date: '2021-02-03', body: links })),
  ];
  const { warnings } = await compileFiles(seedFiles(documents), makeSite(), NOW);
  expect(warnings).toEqual([
    'Cannot find "#gone" in seeds/a.md, to which another document links: expected a heading or an element with this id; the link leads to the top',
  ]);
});

test.each(['#top', '#', '#:~:text=C', '#%C3%BC', '#fn-1'])(
  '%s is a part of every page, or of this one',
  async (href) => {
    const { html, warnings } = await build(`See [there](${href}).[^1]\n\n## Ü\n\nC.\n\n[^1]: D.`);
    expect(html).toContain(`${href}'>there</a>`);
    expect(warnings).toEqual([]);
  },
);

test('code runs from left to right in a text that does not', async () => {
  const { html } = await build('הסירה חזרה בערב אל הנמל הקטן.\n\n    let a = 1;', 'he');
  expect(html).toContain("<pre dir='ltr'>");
});

test('a paragraph in a script of the other direction states its own', async () => {
  const { html } = await build(
    'The ship is late, and nobody knows when it will come!\n\nالسفينة متأخرة جدا!\n\nSee كتاب now.\n\nكتاب',
  );
  expect(html).toBe(
    "<p>The ship is late, and nobody knows when it will come!</p><p dir='rtl'>السفينة متأخرة جدا!</p><p>See كتاب now.</p><p>كتاب</p>",
  );
  const turned = await build('הסירה חזרה בערב אל הנמל הקטן.\n\nThe ship is late!\n\nGitHub', 'he');
  expect(turned.html).toContain("<p dir='ltr'>The ship is late!</p><p>GitHub</p>");
});

test.each(['The boats are back [&hellip;]', 'The boats are back. [...]', 'The boats are back… […]'])(
  'an excerpt of WordPress ends in an ellipsis alone: %s',
  async (excerpt) => {
    const { read } = await makeApp([file('a.md', `---\ntitle: A\nexcerpt: ${excerpt}\n---\n\nB.\n`)]);
    expect(JSON.parse(await read('/articles/a.json')).summary).toBe('The boats are back…');
  },
);

test('equal headings are numbered in time that grows with their number', () => {
  const content = readCanonical(`<p>${'word '.repeat(2000)}</p>${'<h2>a</h2>'.repeat(100_000)}`);
  const headings = listHeadings(content);
  expect(headings.slice(0, 3).map(({ id }) => id)).toEqual(['a', 'a-2', 'a-3']);
  expect(headings.at(-1)?.id).toBe('a-100000');
});
