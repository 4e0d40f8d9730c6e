import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Instant } from '../../src/article.ts';
import {
  compileFiles,
  file,
  makeApp,
  makeAppFrom,
  makeSite,
  markdownOf,
  NOW,
  seedFiles,
  type TestApp,
} from '../support/app.ts';

const HOUR = 3_600_000;
const [FROM, UNTIL] = [NOW + 2 * HOUR, NOW + 4 * HOUR];
const iso = (instant: Instant): string => new Date(instant).toISOString();

/** All ways to link to `posts/high-water.md`, which has an alias and is in no tag that the linking document is in. */
const LINKS: Readonly<Record<string, string>> = {
  beside: '[words](high-water.md)',
  'from the top': '[words](/posts/high-water.md)',
  'without its ending': '[words](high-water)',
  'with a part': '[words](high-water.md#top)',
  'with another spelling': '[words](high%2Dwater.md "title")',
  'in angle brackets': '[words](<high-water.md>)',
  'by a definition': '[words][id]\n\n[id]: high-water.md',
  'by its name': '[[high-water|words]]',
  'by HTML': '<a href="high-water.md">words</a>',
  'by its address': '[words](/articles/water)',
  'by its address with a slash': '[words](/articles/water/)',
  'by its Markdown': '[words](../articles/water.md)',
  'by a former address': '[words](/2020/old.html)',
  'by a former slug': '[words](/articles/old-water)',
};

const target = (more: Readonly<Record<string, unknown>> = {}): string =>
  markdownOf({
    title: 'Water',
    slug: 'water',
    date: iso(FROM),
    expires: iso(UNTIL),
    aliases: ['/2020/old.html', '/articles/old-water'],
    tags: ['Sea'],
    body: 'High water.',
    ...more,
  });

function linking(body: string): string {
  return markdownOf({ title: 'Linking', date: '2026-11-01', tags: ['Land'], body: `Here, see ${body}` });
}

const FORMS = ['', '.md', '.txt', '.json'].map((ending) => `/articles/linking${ending}`);
const FEEDS = ['/rss.xml', '/atom.xml', '/feed.json', '/tags/land/rss.xml', '/tags/land/atom.xml'];
const EVERYWHERE = [...FORMS, ...FEEDS, '/tags/land/feed.json', '/', '/search?q=words', '/llms.txt'];
/** What tells where the target is. */
const ADDRESS = /articles\/(?:old-)?water|2020\/old|high-water|wikilink/i;

async function told(app: TestApp, path: string): Promise<string> {
  const response = await app.ask(path, { accept: 'text/html, */*;q=0.1' });
  const fields = [...response.headers].map((field) => field.join(': ')).sort();
  return [response.status, ...fields, await response.text()].join('\n');
}

describe('a link to a scheduled article', () => {
  test.each(Object.entries(LINKS))('%s comes and goes with it', async (_, link) => {
    const files = [file('posts/linking.md', linking(link)), file('posts/high-water.md', target())];
    let now = NOW;
    const app = await makeApp(files, { now: () => now });
    for (const path of EVERYWHERE) {
      const answer = await told(app, path);
      expect(answer, path).not.toMatch(ADDRESS);
      if (FORMS.includes(path) || FEEDS.includes(path)) expect(answer, path).toMatch(/\bwords\b(?!\])/);
    }
    now = FROM;
    for (const path of [...FORMS, '/tags/land/rss.xml', '/tags/land/feed.json', '/tags/land/atom.xml'])
      expect(await told(app, path), path).toMatch(ADDRESS);
    now = UNTIL;
    for (const path of FORMS) expect(await told(app, path), path).not.toMatch(ADDRESS);
  });

  test('is said as if it were a draft before, and as a new build says it after', async () => {
    const body = Object.values(LINKS).slice(0, 5).join(' ');
    const document = file('posts/linking.md', linking(body));
    let now = NOW;
    const files = seedFiles([document, file('posts/high-water.md', target())]);
    const app = await makeAppFrom(files, { now: () => now });
    const drafted = await makeApp([document, file('posts/high-water.md', target({ draft: true }))]);
    for (const path of EVERYWHERE) expect(await told(app, path), path).toBe(await told(drafted, path));
    for (now of [FROM, UNTIL]) {
      const rebuilt = await makeAppFrom({ ...files, ledger: app.ledger }, { now: () => now });
      for (const path of [...FORMS, '/tags/land/rss.xml', '/tags/land/atom.xml', '/tags/land/feed.json'])
        expect(await told(app, path), path).toBe(await told(rebuilt, path));
    }
  });

  test('is seen by every client that asks again', async () => {
    const files = [
      file('posts/linking.md', linking('[words](high-water.md)')),
      file('posts/high-water.md', target()),
    ];
    for (const path of [...FORMS, '/tags/land/rss.xml', '/tags/land/feed.json']) {
      let now = NOW;
      const { ask } = await makeApp(files, { now: () => now });
      const first = await ask(path);
      const [etag, modified] = ['etag', 'last-modified'].map((name) => first.headers.get(name) ?? '');
      now = FROM - 1000;
      expect((await ask(path)).headers.get('cache-control')).toBe('public, max-age=1, must-revalidate');
      for (now of [FROM, UNTIL]) {
        const second = await ask(path, { 'if-modified-since': modified ?? '' });
        expect(second.status, path).toBe(200);
        expect(second.headers.get('last-modified')).toBe(new Date(now).toUTCString());
      }
      now = FROM;
      expect((await ask(path, { 'if-none-match': etag ?? '' })).status, path).toBe(200);
      if (!path.startsWith('/tags/')) continue;
      const delta = await ask(path, { 'if-none-match': `${etag}`, 'a-im': 'feed' });
      expect(delta.status).toBe(200);
    }
  });

  test('is a new entry for a client that has the others', async () => {
    let now = NOW;
    const { ask } = await makeApp(
      [
        file('posts/linking.md', linking('[words](high-water.md)')),
        file('posts/other.md', markdownOf({ title: 'Other', date: '2026-11-02', tags: ['Land'] })),
        file('posts/high-water.md', target()),
      ],
      { now: () => now },
    );
    const before = await ask('/tags/land/feed.json');
    now = FROM;
    const delta = await ask('/tags/land/feed.json', {
      'if-none-match': before.headers.get('etag') ?? '',
      'a-im': 'feed',
    });
    expect(delta.status).toBe(226);
    const [was] = JSON.parse(await before.text()).items.slice(1);
    const { items } = JSON.parse(await delta.text());
    expect(items).toEqual([{ ...was, content_html: expect.stringContaining('/articles/water') }]);
  });

  test('appears at once in an article that is published later', async () => {
    let now = NOW;
    const link = '[words](high-water.md)';
    const files = [
      file('posts/linking.md', markdownOf({ title: 'Linking', date: iso(FROM + HOUR), body: link })),
      file('posts/high-water.md', target()),
    ];
    const app = await makeApp(files, { now: () => now });
    expect((await app.ask('/articles/linking')).status).toBe(404);
    now = FROM + HOUR;
    expect(await told(app, '/articles/linking')).toMatch(ADDRESS);
    now = UNTIL;
    expect(await told(app, '/articles/linking')).not.toMatch(ADDRESS);
  });

  test('is one of many, each with its article; beyond some dozens, from the next build on', async () => {
    const count = 40;
    const at = (number: number): Instant => NOW + (number + 1) * HOUR;
    const names = Array.from({ length: count }, (_, number) => `part${number}`);
    let now = NOW;
    const files = seedFiles([
      file('linking.md', linking(names.map((name) => `[${name}](${name}.md)`).join(', '))),
      ...names.map((name, number) => file(`${name}.md`, markdownOf({ title: name, date: iso(at(number)) }))),
    ]);
    const linked = async (app: TestApp): Promise<number> =>
      (await app.read('/articles/linking.md')).match(/\/articles\/part/g)?.length ?? 0;
    const app = await makeAppFrom(files, { now: () => now });
    for (let number = 0; number < count; number++) {
      now = at(number);
      expect(await linked(app)).toBe(Math.min(number + 1, 31));
    }
    expect(await linked(await makeAppFrom(files, { now: () => now }))).toBe(count);
  });

  test('leads to the person it names from the next build on, and to a transcript from its instant on', async () => {
    let now = NOW;
    const sound = readFileSync(join(import.meta.dirname, '../fixtures/media/a.mp3'));
    const episode = {
      title: 'Episode',
      date: '2026-11-01',
      author: 'jane',
      audio: 'a.mp3',
      transcript: 'high-water.md',
    };
    const files = seedFiles(
      [
        file('posts/episode.md', markdownOf(episode)),
        file('posts/high-water.md', target()),
        file(
          'authors/jane.md',
          markdownOf({ title: 'Jane Roe', slug: 'jane-water', date: iso(FROM), unlisted: true }),
        ),
      ],
      { 'posts/a.mp3': sound },
    );
    const app = await makeAppFrom(files, { now: () => now });
    for (const path of ['/rss.xml', '/articles/episode', '/feed.json', '/feeds'])
      expect(await told(app, path), path).not.toMatch(/water|Jane Roe/);
    now = FROM;
    expect(await told(app, '/collections/posts/rss.xml')).toMatch(
      /<podcast:transcript url="[^"]*\/articles\/water"/,
    );
    expect(await told(app, '/articles/episode')).not.toContain('Jane Roe');
    const rebuilt = await makeAppFrom(files, { now: () => now });
    expect(await told(rebuilt, '/articles/episode.json')).toMatch(/"url":"[^"]*\/articles\/jane-water"/);
  });
});

describe('what is named', () => {
  const warningsOf = async (files: Readonly<Record<string, string>>): Promise<readonly string[]> => {
    const documents = Object.entries(files).map(([path, text]) => file(path, text));
    return (await compileFiles(seedFiles(documents), makeSite(), NOW)).warnings;
  };
  const scheduled = 'which is scheduled for 2026-11-22T14:00:00Z: the link appears with it';

  test.each(Object.entries(LINKS))('a link %s', async (_, link) => {
    const lines = linking(link).split('\n');
    const line = lines.findIndex((each) => /high-water|high%2D|\/articles|\/2020/.test(each)) + 1;
    expect(await warningsOf({ 'posts/a.md': lines.join('\n'), 'posts/high-water.md': target() })).toEqual([
      `seeds/posts/a.md:${line} links to seeds/posts/high-water.md, ${scheduled}`,
    ]);
  });

  test.each<[string, string, string]>([
    [
      'an HTML page',
      'a.html',
      '<title>A</title>\n<p>Text,</p>\r\n<p>and <a href="b.md?a=1&amp;b=2">words</a>.</p>',
    ],
    [
      'the second of two alike',
      'a.md',
      '---\ntitle: ab.md\n---\nSee [x](https://e.example/b.md)\n[words](b.md?a=1&b=2).',
    ],
  ])('the line in %s', async (_, path, text) => {
    const told = await warningsOf({ [path]: text, 'b.md': target() });
    expect(told.filter((each) => each.includes('links to'))).toEqual([
      `seeds/${path}:${path === 'a.md' ? 5 : 3} links to seeds/b.md, ${scheduled}`,
    ]);
  });

  test('a document that is over, held back or refused, whose words stand without a link', async () => {
    const names = ['over', 'draft', 'excluded', 'refused'];
    const files = {
      'linking.md': linking([...names.map((name) => `[words](${name}.md)`), '[[draft|words]]'].join('\n')),
      'over.md': markdownOf({ title: 'Over', date: '2020-01-01', expires: '2021-01-01' }),
      'draft.md': '---\ntitle: D\ndraft: true\n---\nText.\n',
      'excluded.md': '---\ntitle: E\nexclude: true\n---\nText.\n',
      'refused.md': '---\ntitle: R\ndate: 31.02.2021\n---\nText.\n',
    };
    expect(await warningsOf(files)).toEqual([
      'seeds/linking.md:10 links to seeds/over.md, which expired on 2021-01-01T00:00:00Z: kept the text without the link',
      'seeds/linking.md:11 links to seeds/draft.md, which is a draft: kept the text without the link',
      'seeds/linking.md:12 links to seeds/excluded.md, which is not published: kept the text without the link',
      'seeds/linking.md:13 links to seeds/refused.md, which was refused: kept the text without the link',
      'seeds/linking.md:14 links to seeds/draft.md, which is a draft: kept the text without the link',
    ]);
    const documents = Object.entries(files).map(([path, text]) => file(path, text));
    const app = await makeApp(documents);
    for (const path of FORMS) {
      const answer = await told(app, path);
      expect(answer).not.toMatch(/(?:over|draft|excluded|refused)(?:\.md)?['")\]]/);
      expect(answer.match(/\bwords\b/g)?.length).toBeGreaterThanOrEqual(5);
    }
  });

  test('a person or a document after it, and nothing of what is visible in time', async () => {
    expect(
      await warningsOf({
        'a.md': markdownOf({ title: 'A', date: '2026-11-01', author: 'jane' }),
        'authors/jane.md': markdownOf({ title: 'Jane Roe', date: iso(FROM) }),
        'b.md': markdownOf({ title: 'B', date: iso(FROM + 1), body: '[words](c.md), [words](d.md)' }),
        'c.md': markdownOf({ title: 'C', date: iso(FROM) }),
        'd.md': markdownOf({ title: 'D', date: '2020-01-01', expires: iso(FROM) }),
      }),
    ).toEqual([
      'seeds/a.md names seeds/authors/jane.md, which is scheduled for 2026-11-22T14:00:00Z: it takes effect with the first build after that',
      expect.stringMatching(
        /^seeds\/b\.md:\d+ links to seeds\/d\.md, which expires on 2026-11-22T14:00:00Z: kept the text/,
      ),
    ]);
  });
});
