import { describe, expect, test } from 'vitest';
import { documentOf, file, fixtureFiles, makeApp, makeSite, NOW } from '../support/app.ts';
import { ask, BROWSER, FEEDS, PERMALINK } from '../support/article-app.ts';

const { headers: validators } = await ask('/rss.xml');
const tag = validators.get('etag') ?? '';
const lastModified = validators.get('last-modified') ?? '';

describe('conditional requests', () => {
  test('have a weak tag and the newest change of the feed to go by', () => {
    expect(tag).toMatch(/^W\/"[!#-~]+"$/);
    expect(lastModified).toBe('Mon, 01 Jan 2024 00:00:00 GMT');
  });

  test.each([
    ['the tag', { 'if-none-match': tag }, 304],
    ['the tag made strong', { 'if-none-match': tag.slice(2) }, 304],
    ['a list', { 'if-none-match': `"other", ${tag} , W/"third"` }, 304],
    ['a list with a comma in a tag', { 'if-none-match': `"a,b",${tag}` }, 304],
    ['a star', { 'if-none-match': '*' }, 304],
    ['another tag', { 'if-none-match': 'W/"other"' }, 200],
    ['the tag without quotes', { 'if-none-match': tag.slice(3, -1) }, 200],
    ['an empty tag', { 'if-none-match': '""' }, 200],
    ['another tag and the date', { 'if-none-match': '"other"', 'if-modified-since': lastModified }, 200],
    [
      'the tag and an old date',
      { 'if-none-match': tag, 'if-modified-since': 'Thu, 01 Jan 1970 00:00:00 GMT' },
      304,
    ],
    ['the date', { 'if-modified-since': lastModified }, 304],
    ['a later date', { 'if-modified-since': 'Tue, 02 Jan 2024 00:00:00 GMT' }, 304],
    ['an earlier date', { 'if-modified-since': 'Sun, 31 Dec 2023 23:59:59 GMT' }, 200],
    ['the date in the form of RFC 850', { 'if-modified-since': 'Monday, 01-Jan-24 00:00:00 GMT' }, 304],
    ['the date in the form of asctime', { 'if-modified-since': 'Mon Jan  1 00:00:00 2024' }, 304],
    ['no date', { 'if-modified-since': 'yesterday' }, 200],
    ['a number', { 'if-modified-since': '99999999999' }, 200],
    ['an impossible date', { 'if-modified-since': 'Mon, 99 Jan 2024 00:00:00 GMT' }, 200],
    ['If-Match with the weak tag', { 'if-match': tag }, 412],
    ['If-Match with a star', { 'if-match': '*' }, 200],
    ['If-Unmodified-Since the date', { 'if-unmodified-since': lastModified }, 200],
    ['If-Unmodified-Since an earlier date', { 'if-unmodified-since': 'Sun, 31 Dec 2023 23:59:59 GMT' }, 412],
    ['If-Match with the weak tag beside it', { 'if-match': tag, 'if-none-match': tag }, 412],
    ['If-Match with a star beside the tag', { 'if-match': '*', 'if-none-match': tag }, 304],
    [
      'If-Unmodified-Since an earlier date beside the tag',
      { 'if-unmodified-since': 'Sun, 31 Dec 2023 23:59:59 GMT', 'if-none-match': tag },
      412,
    ],
  ])('with %s', async (_, headers, status) => {
    for (const method of ['GET', 'HEAD'])
      expect((await ask('/rss.xml', headers, method)).status).toBe(status);
  });

  test.each([
    ...[...FEEDS, '/', PERMALINK].map((path) => [path, '*/*'] as const),
    ...['text/markdown', 'application/json'].map((type) => [PERMALINK, type] as const),
  ])('of %s as %s get a 304 that says what a 200 would', async (path, accept) => {
    const full = await ask(path, { accept });
    const known = { 'if-none-match': full.headers.get('etag') ?? '', 'accept-encoding': 'gzip' };
    const response = await ask(path, { accept, ...known });
    expect(response.status).toBe(304);
    expect(await response.text()).toBe('');
    // RFC 9110 §15.4.5, and Fetch §3.3.5: without them a script cannot read the tag.
    const cors = ['access-control-allow-origin', 'access-control-expose-headers'];
    for (const name of ['cache-control', 'content-location', 'etag', 'vary', ...cors]) {
      expect(response.headers.get(name), name).toBe(full.headers.get(name));
    }
    expect(response.headers.has('content-location')).toBe(accept !== '*/*');
    expect(response.headers.has('content-encoding')).toBe(false);
    expect(response.headers.has('content-type')).toBe(false);
  });

  test('see a new tag when an article, its words, the site or the origin changes, and only then', async () => {
    const files = fixtureFiles();
    const tagOf = async (...args: Parameters<typeof makeApp>): Promise<string | null> =>
      (await (await makeApp(...args)).ask('/rss.xml')).headers.get('etag');
    const before = await tagOf(files);
    expect(await tagOf([...files].reverse())).toBe(before);
    expect(await tagOf(files, { now: () => NOW + 86_400_000 })).toBe(before);
    const tags = [
      before,
      await tagOf([...files, file('new.txt', documentOf('New', '2.1.2024'))]),
      await tagOf(files.slice(1)),
      await tagOf(
        files.map((each) =>
          each.path === 'short.txt' ? file(each.path, `${Buffer.from(each.bytes)} More.`) : each,
        ),
      ),
      await tagOf(files, { site: makeSite({ title: 'Another Name' }) }),
      await tagOf(files, { environment: { SITE_URL: 'https://pinned.example' } }),
    ];
    expect(new Set(tags).size).toBe(tags.length);
  });
});

describe('HEAD, OPTIONS and other methods', () => {
  test.each([...FEEDS, '/', PERMALINK, '/nothing'])('HEAD of %s is GET without the body', async (path) => {
    for (const headers of [{}, { 'accept-encoding': 'gzip' }, BROWSER]) {
      const [get, head] = [await ask(path, headers), await ask(path, headers, 'HEAD')];
      expect(head.status).toBe(get.status);
      expect([...head.headers]).toEqual([...get.headers]);
      expect(await head.text()).toBe('');
    }
  });

  test.each(['/feed.json', PERMALINK, '/feed.json/', '/blog/feed.xml', '/nothing'])(
    'a preflight of %s lets scripts anywhere ask with any header field',
    async (path) => {
      const response = await ask(
        path,
        { origin: 'https://reader.example', 'access-control-request-headers': 'if-none-match, user-agent' },
        'OPTIONS',
      );
      expect(response.status).toBe(204);
      expect(response.headers.get('access-control-allow-origin')).toBe('*');
      expect(response.headers.get('access-control-allow-methods')).toContain('GET');
      expect(response.headers.get('access-control-allow-headers')).toBe('*');
    },
  );

  test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND', 'BREW'])('%s is not allowed', async (method) => {
    for (const path of ['/rss.xml', '/', PERMALINK]) {
      const response = await ask(path, {}, method);
      expect(response.status).toBe(405);
      expect(response.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
    }
    expect((await ask('/nothing', {}, method)).status).toBe(404);
  });
});
