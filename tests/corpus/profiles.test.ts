import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Person } from '../../src/article.ts';
import { readProfiles } from '../../src/corpus/profiles.ts';
import { file, makeApp, makeSite, markdownOf, NOW, seedFiles } from '../support/app.ts';
import { collectArticles } from '../support/collect.ts';

async function authorsOf(
  author: string,
  files: Readonly<Record<string, string | Uint8Array>> = {},
  expected: readonly string[] = [],
): Promise<readonly Person[]> {
  const media = Object.fromEntries(
    Object.entries(files).map(([path, text]) => [path, typeof text === 'string' ? Buffer.from(text) : text]),
  );
  const text = markdownOf({ title: 'A', date: '2021-02-03' }).replace('---\n', `---\nauthor: ${author}\n`);
  const { articles, warnings } = await collectArticles(
    seedFiles([file('a.md', text)], media),
    makeSite(),
    NOW,
  );
  expect(warnings).toEqual(expected);
  return articles[0]?.authors ?? [];
}

const ROE = { name: 'Jane Roe', uri: 'https://roe.example/' };
const DOE = { name: 'John Doe', uri: 'https://doe.example/', email: 'john@doe.example' };
const YAML =
  'jane:\n  name: Jane Roe\n  title: Editor\n  url: https://roe.example/\njohn-doe:\n  name: John Doe\n  uri: https://doe.example/\n  email: john@doe.example\n';

describe('authors', () => {
  test.each<[string, string, string, Person?]>([
    ['of Docusaurus', 'blog/authors.yml', YAML],
    ['of Jekyll', '_data/authors.yml', YAML],
    [
      'of Gatsby',
      'content/author.yaml',
      '# People\n- id: jane\n  name: Jane Roe\n  url: https://roe.example/\n- id: john-doe\n  name: John Doe\n  uri: https://doe.example/\n  email: john@doe.example\n',
    ],
    [
      'of a blog in Starlight',
      'astro.config.mjs',
      `export default defineConfig({ integrations: [starlight({ title: 'A', plugins: [blog({ authors: {
        jane: { name: 'Jane Roe', url: 'https://roe.example/' }, // the first
        'john-doe': { name: "John Doe", url: 'https://doe.example/', email: 'john@doe.example' } } })] })] });`,
    ],
    [
      'of ABlog',
      'docs/conf.py',
      'extensions = ["ablog"]\nblog_authors = {\n    "jane": ("Jane Roe", "https://roe.example/"),\n    \'john-doe\': (\'John Doe\', None),\n}\n',
      { name: 'John Doe' },
    ],
    [
      'in a script',
      'src/data/authors.ts',
      `import type { Author } from './types';\nexport const authors: Author[] = [${JSON.stringify({ id: 'jane', ...ROE })}, ${JSON.stringify({ id: 'john-doe', ...DOE })}];\n`,
    ],
    [
      'of Eleventy',
      '_data/authors.js',
      `module.exports = ${JSON.stringify({ jane: ROE, 'john-doe': DOE })};`,
    ],
    [
      'with lists of their pages',
      '_data/authors.yml',
      'jane:\n  name: Jane Roe\n  links:\n  - {label: Mastodon, url: "https://social.example/@jane"}\n  - {label: Website, icon: fas fa-link, url: "https://roe.example/"}\njohn-doe:\n  name: John Doe\n  email: john@doe.example\n  social:\n  - twitter: https://x.example/doe\n  - link: https://doe.example/\n',
    ],
    ['in JSON', 'data/authors.json', JSON.stringify({ jane: ROE, 'john-doe': DOE })],
    [
      'of a team in groups',
      'src/_data/team.json',
      JSON.stringify({ editors: [{ username: 'jane', ...ROE }], others: [{ username: 'john-doe', ...DOE }] }),
    ],
  ])('are known by the keys %s', async (_, path, text, john: Person = DOE) => {
    expect(await authorsOf('[jane, john-doe]', { [path]: text })).toEqual([ROE, john]);
    expect(await authorsOf('jane', { [path]: text })).toEqual([ROE]);
    expect(await authorsOf('Ann Other', { [path]: text })).toEqual([{ name: 'Ann Other' }]);
  });

  test('are not in a template that makes their file', async () => {
    const template = '---\nlayout: none\n---\n{\n<% all.each do |one| -%>\n}';
    expect(await authorsOf('Jane Roe', { '_pages/authors/index.json': template })).toEqual([
      { name: 'Jane Roe' },
    ]);
  });

  test.each([
    ['beside the file', 'data/authors.yml', 'jane.png', 'data/jane.png'],
    ['from the root', 'data/authors.yml', '/img/jane.png', 'img/jane.png'],
    ['from the folder that the generator serves', 'authors.yml', '/img/jane.png', 'static/img/jane.png'],
  ])('have the picture %s, and a line', async (_, path, stated, place) => {
    const picture = readFileSync(join(import.meta.dirname, '../fixtures/media/a.png'));
    const text = `jane:\n  name: Jane Roe\n  image_url: ${stated}\n  bio: Writes about tides.\n`;
    for (const author of ['jane', 'Jane Roe']) {
      const [person] = await authorsOf(author, { [path]: text, [place]: picture });
      expect(person).toEqual({
        name: 'Jane Roe',
        image: expect.stringMatching(/\/media\/[\da-f]{16}\/jane\.png$/),
        biography: 'Writes about tides.',
      });
    }
    const [other] = await authorsOf('jane', { [path]: text });
    expect(other).toEqual({ name: 'Jane Roe', biography: 'Writes about tides.' });
  });

  test('keep the home page that the document states', async () => {
    const files = { 'authors.yml': Buffer.from(YAML) };
    expect(await authorsOf('{ name: Jane Roe, url: https://jane.example/ }', files)).toEqual([
      { ...ROE, uri: 'https://jane.example/' },
    ]);
  });

  test('of a team are known, but nothing of the others is published', async () => {
    const team =
      'jane:\n  name: Jane Roe\n  bio: Editor\njohn:\n  name: John Doe\n  email: john@doe.example\n  image: j.png\n';
    const picture = readFileSync(join(import.meta.dirname, '../fixtures/media/a.png'));
    const files = { '_data/team.yml': team, '_data/j.png': picture };
    expect(await authorsOf('jane', files)).toEqual([{ name: 'Jane Roe', biography: 'Editor' }]);
    expect(await authorsOf('somebody', files)).toEqual([{ name: 'somebody' }]);
    const profiles = await readProfiles(Object.keys(files), async (path) =>
      Buffer.from(path.endsWith('.yml') ? team : picture),
    );
    expect([profiles.all, profiles.pictures, profiles.missing('somebody')]).toEqual([[], [], undefined]);
  });

  test('stand above the list of their articles, with their home page', async () => {
    const picture = readFileSync(join(import.meta.dirname, '../fixtures/media/a.png'));
    const text =
      'jane:\n  name: Jane Roe\n  image_url: jane.png\n  bio: Writes <about> tides.\n  url: https://www.roe.example/\njohn:\n  name: John Doe\n';
    const { read } = await makeApp(
      ['jane', 'john'].map((key) =>
        file(`${key}.md`, `---\ntitle: Of ${key}\ndate: 2021-02-03\nauthor: ${key}\n---\nWords.\n`),
      ),
      { media: { 'authors.yml': Buffer.from(text), 'jane.png': picture } },
    );
    const page = await read('/authors/jane-roe');
    expect(page).toMatch(
      /<div class="author h-card"><img src="\/media\/[\da-f]{16}\/jane\.png"[^>]*><p><span class="p-note" dir="auto">Writes &#60;about&#62; tides\.<\/span><br><a class="u-url" href="https:\/\/www\.roe\.example\/" rel="me">roe\.example<\/a>/,
    );
    expect(await read('/authors/john-doe')).not.toContain('class="author');
  });

  test.each([
    '{ name: Jane Roe, url: https://roe.example/, avatar: "https://roe.example/a.png", bio: Writes about tides. }',
    '{ name: Jane Roe, to: https://roe.example/, avatar: { src: "https://roe.example/a.png" }, description: Writes about tides. }',
  ])('state them in a document, too: %s', async (stated) => {
    expect(await authorsOf(stated)).toEqual([
      { ...ROE, image: 'https://roe.example/a.png', biography: 'Writes about tides.' },
    ]);
  });

  test('of Gatsby may be called by their ids', async () => {
    const text = '- id: Jane Roe\n  url: https://roe.example/\n';
    expect(await authorsOf('Jane Roe', { 'content/author.yaml': text })).toEqual([ROE]);
  });

  test.each([
    ['[jane, jon-doe]', [ROE, { name: 'jon-doe' }], ['jon-doe']],
    ['jan', [{ name: 'jan' }], ['jan']],
    ['[Jane Roe, Ann Other]', [ROE, { name: 'Ann Other' }], []],
  ])('are named when nobody has their keys: %s', async (author, people, keys) => {
    const warnings = keys.map(
      (key) =>
        `Cannot find author "${key}" of seeds/a.md: expected someone in seeds/blog/authors.yml; took it for a name`,
    );
    expect(await authorsOf(author, { 'blog/authors.yml': YAML }, warnings)).toEqual(people);
  });

  test.each([
    ['data/authors/jane.yaml', 'name: Jane Roe\nurl: https://roe.example/\n'],
    [
      'src/content/authors/jane.json',
      JSON.stringify({ name: 'Jane Roe', portfolio: 'https://roe.example/' }),
    ],
    ['data/authors/jane.toml', 'name = "Jane Roe"\nwebsite = "https://roe.example/"\n'],
  ])('are known by the name of the file %s', async (path, text) => {
    expect(await authorsOf('jane', { [path]: text })).toEqual([ROE]);
    expect(await authorsOf('{ collection: authors, id: jane }', { [path]: text })).toEqual([ROE]);
  });

  test('of MkDocs are in one map', async () => {
    const text = 'authors:\n  jane:\n    name: Jane Roe\n    url: https://roe.example/\n';
    expect(await authorsOf('jane', { 'docs/blog/.authors.yml': text })).toEqual([ROE]);
  });

  test.each([
    ['Hugo', 'content/authors/jane/_index.md', 'title: Jane Roe\nwebsite: https://roe.example/', 'jane'],
    [
      'Hugo, by the name',
      'content/authors/jane-roe/_index.md',
      'title: Jane Roe\nurl: https://roe.example/',
      'Jane Roe',
    ],
    ['Jekyll', '_authors/writer.md', 'short_name: jane\nname: Jane Roe\nlink: https://roe.example/', 'jane'],
    ['Astro', 'src/content/authors/jane.md', 'name: Jane Roe\nurl: https://roe.example/', 'jane'],
  ])('have documents in %s, with picture, home page and biography', async (_, path, fields, key) => {
    const picture = readFileSync(join(import.meta.dirname, '../fixtures/media/a.png'));
    const { ask, read } = await makeApp(
      [
        file(
          path,
          `---\n${fields}\navatar: jane.png\n---\n\nJane writes about *tides*.\n\nShe lives inland.\n`,
        ),
        file('content/posts/a.md', `---\ntitle: A\ndate: 2021-02-03\nauthor: ${key}\n---\nWords.\n`),
      ],
      { media: { [`${path.slice(0, path.lastIndexOf('/'))}/jane.png`]: picture } },
    );
    const [item, ...others] = JSON.parse(await read('/feed.json')).items;
    expect(item.authors).toEqual([
      {
        name: 'Jane Roe',
        url: 'https://roe.example/',
        avatar: expect.stringMatching(/\/media\/[\da-f]{16}\/jane\.png$/),
      },
    ]);
    expect(others).toEqual([]);
    const list = await read('/authors/jane-roe');
    expect(list).toMatch(
      /<div class="author h-card"><img src="\/media\/.*Jane writes about tides\.<.*roe\.example/,
    );
    // As in the generator.
    const former = await ask(`/authors/${key.replace(' ', '-')}/`);
    expect(former.status).toBe(308);
    expect(former.headers.get('Location')).toMatch(/\/authors\/jane-roe$/i);
  });

  test('may have a document of front matter alone', async () => {
    const files = [
      file('content/authors/jane/_index.md', '---\ntitle: Jane Roe\nbio: Writes about tides.\n---\n'),
      file('a.md', '---\ntitle: A\ndate: 2021-02-03\nauthor: jane\n---\nWords.\n'),
    ];
    const { articles } = await collectArticles(seedFiles(files), makeSite(), NOW);
    expect(articles.find(({ title }) => title === 'A')?.authors).toEqual([
      { name: 'Jane Roe', biography: 'Writes about tides.' },
    ]);
  });

  test('that files describe have their words, and of a document what these leave out', async () => {
    const files = [
      file('authors/jane.md', '---\ntitle: Jane Roe\nurl: https://roe.example/\n---\nFirst words.\n'),
      file('a.md', '---\ntitle: A\ndate: 2021-02-03\nauthor: jane\n---\nWords.\n'),
    ];
    const people = {
      '_data/authors.yml': Buffer.from('jane:\n  name: Jane Roe\n  bio: Writes about tides.\n'),
    };
    const collected = await collectArticles(seedFiles(files, people), makeSite(), NOW);
    const jane = { name: 'Jane Roe', uri: 'https://roe.example/', biography: 'Writes about tides.' };
    expect(collected.articles.find(({ title }) => title === 'A')?.authors).toEqual([jane]);
    expect(collected.people).toEqual([jane]);
  });

  test('who have scheduled documents are known by them when these appear', async () => {
    const files = [
      file('authors/jane.md', '---\ntitle: Jane Roe\ndate: 2027-01-01\n---\nJane writes.\n'),
      file('a.md', '---\ntitle: A\ndate: 2021-02-03\nauthor: jane\n---\nWords.\n'),
    ];
    const { articles, people } = await collectArticles(seedFiles(files), makeSite(), NOW);
    expect(articles.find(({ title }) => title === 'A')?.authors).toEqual([{ name: 'jane' }]);
    expect(people).toEqual([]);
  });

  test('are named when there is no file for them', async () => {
    const files = { 'data/authors/jane.yaml': 'name: Jane Roe\nurl: https://roe.example/\n' };
    const warning =
      'Cannot find author "jan" of seeds/a.md: expected someone in seeds/data/authors; took it for a name';
    expect(await authorsOf('jan', files, [warning])).toEqual([{ name: 'jan' }]);
  });

  test.each([
    ['"[Jane Roe](https://roe.example/) (Example Corporation)"', [ROE]],
    [
      '"[Jane Roe](https://roe.example/), [John Doe](https://doe.example/)"',
      [ROE, { name: 'John Doe', uri: DOE.uri }],
    ],
    ['"[Jane Roe](https://roe.example/) and Ann Other (Example)"', [ROE, { name: 'Ann Other' }]],
    ['"Jane Roe (Example Corporation)"', [{ name: 'Jane Roe' }]],
    ['Jane Roe, Senior Editor', [{ name: 'Jane Roe' }]],
    ['Jane Roe, Director of Research, John Doe, Designer', [{ name: 'Jane Roe' }, { name: 'John Doe' }]],
    ['"Jane Roe, Ph.D., and John Doe Jr."', [{ name: 'Jane Roe, Ph.D.' }, { name: 'John Doe Jr.' }]],
    ['The Editor', [{ name: 'The Editor' }]],
    [
      '["Jane Roe (Example)", "John Doe <john@doe.example>"]',
      [{ name: 'Jane Roe' }, { name: 'John Doe', email: DOE.email }],
    ],
    ['"Prince (musician)"', [{ name: 'Prince (musician)' }]],
  ])('are read of %s', async (author, people) => {
    expect(await authorsOf(author)).toEqual(people);
  });
});
