import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import type { RawResponse } from '../../src/check/http-client.ts';
import { file } from '../support/app.ts';
import { testFolder } from '../support/folder.ts';
import { type FuzzFinding, type FuzzTarget, runCampaign } from './fuzz.ts';
import { judgeFolder, judgeResponse, watchedThread } from './judge.ts';
import type { FuzzedRequest } from './requests.ts';

/** Some hundred cases, always the same; `npm run fuzz` goes on. */
test.each<[FuzzTarget, number]>([
  ['documents', 20],
  ['fields', 30],
  ['requests', 50],
])('%s: nothing breaks', { timeout: 600_000 }, async (target, cases) => {
  const out = await testFolder();
  const findings: FuzzFinding[] = [];
  const rounds: string[] = [];
  const options = { targets: [target], seed: 1, cases, out };
  for await (const finding of runCampaign(options, (line) => rounds.push(line))) findings.push(finding);
  expect(findings).toEqual([]);
  expect(rounds).toEqual([`${target}: ${cases} cases with seed 1`]);
});

describe('a thread under watch', () => {
  const script = join(import.meta.dirname, '../support/faulty-thread.ts');
  const thread = watchedThread({ script, maxWait: 3000 });
  afterAll(thread.close);

  test.each([
    ['hang.md', /does not end/],
    ['throw.md', /ends the thread: Error: a fault/],
    ['exit.md', /ends the thread with code 3/],
    ['slow.md', /CPU time/],
  ])('tells of %s and goes on', async (path, fault) => {
    expect(await thread.judge([file(path, '')])).toEqual([expect.stringMatching(fault)]);
    expect(await thread.judge([file('fine.md', '')])).toEqual([]);
  });
});

test('a folder that is sound has no faults, whatever its documents try', async () => {
  expect(
    await judgeFolder([file('a.md', '---\ndate: 2021-02-03\n---\n<img src=x onerror=alert(1)> Words.\n')]),
  ).toEqual([]);
  expect(await judgeFolder([file('a.md', '---\ndate: 2021-02-31\n---\nWords.\n')])).toEqual([]);
  expect(await judgeFolder([file('a.md', '---\ndate: 2021-02-03\n---\n$\\frac{1}{3}$ of it.\n')])).toEqual(
    [],
  );
});

describe('an answer is at fault', () => {
  const request: FuzzedRequest = { method: 'GET', target: '/', headers: {} };
  const sound = {
    'Access-Control-Allow-Origin': '*',
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'",
    'Content-Type': 'text/html; charset=utf-8',
  };
  const answer = (
    status: number,
    headers: Record<string, string> = {},
    body = '<html></html>',
  ): RawResponse => ({
    status,
    headers: new Headers({ ...sound, ...headers }),
    body: Buffer.from(body),
  });

  test('unless it is sound', () => {
    expect(judgeResponse(request, answer(200))).toEqual([]);
    expect(judgeResponse(request, answer(404))).toEqual([]);
    expect(judgeResponse(request, answer(308, { Location: 'http://own.example/a' }, ''))).toEqual([]);
    const gzip = { ...answer(200, { 'Content-Encoding': 'gzip' }), body: gzipSync('<html></html>') };
    expect(judgeResponse(request, gzip)).toEqual([]);
  });

  test.each<[string, RawResponse, RegExp]>([
    ['a failure', answer(500), /status 500/],
    ['a redirect to elsewhere', answer(308, { Location: '//evil.example/' }, ''), /leads away/],
    ['304 unasked', answer(304, {}, ''), /without a condition/],
    ['226 unasked', answer(226), /nobody asked/],
    ['a date to come', answer(200, { 'Last-Modified': 'Fri, 31 Dec 9999 23:59:59 GMT' }), /Last-Modified/],
    ['a broken coding', answer(200, { 'Content-Encoding': 'gzip' }), /not gzip/],
    ['half a page', answer(200, {}, '<html>'), /does not end/],
    ['half a feed', answer(200, { 'Content-Type': 'application/rss+xml' }, '<rss>'), /well-formed/],
    ['half an object', answer(200, { 'Content-Type': 'application/feed+json' }, '{'), /not JSON/],
    ['an article to come', answer(200, {}, '<html>/articles/to-come</html>'), /a scheduled article/],
    ['an address of the request', answer(200, {}, '<html>evil.example</html>'), /address of the request/],
    ['no policy', answer(200, { 'Content-Security-Policy': '' }), /without a policy/],
    ['no nosniff', answer(200, { 'X-Content-Type-Options': '' }), /X-Content-Type-Options/],
  ])('%s', (_, response, fault) => {
    expect(judgeResponse(request, response)).toEqual([expect.stringMatching(fault)]);
  });
});
