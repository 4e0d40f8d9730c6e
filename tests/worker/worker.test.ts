import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bodyText } from '../../src/check/http-client.ts';
import { partPath } from '../../src/routes/paths.ts';
import { type Served, serveFiles } from '../support/served.ts';

const PERMALINK = '/articles/isis-has-been-militarily-defeated-in-iraq-and-syria';
const FEEDS = ['/rss.xml', '/atom.xml', '/feed.json'] as const;
/** What lies beside the worker, but for the last. */
const FORMS = ['/articles/already-out.md', '/articles/already-out.txt', '/articles/already-out.json'];

let site: Served;

beforeAll(async () => {
  const dayOf = (offset: number): string =>
    new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
  site = await serveFiles({
    'site.toml': 'title = "News"\nurl = "http://pinned.example"\n',
    'yesterday.txt': `Already Out\n\n- ${dayOf(-1)}\n\nThis one is to be seen.\n`,
    'next-week.txt': `Still To Come\n\n- ${dayOf(7)}\n\nThis one is not.\n`,
  });
});

afterAll(() => site.close());

test('gives each of many that ask at once its own answer', async () => {
  const paths = ['/rss.xml', '/atom.xml', '/feed.json', '/', '/articles/already-out'];
  const bodyFor = async (path: string, host: string): Promise<string> =>
    bodyText(await site.ask(path, { host })).replaceAll(host, 'HOST');
  const alone = await Promise.all(paths.map((path) => bodyFor(path, 'alone.example')));
  const questions = Array.from({ length: 100 }, (_, number) => number);
  const together = await Promise.all(
    questions.map((number) => bodyFor(paths[number % paths.length] ?? '', `host-${number}.example`)),
  );
  expect(together).toEqual(questions.map((number) => alone[number % paths.length]));
});

describe('the built worker in workerd', () => {
  test.each([...FEEDS, '/', '/articles/already-out', ...FORMS, '/llms.txt'])(
    'sends %s as gzip and as it is, the same content',
    async (path) => {
      const identity = await site.ask(path);
      expect(identity.status).toBe(200);
      expect(identity.headers.get('content-encoding')).toBeNull();
      const gzip = await site.ask(path, { 'accept-encoding': 'gzip' });
      expect(gzip.headers.get('content-encoding')).toBe('gzip');
      expect(Buffer.compare(gunzipSync(gzip.body), identity.body)).toBe(0);
      expect(gzip.headers.get('etag')).toBe(identity.headers.get('etag'));
      expect(bodyText(identity)).toContain('This one is to be seen.');
    },
  );

  test.each([...FEEDS, '/'])('sends %s of the pinned address as the build compressed it', async (path) => {
    const host = { host: 'pinned.example' };
    const identity = await site.ask(path, host);
    const { headers, body } = await site.ask(path, { ...host, 'accept-encoding': 'br' });
    expect(headers.get('content-encoding')).toBe('br');
    expect(headers.get('etag')).toBe(identity.headers.get('etag'));
    expect(brotliDecompressSync(body).equals(identity.body)).toBe(true);
    const gzip = await site.ask(path, { ...host, 'accept-encoding': 'gzip' });
    expect(gunzipSync(gzip.body).equals(identity.body)).toBe(true);
    expect(body.length).toBeLessThan(gzip.body.length);
  });

  test.each(FEEDS)('answers a second poll of %s with 304', async (path) => {
    const { headers } = await site.ask(path);
    for (const condition of [
      { 'if-none-match': String(headers.get('etag')) },
      { 'if-modified-since': String(headers.get('last-modified')) },
    ]) {
      const { status, body } = await site.ask(path, condition);
      expect(status).toBe(304);
      expect(body.length).toBe(0);
    }
  });

  test('names the format that a 304 is about', async () => {
    const accept = { accept: 'text/markdown' };
    const { headers } = await site.ask('/articles/already-out', accept);
    const second = await site.ask('/articles/already-out', {
      ...accept,
      'if-none-match': String(headers.get('etag')),
    });
    expect(second.status).toBe(304);
    expect(second.headers.get('content-location')).toBe('/articles/already-out.md');
  });

  test('hides what is scheduled on every route', async () => {
    for (const path of [...FEEDS, '/']) expect(bodyText(await site.ask(path))).not.toContain('Still To Come');
    expect((await site.ask('/articles/still-to-come')).status).toBe(404);
  });

  test('links to the address that was asked', async () => {
    const { feed_url } = JSON.parse(bodyText(await site.ask('/feed.json')));
    expect(feed_url).toBe(`http://${site.url.host}/feed.json`);
  });

  test('serves the icons', async () => {
    const { headers } = await site.ask('/icon.png');
    expect(headers.get('content-type')).toBe('image/png');
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect((await site.ask('/favicon.ico')).status).toBe(200);
  });

  test.each([
    ['/articles/%E0%A4%A', 'GET', 404],
    ['/articles/%', 'GET', 404],
    ['/%', 'GET', 404],
    ['/../../etc/passwd', 'GET', 404],
    [PERMALINK, 'GET', 404],
    ['/rss.xml', 'DELETE', 405],
    ['/rss.xml/', 'OPTIONS', 204],
    ['/Articles//already-out/', 'GET', 308],
    ['/articles/nothing/', 'GET', 404],
    ['/nothing', 'POST', 404],
    [`/${'a'.repeat(7000)}`, 'GET', 404],
  ])('answers %s %s', async (path, method, status) => {
    expect((await site.ask(path, {}, method)).status).toBe(status);
  });

  test('keeps to itself what lies beside it: nobody sees there what is still to come', async () => {
    const parts = readdirSync(join(site.out, 'assets', partPath('')));
    expect(parts.length).toBeGreaterThan(0);
    for (const digest of parts) expect((await site.ask(partPath(digest))).status).toBe(404);
    expect((await site.ask('/articles/already-out.md')).status).toBe(200);
    expect((await site.ask('/articles/still-to-come.md')).status).toBe(404);
  });

  test('survives huge header fields', async () => {
    const { status } = await site.ask('/rss.xml', {
      'if-none-match': '"x",'.repeat(3000),
      'accept-encoding': 'gzip;q=0,'.repeat(200),
    });
    expect(status).toBeLessThan(500);
  });

  test('logs no error', () => {
    expect(site.logs().filter(({ level }) => level === 'error')).toEqual([]);
  });
});
