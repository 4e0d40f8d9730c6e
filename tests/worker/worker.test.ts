import { readdirSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestHarness } from 'wrangler';
import { serveBuild } from '../../src/preview/serve.ts';
import { partPath } from '../../src/routes/paths.ts';
import { runBuild } from '../support/build.ts';
import { temporaryFolder } from '../support/folder.ts';

const PERMALINK = '/articles/isis-has-been-militarily-defeated-in-iraq-and-syria';
const FEEDS = ['/rss.xml', '/atom.xml', '/feed.json'] as const;
/** What lies beside the worker, but for the last. */
const FORMS = ['/articles/already-out.md', '/articles/already-out.txt', '/articles/already-out.json'];

let harness: TestHarness;
let url: URL;
let seeds: Awaited<ReturnType<typeof temporaryFolder>>;
let out: Awaited<ReturnType<typeof temporaryFolder>>;

/** The built worker, asked over a socket as a feed reader asks it: nothing is decoded on the way. */
async function ask(
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { host: url.hostname, port: url.port, path, method, headers },
      async (response) => {
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: await buffer(response),
        });
      },
    );
    outgoing.on('error', reject).end();
  });
}

beforeAll(async () => {
  const dayOf = (offset: number): string =>
    new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
  seeds = await temporaryFolder({
    'site.toml': 'title = "News"\nurl = "http://pinned.example"\n',
    'yesterday.txt': `Already Out\n\n- ${dayOf(-1)}\n\nThis one is to be seen.\n`,
    'next-week.txt': `Still To Come\n\n- ${dayOf(7)}\n\nThis one is not.\n`,
  });
  out = await temporaryFolder({});
  const { code, stdout } = await runBuild(['--seeds', seeds.path, '--out', out.path]);
  expect(code, stdout).toBe(0);
  harness = await serveBuild(out.path);
  url = (await harness.listen()).url;
}, 60_000);

afterAll(async () => {
  await harness.close();
  await Promise.all([seeds.remove(), out.remove()]);
});

test('gives each of many that ask at once its own answer', async () => {
  const paths = ['/rss.xml', '/atom.xml', '/feed.json', '/', '/articles/already-out'];
  const bodyFor = async (path: string, host: string): Promise<string> =>
    (await ask(path, { host })).body.toString().replaceAll(host, 'HOST');
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
      const identity = await ask(path);
      expect(identity.status).toBe(200);
      expect(identity.headers['content-encoding']).toBeUndefined();
      const gzip = await ask(path, { 'accept-encoding': 'gzip' });
      expect(gzip.headers['content-encoding']).toBe('gzip');
      expect(Buffer.compare(gunzipSync(gzip.body), identity.body)).toBe(0);
      expect(gzip.headers.etag).toBe(identity.headers.etag);
      expect(identity.body.toString()).toContain('This one is to be seen.');
    },
  );

  test.each([...FEEDS, '/'])('sends %s of the pinned address as the build compressed it', async (path) => {
    const host = { host: 'pinned.example' };
    const identity = await ask(path, host);
    const { headers, body } = await ask(path, { ...host, 'accept-encoding': 'br' });
    expect(headers['content-encoding']).toBe('br');
    expect(headers.etag).toBe(identity.headers.etag);
    expect(brotliDecompressSync(body).equals(identity.body)).toBe(true);
    const gzip = await ask(path, { ...host, 'accept-encoding': 'gzip' });
    expect(gunzipSync(gzip.body).equals(identity.body)).toBe(true);
    expect(body.length).toBeLessThan(gzip.body.length);
  });

  test.each(FEEDS)('answers a second poll of %s with 304', async (path) => {
    const { headers } = await ask(path);
    for (const condition of [
      { 'if-none-match': String(headers.etag) },
      { 'if-modified-since': String(headers['last-modified']) },
    ]) {
      const { status, body } = await ask(path, condition);
      expect(status).toBe(304);
      expect(body.length).toBe(0);
    }
  });

  test('names the format that a 304 is about', async () => {
    const accept = { accept: 'text/markdown' };
    const { headers } = await ask('/articles/already-out', accept);
    const second = await ask('/articles/already-out', { ...accept, 'if-none-match': String(headers.etag) });
    expect(second.status).toBe(304);
    expect(second.headers['content-location']).toBe('/articles/already-out.md');
  });

  test('hides what is scheduled on every route', async () => {
    for (const path of [...FEEDS, '/'])
      expect((await ask(path)).body.toString()).not.toContain('Still To Come');
    expect((await ask('/articles/still-to-come')).status).toBe(404);
  });

  test('links to the address that was asked', async () => {
    const { body } = await ask('/feed.json');
    expect(JSON.parse(body.toString()).feed_url).toBe(`http://${url.host}/feed.json`);
  });

  test('serves the icons', async () => {
    expect((await ask('/icon.png')).headers).toMatchObject({
      'content-type': 'image/png',
      'access-control-allow-origin': '*',
    });
    expect((await ask('/favicon.ico')).status).toBe(200);
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
    expect((await ask(path, {}, method)).status).toBe(status);
  });

  test('keeps to itself what lies beside it: nobody sees there what is still to come', async () => {
    const parts = readdirSync(join(out.path, 'assets', partPath('')));
    expect(parts.length).toBeGreaterThan(0);
    for (const digest of parts) expect((await ask(partPath(digest))).status).toBe(404);
    expect((await ask('/articles/already-out.md')).status).toBe(200);
    expect((await ask('/articles/still-to-come.md')).status).toBe(404);
  });

  test('survives huge header fields', async () => {
    const { status } = await ask('/rss.xml', {
      'if-none-match': '"x",'.repeat(3000),
      'accept-encoding': 'gzip;q=0,'.repeat(200),
    });
    expect(status).toBeLessThan(500);
  });

  test('logs no error', () => {
    expect(harness.getLogs().filter(({ level }) => level === 'error')).toEqual([]);
  });
});
