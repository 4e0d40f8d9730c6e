import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { readCanonical } from '../../src/html/canonical.ts';
import { contentMarkdown } from '../../src/text-formats/markdown.ts';
import { file, makeApp, markdownOf } from '../support/app.ts';
import { fixture, type Item, itemsOf } from '../support/text-formats.ts';

const MARKDOWN = [
  'markdown/astro/keeper.md',
  'markdown/jekyll/_posts/2021-02-03-ferry-timetable.md',
  'markdown/obsidian/Second brain.md',
  'markdown/plain/gfm.md',
  'markdown/podcast/episode-12.md',
  'markdown/zola/blog/2021-02-03-rust.md',
];

const OTHERS = [
  'markdown/eleventy/lighthouse.md',
  'markdown/plain/notes.md',
  'html/newsroom.html',
  'html/wordpress.html',
  'html/arabic.html',
  'text/seed.txt',
  'archive/shinbun.txt',
];

const PLAN = file('the-plan.md', markdownOf({ title: 'The plan', date: '2021-02-01', body: 'Words.' }));

/** `text` between the front matter's lines, and what stands below. */
function splitMarkdown(text: string): { fields: Record<string, unknown>; body: string } {
  const [, yaml = '', body = ''] = /^---\n(.*?)\n---\n\n(.*)$/s.exec(text) ?? [];
  return { fields: load(yaml) as Record<string, unknown>, body };
}

describe('an article as Markdown', () => {
  test('is what its author wrote, below what is known of it', async () => {
    const { read } = await makeApp([
      PLAN,
      file(
        'high-water.md',
        markdownOf({
          title: 'High water',
          date: '2021-02-03T10:00:00Z',
          tags: ['weather', 'harbour'],
          author: 'Jane Roe',
          body: 'The harbour is *closed*; see [the plan](the-plan.md "Plan").\n\n<!-- ask the mayor -->\n\n- one\n- two',
        }),
      ),
    ]);
    const text = await read('/articles/high-water.md');
    expect(splitMarkdown(text)).toEqual({
      fields: {
        title: 'High water',
        date: '2021-02-03T10:00:00.000Z',
        updated: '2021-02-03T10:00:00.000Z',
        language: 'en',
        authors: [{ name: 'Jane Roe' }],
        tags: ['weather', 'harbour'],
        canonical: 'https://news.example/articles/high-water',
      },
      body: 'The harbour is *closed*; see [the plan](https://news.example/articles/the-plan "Plan").\n\n\n\n- one\n- two\n',
    });
  });

  test.each(MARKDOWN)('is the same article when it is read again: %s', async (path) => {
    const first = await itemsOf([fixture(path)]);
    const [item] = first.items;
    const text = await first.read(`${item?.url}.md`);
    const slug = item?.url.split('/').at(-1) ?? '';
    const again = file(
      'again.md',
      text.replace('\n---\n', `\nslug: ${JSON.stringify(decodeURIComponent(slug))}\n---\n`),
    );
    const [copy] = (await itemsOf([again])).items;
    const essence = (html = ''): string =>
      html.replace(/<span>(.*?)<\/span>/g, '$1').replace(/ (?:width|height)='\d+'/g, '');
    expect(copy?.title).toBe(item?.title);
    expect(essence(copy?.content_html)).toBe(essence(item?.content_html));
  });

  test.each(OTHERS)('is made of the HTML of other documents, and says the same: %s', async (path) => {
    const first = await itemsOf([fixture(path)]);
    const [item] = first.items;
    const text = await first.read(`${item?.url}.md`);
    const [copy] = (await itemsOf([file('again.md', text)])).items;
    // Captions of tables stand above them.
    const captions = [...(item?.content_html.matchAll(/<caption>.*?<\/caption>/g) ?? [])].map(
      ([caption]) => caption,
    );
    const html = captions.reduce((rest, caption) => rest.replace(caption, ''), item?.content_html ?? '');
    const copied = captions.reduce(
      (rest, caption) => rest.replace(caption.replaceAll('caption>', 'p>'), ''),
      copy?.content_html ?? '',
    );
    const words = (content: string): string =>
      content
        // A player is a link with words.
        .replace(/<a href='[^']*\.mp4'>[^<]*<\/a>/g, '')
        .replace(
          /<\/?(?:p|h\d|li|div|blockquote|figure|figcaption|t[dhr]|pre|br|hr|ul|ol|section)\b[^>]*>/g,
          ' ',
        )
        .replace(/<[^>]*>/g, '')
        .replace(/\s+/g, ' ');
    expect(copy?.title).toBe(item?.title);
    expect(words(copied)).toBe(words(html));
  });

  test('has no more than the page has', async () => {
    const secrets = file(
      'secrets.md',
      markdownOf({
        title: 'Secrets',
        date: '2021-01-01',
        body: 'A <!-- hidden one --> b.\n\n%% hidden two %%\n\n{% comment %}hidden three{% endcomment %}\n\n[//]: # (hidden four)\n[comment]: <> "hidden five"\n\n[x](javascript:hidden) and [y](../../hidden.md).',
      }),
    );
    const unsafe = file(
      'unsafe.md',
      markdownOf({
        title: 'Unsafe',
        date: '2021-01-01',
        body: 'A.\n\n<script>hidden</script>\n\n<p onclick="hidden()">B.</p>\n\n<iframe src="https://e.example/"></iframe>',
      }),
    );
    const { ask: asked } = await makeApp([secrets, unsafe]);
    for (const slug of ['secrets', 'unsafe']) {
      for (const ending of ['.md', '.txt'])
        expect(await (await asked(`/articles/${slug}${ending}`)).text()).not.toMatch(
          /hidden|javascript|script|iframe/,
        );
    }
    expect(splitMarkdown(await (await asked('/articles/secrets.md')).text()).body).toBe(
      'A  b.\n\n\n\n\n\n\n\n\nx and y.\n',
    );
  });

  const HOSTILE = [
    'Quote " and \\ and \'',
    'yes: [no]',
    '--- # no comment',
    '... ]]> </script>',
    '{{ template }} & <b>',
    'ş 漢字 😀 end',
    '- a: "b"',
  ];

  test.each(HOSTILE)('is not fooled by a title: %s', async (title) => {
    const { items, ask: asked } = await itemsOf([
      file(
        'a.md',
        markdownOf({
          title,
          date: '2021-01-01',
          tags: [title, 'x'],
          author: title,
          body: '---\n\ntitle: "no"\n\n---\n\n]]> <b>x</b>',
        }),
      ),
    ]);
    const [item] = items;
    const { fields, body } = splitMarkdown(await (await asked(`${item?.url}.md`)).text());
    expect(fields.title).toBe(item?.title);
    expect(fields.authors).toEqual([{ name: item?.title }]);
    expect(Object.keys(fields)).toEqual([
      'title',
      'date',
      'updated',
      'language',
      'authors',
      'tags',
      'canonical',
    ]);
    expect(body).toBe('---\n\ntitle: "no"\n\n---\n\n]]> <b>x</b>\n');
    const alone = await (await asked(`${item?.url}.json`)).json<Item>();
    expect(alone.title).toBe(item?.title);
    const [first] = (await (await asked(`${item?.url}.txt`)).text()).split('\n');
    expect(first).toBe(item?.title);
    const llms = await (await asked('/llms.txt')).text();
    expect(llms.match(/^- \[.*\]\(https:\/\/news\.example\/articles\/.*\.md\): /gm)).toHaveLength(1);
  });
});

describe('the links of an author’s Markdown', () => {
  test.each([
    ['[a](the-plan.md)', '[a](https://news.example/articles/the-plan)'],
    ['[a](the-plan.md "Title")', '[a](https://news.example/articles/the-plan "Title")'],
    [
      '![p](https://img.example/a.png) and [a](the-plan.md)',
      '![p](https://img.example/a.png) and [a](https://news.example/articles/the-plan)',
    ],
    [
      '`[a](the-plan.md)` is [a](the-plan.md)',
      '`[a](the-plan.md)` is [a](https://news.example/articles/the-plan)',
    ],
  ])('of %j lead to where they should', async (body, expected) => {
    expect(await markdownOfBody(body)).toContain(`\n${expected}\n`);
  });

  test.each(['[words](the-plan.md "see [b](c)")', '[x](/a(b(c)d)e)', '[x](/a[b](c))'])(
    'of %j say what the page says',
    async (body) => {
      const [markdown, page] = [await markdownOfBody(body), await pageOfBody(body)];
      const links = (text: string): string[] =>
        [...text.matchAll(/https:\/\/news\.example[^\s)"'<>]*/g)].map(([url]) => url);
      const content = /<div class="content e-content">(.*?)<\/div>/s.exec(page)?.[1] ?? '';
      expect(new Set(links(markdown.replace(/^---.*?---/s, '').replaceAll('\\', '')))).toEqual(
        new Set(links(content)),
      );
    },
  );
});

async function askForBody(body: string, path: string): Promise<string> {
  const made = await makeApp([
    PLAN,
    file('asked.md', markdownOf({ title: 'Asked', date: '2021-02-03', body })),
  ]);
  return made.read(path);
}

const markdownOfBody = (body: string): Promise<string> => askForBody(body, '/articles/asked.md');

const pageOfBody = (body: string): Promise<string> => askForBody(body, '/articles/asked');

describe('blocks in a line of Markdown', () => {
  test.each([
    ['<h2>a<div>b</div></h2>', '## a b\n'],
    ['<h2>a<h3>b</h3>c</h2>', '## a b c\n'],
    ['<p><b>a<ul><li>b</li><li>c</li></ul></b></p>', '**a b c**\n'],
    ['<h2>a<blockquote><p>b</p></blockquote></h2>', '## a b\n'],
    ['<h2><pre>a</pre>b</h2>', '## `a` b\n'],
    ['<h2>a<hr>b</h2>', '## ab\n'],
  ])('%s keeps its words', (html, markdown) => {
    expect(contentMarkdown(readCanonical(html))).toBe(markdown);
  });

  const formula = (tex: string): string => `<code class='language-tex'>${tex}</code>`;
  test.each([
    ['in a line', `<p>A <b>${formula('a_{1}*b\n*c')}</b> costs $5.</p>`, 'A **$a_{1}*b *c$** costs $5.\n'],
    ['alone', `<p>${formula('a_1')}</p>`, '$$a_1$$\n'],
    ['in a cell', `<table><tr><th>${formula('|a|')}</th></tr></table>`, '| $\\|a\\|$ |\n| ------- |\n'],
  ])('a formula %s stands between dollars', (_, html, markdown) => {
    expect(contentMarkdown(readCanonical(html))).toBe(markdown);
  });

  test('a break in a cell is a tag', () => {
    const html = '<table><tr><th>a<br><em>b<br>c</em></th></tr></table>';
    expect(contentMarkdown(readCanonical(html))).toContain('| a<br>*b<br>c* |');
    const code = '<table><tr><td><pre><code>a\n  b\n</code></pre></td></tr></table>';
    expect(contentMarkdown(readCanonical(code))).toContain('| `a`<br>` b` |');
  });

  // The library takes twice as long for each level.
  test.each([
    ['<h2>a<div>', '</div></h2>'],
    ['<h2>a<blockquote>b', '</blockquote></h2>'],
    ['<em>a<pre>b</pre><p>', '</p></em>'],
    ['<sub>a<p>', '</p></sub>'],
    ['<blockquote><p>a', '</p></blockquote>'],
    ['<details><summary>a<p>', '</p></summary></details>'],
  ])('%s may be nested a hundred times', (open, close) => {
    const html = `${open.repeat(100)}The end${close.repeat(100)}`;
    expect(contentMarkdown(readCanonical(html))).toContain('The end');
  });
});

test.each([
  ['<audio src="https://a.example/b.mp3"></audio>', '[b.mp3](https://a.example/b.mp3)'],
  ['<audio src="https://a.example/b.mp3" title="C"></audio>', '[C](https://a.example/b.mp3)'],
  [
    '<video><source src="https://a.example/b%20c.mp4">No film.</video>',
    '[b c.mp4](https://a.example/b%20c.mp4)',
  ],
  [
    '<audio src="https://a.example/b.mp3"><a href="https://a.example/b.mp3">Get it</a></audio>',
    '[Get it](https://a.example/b.mp3)',
  ],
  [
    '<video src="https://a.example/b.mp4" poster="https://a.example/c.png"></video>',
    '[![b.mp4](https://a.example/c.png)](https://a.example/b.mp4)',
  ],
])('a recording is a link with words: %s', async (html, expected) => {
  const document = `<title>T</title><meta name="date" content="2024-01-01"><article><p>A paragraph.</p><p>${html}</p>`;
  const { items, read } = await itemsOf([file('a.html', document)]);
  expect(await read(`${items[0]?.url}.md`)).toContain(`\n${expected}\n`);
  expect(await read(`${items[0]?.url}.txt`)).not.toContain('No film.');
});

test('the query of an address is written as it is', () => {
  const form = contentMarkdown(
    readCanonical("<p><a href='https://a.example/?b=1&amp;c=2&amp;copy;'>d &amp;e</a></p>"),
  );
  expect(form).toBe('[d \\&e](https://a.example/?b=1&c=2\\&copy;)\n');
});
