import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bodyText } from '../../src/check/http-client.ts';
import { RECORDING_PART } from '../../src/store/budget.ts';
import { waveform } from '../support/media-bytes.ts';
import { type Served, serveFiles } from '../support/served.ts';

/** Of three parts. */
const LONG = waveform(2 * RECORDING_PART + 1000);
const LENGTH = LONG.length;

let site: Served;
let long: string;
let short: string;

beforeAll(async () => {
  const article = (title: string, name: string): string => `# ${title}\n\n2026-01-01\n\n![](<${name}>)\n`;
  site = await serveFiles({
    'long.md': article('Long', 'Fog Horns.WAV'),
    'Fog Horns.WAV': LONG,
    'short.md': article('Short', 'short.wav'),
    'short.wav': waveform(1000),
    'paper.md': '# Paper\n\n2026-01-01\n\n[One](paper.pdf), [two](two.txt.gz)\n',
    'paper.pdf': '%PDF-1.4\n',
    'two.txt.gz': 'two',
  });
  const recordingOf = async (slug: string): Promise<string> =>
    /\/media\/[^"]+\.wav/i.exec(bodyText(await site.ask(`/articles/${slug}`)))?.[0] ?? '';
  [long, short] = [await recordingOf('long'), await recordingOf('short')];
});

afterAll(() => site.close());

test('a recording is sent as a whole', async () => {
  for (const range of ['', 'bytes=0-1,5-9', 'bytes=5-2', 'bytes=-', 'bytes', 'items=0-1']) {
    const { status, headers, body } = await site.ask(long, range === '' ? {} : { Range: range });
    expect([status, headers.get('content-range')], range).toEqual([200, null]);
    expect(LONG.equals(body), range).toBe(true);
    expect(Object.fromEntries(headers)).toMatchObject({
      'accept-ranges': 'bytes',
      'access-control-allow-origin': '*',
      'cache-control': 'public, max-age=31536000, immutable',
      'content-length': String(LENGTH),
      'content-type': 'audio/wav',
      'x-content-type-options': 'nosniff',
    });
  }
  expect((await site.ask(short)).body.length).toBe(1044);
  const files = readdirSync(join(site.out, 'assets/media'), { recursive: true, encoding: 'utf8' });
  expect(files.filter((name) => /wav$/i.test(name))).toEqual([]);
});

const PARTS: readonly [range: string, start: number, end: number][] = [
  ['bytes=0-1', 0, 2],
  ['bytes=0-', 0, LENGTH],
  ['Bytes=7-7', 7, 8],
  ['bytes=-5', LENGTH - 5, LENGTH],
  [`bytes=-${LENGTH + 1}`, 0, LENGTH],
  [`bytes=${LENGTH - 1}-99999999999`, LENGTH - 1, LENGTH],
  [`bytes=${RECORDING_PART - 1}-${RECORDING_PART}`, RECORDING_PART - 1, RECORDING_PART + 1],
  [`bytes=${RECORDING_PART}-${2 * RECORDING_PART - 1}`, RECORDING_PART, 2 * RECORDING_PART],
  [`bytes=5-${2 * RECORDING_PART + 4}`, 5, 2 * RECORDING_PART + 5],
];

test.each(PARTS)('%s is sent as a part', async (range, start, end) => {
  const { status, headers, body } = await site.ask(long, { Range: range });
  expect([status, headers.get('content-range'), headers.get('content-length')]).toEqual([
    206,
    `bytes ${start}-${end - 1}/${LENGTH}`,
    String(end - start),
  ]);
  expect(LONG.subarray(start, end).equals(body)).toBe(true);
});

test.each([`bytes=${LENGTH}-`, 'bytes=-0'])('%s is not in the recording', async (range) => {
  const { status, headers } = await site.ask(long, { Range: range });
  expect([status, headers.get('content-range')]).toEqual([416, `bytes */${LENGTH}`]);
});

test('preconditions decide before ranges, and HEAD has no ranges', async () => {
  const etag = (await site.ask(short)).headers.get('etag') ?? '';
  expect(etag).toMatch(/^"[\da-f]{16}"$/);
  const statusOf = async (headers: Record<string, string>, method?: string): Promise<number> =>
    (await site.ask(short, { Range: 'bytes=0-1', ...headers }, method)).status;
  expect(await statusOf({ 'If-Range': etag })).toBe(206);
  for (const other of ['"other"', `W/${etag}`, 'Sat, 01 Jan 2028 00:00:00 GMT'])
    expect(await statusOf({ 'If-Range': other }), other).toBe(200);
  expect(await statusOf({ 'If-None-Match': etag })).toBe(304);
  expect(await statusOf({ 'If-None-Match': `W/${etag}` })).toBe(304);
  expect(await statusOf({ 'If-None-Match': '"other"' })).toBe(206);
  expect(await statusOf({ 'If-Match': `"other", ${etag}` })).toBe(206);
  expect(await statusOf({ 'If-Match': '"other"' })).toBe(412);
  expect(await statusOf({}, 'POST')).toBe(405);
  expect(await statusOf({}, 'OPTIONS')).toBe(204);
  const { status, headers, body } = await site.ask(short, { Range: 'bytes=0-1' }, 'HEAD');
  expect([status, headers.get('content-length'), headers.get('accept-ranges'), body.length]).toEqual([
    200,
    '1044',
    'bytes',
    0,
  ]);
});

test('nothing keeps a browser from showing recordings and PDF', async () => {
  const page = bodyText(await site.ask('/articles/paper'));
  const policyOf = async (name: string): Promise<string | null> => {
    const address = new RegExp(`/media/\\w+/${name}`).exec(page)?.[0] ?? '';
    const { status, headers } = await site.ask(address);
    expect(status).toBe(200);
    return headers.get('content-security-policy');
  };
  expect(await policyOf('paper.pdf')).toBeNull();
  expect(await policyOf('two.txt.gz')).toContain('sandbox');
  const { headers } = await site.ask(short);
  expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; media-src 'self';/);
});

test('there is no other address, and a missing part is an error', async () => {
  expect((await site.ask(short.replace('short', 'other'))).status).toBe(404);
  const [, digest = ''] = /\/media\/(\w+)/.exec(short) ?? [];
  expect((await site.ask(`/store/${digest}-0`)).status).toBe(404);
  rmSync(join(site.out, 'assets/store', `${digest}-0`));
  expect((await site.ask(short, { Range: 'bytes=0-1' })).status).toBe(503);
  await site.build();
  expect(readdirSync(join(site.out, 'assets/store'))).toContain(`${digest}-0`);
});
