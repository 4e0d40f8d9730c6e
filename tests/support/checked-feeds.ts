import type { Issue } from '../../src/check/report.ts';

export const RSS = `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:media="http://search.yahoo.com/mrss/">
<channel>
<title>News</title>
<link>https://news.example/</link>
<description>News of examples.</description>
<language>en</language>
<lastBuildDate>Wed, 22 Nov 2017 00:00:00 GMT</lastBuildDate>
<image><url>https://news.example/icon.png</url><title>News</title><link>https://news.example/</link><width>144</width><height>144</height></image>
<ttl>60</ttl>
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
<itunes:duration>12:30</itunes:duration>
<itunes:explicit>false</itunes:explicit>
<media:content url="https://news.example/media/two.mp3" medium="audio" duration="12.5"/>
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

export const ATOM = `<?xml version="1.0" encoding="utf-8"?>
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

export const JSON_FEED = `{
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

export function rulesIn(findings: readonly Issue[]): string[] {
  return findings.map(({ rule }) => rule);
}

/** The rules without a case in a table. */
export function untried(
  rooms: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  table: readonly (readonly [rule: string, ...unknown[]])[],
): string[] {
  const tried = new Set(table.map(([rule]) => rule));
  return Object.entries(rooms)
    .flatMap(([room, rules]) => Object.keys(rules).map((name) => `${room}/${name}`))
    .filter((rule) => !tried.has(rule));
}
