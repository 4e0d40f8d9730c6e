import { expect, test } from 'vitest';
import { check, checkReaderAccess } from '../../src/check/command.ts';
import type { HttpClient, RawResponse } from '../../src/check/http-client.ts';

const CHALLENGE =
  '<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title></head><body><script src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1"></script></body></html>';

function answer(status: number, headers: Readonly<Record<string, string>>, body = ''): RawResponse {
  return { status, headers: new Headers(headers), body: new TextEncoder().encode(body) };
}

const FEED = answer(200, { 'content-type': 'application/atom+xml' }, '<feed/>');
const HTML = { 'content-type': 'text/html; charset=UTF-8' };

/** Refuses one reader. */
function serving(refusal: RawResponse, reader: RegExp): HttpClient {
  return async (_, headers = {}) => (reader.test(headers['User-Agent'] ?? '') ? refusal : FEED);
}

test.each([
  ['its header', answer(403, { ...HTML, 'cf-mitigated': 'challenge' })],
  ['its title', answer(503, HTML, CHALLENGE)],
  ['its script', answer(403, HTML, CHALLENGE.replace('Just a moment...', 'Bir dakika lütfen...'))],
  ['the page of a block', answer(403, HTML, '<title>Attention Required! | Cloudflare</title>')],
])('a challenge page is known by %s, and the rule to add is named', async (_, refusal) => {
  const { issues } = await checkReaderAccess(serving(refusal, /Miniflux/));
  expect(issues.map(({ rule }) => rule)).toEqual(Array(3).fill('access/challenge'));
  expect(issues[1]?.message).toContain(
    `/atom.xml for Miniflux "status ${refusal.status}": expected the feed`,
  );
  expect(issues[1]?.message).toContain('switch "Bot Fight Mode" off');
  expect(issues[1]?.message).toContain('ends_with(http.request.uri.path, "/atom.xml")');
});

test('another refusal is no challenge', async () => {
  const { issues } = await checkReaderAccess(
    serving(answer(403, HTML, '<title>Forbidden</title>'), /Feedly/),
  );
  expect(issues.map(({ rule }) => rule)).toEqual(Array(3).fill('access/refused'));
});

test('an article about challenge pages is none', async () => {
  const article = answer(200, HTML, CHALLENGE);
  expect((await checkReaderAccess(serving(article, /./))).issues).toEqual([]);
});

test.each([
  [
    ['news.example'],
    'Cannot check "news.example": expected one site, such as https://news.example, or nothing',
  ],
  [['https://news.example/blog'], 'expected one site, such as https://news.example, or nothing'],
  [['a', 'b'], 'Cannot check "a b": expected one site, such as https://example.org, or nothing'],
])('the address %j is no site', async (args, message) => {
  await expect(check(args)).rejects.toThrow(message);
});
