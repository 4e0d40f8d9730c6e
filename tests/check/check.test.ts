import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { agreementRules, checkAgreement, checkPermalink } from '../../src/check/agreement.ts';
import { checkAtom } from '../../src/check/atom.ts';
import { atomRules } from '../../src/check/atom-rules.ts';
import { contentRules } from '../../src/check/content.ts';
import { characterRules } from '../../src/check/html.ts';
import { checkHttp, expectedTypes, httpRules } from '../../src/check/http.ts';
import type { HttpClient, RawResponse } from '../../src/check/http-client.ts';
import { checkJson, jsonRules } from '../../src/check/json.ts';
import type { Issue } from '../../src/check/report.ts';
import { checkRss } from '../../src/check/rss.ts';
import { rssRules } from '../../src/check/rss-rules.ts';
import { checkSite } from '../../src/check/site.ts';
import { readXml, xmlRules } from '../../src/check/xml.ts';
import { documentOf, file, makeApp, NOW } from '../support/app.ts';

const RSS = `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>News</title>
<link>https://news.example/</link>
<description>News of examples.</description>
<language>en</language>
<lastBuildDate>Wed, 22 Nov 2017 00:00:00 GMT</lastBuildDate>
<image><url>https://news.example/icon.png</url><title>News</title><link>https://news.example/</link></image>
<atom:link href="https://news.example/rss.xml" rel="self" type="application/rss+xml"/>
<item>
<title>R&#x26;D &#x3C;now&#x3E;</title>
<link>https://news.example/articles/one</link>
<guid isPermaLink="false">urn:uuid:392e214d-9931-5e67-a218-9c22303067a0</guid>
<pubDate>Wed, 22 Nov 2017 00:00:00 GMT</pubDate>
<description>The first.</description>
<content:encoded><![CDATA[<p>The first, <a href='https://example.org/a?b&amp;c'>in full</a>.<br>Really.</p>]]></content:encoded>
<dc:creator>Jane Roe</dc:creator>
<dc:source>Elsewhere</dc:source>
<enclosure url="https://news.example/media/one.mp3" length="10" type="audio/mpeg"/>
</item>
<item>
<title>Two</title>
<link>https://news.example/articles/two</link>
<guid isPermaLink="false">urn:uuid:5e1ead33-3b03-50ee-b3fa-18a12706c3b1</guid>
<pubDate>Tue, 21 Nov 2017 00:00:00 GMT</pubDate>
<description>The second.</description>
</item>
</channel>
</rss>
`;

const ATOM = `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xml:lang="en">
<id>urn:uuid:be9bb76d-ce2c-5fc2-8fe4-c814caf12d32</id>
<title>News</title>
<updated>2017-11-22T00:00:00.000Z</updated>
<author><name>News Desk</name><uri>https://news.example/</uri><email>desk@news.example</email></author>
<link rel="alternate" href="https://news.example/"/>
<link rel="self" href="https://news.example/atom.xml"/>
<icon>https://news.example/icon.png</icon>
<entry xml:lang="en">
<title>R&#x26;D &#x3C;now&#x3E;</title>
<id>urn:uuid:392e214d-9931-5e67-a218-9c22303067a0</id>
<link href="https://news.example/articles/one"/>
<link rel="enclosure" href="https://news.example/media/one.mp3" length="10" type="audio/mpeg"/>
<author><name>Jane Roe</name></author>
<category term="first"/>
<published>2017-11-22T00:00:00.000Z</published>
<updated>2017-11-22T00:00:00.000Z</updated>
<dc:source>Elsewhere</dc:source>
<summary>The first.</summary>
<content type="html"><![CDATA[<p>The first, <a href='https://example.org/a?b&amp;c'>in full</a>.<br>Really.</p>]]></content>
</entry>
<entry>
<title>Two</title>
<id>urn:uuid:5e1ead33-3b03-50ee-b3fa-18a12706c3b1</id>
<link href="https://news.example/articles/two"/>
<published>2017-11-21T00:00:00Z</published>
<updated>2017-11-21T00:00:00Z</updated>
<summary>The second.</summary>
</entry>
</feed>
`;

const JSON_FEED = `{
"version": "https://jsonfeed.org/version/1.1",
"title": "News",
"home_page_url": "https://news.example/",
"feed_url": "https://news.example/feed.json",
"icon": "https://news.example/icon.png",
"authors": [{ "name": "News Desk", "url": "https://news.example/" }],
"language": "en",
"_ours": {},
"items": [
{
"id": "urn:uuid:392e214d-9931-5e67-a218-9c22303067a0",
"url": "https://news.example/articles/one",
"title": "R&D <now>",
"summary": "The first.",
"content_html": "<p>The first, <a href='https://example.org/a?b&amp;c'>in full</a>.<br>Really.</p>",
"date_published": "2017-11-22T00:00:00.000Z",
"date_modified": "2017-11-22T00:00:00.000Z",
"authors": [{ "name": "Jane Roe" }],
"tags": ["first"],
"attachments": [{ "url": "https://news.example/media/one.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 10 }]
},
{
"id": "urn:uuid:5e1ead33-3b03-50ee-b3fa-18a12706c3b1",
"url": "https://news.example/articles/two",
"title": "Two",
"summary": "The second.",
"content_text": "The second.",
"date_published": "2017-11-21T00:00:00Z"
}
]
}
`;

/** The rule that is broken, once the first text is replaced by the second. */
type Mutation = readonly [rule: string, from: string, to: string];

const XML_MUTATIONS: readonly Mutation[] = [
  ['xml/well-formed', '<title>Two</title>', '<title>Two</Title>'],
  ['xml/well-formed', 'Two', 'Two]]>'],
  ['xml/well-formed', 'icon.png', 'icon.png & more'],
  ['xml/characters', 'Two', 'Two\u0007'],
  ['xml/characters', 'Two', 'Two&#7;'],
  ['xml/reference', 'Two', 'Two&nbsp;'],
  ['xml/encoding', 'encoding="utf-8"', 'encoding="windows-1254"'],
  ['xml/doctype', '?>\n', '?>\n<!DOCTYPE feed>\n'],
  ['xml/namespace', 'xmlns:dc', 'xmlns:other'],
  ['text/characters', 'Two', 'Two\ufffd'],
];

/** Of the content of the first article, in any format. */
const CONTENT_MUTATIONS: readonly Mutation[] = [
  ['content/element', '<br>', '<script></script>'],
  ['content/element', '<br>', "<iframe src='https://example.org/'></iframe>"],
  ['content/event-attribute', '<br>', "<br onclick='x()'>"],
  ['content/script-address', 'https://example.org/a', ' JavaScript:x'],
  ['content/absolute-address', 'https://example.org/a', '/a'],
  ['content/absolute-address', '<br>', "<img src='one.png'>"],
  ['content/absolute-address', '<br>', "<img srcset='https://example.org/1.png 1x, 2.png 2x'>"],
  ['content/nesting', '</p>', '</p></div>'],
  ['content/nesting', '<br>', '<b>'],
];

const RSS_MUTATIONS: readonly Mutation[] = [
  ['rss/root', 'version="2.0"', 'version="0.91"'],
  ['rss/required', '<description>News of examples.</description>', ''],
  ['rss/unknown', '<title>Two</title>', '<title>Two</title><summary>Two</summary>'],
  ['rss/once', '<title>Two</title>', '<title>Two</title><title>Two</title>'],
  ['rss/once', '</dc:source>', '</dc:source><dc:source>Elsewhere</dc:source>'],
  ['rss/order', '</channel>', '<ttl>60</ttl></channel>'],
  ['rss/self-missing', 'rel="self"', 'rel="alternate"'],
  ['rss/self-address', 'https://news.example/rss.xml', 'http://localhost/rss.xml'],
  ['rss/language-missing', '<language>en</language>', ''],
  ['rss/language', '<language>en</language>', '<language>en_US</language>'],
  ['rss/date', 'Tue, 21 Nov 2017 00:00:00 GMT', '2017-11-21T00:00:00Z'],
  ['rss/date', 'Tue, 21 Nov 2017 00:00:00 GMT', 'Fri, 31 Nov 2017 00:00:00 GMT'],
  ['rss/weekday', 'Tue, 21 Nov 2017', 'Mon, 21 Nov 2017'],
  ['rss/future', 'Tue, 21 Nov 2017', 'Wed, 21 Nov 2096'],
  ['rss/address', 'https://news.example/articles/two', '/articles/two'],
  ['rss/address', 'https://news.example/articles/two', 'https://news.example/articles/iki-ö'],
  [
    'rss/item',
    '<title>Two</title>',
    '</item><item><guid isPermaLink="false">x</guid></item><item><title>Two</title>',
  ],
  ['rss/guid-missing', '<guid isPermaLink="false">urn:uuid:5e1ead33-3b03-50ee-b3fa-18a12706c3b1</guid>', ''],
  ['rss/guid-unique', '5e1ead33-3b03-50ee-b3fa-18a12706c3b1', '392e214d-9931-5e67-a218-9c22303067a0'],
  ['rss/guid-permalink', '<guid isPermaLink="false">', '<guid>'],
  ['rss/guid-permalink', '<guid isPermaLink="false">', '<guid isPermaLink="no">'],
  ['rss/description-first', '<description>The first.</description>', ''],
  ['rss/author', '<title>Two</title>', '<title>Two</title><author>Jane Roe</author>'],
  ['rss/twin', '</dc:source>', '</dc:source><source url="https://example.org/feed">E</source>'],
  ['rss/image', '<url>https://news.example/icon.png</url>', ''],
  ['rss/image-same', '<title>News</title><link>', '<title>Icon</title><link>'],
  ['rss/image-format', 'icon.png', 'icon.svg'],
  ['rss/enclosure', 'length="10"', 'length="ten"'],
  ['rss/enclosure', 'type="audio/mpeg"', ''],
  ['rss/enclosure', 'https://news.example/media/one.mp3', '/media/one.mp3'],
  [
    'rss/one-enclosure',
    '</item>',
    '<enclosure url="https://news.example/2" length="1" type="audio/mpeg"/></item>',
  ],
  ['rss/blank', '<title>Two</title>', '<title/>'],
  ['rss/plain-text', 'Two', '&#x3C;b&#x3E;Two&#x3C;/b&#x3E;'],
  ['rss/character-data', '<title>Two</title>', '<title>a &lt;b</title>'],
];

const ATOM_MUTATIONS: readonly Mutation[] = [
  ['atom/root', 'http://www.w3.org/2005/Atom', 'http://www.w3.org/2005/atom'],
  ['atom/required', '<updated>2017-11-21T00:00:00Z</updated>', ''],
  ['atom/required', '<title>Two</title>', ''],
  ['atom/once', '<title>Two</title>', '<title>Two</title><title>Two</title>'],
  ['atom/unknown', '<title>Two</title>', '<title>Two</title><subtitle>Two</subtitle>'],
  ['atom/order', '</feed>', '<logo>https://news.example/logo.png</logo></feed>'],
  [
    'atom/author',
    '<author><name>News Desk</name><uri>https://news.example/</uri><email>desk@news.example</email></author>',
    '',
  ],
  ['atom/person-name', '<name>Jane Roe</name>', ''],
  ['atom/person-uri', '<uri>https://news.example/</uri>', '<uri>news.example</uri>'],
  ['atom/person-email', 'desk@news.example', 'desk at news.example'],
  ['atom/date', '<updated>2017-11-21T00:00:00Z', '<updated>2017-11-21'],
  ['atom/date', '<updated>2017-11-21T00:00:00Z', '<updated>2017-02-30T00:00:00Z'],
  ['atom/future', '<updated>2017-11-21T00:00:00Z', '<updated>2096-11-21T00:00:00Z'],
  ['atom/id', '<id>urn:uuid:5e1ead33-3b03-50ee-b3fa-18a12706c3b1', '<id>urn:uuid:5e1ead33'],
  ['atom/id-unique', '5e1ead33-3b03-50ee-b3fa-18a12706c3b1', '392e214d-9931-5e67-a218-9c22303067a0'],
  ['atom/href', 'https://news.example/articles/two', '/articles/two'],
  ['atom/href', 'https://news.example/icon.png', '/icon.png'],
  ['atom/link-type', 'type="audio/mpeg"', 'type="audio"'],
  ['atom/link-length', 'length="10"', 'length="-1"'],
  ['atom/category', 'term="first"', 'label="First"'],
  ['atom/self-missing', 'rel="self"', 'rel="related"'],
  ['atom/self-address', 'https://news.example/atom.xml', 'http://localhost/atom.xml'],
  ['atom/alternate', '<link rel="self"', '<link href="https://news.example/home"/><link rel="self"'],
  ['atom/content-or-alternate', '<link href="https://news.example/articles/two"/>', ''],
  ['atom/text', '<summary>The second.</summary>', ''],
  [
    'atom/summary',
    '<summary>The second.</summary>',
    '<content src="https://news.example/2" type="text/html"/>',
  ],
  ['atom/text-type', '<summary>The second', '<summary type="text/plain">The second'],
  ['atom/content-type', '<summary>The second.</summary>', '<content type="multipart/mixed">x</content>'],
  ['atom/child-elements', '<title>Two</title>', '<title>Two <dc:b>!</dc:b></title>'],
  ['atom/xhtml-div', '<title>Two</title>', '<title type="xhtml">Two</title>'],
  ['atom/undeclared-html', 'Two', '&#x3C;b&#x3E;Two&#x3C;/b&#x3E;'],
  ['atom/blank', '<title>Two</title>', '<title/>'],
  ['atom/language-missing', '1.1/" xml:lang="en"', '1.1/"'],
  ['atom/language', '<entry xml:lang="en">', '<entry xml:lang="en_US">'],
];

const JSON_MUTATIONS: readonly Mutation[] = [
  ['json/syntax', '"title": "Two",', '"title": "Two"'],
  ['json/version', 'version/1.1', 'version/1'],
  ['json/title', '"title": "News",', ''],
  ['json/items', '"items": [', '"items": {}, "_items": ['],
  ['json/home-page', '"home_page_url"', '"_home_page_url"'],
  ['json/feed-url', 'https://news.example/feed.json', 'http://localhost/feed.json'],
  ['json/next-url', '"language"', '"next_url": "https://news.example/feed.json", "language"'],
  ['json/id', '"id": "urn:uuid:5e1ead33-3b03-50ee-b3fa-18a12706c3b1"', '"id": " "'],
  ['json/id-unique', '5e1ead33-3b03-50ee-b3fa-18a12706c3b1', '392e214d-9931-5e67-a218-9c22303067a0'],
  ['json/content', '"content_text"', '"_text"'],
  ['json/plain-text', '"Two"', '"<b>Two</b>"'],
  ['json/type', '["first"]', '[1]'],
  ['json/address', 'https://news.example/articles/two', '/articles/two'],
  ['json/date', '2017-11-21T00:00:00Z', '2017-11-21'],
  ['json/future', '2017-11-21T00:00:00Z', '2096-11-21T00:00:00Z'],
  ['json/author', '{ "name": "Jane Roe" }', '{}'],
  ['json/author-deprecated', '"language"', '"author": {}, "language"'],
  ['json/language', '"en"', '"en_US"'],
  ['json/attachment', '"mime_type": "audio/mpeg", ', ''],
  ['json/unknown', '"_ours"', '"ours"'],
  ['text/characters', 'Two', 'Two\ufffd'],
];

const FORMATS = [
  {
    name: 'RSS',
    good: RSS,
    examine: (text: string) => checkRss(text, 'https://news.example/rss.xml', NOW),
    mutations: [...XML_MUTATIONS, ...CONTENT_MUTATIONS, ...RSS_MUTATIONS],
    rules: { xml: xmlRules, text: characterRules, content: contentRules, rss: rssRules },
  },
  {
    name: 'Atom',
    good: ATOM,
    examine: (text: string) => checkAtom(text, 'https://news.example/atom.xml', NOW),
    mutations: [...XML_MUTATIONS, ...CONTENT_MUTATIONS, ...ATOM_MUTATIONS],
    rules: { xml: xmlRules, text: characterRules, content: contentRules, atom: atomRules },
  },
  {
    name: 'JSON Feed',
    good: JSON_FEED,
    examine: (text: string) => checkJson(text, 'https://news.example/feed.json', NOW),
    mutations: [...CONTENT_MUTATIONS, ...JSON_MUTATIONS],
    rules: { text: characterRules, content: contentRules, json: jsonRules },
  },
] as const;

describe.each(FORMATS)('$name', ({ good, examine, mutations, rules }) => {
  test('nothing is wrong with a good feed', () => {
    expect(examine(good)).toEqual([]);
  });

  test.each(mutations)('%s: %j → %j', (rule, from, to) => {
    expect(good).toContain(from);
    const findings = examine(good.replace(from, () => to));
    expect(rulesIn(findings)).toContain(rule);
    expect(findings[0]?.message).toMatch(/: expected .+ \(.+\)$/s);
  });

  test('every rule can be broken', () => {
    expect(untried(rules, mutations)).toEqual([]);
  });
});

describe('agreement', () => {
  const good = { rss: RSS, atom: ATOM, json: JSON_FEED };
  const mutations: readonly (readonly [rule: string, format: keyof typeof good, from: string, to: string])[] =
    [
      [
        'agreement/articles',
        'json',
        '5e1ead33-3b03-50ee-b3fa-18a12706c3b1',
        '5e1ead33-3b03-50ee-b3fa-18a12706c3b2',
      ],
      ['agreement/title', 'atom', '<title>Two', '<title>2'],
      ['agreement/address', 'json', 'articles/two', 'articles/2'],
      ['agreement/content', 'rss', '<br>', ''],
      ['agreement/summary', 'rss', '<description>The first.', '<description>The &#x3C;first.'],
      ['agreement/authors', 'rss', '<dc:creator>Jane Roe</dc:creator>', ''],
      ['agreement/published', 'rss', 'Tue, 21 Nov 2017 00:00:00 GMT', 'Tue, 21 Nov 2017 00:00:00 +0300'],
      ['agreement/updated', 'json', '"date_modified": "2017-11-22', '"date_modified": "2017-11-23'],
      ['agreement/readable', 'json', 'https://jsonfeed.org/version/1.1', 'https://example.org/'],
    ];

  test('nothing is wrong with good feeds', () => {
    expect(checkAgreement(good)).toEqual([]);
  });

  test.each(mutations)('%s: %s: %j → %j', (rule, format, from, to) => {
    expect(good[format]).toContain(from);
    const findings = checkAgreement({ ...good, [format]: good[format].replace(from, () => to) });
    expect(rulesIn(findings)).toContain(rule);
  });

  test('agreement/order: entries in another order', () => {
    const [first, second] = RSS.match(/<item>.*?<\/item>/gs) ?? [];
    const rss = RSS.replace(/<item>.*<\/item>/s, () => `${second}${first}`);
    expect(rulesIn(checkAgreement({ ...good, rss }))).toContain('agreement/order');
  });

  test('every rule can be broken', () => {
    const elsewhere = [['agreement/order'], ['agreement/permalink'], ['agreement/autodiscovery']] as const;
    expect(untried({ agreement: agreementRules }, [...mutations, ...elsewhere])).toEqual([]);
  });
});

const { app } = await makeApp([
  file('one.txt', documentOf('One', '2026-11-20', 'The first paragraph.\n\nThe second paragraph.')),
  file('two.txt', documentOf('Two', '2026-11-21')),
]);

describe('site', () => {
  const ORIGIN = 'https://news.example';
  const PERMALINK = '/articles/one';
  const ask: HttpClient = async (target, headers = {}, method = 'GET') => {
    if (target.endsWith('.png') || target.endsWith('.ico'))
      return { status: 200, headers: new Headers({ 'Content-Type': 'image/png' }), body: new Uint8Array() };
    const response = await app.fetch(new Request(ORIGIN + target, { method, headers }), {});
    return { status: response.status, headers: response.headers, body: await response.bytes() };
  };

  interface Asked {
    readonly target: string;
    readonly headers: Headers;
    readonly method: string;
  }
  type Fault = readonly [
    rule: string,
    what: string,
    spoil: (answer: RawResponse, asked: Asked) => RawResponse,
  ];

  test('what was last modified before 1970 may say so', async () => {
    const { ask: askOld } = await makeApp([file('old.txt', documentOf('Old', '1969-07-20'))]);
    const client: HttpClient = async (target, headers = {}, method = 'GET') => {
      const response = await askOld(target, headers, method);
      return { status: response.status, headers: response.headers, body: await response.bytes() };
    };
    const { headers } = await client('/years/1969/rss.xml');
    expect(headers.get('last-modified')).toBe('Thu, 01 Jan 1970 00:00:00 GMT');
    expect(await checkHttp(client, '/years/1969/rss.xml', expectedTypes.rss, NOW)).toEqual([]);
  });

  const faults: readonly Fault[] = [
    [
      'http/status',
      'an article fails',
      (answer, { target }) => (target === PERMALINK ? { ...answer, status: 500 } : answer),
    ],
    [
      'http/status',
      'no icon',
      (answer, { target }) => (target === '/icon.png' ? { ...answer, status: 404 } : answer),
    ],
    ['http/content-type', 'text/xml', setting('Content-Type', 'text/xml', isRead('/rss.xml'))],
    [
      'http/content-type',
      'an icon that is a page',
      setting('Content-Type', 'text/html', isRead('/icon.png')),
    ],
    [
      'http/utf-8',
      'Latin-1',
      (answer, asked) => (isRead(PERMALINK)(asked) ? { ...answer, body: Uint8Array.of(0xfc) } : answer),
    ],
    ['http/etag', 'a strong tag', setting('ETag', '"strong"')],
    ['http/etag', 'no tag', setting('ETag', undefined)],
    ['http/last-modified', 'none', setting('Last-Modified', undefined)],
    ['http/last-modified', 'ISO 8601', setting('Last-Modified', '2026-11-22T00:00:00Z')],
    ['http/last-modified', 'the future', setting('Last-Modified', 'Tue, 22 Nov 2095 00:00:00 GMT')],
    ['http/cache-control', 'private', setting('Cache-Control', 'private')],
    ['http/vary', 'Accept', setting('Vary', 'Accept')],
    ['http/cors', 'none', setting('Access-Control-Allow-Origin', undefined)],
    ['http/nosniff', 'none', setting('X-Content-Type-Options', undefined)],
    [
      'http/not-modified',
      'no lists',
      (answer, { headers }) =>
        headers.get('if-none-match')?.includes(',') ? { ...answer, status: 200 } : answer,
    ],
    [
      'http/not-modified',
      'no dates',
      (answer, { headers }) => (headers.has('if-modified-since') ? { ...answer, status: 200 } : answer),
    ],
    [
      'http/not-modified-fields',
      '304 without a tag',
      setting('ETag', undefined, ({ headers }) => headers.has('if-none-match')),
    ],
    [
      'http/not-modified-fields',
      '304 without Cache-Control',
      setting('Cache-Control', undefined, ({ headers }) => headers.has('if-none-match')),
    ],
    [
      'http/modified',
      'dates outrank tags',
      (answer, { headers }) => (headers.has('if-modified-since') ? { ...answer, status: 304 } : answer),
    ],
    [
      'http/no-body',
      'HEAD with a body',
      (answer, { method }) => (method === 'HEAD' ? { ...answer, body: Uint8Array.of(1) } : answer),
    ],
    [
      'http/no-body',
      '304 with a body',
      (answer) => (answer.status === 304 ? { ...answer, body: Uint8Array.of(1) } : answer),
    ],
    [
      'http/head',
      'HEAD is 405',
      (answer, { method }) => (method === 'HEAD' ? { ...answer, status: 405 } : answer),
    ],
    ['http/head', 'HEAD without a tag', setting('ETag', undefined, ({ method }) => method === 'HEAD')],
    ['http/identity', 'gzip unasked', setting('Content-Encoding', 'gzip')],
    ['http/gzip', 'no gzip', setting('Content-Encoding', undefined)],
    [
      'http/gzip',
      'gzip of something else',
      (answer, { headers }) =>
        headers.get('accept-encoding') === 'gzip' ? { ...answer, body: gzipSync('x') } : answer,
    ],
    [
      'http/gzip',
      'gzip cut short',
      (answer, { headers }) =>
        headers.get('accept-encoding') === 'gzip' ? { ...answer, body: answer.body.slice(0, -9) } : answer,
    ],
    [
      'http/options',
      'OPTIONS is 404',
      (answer, { method }) => (method === 'OPTIONS' ? { ...answer, status: 404 } : answer),
    ],
    ['http/options', 'no methods', setting('Access-Control-Allow-Methods', undefined)],
    [
      'http/method',
      'POST is 200',
      (answer, { method }) => (method === 'POST' ? { ...answer, status: 200 } : answer),
    ],
    ['http/method', 'no Allow', setting('Allow', undefined)],
    [
      'http/alias',
      'a redirect',
      (answer, { target }) => (target === '/feed/' ? { ...answer, status: 301 } : answer),
    ],
    [
      'http/alias',
      'another feed',
      (answer, { target }) => (target === '/feed/' ? { ...answer, body: Uint8Array.of(1) } : answer),
    ],
    [
      'http/navigation',
      'XML for people',
      setting('Content-Type', 'application/rss+xml', ({ headers }) => headers.has('sec-fetch-mode')),
    ],
    ['http/navigation', 'Vary without Accept', setting('Vary', 'Accept-Encoding')],
    ['http/not-found', 'soft 404', (answer) => (answer.status === 404 ? { ...answer, status: 200 } : answer)],
    [
      'http/not-found',
      'always text',
      (answer) =>
        answer.status === 404 ? altered(answer, 'Content-Type', 'text/plain; charset=utf-8') : answer,
    ],
    [
      'http/echo',
      'the path in the page',
      (answer, { target }) => (answer.status === 404 ? { ...answer, body: Buffer.from(target) } : answer),
    ],
    [
      'http/hostile',
      '500',
      (answer, { target }) => (target.includes('%') ? { ...answer, status: 500 } : answer),
    ],
    ['agreement/permalink', 'a page that is cut', replacing(PERMALINK, 'second', '')],
    [
      'agreement/permalink',
      'paragraphs in another order',
      replacing(PERMALINK, 'The first paragraph.', 'First the paragraph.'),
    ],
    ['agreement/autodiscovery', 'no link', replacing(PERMALINK, 'rel="alternate"', 'rel="other"')],
    ['agreement/autodiscovery', 'a relative link', replacing('/', `${ORIGIN}/feed.json`, '/feed.json')],
    ['rss/required', 'a broken feed', replacing('/rss.xml', '<title>Example News</title>', '')],
    ['atom/required', 'a broken feed', replacing('/atom.xml', '<title>Example News</title>', '')],
    ['json/title', 'a broken feed', replacing('/feed.json', '"title": "Example News",', '')],
  ];

  test('nothing is wrong with Tidings', async () => {
    expect(await findingsOf(ask)).toEqual([]);
  });

  test.each(faults)('%s: %s', async (rule, _, spoil) => {
    const findings = await findingsOf(async (target, headers = {}, method = 'GET') =>
      spoil(await ask(target, headers, method), { target, headers: new Headers(headers), method }),
    );
    expect(rulesIn(findings)).toContain(rule);
  });

  test('every rule can be broken', () => {
    expect(untried({ http: httpRules }, faults)).toEqual([]);
  });

  async function findingsOf(asker: HttpClient): Promise<Issue[]> {
    const findings: Issue[] = [];
    for await (const examination of checkSite(ORIGIN, asker, () => NOW)) findings.push(...examination.issues);
    return findings;
  }

  function isRead(path: string): (asked: Asked) => boolean {
    return ({ target, method }) => target === path && method === 'GET';
  }

  function setting(
    name: string,
    value: string | undefined,
    when: (asked: Asked) => boolean = () => true,
  ): Fault[2] {
    return (answer, asked) => (when(asked) ? altered(answer, name, value) : answer);
  }

  function altered(answer: RawResponse, name: string, value: string | undefined): RawResponse {
    const headers = new Headers(answer.headers);
    if (value === undefined) headers.delete(name);
    else headers.set(name, value);
    return { ...answer, headers };
  }

  function replacing(path: string, from: string, to: string): Fault[2] {
    return (answer, { target, headers }) => {
      if (target !== path || headers.get('accept-encoding') === 'gzip') return answer;
      return { ...answer, body: Buffer.from(Buffer.from(answer.body).toString().replaceAll(from, to)) };
    };
  }
});

function rulesIn(findings: readonly Issue[]): string[] {
  return findings.map(({ rule }) => rule);
}

/** The rules that nothing in a table breaks. */
function untried(
  rooms: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  table: readonly (readonly [rule: string, ...unknown[]])[],
): string[] {
  const tried = new Set(table.map(([rule]) => rule));
  return Object.entries(rooms)
    .flatMap(([room, rules]) => Object.keys(rules).map((name) => `${room}/${name}`))
    .filter((rule) => !tried.has(rule));
}

test('an article without words is on its page', () => {
  const entry = { id: 'a', content: '<img src="https://news.example/a.png">' };
  expect(checkPermalink(entry, '<html><p>Other words.</p></html>', '/articles/a')).toEqual([]);
});

test('a document of any length is read, whatever stands behind its root', () => {
  const { issues } = readXml(`<rss></rss>${'a'.repeat(1_000_000)}`);
  expect(issues.map(({ rule }) => rule)).toContain('xml/well-formed');
});
