import { describe, expect, test } from 'vitest';
import { documentOf, file, makeApp } from '../support/app.ts';

const { ask } = await makeApp([file('a.txt', documentOf('High water', '1.1.2021'))]);
const FEEDS = {
  '/rss.xml': 'application/rss+xml; charset=utf-8',
  '/atom.xml': 'application/atom+xml; charset=utf-8',
  '/feed.json': 'application/feed+json',
  '/years/2021/rss.xml': 'application/rss+xml; charset=utf-8',
};
const FIREFOX = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
const CHROMIUM =
  'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7';
const AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

type Fields = Readonly<Record<string, string>>;

/** What asks for a feed and says that it takes pages too; as each of them sends it. */
const READERS: Readonly<Record<string, Fields>> = {
  Miniflux: {
    accept:
      'application/xml, application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, text/html, */*;q=0.9',
  },
  'SimplePie, in FreshRSS and WordPress': {
    accept:
      'application/atom+xml, application/rss+xml, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, text/html;q=0.7, unknown/unknown;q=0.1, application/unknown;q=0.1, */*;q=0.1',
  },
  'RSS Guard and others that were told to look like Firefox': {
    accept: FIREFOX,
    'accept-language': 'en-US',
    'user-agent': AGENT,
  },
  'newsboat told to ask for pages': { accept: 'text/html' },
  'a reader within a mail program or an extension of a browser': {
    accept: FIREFOX,
    'user-agent': AGENT,
    'sec-fetch-dest': 'empty',
    'sec-fetch-mode': 'cors',
    'sec-fetch-site': 'cross-site',
  },
  'a worker that asks without CORS': {
    accept: CHROMIUM,
    'sec-fetch-dest': 'empty',
    'sec-fetch-mode': 'no-cors',
  },
  'a program of Node’s': {
    accept: 'text/html, application/rss+xml;q=0.9, */*;q=0.8',
    'sec-fetch-mode': 'cors',
  },
  'a browser that sends no fetch metadata': { accept: FIREFOX, 'user-agent': AGENT },
};

const BROWSERS: Readonly<Record<string, Fields>> = {
  Chromium: { accept: CHROMIUM, 'sec-fetch-dest': 'document', 'sec-fetch-user': '?1' },
  Firefox: { accept: FIREFOX, 'sec-fetch-dest': 'document', 'sec-fetch-user': '?1' },
  Safari: { accept: FIREFOX, 'sec-fetch-dest': 'document', 'sec-fetch-site': 'none' },
};

describe.each(Object.entries(FEEDS))('%s', (path, type) => {
  test.each(Object.entries(READERS))('is a feed for %s', async (_, fields) => {
    const response = await ask(path, fields);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(type);
    const tag = response.headers.get('etag') ?? '';
    expect((await ask(path, { ...fields, 'if-none-match': tag })).status).toBe(304);
  });

  test.each(Object.entries(BROWSERS))('is a page for who types it into %s', async (_, fields) => {
    const response = await ask(path, { ...fields, 'sec-fetch-mode': 'navigate' });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('vary')?.split(', ')).toEqual(['A-IM', 'Accept-Encoding', 'Sec-Fetch-Mode']);
    expect(await response.text()).toContain(`<code class="address">https://news.example${path}</code>`);
  });
});
