import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { documentOf, file, makeApp, makeSite, markdownOf } from '../support/app.ts';
import { GOLDENS } from '../support/text-formats.ts';

describe('what a language model is told', () => {
  const titles = ['Plain', 'With [brackets](x) and 2 * 3 stars', 'Später'];
  const many = Array.from({ length: 60 }, (_, number) =>
    file(
      `${number}.txt`,
      documentOf(`Number ${number}`, new Date(1.5e12 + number * 1e8).toISOString().slice(0, 10)),
    ),
  );

  test('is what llmstxt.org says: a title, a summary, and lists of links, each of which is there', async () => {
    const { ask: asked } = await makeApp(
      titles.map((title, index) =>
        file(
          `${index}.md`,
          markdownOf({
            title,
            date: `2021-01-0${index + 1}`,
            body: `About *${title.length}* # things: _x_.`,
          }),
        ),
      ),
      { site: makeSite({ title: 'News & *Views*', description: 'What > happens.' }) },
    );
    const response = await asked('/llms.txt');
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    const text = await response.text();
    await expect(text).toMatchFileSnapshot(join(GOLDENS, 'llms.txt'));
    for (const [, url = ''] of text.matchAll(/\]\((https:[^)]*)\)/g))
      expect((await asked(url)).status, url).toBe(200);
  });

  test('has the newest fifty, the newest first, and where the older ones are', async () => {
    const { ask: asked } = await makeApp(many);
    const text = await (await asked('/llms.txt')).text();
    const names = [...text.matchAll(/^- \[(Number \d+)\]/gm)].map(([, name]) => name);
    expect(names).toEqual(Array.from({ length: 50 }, (_, index) => `Number ${59 - index}`));
    const [, older = ''] = /^- \[Older articles\]\(([^)]*)\)/m.exec(text) ?? [];
    expect((await asked(older)).status).toBe(200);
    const etag = (await asked('/llms.txt')).headers.get('etag') ?? '';
    expect(etag.length).toBeLessThan(64);
  });

  test('knows no article before its second', async () => {
    let now = Date.parse('2029-12-31T23:59:59Z');
    const timed = await makeApp(
      [file('later.md', markdownOf({ title: 'Later', date: '2030-01-01' })), ...many.slice(0, 2)],
      {
        now: () => now,
      },
    );
    const response = await timed.ask('/llms.txt');
    expect(await response.text()).not.toContain('Later');
    expect(response.headers.get('cache-control')).toContain('max-age=1,');
    now += 1000;
    expect(await timed.read('/llms.txt')).toContain('[Later](https://news.example/articles/later.md)');
  });
});
