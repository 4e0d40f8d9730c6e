import { describe, expect, test } from 'vitest';
import { spanInWords } from '../../src/pages/dates.ts';
import { file, makeApp } from '../support/app.ts';
import { ask, BROWSER, MEDIA, read, SEED } from '../support/report-site.ts';

/** A document that no list of January 2021 has. */
function documentOfTag(tag: string): string {
  return `---\ntitle: Old\ndate: 2020-01-01\ntags: [${tag}]\n---\nText.\n`;
}

describe('pages of lists', () => {
  test.each([
    [
      'a heading for each day where there are several a day',
      [1, 1, 1, 2, 2, 3],
      '/',
      'n6 2 n5 n4 1 n3 n2 n1',
    ],
    ['no heading where most days have one article', [1, 2, 3, 4, 4], '/', 'n5 n4 n3 n2 n1'],
    ['a heading above the first article too', [1, 1, 1, 2, 2], '/tags/t', '2 n5 n4 1 n3 n2 n1'],
    ['a heading for the day of the one that leads', [1, 1, 2, 2], '/', 'n4 2 n3 1 n2 n1'],
    ['one article', [1], '/', 'n1'],
  ])('have the newest first, and %s', async (_, days, path, expected) => {
    const documents = days.map((day, index) => {
      const title = `N${index + 1}`;
      return file(
        `${title}.md`,
        `---\ntitle: ${title}\ndate: 2021-01-0${day}T0${index}:00\ntags: [t]\n---\nText.\n`,
      );
    });
    const { ask: askDays } = await makeApp(documents);
    const page = await (await askDays(path)).text();
    const order = [
      ...page.matchAll(/<time datetime="2021-01-0(\d)">|class="u-url" href="\/articles\/(\w+)"/g),
    ];
    expect(order.map(([, day, slug]) => day ?? slug).join(' ')).toBe(expected);
  });

  test('show from ten to twenty articles, the first of all with its picture at once', async () => {
    for (const [count, shown] of [
      [9, 9],
      [19, 19],
      [20, 20],
      [21, 11],
    ] as const) {
      const documents = Array.from({ length: count }, (_, index) =>
        file(
          `reports/${index}.md`,
          `---\ntitle: N${index}\ndate: ${new Date(Date.UTC(2021, 0, index + 1)).toISOString()}\nimage: quay.png\n---\nText.\n`,
        ),
      );
      const { ask: askMany } = await makeApp(documents, { media: MEDIA });
      const page = await (await askMany('/')).text();
      const pictures = [
        ...page.matchAll(
          /<img class="u-photo" src="[^"]*\/quay.png"(?: width="\d+" height="\d+")? alt="" ([a-z]+)=/g,
        ),
      ];
      expect(pictures.map(([, loading]) => loading)).toEqual([
        'fetchpriority',
        ...Array.from({ length: shown - 1 }, () => 'loading'),
      ]);
    }
  });

  test.each([
    ['pinned: true', '/', 'n2 5 n5 n4 1 n3 n1'],
    ['pin: yes', '/', 'n2 5 n5 n4 1 n3 n1'],
    ['sticky: 100', '/', 'n2 5 n5 n4 1 n3 n1'],
    ['pinned: false', '/', 'n5 5 n4 1 n3 n2 n1'],
    ['pinned: true\nunlisted: true', '/', 'n5 n4 n3 n1'],
    ['pinned: true\nexpires: 2022-01-01', '/', 'n5 n4 n3 n1'],
    ['pinned: true', '/tags/t', '5 n5 n4 1 n3 n2 n1'],
    ['pinned: true', '/?tag=t&not=s', '5 n5 n4 1 n3 n2 n1'],
  ])('have what is pinned first on the home page only: %j at %s', async (field, path, expected) => {
    const documents = [1, 1, 1, 5, 5].map((day, index) => {
      const title = `N${index + 1}`;
      const pinned = index === 1 ? `\n${field}` : '';
      return file(
        `${title}.md`,
        `---\ntitle: ${title}\ndate: 2021-01-0${day}T0${index}:00\ntags: [t]${pinned}\n---\nText.\n`,
      );
    });
    const { ask: askPinned } = await makeApp([...documents, file('s.md', documentOfTag('s'))]);
    const page = await (await askPinned(path)).text();
    const order = [
      ...page.matchAll(/<time datetime="2021-01-0(\d)">|class="u-url" href="\/articles\/(n\d)"/g),
    ];
    expect(order.map(([, day, slug]) => day ?? slug).join(' ')).toBe(expected);
    const feed = await (await askPinned('/feed.json')).json<{ items: { title: string }[] }>();
    expect(feed.items[0]?.title).toBe('N5');
  });

  test('hold no article element, which feed readers take for a feed of its own', async () => {
    for (const path of ['/', '/tags/harbour', '/search?q=harbour', '/rss.xml'])
      expect(await read(path)).not.toContain('<article');
    const [first] = /<link rel="alternate"[^>]*>/.exec(await read('/')) ?? [];
    expect(first).toContain('href="https://news.example/rss.xml"');
  });

  test('tell what articles begin with, without the numbers of notes', async () => {
    const { ask: askNotes } = await makeApp([
      file(
        'a.md',
        '---\ndate: 2021-01-01\n---\nIt is closed.[^1] He said so.[^b]\n\n[^1]: Now.\n[^b]: Her.\n',
      ),
      file('b.md', '---\ntitle: B\ndate: 2021-01-01\n---\n- One.[^1]\n- Two.\n\n[^1]: Now.\n'),
    ]);
    const page = await (await askNotes('/')).text();
    expect(page).toContain('>It is closed. He said so.</a>');
    expect(page).toContain('<p class="p-summary">It is closed. He said so.</p>');
    expect(page).toContain('<p class="p-summary">One. Two. Now.</p>');
  });

  test('tell it in few lines, cut between words', async () => {
    const words = 'The ship came in before dawn, and there was nobody on the quay but two cats. '.repeat(9);
    const { ask: askLong } = await makeApp([file('a.md', `---\nsummary: ${words}\n---\nText.\n`)]);
    const told = / class="p-summary">([^<]*)/.exec(await (await askLong('/')).text())?.[1] ?? '';
    expect(told.length).toBeGreaterThan(150);
    expect(told.length).toBeLessThanOrEqual(201);
    expect(told).toMatch(/^The ship .* (?:\w+)…$/);
  });

  test('name the first of many tags', async () => {
    const tags = Array.from({ length: 40 }, (_, number) => `t${number}`).join(', ');
    const { ask: askTags } = await makeApp([file('a.md', `---\ntags: [${tags}]\n---\nText.\n`)]);
    const tagsAt = async (path: string): Promise<number | undefined> =>
      (await (await askTags(path)).text()).match(/class="p-category"/g)?.length;
    expect(await tagsAt('/')).toBe(5);
    expect(await tagsAt('/articles/a')).toBe(40);
  });

  test('of history are told apart, and lead to newer and older ones', async () => {
    const { ask: askHistory } = await makeApp(
      Array.from({ length: 70 }, (_, day) =>
        file(
          `${day}.md`,
          `---\ntitle: N${day}\ntags: [t]\ndate: ${new Date(Date.UTC(2024, 2, 1 + 3 * day)).toISOString()}\n---\nX.\n`,
        ),
      ),
    );
    for (const [slice = '', heading = '', name = ''] of [
      ['', '', ''],
      ['/tags/t', 't · ', 't'],
    ]) {
      const page = await (await askHistory(`${slice}/archive/1`)).text();
      expect(page).toContain(`<title>${heading}March 1 – 28, 2024 – Example News</title>`);
      expect(page).toContain(`<h1 class="p-name">${heading}March 1 – 28, 2024</h1>`);
      expect(page).toContain(`href="${slice}/archive/2" rel="next">Newer articles</a>`);
      expect(page).not.toContain('Older articles');
      expect(await (await askHistory(`${slice}/archive/2`)).text()).toContain(
        `<h1 class="p-name">${heading}March – April 2024</h1>`,
      );
      if (name !== '')
        expect(await (await askHistory(slice)).text()).toContain(`<h1 class="p-name">${name}</h1>`);
    }
  });

  test.each([
    ['en', '2023-12-20', '2024-02-01', 'December 2023 – February 2024'],
    ['de', '2024-03-02', '2024-05-30', 'März–Mai 2024'],
    ['ar', '2024-03-02', '2024-05-30', 'مارس – مايو 2024'],
    ['en', '2024-03-02', '2024-03-09', 'March 2 – 9, 2024'],
    ['en', '2024-03-02', '2024-03-02', 'March 2, 2024'],
    ['en', '2024-03-02T08:00', '2024-03-02T20:15', 'March 2, 2024, 8:00 AM – 8:15 PM'],
  ])('are called by their span in %s: %s to %s', (language, from, to, expected) => {
    const [start, end] = [from, to].map((date) => Date.parse(date.includes('T') ? `${date}Z` : date));
    const words = spanInWords(start ?? 0, end ?? 0, { language, timeZone: 'UTC' });
    expect(words.replaceAll(/[\u2009\u202f]/g, ' ')).toBe(expected);
  });

  test('offer their own feed, for every reader', async () => {
    expect(await read('/tags/harbour')).toContain(
      '<a class="button quiet" href="/tags/harbour/rss.xml">Subscribe to Harbour</a>',
    );
    const page = await read('/tags/harbour/rss.xml');
    expect(page).toContain('<code class="address">https://news.example/tags/harbour/rss.xml</code>');
    const encoded = encodeURIComponent('https://news.example/tags/harbour/rss.xml');
    for (const address of [
      `https://feedly.com/i/subscription/feed/${encoded}`,
      `https://www.inoreader.com/?add_feed=${encoded}`,
      `https://www.newsblur.com/?url=${encoded}`,
      `https://feedbin.com/?subscribe=${encoded}`,
      `https://theoldreader.com/feeds/subscribe?url=${encoded}`,
    ]) {
      expect(page).toContain(`href="${address}"`);
    }
  });

  test.each([
    ['/search'],
    ['/search?q=harbour'],
    ['/search?q=harb*'],
    ['/search?q=nothing'],
    ['/tags/harbour'],
    ['/atom.xml', '/feeds'],
    ['/tags/harbour/rss.xml', '/tags/harbour'],
  ])('say that %s has one address', async (path, address = path) => {
    expect(await read(path)).toContain(`<link rel="canonical" href="https://news.example${address}">`);
  });

  test('of searches are for people only, and the page to search on for all', async () => {
    expect(await read('/robots.txt')).toMatch(/^User-agent: \*\nDisallow: \/search\?\n/);
    for (const path of ['/search?q=harbour', '/?tag=harbour&year=2026', '/rss.xml?q=harbour'])
      expect((await ask(path, BROWSER)).headers.get('x-robots-tag'), path).toBe('noindex');
    for (const path of ['/search', '/rss.xml', '/tags/harbour/rss.xml', '/tags/harbour'])
      expect((await ask(path, BROWSER)).headers.get('x-robots-tag'), path).toBeNull();
  });

  test.each([
    '/',
    SEED,
    '/tags/harbour',
    '/search',
    '/search?q=harbour',
    '/search?q=nothing',
    '/feeds',
    '/rss.xml',
    '/nowhere',
  ])('and all others: %s says in a sentence what it is', async (path) => {
    expect(await read(path)).toMatch(/<meta name="description" content="[^"]{10,}">/);
  });

  test('subscribe to a search by its whole address', async () => {
    const page = await read('/search?q=closed%20harbour');
    expect(page).toContain('value="closed harbour"');
    expect(page).toContain('href="/rss.xml?q=closed%20harbour">Subscribe to this search</a>');
  });
});
