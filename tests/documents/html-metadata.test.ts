import { describe, expect, test } from 'vitest';
import { page, parsePage as parse, TEXT } from '../support/content.ts';

const jsonLd = (json: string): string => `<script type="application/ld+json">${json}</script>`;

test.each([
  '<div class="post-footer"><span class="post-author vcard">Posted by <span class="fn">Jane Roe</span></span></div>',
  '<p>Filed by <span class="author vcard"><a class="url fn n" href="/author/jane">Jane Roe</a></span></p><div class="comment-author vcard">Ann Other</div>',
])('the card of the author may be below the text: %s', (below) => {
  expect(parse(page('', `<div class="hentry"><h1>A</h1>${TEXT}${below}</div>`)).authors).toMatchObject([
    { name: 'Jane Roe' },
  ]);
});

test('the card of somebody who comments is not that of the author', () => {
  const comment = '<div class="comment-author vcard"><b class="fn">Ann Other</b></div>';
  expect(parse(page('', `<div class="hentry"><h1>A</h1>${TEXT}${comment}</div>`)).authors).toEqual([]);
});

describe('of several vocabularies', () => {
  const TITLES: readonly (readonly [string, string])[] = [
    ['JSON-LD', jsonLd('{"@type":"NewsArticle","headline":"JSON-LD"}')],
    ['Open Graph', '<meta property="og:title" content="Open Graph">'],
    ['Dublin Core', '<meta name="DC.title" content="Dublin Core">'],
    ['Twitter', '<meta name="twitter:title" content="Twitter">'],
  ];

  test.each(TITLES.map(([title], index) => [title, index] as const))(
    '%s is believed before those below it',
    (title, index) => {
      const head = TITLES.slice(index)
        .map(([, html]) => html)
        .toReversed()
        .join('');
      expect(parse(page(`<title>Element</title>${head}`)).title).toBe(title);
    },
  );

  test('the heading is believed before the title of the page', () => {
    expect(parse(page('<title>Untitled Document</title>')).title).toBe('Heading');
    expect(parse(page('<title>Only this</title>', TEXT)).title).toBe('Only this');
  });

  test.each([
    [
      'published',
      '2020-01-01',
      '<meta property="article:published_time" content="2020-01-01">',
      '<meta name="DC.date" content="2021-01-01">',
    ],
    [
      'published',
      '2021-01-01',
      '<meta name="DC.date" content="2021-01-01">',
      '<meta name="date" content="2022-01-01">',
    ],
    [
      'updated',
      '2020-01-01',
      jsonLd('{"@type":"Article","dateModified":"2020-01-01"}'),
      '<meta property="article:modified_time" content="2021-01-01">',
    ],
  ] as const)('%s is %s', (field, text, first, second) => {
    expect(parse(page(second + first))[field]).toMatchObject({ text });
  });

  test.each([
    [
      ['Lefèvre, Anne', 'Ångström, Björn E.'],
      ['Anne Lefèvre', 'Björn E. Ångström'],
    ],
    [['Jane Roe, John Doe'], ['Jane Roe', 'John Doe']],
    [['Roe, Jr.'], ['Roe, Jr.']],
    [['Roe, Reuters'], ['Roe, Reuters']],
  ])('the authors %j of a library are %j', (stated, names) => {
    for (const name of ['citation_author', 'DC.creator']) {
      const head = stated.map((author) => `<meta name="${name}" content="${author}">`).join('');
      expect(parse(page(head)).authors.map((author) => author.name)).toEqual(names);
    }
  });

  test.each([
    ['a named date before one that can be read in two ways', ['05/08/2014', 'May 8, 2014'], 2014, 5, 8],
    ['the day first', ['05/08/2014'], 2014, 8, 5],
    ['the month first, where there is no such month', ['2/26/2015'], 2015, 2, 26],
  ] as const)('%s', (_, dates, year, month, day) => {
    const head = dates.map((date) => `<meta name="date" content="${date}">`).join('');
    expect(parse(page(head)).published).toMatchObject({ year, month, day });
  });

  test('what cannot be read is reported with its line, unless another says it', () => {
    const unread = '<meta name="date" content="yesterday">';
    expect(parse(page(unread)).warnings).toEqual([
      'Cannot parse date "yesterday" in seeds/a.html:1: expected a date such as 2021-02-03',
    ]);
    expect(parse(page(`${unread}<meta name="DC.date" content="2020-01-02">`)).warnings).toBeUndefined();
  });

  test('tags are those of the first that has any, and the section', () => {
    const head =
      '<meta property="article:tag" content="Sea"><meta property="article:section" content="News"><meta name="keywords" content="a, b">';
    expect(parse(page(head)).tags).toEqual(['Sea', 'News']);
    expect(parse(page('<meta name="keywords" content="a, b; c,A">')).tags).toEqual(['a', 'b; c']);
  });

  test.each([
    ['<meta property="og:site_name" content="Site"><title>A – B | Site</title>', '', 'A – B'],
    ['<title>Site: A long headline</title>', '<h1>A long headline</h1>', 'A long headline'],
    ['<title>A - B</title>', '', 'A - B'],
    [
      '<meta property="og:title" content="A headline that was cut because…"><title>A headline that was cut because it is long</title>',
      '',
      'A headline that was cut because it is long',
    ],
  ])('%s %s is titled %3$s', (head, heading, title) => {
    expect(parse(page(head, heading + TEXT)).title).toBe(title);
  });

  test('the address is where the page was published; the source is elsewhere', () => {
    const canonical =
      '<link rel="canonical" href="https://a.example/1"><meta property="og:site_name" content="A">';
    const own = parse(page(canonical));
    expect(own.address).toEqual({ title: 'A', uri: 'https://a.example/1' });
    expect(own.source).toBeUndefined();
    const taken = parse(page(`${canonical}<meta name="original-source" content="https://b.example/2">`));
    expect(taken.source).toEqual({ uri: 'https://b.example/2' });
    expect(taken.address).toBeUndefined();
    const relative = '<meta property="og:site_name" content="A"><link rel="canonical" href="/1">';
    expect(parse(page(relative)).address).toBeUndefined();
  });
});

describe('JSON-LD', () => {
  test.each([
    ['a string', '"Jane Roe"', [{ name: 'Jane Roe' }]],
    ['a list of names', '["By Jane Roe", "John Doe"]', [{ name: 'Jane Roe' }, { name: 'John Doe' }]],
    [
      'a thing',
      '{"@type":"Person","name":"Jane Roe","url":"https://a.example/jane"}',
      [{ name: 'Jane Roe', uri: 'https://a.example/jane' }],
    ],
    ['a reference', '{"@id":"#jane"}', [{ name: 'Jane Roe', email: 'jane@a.example' }]],
    ['a value object', '{"@value":"Jane Roe"}', [{ name: 'Jane Roe' }]],
  ])('names an author by %s', (_, author, authors) => {
    const graph = `{"@graph":[{"@type":["Article","X"],"author":${author}},{"@id":"#jane","name":"Jane Roe","email":"mailto:jane@a.example"}]}`;
    expect(parse(page(jsonLd(graph))).authors).toEqual(authors);
  });

  test.each([
    ['a list', '[{"@type":"WebSite","name":"No"},{"@type":"BlogPosting","headline":"Yes"}]'],
    ['a prefix', '{"@type":"schema:Article","headline":"Yes"}'],
    ['an address as its type', '{"@type":"http://schema.org/NewsArticle","headline":"Yes"}'],
    [
      'the entity of a page',
      '{"@type":"WebPage","name":"No","mainEntity":{"@type":"TechArticle","headline":"Yes"}}',
    ],
    ['line breaks in strings', '{"@type":"Article","headline":"\nYes\n"}'],
    ['the wrapping of XHTML', '//<![CDATA[\n{"@type":"Article","headline":"Yes"}\n//]]>'],
    ['references of HTML', '{"@type":"Article","headline":"&#89;es"}'],
  ])('is read with %s', (_, json) => {
    expect(parse(page(jsonLd(json))).title).toBe('Yes');
  });

  test('may have commas at the end of lists', () => {
    const json = '{"@type":"Article","headline":"T, ]","keywords":["a","b",],}';
    expect(parse(page(jsonLd(json)))).toMatchObject({ title: 'T, ]', tags: ['a', 'b'] });
  });

  test('that is broken is reported, and the rest is read', () => {
    const draft = parse(
      page(`\n${jsonLd('{"@type":"Article",')}${jsonLd('{"@type":"Article","headline":"T"}')}`),
    );
    expect(draft.title).toBe('T');
    expect(draft.warnings).toEqual([
      expect.stringMatching(/^Cannot parse JSON-LD in seeds\/a\.html:2: expected JSON, but /),
    ]);
  });
});

describe('the attributes of the text', () => {
  test('are read as microdata', () => {
    const article = `<div itemscope itemtype="https://schema.org/BlogPosting"><h2 itemprop="headline">T</h2>
      <span itemprop="author" itemscope itemtype="https://schema.org/Person"><a itemprop="url" href="https://a.example/j"><span itemprop="name">Jane Roe</span></a></span>
      <time itemprop="datePublished" datetime="2020-01-02T10:00:00Z">Thursday</time><meta itemprop="inLanguage" content="sv">
      <img itemprop="image" src="a.jpg"><div itemprop="articleBody">${TEXT}</div>
      <span itemprop="comment" itemscope><span itemprop="author">Nobody</span></span></div>`;
    expect(parse(page('', article))).toMatchObject({
      title: 'T',
      authors: [{ name: 'Jane Roe', uri: 'https://a.example/j' }],
      published: { year: 2020, timeZone: 'UTC' },
      language: 'sv',
      image: { url: 'a.jpg' },
      html: TEXT,
    });
  });

  test('are read as microformats', () => {
    const entry = `<div class="h-entry"><h1 class="p-name">T</h1><a class="p-author h-card" href="https://a.example/">Ann</a>
      <time class="dt-published" datetime="2020-01-02">then</time><p class="p-summary">Sum.</p><div class="e-content">${TEXT}</div>
      <a class="p-category">sea</a><a class="u-uid u-url" href="https://a.example/1">#</a><audio class="u-audio" src="a.mp3"></audio></div>`;
    expect(parse(`<body>${entry}</body>`)).toMatchObject({
      id: 'https://a.example/1',
      title: 'T',
      authors: [{ name: 'Ann', uri: 'https://a.example/' }],
      published: { text: '2020-01-02' },
      summary: 'Sum.',
      tags: ['sea'],
      enclosures: [{ url: 'a.mp3' }],
      address: { uri: 'https://a.example/1' },
      html: TEXT,
    });
  });

  test('say the language of the text, the nearest first', () => {
    expect(
      parse(page('<meta property="og:locale" content="en_US">').replace('<html', '<html lang="tr"')).language,
    ).toBe('tr');
    expect(
      parse(page('').replace('<html', '<html lang="tr"').replace('<article', '<article lang="de"')).language,
    ).toBe('de');
    expect(parse(page('<meta property="og:locale" content="en_US">')).language).toBe('en-US');
  });
});

describe('above the text', () => {
  test.each([
    [
      '<h1>T</h1><p class="meta">By Jane Roe on March 3, 2019 at 10:15 AM</p>',
      'Jane Roe',
      'March 3, 2019 at 10:15 AM',
    ],
    ['<h1>T</h1><p>Von Jane Roe | 3. März 2019</p>', 'Jane Roe', '3. März 2019'],
    [
      '<h1>T</h1><div><span>3 Mart 2019, 10:15</span></div><div class="author">Jane Roe</div>',
      'Jane Roe',
      '3 Mart 2019, 10:15',
    ],
    [
      '<header><h1>T</h1><a rel="author" href="/jane">Jane Roe</a> <time datetime="2019-03-03">today</time></header>',
      'Jane Roe',
      '2019-03-03',
    ],
    ['<h1>T</h1>By Jane Roe<br>March 3, 1999<br><br>', 'Jane Roe', 'March 3, 1999'],
    ['<h1>T</h1><p>March 3, 1999, by Jane Roe</p>', 'Jane Roe', 'March 3, 1999'],
  ])('%s says who and when, and is not repeated', (top, author, date) => {
    expect(parse(page('', top + TEXT))).toMatchObject({
      authors: [{ name: author }],
      published: { text: date },
      html: TEXT,
    });
  });

  test('a date that is said to be of a change is one', () => {
    const draft = parse(page('', `<h1>T</h1><p>Published: 1.2.2020 | Updated: 3.4.2021</p>${TEXT}`));
    expect(draft).toMatchObject({ published: { year: 2020 }, updated: { year: 2021 }, html: TEXT });
    expect(parse(page('', `<h1>T</h1>${TEXT}<p>Last modified: March 3, 1999</p>`)).updated).toMatchObject({
      year: 1999,
    });
  });

  test('only the title goes, not other headings, dates in the text or names in a sentence', () => {
    const text = `<h2>First</h2><p>On March 3, 2019, Jane Roe wrote a letter.</p><h2>Second</h2>${TEXT}`;
    const draft = parse(page('', `<h1>T</h1>${text}`));
    expect(draft.html).toBe(text);
    expect(draft.published).toBeUndefined();
    expect(parse(`<h2>Title</h2>${TEXT}<h2>Second</h2><p>x</p>`)).toMatchObject({
      title: 'Title',
      html: `${TEXT}<h2>Second</h2><p>x</p>`,
    });
  });
});

describe('the line of a posting', () => {
  const POSTED =
    '<div>Posted by Jane Roe at October 04, 2003 09:12 AM in <a href="/archives/cat_sea.html">Sea</a></div>';

  test('is read below the text, which goes on without it, but not among comments', () => {
    expect(parse(page('', `<h1>T</h1><div>${TEXT}${POSTED}</div>`))).toMatchObject({
      published: { year: 2003, month: 10, day: 4 },
      authors: [{ name: 'Jane Roe' }],
      tags: ['Sea'],
      html: TEXT,
    });
    const comments = `<h3 id="comments">Comments</h3><table><tr><td>Well said. ${POSTED}</td></tr></table>`;
    expect(parse(page('', `<h1>T</h1><div>${TEXT}</div>${comments}`)).published).toBeUndefined();
  });

  test('may be one of several in a cell, name a handle, and outrank the site as the author', () => {
    const cell =
      '<table><tr><td><b>T</b><br>Posted on Tuesday, January 06, 2004 @ 21:14:33 CET by <b>jroe</b><br></td></tr></table>';
    const draft = parse(
      page('<title>The Post - T</title><meta name="author" content="The Post">', `${cell}${TEXT}`),
    );
    expect(draft).toMatchObject({ published: { year: 2004, month: 1, day: 6 }, authors: [{ name: 'jroe' }] });
  });

  test('the site is the author if nobody else is', () => {
    const head = '<title>T - The Post</title><meta name="author" content="The Post">';
    expect(parse(page(head)).authors).toEqual([{ name: 'The Post' }]);
  });
});

test('tags below the text of Publii are its tags', () => {
  const footer =
    '<footer><div class="content__tag"><h3>Tags</h3><a href="/tags/sea/">sea</a> <a href="/tags/b/">a b</a></div></footer>';
  expect(parse(page('', `<h1>T</h1><div class="content__entry">${TEXT}</div>${footer}`))).toMatchObject({
    tags: ['sea', 'a b'],
    html: TEXT,
  });
});

test('a table of fields above the text states them, and is no part of it', () => {
  const row = (label: string, value: string): string =>
    `<tr><td><b>${label}:</b></td><td><i>${value}</i></td></tr>`;
  const fields =
    row('Created', '11/08/2014 09:12') +
    row('Author', 'Jane Roe') +
    row('Tags', 'stone, bridges') +
    row('Source', 'x');
  expect(parse(page('', `<h1>T</h1><div><table>${fields}</table></div><div>${TEXT}</div>`))).toMatchObject({
    published: { year: 2014, month: 8, day: 11 },
    authors: [{ name: 'Jane Roe' }],
    tags: ['stone', 'bridges'],
    html: TEXT,
  });
  const prices = row('Rope', 'ninepence') + row('Date', 'June') + row('Tar', 'free');
  expect(parse(page('', `<h1>T</h1><table>${prices}</table>${TEXT}`)).html).toContain('ninepence');
});

test('a name at the right below the text is its author', () => {
  const sign = (name: string): string => `<p align=right><i>${name}</i></p>`;
  expect(parse(page('', `<h1>T</h1>${TEXT}${sign('Анна Ильина')}`)).authors).toEqual([
    { name: 'Анна Ильина' },
  ]);
  expect(parse(page('', `<h1>T</h1>${TEXT}${sign('From our desk')}`)).authors).toEqual([]);
});

test('a heading that is called a date is the date', () => {
  const draft = parse(page('', `<h2 class="date">October 04, 2003</h2><h3 class="title">T</h3>${TEXT}`));
  expect(draft.published).toMatchObject({ year: 2003, month: 10, day: 4 });
});

test('the lines below a text that say whose the page is go, but not those in it', () => {
  const imprint =
    '<center>All trademarks are property of their owners. Copyright &copy; 2003 by The Post. All Rights Reserved.</center>';
  expect(parse(page('', `<h1>T</h1>${TEXT}${imprint}`)).html).toBe(TEXT);
  const inside = '<p>Copyright 1998 by The Globe. All rights reserved, says the letter, and more.</p>';
  expect(parse(page('', `<h1>T</h1>${TEXT}${inside}${TEXT}`)).html).toBe(`${TEXT}${inside}${TEXT}`);
  const last = '<p>The new ferry is powered by two electric motors.</p>';
  expect(parse(page('', `<h1>T</h1>${TEXT}${last}<p>Powered by Blosxom</p>`)).html).toBe(TEXT + last);
});

test('a description that a template encoded twice is words', () => {
  const page =
    '<html><head><title>A</title><meta name="description" content="Salt &amp;amp; pepper &amp;#8217;s &lt;b&gt;day&lt;/b&gt;"></head><body><p>Words.</p></body></html>';
  expect(parse(page).summary).toBe('Salt & pepper ’s day');
});

test.each([
  ['Rope&amp;#8217;s tar', 'Rope’s tar', 'Rope’s tar'],
  ['Write &amp;amp; now', 'Write &amp;amp; now', 'Write &amp; now'],
])('a title that its template escaped twice is that of the heading: %s', (title, heading, expected) => {
  const read = parse(page(`<title>${title}</title>`, `<h1>${heading}</h1>${TEXT}`));
  expect(read).toMatchObject({ title: expected, html: TEXT });
});
