import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { spanInWords } from '../../src/pages/dates.ts';
import { documentOf, file, fixtureFiles, makeApp, makeAppFrom, makeSite, seedFiles } from '../support/app.ts';
import { dataBlocks, schemaFaults } from '../support/schema-org.ts';

const BROWSER = { accept: 'text/html', 'sec-fetch-mode': 'navigate' };
const SEED = '/articles/isis-has-been-militarily-defeated-in-iraq-and-syria';
const REPORT = `---
title: 'High water </script> & "more"'
date: 2026-11-20 10:00
updated: 2026-11-21
tags: [Harbour, Öl]
author: [{ name: Jane Roe, url: "https://jane.example/" }, John Doe]
image: quay.png
audio: quay.mp3
video: https://video.example/quay.mp4
---

The harbour is closed.

| gauge | noon |
| --- | --- |
| Quay | 7.42 m |
`;
const MEDIA = Object.fromEntries(
  ['png', 'mp3'].map((kind) => [
    `reports/quay.${kind}`,
    readFileSync(join(import.meta.dirname, `../fixtures/media/a.${kind}`)),
  ]),
);
const { ask } = await makeApp(
  [
    ...fixtureFiles(),
    file('reports/high-water-script-more.md', REPORT),
    file('hidden.md', '---\ntitle: Hidden\ndate: 2026-01-01\nunlisted: true\ntags: [Harbour]\n---\nText.\n'),
  ],
  { media: MEDIA },
);
const REPORT_PATH = '/articles/high-water-script-more';

/** A document that no list of January 2021 has. */
function documentOfTag(tag: string): string {
  return `---\ntitle: Old\ndate: 2020-01-01\ntags: [${tag}]\n---\nText.\n`;
}

async function read(path: string, headers: Readonly<Record<string, string>> = BROWSER): Promise<string> {
  return (await ask(path, headers)).text();
}

/** The first data block that a page holds for machines. */
function structuredData(page: string): Record<string, unknown> {
  return dataBlocks(page)[0] ?? {};
}

describe('the policy of pages', () => {
  test.each(['/', SEED, REPORT_PATH, '/rss.xml', '/search?q=harbour', '/feeds', '/nowhere', '/tags/harbour'])(
    '%s allows its own stylesheet and script, and nothing else that runs',
    async (path) => {
      const response = await ask(path, BROWSER);
      const policy = response.headers.get('content-security-policy') ?? '';
      expect(policy).not.toContain('unsafe');
      const page = await response.text();
      for (const element of ['style', 'script']) {
        const allowed = policy.split('; ').find((directive) => directive.startsWith(`${element}-src `));
        for (const [, text = ''] of page.matchAll(new RegExp(`<${element}>(.*?)</${element}>`, 'gs'))) {
          const hash = createHash('sha256').update(text).digest('base64');
          expect(allowed).toContain(`'sha256-${hash}'`);
        }
      }
      expect(page).not.toMatch(/ style=| on[a-z]+="|<script src|javascript:/);
      expect(page).toMatch(/<style>.+<\/style>/s);
    },
  );

  test('a text article is one request of less than 30 KB', async () => {
    const page = await read(SEED);
    expect(Buffer.byteLength(page)).toBeLessThan(30_000);
    expect(page).not.toMatch(/<link rel="stylesheet|<script src/);
  });
});

describe('what machines are told of an article', () => {
  test('is a news article when it comes from a source', async () => {
    expect(structuredData(await read(SEED))).toMatchObject({
      '@context': 'https://schema.org',
      '@type': 'NewsArticle',
      headline: 'ISIS HAS BEEN MILITARILY DEFEATED IN IRAQ AND SYRIA',
      datePublished: '2017-11-22T00:00:00.000Z',
      author: [{ '@type': 'Organization', name: 'Business Insider' }],
      isBasedOn: { datePublished: '2017-11-21', publisher: { name: 'Business Insider' } },
      image: { '@type': 'ImageObject', url: 'https://news.example/card.png' },
      mainEntityOfPage: `https://news.example${SEED}`,
    });
  });

  test('is a posting when it does not, whatever its title holds', async () => {
    const page = await read(REPORT_PATH);
    expect(structuredData(page)).toMatchObject({
      '@type': 'BlogPosting',
      headline: 'High water </script> & "more"',
      dateModified: '2026-11-21T00:00:00.000Z',
      author: [
        { '@type': 'Person', name: 'Jane Roe', url: 'https://jane.example/' },
        { name: 'John Doe', url: 'https://news.example/authors/john-doe' },
      ],
      associatedMedia: [
        { '@type': 'AudioObject', encodingFormat: 'audio/mpeg', duration: 'PT3S' },
        { '@type': 'VideoObject', contentUrl: 'https://video.example/quay.mp4' },
      ],
      keywords: ['Harbour', 'Öl'],
      articleSection: 'reports',
      inLanguage: 'en',
    });
    for (const property of [
      '"og:type" content="article"',
      '"og:title" content="High water &#60;/script&#62; &#38; &#34;more&#34;"',
      `"og:url" content="https://news.example${REPORT_PATH}"`,
      '"og:locale" content="en_US"',
      '"article:modified_time" content="2026-11-21T00:00:00.000Z"',
      '"article:tag" content="Öl"',
    ]) {
      expect(page).toContain(`<meta property=${property}>`);
    }
    expect(page).toContain('<meta name="twitter:card" content="summary_large_image">');
  });

  test.each(['/', SEED, REPORT_PATH, '/articles/hidden'])(
    'at %s is what schema.org has words for, and what Google recommends',
    async (path) => {
      expect(dataBlocks(await read(path)).flatMap((block) => schemaFaults(block))).toEqual([]);
    },
  );

  test('includes what the site is called, on its home page', async () => {
    expect(structuredData(await read('/'))).toMatchObject({
      '@context': 'https://schema.org',
      '@type': 'WebSite',
      url: 'https://news.example/',
      name: 'Example News',
    });
  });

  test('is an h-entry of microformats2', async () => {
    const page = await read(REPORT_PATH);
    for (const pattern of [
      /<article class="h-entry" lang="en" dir="ltr">/,
      /<h1 class="p-name">/,
      /class="p-author h-card" dir="auto" rel="author" href="\/authors\/jane-roe">Jane Roe</,
      /class="p-author h-card" dir="auto" rel="author" href="\/authors\/john-doe">John Doe</,
      /class="u-url u-uid" rel="bookmark" href="\/articles\/high-water-script-more"/,
      /<time class="dt-published" datetime="2026-11-20T10:00:00.000Z">/,
      /<time class="dt-updated" datetime="2026-11-21T00:00:00.000Z">/,
      /<div class="content e-content">/,
      /<a class="p-category" rel="tag" href="\/tags\/%C3%B6l">Öl<\/a>/,
    ]) {
      expect(page).toMatch(pattern);
    }
    expect(await read('/')).toMatch(
      /<h1 class="name">Example News<.*<div class="h-feed[^>]*>\n<data class="p-name" value="Example News">.*<div class="h-entry"/s,
    );
  });

  test('has one address, with and without a pinned origin', async () => {
    for (const [environment, origin] of [
      [{}, 'https://news.example'],
      [{ SITE_URL: 'https://pinned.example' }, 'https://pinned.example'],
    ] as const) {
      const { ask: askPinned } = await makeApp(fixtureFiles(), { environment });
      const page = await (await askPinned(SEED)).text();
      expect(page).toContain(`<link rel="canonical" href="${origin}${SEED}">`);
      expect(page).toContain(
        `type="application/atom+xml" title="Example News (Atom)" href="${origin}/atom.xml"`,
      );
      expect(structuredData(page).url).toBe(origin + SEED);
    }
  });
});

describe('an article’s page', () => {
  test('leads to what the article has in common with others', async () => {
    const page = await read(SEED);
    expect(page).toContain('href="/sources/business-insider"');
    expect((await ask('/sources/business-insider')).status).toBe(200);
    expect(page).not.toMatch(/href="\/(?:years|collections|languages)\//);
  });

  test('leads to no list that an unlisted article is not in', async () => {
    expect(await read('/articles/hidden')).not.toMatch(/href="\/(?:tags|years|authors)\//);
  });

  test('tells the source and its date apart from ours', async () => {
    expect(await read(SEED)).toContain(
      'First published in <cite>Business Insider</cite>, <time datetime="2017-11-21">November 21, 2017</time>',
    );
  });

  test.each([
    ['![a](quay.png)', /\/media\/[0-9a-f]{16}\/quay\.png$/],
    ['Text.\n\n![a](https://a.example/a.png?b&c)', /^https:\/\/a\.example\/a\.png\?b&amp;c$/],
    [`${'Text. '.repeat(600)}\n\n![a](quay.png)`, undefined],
    ['![a](data:image/gif;base64,R0lGODlhAQABAAAAACw=)', undefined],
    ['<img src="quay.png" srcset="quay.png 2x" alt="">', undefined],
  ])('asks for a picture near its beginning before others: %j', async (body, address) => {
    const { ask: askPicture } = await makeApp(
      [file('reports/a.md', `---\ntitle: A\ndate: 2026-01-01\n---\n${body}\n`)],
      { media: MEDIA },
    );
    const page = await (await askPicture('/articles/a')).text();
    const [, href] = /<link rel="preload" as="image" href="([^"]*)" fetchpriority="high">/.exec(page) ?? [];
    expect(page).not.toContain('u-featured');
    if (address === undefined) expect(href).toBeUndefined();
    else expect(href).toMatch(address);
  });

  test('leaves no level of headings out, and goes by the name of the site where there is room', async () => {
    const title = 'A title of more words than a tab or a list of results has room for';
    const body = '#### One\n\n##### Two\n\n## Three\n\n#### Four\n\n### Five\n\n## Six\n';
    const { ask: askHeadings } = await makeApp([
      file('words.md', `---\ntitle: ${title}\ndate: 2026-01-02\n---\n${body}`),
      file('b.md', '---\ntitle: B\ndate: 2026-01-01\n---\nText.\n'),
    ]);
    const page = await (await askHeadings('/articles/words')).text();
    expect(
      [...page.matchAll(/<(h\d)[^>]*>(\w+)<\/\1>/g)].map(([, level, text]) => `${level} ${text}`),
    ).toEqual(['h2 One', 'h3 Two', 'h2 Three', 'h3 Four', 'h3 Five', 'h2 Six']);
    expect(page).toContain(`<title>${title}</title>`);
    expect(await (await askHeadings('/articles/b')).text()).toContain('<title>B – Example News</title>');
  });

  test('has a heading in each section, which notes keep for those who hear it', async () => {
    const { ask: askSections } = await makeApp([
      file('a.md', '---\nlang: en\n---\nSo it is.[^1]\n\n[^1]: Now.\n'),
      file('b.md', '---\nlang: de\n---\nSo ist es.[^1]\n\n[^1]: Jetzt.\n'),
      file(
        'c.html',
        '<title>C</title><article><h1>C</h1><section><p>One.</p><section><h2>Two</h2><p>Two.</p></section></section><section><p>Three.</p></section></article>',
      ),
    ]);
    const sections = async (slug: string): Promise<string[]> =>
      (await (await askSections(`/articles/${slug}`)).text()).match(/<section[^<]*<[^<]*/g) ?? [];
    expect(await sections('a')).toEqual(["<section><h2 class='skip'>Notes"]);
    expect(await sections('b')).toEqual(["<section><h2 class='skip'>Anmerkungen"]);
    expect(await sections('c')).toEqual(['<section><p>One.', '<section><h2>Two']);
  });

  test('lets the keyboard reach a table that scrolls', async () => {
    expect(await read(REPORT_PATH)).toContain("<table tabindex='0'><thead>");
  });

  test('speaks the language of the article where it can, else that of the site', async () => {
    const site = makeSite({ language: 'de' });
    const other = await makeApp(
      [
        file('haber.md', '---\ntitle: Haber\ndate: 2026-01-02\nlang: tr\nauthor: Ali\n---\nMetin.\n'),
        file('nyhet.md', '---\ntitle: Nyhet\ndate: 2026-01-01\nlang: sv\nauthor: Åsa\n---\nText.\n'),
        file('خبر.md', '---\ntitle: خبر\ndate: 2026-01-03\nlang: ar\nauthor: ليلى\n---\nنص.\n'),
      ],
      { site },
    );
    const page = async (path: string): Promise<string> => (await other.ask(path)).text();
    expect(await page('/articles/haber')).toMatch(/<html lang="tr" dir="ltr">.*Yazan: <a/s);
    expect(await page('/articles/nyhet')).toContain('<span lang="de" dir="ltr">Von</span> <a');
    expect(await page('/articles/خبر')).toMatch(
      /<html lang="ar" dir="rtl">.*<header class="top" lang="de" dir="ltr">/s,
    );
    expect(await page('/')).toContain('>Abonnieren</a>');
  });

  test('has the direction of its script, and the words of the site where the language is not known', async () => {
    const site = makeSite({ language: 'de' });
    const { ask: askOther } = await makeApp(
      [
        file('נמל קטן.md', '---\ntitle: נמל קטן\ndate: 2026-03-02\n---\nהסירה חזרה.\n'),
        file('נמל גדול.md', '---\ntitle: נמל גדול\ndate: 2026-03-02\nlang: en\n---\nהסירה חזרה.\n'),
        file('नाव.md', '---\ntitle: नाव\ndate: 2026-03-02\nauthor: Ali\n---\nनाव लौट आई।\n'),
      ],
      { site },
    );
    const page = async (path: string): Promise<string> => (await askOther(path)).text();
    expect(await page('/articles/נמל-קטן')).toMatch(
      /<html lang="he" dir="rtl">.*<article class="h-entry" lang="he" dir="rtl">/s,
    );
    expect(await page('/articles/נמל-גדול')).toContain('<article class="h-entry" lang="he" dir="rtl">');
    const unknown = await page('/articles/नाव');
    expect(unknown).toMatch(
      /<html lang="und" dir="ltr">.*<span lang="de" dir="ltr">Von<\/span>.*2\. März 2026/s,
    );
    expect(unknown).not.toContain('/languages/und');
    expect((await askOther('/languages/und')).status).toBe(404);
  });
});

describe('a page of the site', () => {
  const about = makeApp([
    ...fixtureFiles(),
    file(
      'about-us.md',
      '---\ntitle: About us\ndate: 2026-01-02\nauthor: Jane Roe\ntags: [Harbour]\n---\nThree people.\n',
    ),
    file('notes/the-team.md', '---\ntitle: The team\nlayout: page\ndate: 2026-01-02\n---\nJane.\n'),
  ]);

  test.each(['/articles/about-us', '/articles/the-team'])(
    '%s has neither author, date nor neighbours',
    async (path) => {
      const page = await (await (await about).ask(path)).text();
      expect(page).toMatch(
        /<main [^>]*>\n<article lang="en" dir="ltr">\n<header>\n<h1>[\w ]+<\/h1>\n<\/header>\n<div class="content e-content">/,
      );
      expect(page).not.toMatch(/<time|p-author|class="about"|class="around"|article:published_time/);
      expect(structuredData(page)).toMatchObject({ '@type': 'WebPage', isPartOf: { '@type': 'WebSite' } });
      expect(schemaFaults(structuredData(page))).toEqual([]);
      expect(page).not.toContain('noindex');
    },
  );
});

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

describe('errors have the site’s face', () => {
  test('with a search, and no word of the address', async () => {
    const response = await ask('/nowhere-at-all', BROWSER);
    const page = await response.text();
    expect(response.status).toBe(404);
    expect(page).toMatch(/<h1>Not found<\/h1>.*<form role="search" action="\/search">.* data-address>/s);
    expect(page).not.toContain('nowhere-at-all');
  });

  test('and nothing else where the fault is ours', async () => {
    const failing = await makeApp(fixtureFiles());
    failing.app.get('/failure', () => {
      throw new Error('a secret');
    });
    const complain = vi.spyOn(console, 'error').mockReturnValue();
    const response = await failing.ask('/failure', BROWSER);
    expect(response.status).toBe(500);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const page = await response.text();
    expect(page).toContain('<h1>Something went wrong</h1>\n<p>The fault is ours.');
    expect(page).not.toMatch(/secret|<script>|role="search"/);
    expect(complain).toHaveBeenCalledOnce();
    complain.mockRestore();
  });

  test('with the title of an article that was removed, and the day on which it was', async () => {
    const documents = [
      file('a.txt', documentOf('Kept', '1.1.2021')),
      file('b.txt', documentOf('Gone', '2.1.2021')),
    ];
    const { ledger } = await makeAppFrom(seedFiles(documents));
    const later = await makeAppFrom(seedFiles(documents.slice(0, 1), {}, ledger));
    const response = await later.ask('/articles/gone', BROWSER);
    expect(response.status).toBe(410);
    const page = await response.text();
    expect(page).toContain(
      '<strong dir="auto">Gone</strong><br>Removed on <time datetime="2026-11-22T12:00:00.000Z">November 22, 2026</time>',
    );
    expect(page).toMatch(/<input type="search" name="q" value="Gone"/);
  });
});
