import { describe, expect, test } from 'vitest';
import { file, fixtureFiles, makeApp, makeSite } from '../support/app.ts';
import { ask, MEDIA, REPORT_PATH, read, SEED, structuredData } from '../support/report-site.ts';
import { dataBlocks, schemaFaults } from '../support/schema-org.ts';

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

  test.each([
    ['<a href="https://a.example/two-boats_1.jpg?b#c"><img src="quay.png"></a>', 'two boats 1'],
    ['<a href="https://a.example/"><picture><img src="quay.png" alt=""></picture></a>', 'a.example'],
    ['<a href="mailto:me@a.example"><img src="quay.png"></a>', 'me@a.example'],
    ['<a href="/"><img src="quay.png"></a>', 'https://news.example/'],
    ['<a href="https://a.example/b" title="B"><img src="quay.png"></a>', ''],
    ['<a href="https://a.example/b"><img src="quay.png"> words</a>', ''],
    ['<a href="https://a.example/b"><img src="quay.png" alt="A quay"></a>', 'A quay'],
    ['<img src="quay.png">', ''],
  ])('names the target of a link that holds only a picture: %s', async (body, alternative) => {
    const { ask: askLinked } = await makeApp(
      [file('reports/a.md', `---\ntitle: A\ndate: 2026-01-01\n---\nText.\n\n${body}\n`)],
      { media: MEDIA },
    );
    const page = await (await askLinked('/articles/a')).text();
    const [, alt] = /<img src='[^']*quay\.png'[^>]* alt='([^']*)'/.exec(page) ?? [];
    expect(alt).toBe(alternative);
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
    const page = async (path: string): Promise<string> => other.read(path);
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
