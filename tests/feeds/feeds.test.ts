import { join } from 'node:path';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import { describe, expect, test } from 'vitest';
import { wordsIn } from '../../src/check/html.ts';
import { atomEntry } from '../../src/feeds/atom.ts';
import { jsonItem } from '../../src/feeds/json.ts';
import { rssItem } from '../../src/feeds/rss.ts';
import { SCRIPTS } from '../../src/pages/scripts.ts';
import { HOLES } from '../../src/templates/holes.ts';
import {
  documentOf,
  file,
  fixtureFiles,
  makeApp,
  makeSite,
  NOW,
  publication,
  seedFiles,
} from '../support/app.ts';
import { collectArticles } from '../support/collect.ts';
import { textOfHtml } from '../support/content.ts';

const GOLDENS = join(import.meta.dirname, '../goldens');

async function read(
  files: ReturnType<typeof fixtureFiles>,
  path: string,
  site = makeSite(),
): Promise<string> {
  return (await makeApp(files, { site })).read(path);
}

const words = (text: string): string[] => text.split(/\s+/u).filter((word) => word !== '');

describe('a document', () => {
  const seed = fixtureFiles().slice(0, 1);
  const text = new TextDecoder().decode(seed[0]?.bytes);

  test.each(['rss.xml', 'atom.xml', 'feed.json'])('makes %s byte for byte', async (name) => {
    await expect(await read(seed, `/${name}`, publication)).toMatchFileSnapshot(join(GOLDENS, name));
  });

  test.each([
    ['home.html', '/'],
    ['article.html', '/articles/isis-has-been-militarily-defeated-in-iraq-and-syria'],
  ])('makes %s byte for byte', async (name, path) => {
    await expect(await read(seed, path, publication)).toMatchFileSnapshot(join(GOLDENS, name));
  });

  test('says every word of its body in order in each feed and on its page, and not the trailer', async () => {
    const body = text.split('21 Nov 2017')[1]?.split('Kaynak/Source:')[0] ?? '';
    const rss = parseRssFeed(await read(seed, '/rss.xml')).items?.[0];
    const atom = parseAtomFeed(await read(seed, '/atom.xml')).entries?.[0];
    const json = parseJsonFeed(await read(seed, '/feed.json')).items?.[0];
    const page = await read(seed, new URL(json?.url ?? '').pathname);
    const contents = [
      rss?.content?.encoded,
      atom?.content?.value,
      json?.content_html,
      /<div class="content[^>]*>(.*)<\/div>/s.exec(page)?.[1],
    ];
    for (const content of contents) {
      expect(words(textOfHtml(content ?? ''))).toEqual(words(body));
      expect(content).not.toContain('Kaynak');
    }
    expect(rss?.pubDate).toBe('Wed, 22 Nov 2017 00:00:00 GMT');
    expect(atom?.published).toBe('2017-11-22T00:00:00.000Z');
    expect(json?.date_published).toBe('2017-11-22T00:00:00.000Z');
    const [item] = JSON.parse(await read(seed, '/feed.json')).items;
    expect(item._source).toEqual({ name: 'Business Insider', date_published: '2017-11-21' });
    expect(new Set([rss?.guid?.value, atom?.id, json?.id])).toEqual(
      new Set(['urn:uuid:392e214d-9931-5e67-a218-9c22303067a0']),
    );
  });
});

test.each([
  ['de', 'he', "<div dir='rtl'><p>נמל.</p></div>"],
  ['he', 'he', "<div dir='rtl'><p>נמל.</p></div>"],
  ['de', 'de', '<p>נמל.</p>'],
  ['ar', 'de', "<div dir='ltr'><p>נמל.</p></div>"],
])(
  'in a feed in %s, content in %s states its direction if one of them is written from right to left',
  async (language, lang, content) => {
    const text = lang === 'he' ? 'נמל.' : 'Ein Hafen.';
    const files = [file('a.md', `---\ntitle: A\ndate: 2026-01-02\nlang: ${lang}\n---\n${text}\n`)];
    const site = makeSite({ language });
    const expected = content.replace('נמל.', text);
    expect(parseJsonFeed(await read(files, '/feed.json', site)).items?.[0]?.content_html).toBe(expected);
    expect(parseRssFeed(await read(files, '/rss.xml', site)).items?.[0]?.content?.encoded).toBe(expected);
    expect(parseAtomFeed(await read(files, '/atom.xml', site)).entries?.[0]?.content?.value).toBe(expected);
  },
);

describe('independent parsers', () => {
  const site = makeSite({
    title: 'R&D <News> "daily" &amp; ]]> more',
    description: 'Ünïcode & <markup>',
    copyright: '© 2026 A & B',
    authors: [
      { name: 'Jane & Roe', uri: 'https://jane.example/?a=1&b=2' },
      { name: 'Ali Öz', email: 'ali@news.example' },
    ],
  });
  const titles = [
    'A note without a source',
    'AT&T says "a < b" & <b>c</b> ]]> d \\ e &amp; f',
    'Ankara’da “ışık” sergisi açıldı',
    'ISIS HAS BEEN MILITARILY DEFEATED IN IRAQ AND SYRIA',
    'The Old Newsletter',
  ];

  test('read the same articles from all three feeds, whatever is in the text', async () => {
    const rss = parseRssFeed(await read(fixtureFiles(), '/rss.xml', site));
    const atom = parseAtomFeed(await read(fixtureFiles(), '/atom.xml', site));
    const json = parseJsonFeed(await read(fixtureFiles(), '/feed.json', site));
    expect(json.items?.map((item) => item.title)).toEqual(titles);
    expect(rss.items?.map((item) => item.guid?.value)).toEqual(json.items?.map((item) => item.id));
    expect(atom.entries?.map((entry) => entry.id)).toEqual(json.items?.map((item) => item.id));
    expect(rss.items?.map((item) => item.link)).toEqual(json.items?.map((item) => item.url));
    expect(rss.items?.map((item) => item.content?.encoded)).toEqual(
      json.items?.map((item) => item.content_html),
    );
    expect(atom.entries?.map((entry) => entry.content?.value)).toEqual(
      json.items?.map((item) => item.content_html),
    );
    expect(atom.entries?.map((entry) => entry.updated)).toEqual(
      json.items?.map((item) => item.date_modified),
    );
    expect(json).toMatchObject({ title: site.title, description: site.description, language: 'en' });
    expect(json.authors).toEqual([
      { name: 'Jane & Roe', url: 'https://jane.example/?a=1&b=2' },
      { name: 'Ali Öz' },
    ]);
  });

  test('read titles and descriptions escaped exactly once', async () => {
    // An XML parser that only knows XML: what it gives back is what we meant.
    const parser = new XMLParser({ ignoreAttributes: false, parseTagValue: false, htmlEntities: true });
    const { channel } = parser.parse(await read(fixtureFiles(), '/rss.xml', site)).rss;
    const { feed } = parser.parse(await read(fixtureFiles(), '/atom.xml', site));
    expect(channel.item.map((item: { title: string }) => item.title)).toEqual(titles);
    expect(feed.entry.map((entry: { title: string }) => entry.title)).toEqual(titles);
    expect([channel.title, channel.image.title, feed.title]).toEqual([site.title, site.title, site.title]);
    expect([channel.description, feed.subtitle]).toEqual([site.description, site.description]);
    expect([channel.copyright, feed.rights]).toEqual([site.copyright, site.copyright]);
    expect(feed.author).toEqual([
      { name: 'Jane & Roe', uri: 'https://jane.example/?a=1&b=2' },
      { name: 'Ali Öz', email: 'ali@news.example' },
    ]);
    expect(channel['dc:creator']).toEqual(['Jane & Roe', 'Ali Öz']);
  });

  test('read the summary in Atom as HTML with the same words, so that it does not outrank the content', async () => {
    const words = 'AT&T says "a < b" & <b>c</b> ]]> &amp; more';
    const files = [
      file(
        'a.txt',
        `A

1.2.2021
Summary: ${words}

Text.`,
      ),
    ];
    const parser = new XMLParser({ ignoreAttributes: false, parseTagValue: false, htmlEntities: true });
    const { entry } = parser.parse(await read(files, '/atom.xml')).feed;
    expect(entry.summary['@_type']).toBe('html');
    const decoded = wordsIn(entry.summary['#text']);
    expect(entry.summary['#text']).not.toContain('<');
    expect([decoded, JSON.parse(await read(files, '/feed.json')).items[0].summary]).toEqual([words, words]);
    expect(parseAtomFeed(await read(files, '/atom.xml')).entries?.[0]?.title).toMatchObject({ value: 'A' });
  });

  test('find the links that readers go by', async () => {
    const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' });
    const { channel } = parser.parse(await read(fixtureFiles(), '/rss.xml')).rss;
    const { feed } = parser.parse(await read(fixtureFiles(), '/atom.xml'));
    // SimplePie takes the first alternate link for the home page, and Liferea takes the last one.
    expect(channel['atom:link']).toEqual({
      href: 'https://news.example/rss.xml',
      rel: 'self',
      type: 'application/rss+xml',
    });
    expect(channel.link).toBe('https://news.example/');
    expect(feed.link).toEqual([
      { rel: 'alternate', href: 'https://news.example/' },
      { rel: 'self', href: 'https://news.example/atom.xml' },
    ]);
    const turkish = feed.entry.find((entry: { title: string }) => entry.title.startsWith('Ankara'));
    const via = 'https://www.aa.com.tr/tr/kultur/isik-sergisi?id=7&dil=tr';
    expect(turkish.link).toContainEqual({ rel: 'via', href: via.replace('&', '&#x26;') });
    expect(turkish['dc:source']).toBe('Anadolu Ajansı');
    const json = JSON.parse(await read(fixtureFiles(), '/feed.json'));
    expect(json.items.find((item: { title: string }) => item.title.startsWith('Ankara')).external_url).toBe(
      via,
    );
  });

  test('read the same authors and tags from all three feeds', async () => {
    const files = [
      file(
        'a.md',
        '---\ntitle: A\ndate: 2026-01-02\nauthors: [Jane Roe, Ali Öz]\ntags: [Sea & Sky, "<C++>"]\naudio: { url: "https://a.example/a.mp3", length: 9 }\n---\nWords.\n',
      ),
    ];
    const [item] = parseRssFeed(await read(files, '/rss.xml')).items ?? [];
    const [entry] = parseAtomFeed(await read(files, '/atom.xml')).entries ?? [];
    const [{ authors, tags }] = JSON.parse(await read(files, '/feed.json')).items;
    expect(tags).toEqual(['Sea & Sky', '<C++>']);
    expect(authors).toEqual([{ name: 'Jane Roe' }, { name: 'Ali Öz' }]);
    expect(item?.categories?.map(({ name }) => name)).toEqual(tags);
    expect(entry?.categories?.map(({ term }) => term)).toEqual(tags);
    expect([item?.dc?.creators, item?.itunes?.author]).toEqual([['Jane Roe', 'Ali Öz'], undefined]);
    expect(entry?.authors).toEqual(authors);
  });

  test.each([
    ['![A horn](https://a.example/b.mp3)', 'A horn'],
    ['<audio src="https://a.example/b.mp3"></audio>', 'b.mp3'],
    ['<video controls><source src="https://a.example/b.mp3">No film here.</video>', 'b.mp3'],
    ['<video src="https://a.example/b.mp3"><a href="https://a.example/b.mp3">Get it</a></video>', 'Get it'],
  ])('that cannot play %s find one link to it, which is no part of the words', async (player, name) => {
    const files = [file('a.md', `---\ntitle: A\ndate: 2026-01-02\n---\n${player}\n\nWords.\n`)];
    const [item] = JSON.parse(await read(files, '/feed.json')).items;
    const links = item.content_html.match(
      /<a href='https:\/\/a.example\/b.mp3'>([^<]*)<\/a><\/(?:audio|video)>/g,
    );
    expect(links?.map(textOfHtml)).toEqual([name]);
    expect(item.summary).toBe('Words.');
  });

  test('find one recording of an episode, and others unless the text plays them', async () => {
    const text = `---
title: A
date: 2026-01-02
audio:
  - https://a.example/episode.mp3
  - https://a.example/extra.mp3
---
![A clip](https://a.example/clip.mp4)
`;
    const xml = await read([file('a.md', text)], '/rss.xml');
    expect([...xml.matchAll(/<(?:enclosure|media:content) url="([^"]*)/g)].map(([, url]) => url)).toEqual([
      'https://a.example/episode.mp3',
      'https://a.example/extra.mp3',
    ]);
  });

  test('find the lead image in the version that the content shows', async () => {
    const text =
      '---\ntitle: A\ndate: 2026-01-02\nimage: https://a.example/a.png\n---\n![B](https://a.example/a-1400.webp)\n';
    const { articles } = await collectArticles(seedFiles([file('a.md', text)]), makeSite(), NOW);
    const [plain] = articles;
    if (plain?.image === undefined) throw new Error('there is no article with an image');
    const variants = [400, 1400].map((width) => ({ url: `https://a.example/a-${width}.webp`, width }));
    const article = { ...plain, image: { ...plain.image, width: 2800, height: 2001, variants } };
    for (const write of [atomEntry, rssItem]) {
      expect(write(plain, makeSite())).toContain('<media:content url="https://a.example/a.png"');
      expect(write(article, makeSite())).toContain(
        '<media:content url="https://a.example/a-1400.webp" type="image/webp" medium="image" height="1001" width="1400"/>',
      );
    }
    expect(JSON.parse(jsonItem(article).replace(HOLES.alone, '')).image).toBe(
      'https://a.example/a-1400.webp',
    );
  });

  test('show the summary of an article whose text is empty', async () => {
    const files = [file('a.md', '---\ntitle: A\ndate: 2026-01-02\nsummary: B.\n---\n{% chart %}\n')];
    const [item] = parseRssFeed(await read(files, '/rss.xml')).items ?? [];
    const [entry] = parseAtomFeed(await read(files, '/atom.xml')).entries ?? [];
    expect([item?.description, entry?.summary?.value]).toEqual(['B.', 'B.']);
    for (const path of ['/rss.xml', '/atom.xml']) expect(await read(files, path)).not.toContain('<content');
    const [json] = JSON.parse(await read(files, '/feed.json')).items;
    expect([json.content_html, json.content_text]).toEqual([undefined, 'B.']);
  });

  test('find well-formed XML without entries too', async () => {
    for (const path of ['/rss.xml', '/atom.xml'])
      expect(XMLValidator.validate(await read([], path))).toBe(true);
    expect(parseAtomFeed(await read([], '/atom.xml')).updated).toBe('1970-01-01T00:00:00.000Z');
  });

  test('find no character that XML forbids, and no mark of ours', async () => {
    const controls = Array.from({ length: 0x20 }, (_, code) => String.fromCharCode(code)).join('');
    const nasty = `${controls.replace(/[\0\n\r]/g, '')}\x7F\uFDD0\uFDD1\uFFFE\uFFFF\u{1FFFF}`;
    const files = [
      file(
        'n.txt',
        documentOf(`Nasty ${nasty} title`, '1.2.2021', `Before${nasty}after slot:0; slot:1; ]]>`),
      ),
    ];
    for (const path of ['/rss.xml', '/atom.xml', '/feed.json', '/', '/articles/nasty']) {
      const body = await read(files, path);
      expect(body).not.toMatch(/[^\P{Cc}\n]|\p{Noncharacter_Code_Point}/u);
    }
    expect(await read(files, '/rss.xml')).toContain('slot:0; slot:1; ]]&gt;');
  });
});

describe('pages', () => {
  test('offer the three feeds to whoever looks for them', async () => {
    for (const path of ['/', '/articles/a-note-without-a-source']) {
      const body = await read(fixtureFiles(), path);
      const links = [
        ...body.matchAll(/<link rel="alternate" type="([^"]+)" title="([^"]+)" href="([^"]+)">/g),
      ].map((match) => match.slice(1));
      expect(links).toEqual([
        ['application/rss+xml', 'Example News (RSS)', 'https://news.example/rss.xml'],
        ['application/atom+xml', 'Example News (Atom)', 'https://news.example/atom.xml'],
        ['application/feed+json', 'Example News (JSON Feed)', 'https://news.example/feed.json'],
      ]);
    }
  });

  test('say nothing unescaped', async () => {
    for (const path of ['/', '/articles/at-t-says-a-b-b-c-b-d-e-amp-f']) {
      const body = await read(fixtureFiles(), path);
      expect(body).toContain('AT&#38;T says &#34;a &#60; b&#34; &#38; &#60;b&#62;c&#60;/b&#62;');
      const others = SCRIPTS.reduce(
        (rest, script) => rest.replaceAll(`<script>${script}</script>`, ''),
        body,
      );
      expect(others).not.toMatch(/<script(?! type="application\/ld\+json">)/);
    }
  });
});
