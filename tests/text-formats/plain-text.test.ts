import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { columnsOf } from '../../src/text-formats/wrap.ts';
import { file, markdownOf } from '../support/app.ts';
import { fixture, GOLDENS, itemsOf } from '../support/text-formats.ts';

describe('an article as plain text', () => {
  test.each([
    ['article.txt', 'text/seed.txt'],
    ['newsroom.txt', 'html/newsroom.html'],
    ['gfm.txt', 'markdown/plain/gfm.md'],
    ['shinbun.txt', 'archive/shinbun.txt'],
  ])('is laid out for a terminal: %s', async (name, path) => {
    const { items, ask: asked } = await itemsOf([fixture(path)]);
    const text = await (await asked(`${items[0]?.url}.txt`)).text();
    await expect(text).toMatchFileSnapshot(join(GOLDENS, name));
  });

  test('counts a list from its first number, which may be zero', async () => {
    const { items, ask: asked } = await itemsOf([
      file(
        'a.md',
        markdownOf({ title: 'Lists', date: '2021-01-01', body: '0. nil\n1. one\n\nThen\n\n7) seven' }),
      ),
    ]);
    const text = await (await asked(`${items[0]?.url}.txt`)).text();
    expect(text).toMatch(/0\. nil\n1\. one\n\nThen\n\n7\. seven/);
  });

  test('has lines of 72 columns, whatever the script, but for what cannot be broken', async () => {
    const prose = 'Das Wasser steigt weiter, und der Hafen bleibt geschlossen. '.repeat(5);
    const body = [
      prose,
      '水位が上がり続け、港は閉鎖されたままです。「明日も」と市長は述べた。'.repeat(5),
      '수위가 계속 올라가고 있으며 항구는 폐쇄된 상태입니다. '.repeat(5),
      'يستمر منسوب المياه في الارتفاع ويبقى الميناء مغلقا. '.repeat(5),
      `> ${prose}\n> - ${prose}\n>   1. ${prose}`,
      `| A | B |\n| - | - |\n| ${prose} | x |`,
      `\`\`\`\n${prose}\n\`\`\``,
    ].join('\n\n');
    const { items, ask: asked } = await itemsOf([
      file('a.md', markdownOf({ title: 'Wide', date: '2021-01-01', body })),
    ]);
    const lines = (await (await asked(`${items[0]?.url}.txt`)).text()).split('\n');
    const long = lines.filter((line) => columnsOf(line) > 72);
    expect(long).toEqual([`    ${prose}`.trimEnd()].map((line) => expect.stringContaining(line)));
    expect(lines.filter((line) => /^[、。」]|「$/.test(line))).toEqual([]);
    expect(lines.join('\n')).toContain('B: x');
    expect(lines.filter((line) => line.startsWith('> ')).length).toBeGreaterThan(9);
  });

  test('keeps a line free below a title of two lines, and none above the heading of a quotation', async () => {
    const title = 'A title of so many words that it needs more than one line of seventy-two columns';
    const body = `<blockquote><h3>Head</h3><p>B.</p></blockquote><pre><code>\nc\n\n</code></pre>`;
    const { items, ask: asked } = await itemsOf([file('b.html', `<title>${title}</title><p>So.</p>${body}`)]);
    const written = await (await asked(`${items[0]?.url}.txt`)).text();
    expect(written).toMatch(/ seventy-two\ncolumns\n\n\S/);
    expect(written).toContain('So.\n\n> Head\n>\n> B.\n\n    c\n');
  });

  test('joins the lines of code in a cell', async () => {
    const head = `<tr><th>Name</th><th>${'Code '.repeat(20)}</th></tr>`;
    const body = `<table>${head}<tr><td>a</td><td><pre>  if (b) {\n    c\n  }</pre></td></tr></table>`;
    const { items, ask: asked } = await itemsOf([
      file('b.html', `<title>T</title><h1>T</h1><p>So.</p>${body}`),
    ]);
    expect(await (await asked(`${items[0]?.url}.txt`)).text()).toContain('Code: if (b) { c }\n');
  });

  test('keeps what a cell of several rows or columns belongs to', async () => {
    const body = `<table><tr><th rowspan="2">Place</th><th colspan="2">Water</th></tr><tr><th>High</th><th>Low</th></tr>
<tr><td rowspan="2">Mole</td><td>4</td><td>1</td></tr><tr><td colspan="2">dry</td></tr></table>`;
    const { items, ask: asked } = await itemsOf([
      file('a.md', markdownOf({ title: 'Tides', date: '2021-01-01', body })),
      file('b.html', `<title>Tides</title><h1>Tides</h1><p>So.</p>${body}`),
    ]);
    for (const { url } of items)
      expect(await (await asked(`${url}.txt`)).text()).toContain(
        'Place  Water High  Water Low\nMole   4           1\nMole   dry',
      );
    const pages = await Promise.all(items.map(async ({ url }) => (await asked(`${url}.md`)).text()));
    expect(pages.join('\n')).toMatch(
      /\| Place \| Water High \| Water Low \|\n.*\n\| Mole {2}\| 4 {10}\| 1 {9}\|\n\| Mole {2}\| dry/,
    );
  });

  test('tells links by numbers, each address once, and none that the words say', async () => {
    const body =
      '[One](https://a.example/1), [two](https://a.example/2), [one again](https://a.example/1), https://a.example/3 and [here](#here).\n\n## Here\n\n10^2 is 10<sup>2</sup>, ~~not~~ <q>so</q>.';
    const { items, ask: asked } = await itemsOf([
      file('a.md', markdownOf({ title: 'Links', date: '2021-01-01', body })),
    ]);
    const text = await (await asked(`${items[0]?.url}.txt`)).text();
    expect(text).toBe(
      `Links

January 1, 2021

One [1], two [2], one again [1], https://a.example/3 and here.


Here

10^2 is 10^2, ~not~ “so”.

[1] https://a.example/1
[2] https://a.example/2

https://news.example/articles/a
`,
    );
  });
});
