import { describe, expect, test } from 'vitest';
import { atomRules, checkAtom } from '../../src/check/atom.ts';
import { characterRules, contentRules } from '../../src/check/html.ts';
import { checkJson, jsonRules } from '../../src/check/json.ts';
import { checkRss, rssRules } from '../../src/check/rss.ts';
import { readXml, xmlRules } from '../../src/check/xml.ts';
import { NOW } from '../support/app.ts';
import { ATOM, JSON_FEED, RSS, rulesIn, untried } from '../support/checked-feeds.ts';

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
  ['rss/unknown', '<channel>', '<chanel/><channel>'],
  ['rss/value', '<ttl>60', '<ttl>0.5'],
  ['rss/value', '<width>144', '<width>145'],
  ['rss/value', '<height>144', '<height>401'],
  ['rss/value', '>false</itunes', '>no</itunes'],
  ['rss/value', '12:30', '12:77'],
  ['rss/value', '"12.5"', '"0:12"'],
  ['rss/value', 'medium="audio"', 'medium="sound"'],
  ['rss/unknown', '<title>Two</title>', '<title>Two</title><summary>Two</summary>'],
  ['rss/once', '<title>Two</title>', '<title>Two</title><title>Two</title>'],
  ['rss/once', '</dc:source>', '</dc:source><dc:source>Elsewhere</dc:source>'],
  ['rss/order', '</channel>', '<generator>G</generator></channel>'],
  ['rss/self-missing', 'rel="self"', 'rel="alternate"'],
  ['rss/self-address', 'https://news.example/rss.xml', 'http://localhost/rss.xml'],
  ['rss/language-missing', '<language>en</language>', ''],
  ['rss/language', '<language>en</language>', '<language>English</language>'],
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
  ['rss/required', '<url>https://news.example/icon.png</url>', ''],
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
  ['atom/required', '<name>Jane Roe</name>', ''],
  ['atom/person-name', 'Jane Roe', ' '],
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

test('a document of any length is read, whatever stands behind its root', () => {
  const { issues } = readXml(`<rss></rss>${'a'.repeat(1_000_000)}`);
  expect(issues.map(({ rule }) => rule)).toContain('xml/well-formed');
});
