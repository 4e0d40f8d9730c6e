import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { checkHttp, expectedTypes, httpRules } from '../../src/check/http.ts';
import type { HttpClient, RawResponse } from '../../src/check/http-client.ts';
import type { Issue } from '../../src/check/report.ts';
import { checkSite } from '../../src/check/site.ts';
import { FEED_FORMATS, mediaTypes, paths } from '../../src/routes/paths.ts';
import { documentOf, file, makeApp, NOW } from '../support/app.ts';
import { rulesIn, untried } from '../support/checked-feeds.ts';

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

  test('a site whose articles are all to come has nothing to complain about', async () => {
    const { ask: askEmpty } = await makeApp([file('a.txt', documentOf('To come', '2099-01-01'))]);
    const client: HttpClient = async (target, headers = {}, method = 'GET') => {
      const response = await askEmpty(target, headers, method);
      return { status: response.status, headers: response.headers, body: await response.bytes() };
    };
    for (const format of FEED_FORMATS)
      expect(await checkHttp(client, paths[format][0], expectedTypes[format], NOW)).toEqual([]);
    for (const page of ['/', '/feeds', '/search?q=none'])
      expect(await checkHttp(client, page, expectedTypes.html, NOW)).toEqual([]);
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
      'http/modified',
      'a delta without a base',
      (answer, { headers }) =>
        headers.has('a-im') && answer.status === 200 ? { ...answer, status: 226 } : answer,
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
    ['http/navigation', 'Vary without Sec-Fetch-Mode', setting('Vary', 'Accept, Accept-Encoding')],
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

  describe('whose main feeds are files', () => {
    const files = new Map<string, string>(
      FEED_FORMATS.map((format) => [paths[format][0], mediaTypes[format]]),
    );
    const aliases = new Map<string, string>(
      FEED_FORMATS.flatMap((format) => paths[format].slice(1).map((alias) => [alias, paths[format][0]])),
    );
    /** As Cloudflare serves files: by path, whatever else is asked for. */
    const askFiles: HttpClient = async (target, headers = {}, method = 'GET') => {
      const own = aliases.get(target);
      if (own !== undefined)
        return { status: 301, headers: new Headers({ Location: own }), body: new Uint8Array() };
      const type = files.get(target);
      if (type === undefined) return ask(target, headers, method);
      const isKnown = new Headers(headers).get('if-none-match') === '"file"';
      const fields = new Headers({ 'Content-Type': type, ETag: '"file"' });
      return { status: isKnown ? 304 : 200, headers: fields, body: (await ask(target)).body };
    };

    test('is right if site.toml says so', async () => {
      expect(await findingsOf(askFiles, 'static')).toEqual([]);
      expect(rulesIn(await findingsOf(askFiles))).toContain('http/alias');
    });

    test('is wrong if the worker serves them', async () => {
      expect(rulesIn(await findingsOf(ask, 'static'))).toContain('http/alias');
    });
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

  async function findingsOf(asker: HttpClient, mainFeeds?: 'static'): Promise<Issue[]> {
    const findings: Issue[] = [];
    for await (const { issues } of checkSite(ORIGIN, asker, () => NOW, mainFeeds)) findings.push(...issues);
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
