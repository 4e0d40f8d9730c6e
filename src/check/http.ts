import { isUtf8 } from 'node:buffer';
import { gunzipSync } from 'node:zlib';
import type { Instant } from '../article.ts';
import { wordList } from '../strings.ts';
import { bodyText, type HttpClient, type RawResponse } from './http-client.ts';
import { isFuture, parseHttpDate } from './identifiers.ts';
import { defineRules, type Issue } from './report.ts';

/** The exact media types that readers and browsers expect. */
export const expectedTypes = {
  rss: 'application/rss+xml; charset=utf-8',
  atom: 'application/atom+xml; charset=utf-8',
  json: 'application/feed+json',
  html: 'text/html; charset=utf-8',
} as const;

/** RFC 9110 §15.4.5 requires them in a 304 if the 200 has them. The `max-age` of `Cache-Control` may count down. */
const KEPT_FIELDS = ['cache-control', 'content-location', 'etag', 'expires', 'vary'];
const COUNTING_FIELDS = ['cache-control', 'expires'];
const HEAD_FIELDS = wordList(
  `access-control-allow-origin content-encoding content-security-policy content-type etag last-modified vary
  x-content-type-options`,
);
/** Earlier than any `Last-Modified` of a feed. */
const LONG_AGO = 'Mon, 01 Jan 1900 00:00:00 GMT';
const IDENTITY = { 'Accept-Encoding': 'identity' };
const PREFLIGHT = { Origin: 'https://reader.example', 'Access-Control-Request-Method': 'GET' };
const NAVIGATION = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'Sec-Fetch-Mode': 'navigate' };

/** Requests one resource in every way that clients do. */
export async function checkHttp(
  fetchRaw: HttpClient,
  target: string,
  type: string,
  now: Instant,
): Promise<Issue[]> {
  const get = await fetchRaw(target, IDENTITY);
  if (get.status !== 200) return [httpRules.status(`GET ${target}`, String(get.status))];
  const examine = async (
    method: string,
    headers: Readonly<Record<string, string>>,
    checkAnswer: (get: RawResponse, response: RawResponse, where: string) => Iterable<Issue>,
  ): Promise<Issue[]> => {
    const fields = Object.entries(headers).map(([name, value]) => `, ${name}: ${value}`);
    return [
      ...checkAnswer(get, await fetchRaw(target, headers, method), `${method} ${target}${fields.join('')}`),
    ];
  };
  const issues = await Promise.all([
    ...matching(get).map((headers) => examine('GET', { ...IDENTITY, ...headers }, checkNotModified)),
    ...differing(get).map((headers) => examine('GET', { ...IDENTITY, ...headers }, checkModified)),
    examine('HEAD', IDENTITY, checkHead),
    examine('GET', { 'Accept-Encoding': 'gzip' }, checkGzip),
    examine('OPTIONS', PREFLIGHT, checkOptions),
    examine('POST', {}, checkMethod),
  ]);
  return [...checkFields(get, `GET ${target}`, type, now), ...issues.flat()];
}

/** A picture or another asset. */
export async function checkFile(
  fetchRaw: HttpClient,
  target: string,
  isExpected: (type: string) => boolean,
): Promise<Issue[]> {
  return fileIssues(await fetchRaw(target), target, isExpected);
}

function fileIssues(
  { status, headers }: RawResponse,
  target: string,
  isExpected: (type: string) => boolean,
): Issue[] {
  const found = headers.get('content-type') ?? '';
  if (status !== 200) return [httpRules.status(`GET ${target}`, String(status))];
  return isExpected(found) ? [] : [httpRules['content-type'](`GET ${target}`, found)];
}

/** A main feed that is a file: Cloudflare serves it, so it has no deltas, no page for people, and no other address. */
export async function checkFileFeed(
  fetchRaw: HttpClient,
  target: string,
  type: string,
  aliases: readonly string[],
): Promise<Issue[]> {
  const response = await fetchRaw(target);
  const issues = fileIssues(response, target, (found) => found === type);
  const again = await fetchRaw(target, { 'If-None-Match': response.headers.get('etag') ?? '' });
  if (again.status !== 304)
    issues.push(httpRules['not-modified'](`GET ${target}, If-None-Match`, String(again.status)));
  for (const alias of aliases) {
    const redirect = await fetchRaw(alias);
    if (redirect.status !== 301 || !redirect.headers.get('location')?.endsWith(target))
      issues.push(httpRules.alias(`GET ${alias}`, String(redirect.status)));
  }
  return issues;
}

/** An alternative address of a feed. */
export async function checkAlias(fetchRaw: HttpClient, target: string, own: string): Promise<Issue[]> {
  const [alias, feed] = [await fetchRaw(target, IDENTITY), await fetchRaw(own, IDENTITY)];
  const isSame =
    alias.status === 200 &&
    alias.headers.get('etag') === feed.headers.get('etag') &&
    alias.headers.get('content-type') === feed.headers.get('content-type') &&
    Buffer.compare(alias.body, feed.body) === 0;
  return isSame ? [] : [httpRules.alias(`GET ${target}`, String(alias.status))];
}

/** A feed opened in a browser. */
export async function checkNavigation(fetchRaw: HttpClient, target: string): Promise<Issue[]> {
  const [page, feed] = [await fetchRaw(target, NAVIGATION), await fetchRaw(target, IDENTITY)];
  const isPage = page.status === 200 && page.headers.get('content-type') === expectedTypes.html;
  const isVaried = [page, feed].every(({ headers }) => listIn(headers, 'vary').includes('sec-fetch-mode'));
  return isPage && isVaried
    ? []
    : [httpRules.navigation(`GET ${target} as a browser does`, page.headers.get('content-type') ?? '')];
}

function* checkFields(get: RawResponse, where: string, type: string, now: Instant): Iterable<Issue> {
  const field = (name: string): string => get.headers.get(name) ?? '';
  const named = (name: string): [string, string] => [`${where}: ${name}`, field(name)];
  if (field('content-type').toLowerCase() !== type) yield httpRules['content-type'](...named('Content-Type'));
  if (!/^W\/"[\x21\x23-\x7e]+"$/.test(field('etag'))) yield httpRules.etag(...named('ETag'));
  const lastModified = parseHttpDate(field('last-modified'));
  if (lastModified === undefined || isFuture(lastModified, now))
    yield httpRules['last-modified'](...named('Last-Modified'));
  const directives = listIn(get.headers, 'cache-control');
  if (!directives.includes('public') || !directives.some((directive) => /^max-age=\d+$/.test(directive)))
    yield httpRules['cache-control'](...named('Cache-Control'));
  if (!listIn(get.headers, 'vary').includes('accept-encoding')) yield httpRules.vary(...named('Vary'));
  if (field('access-control-allow-origin') !== '*')
    yield httpRules.cors(...named('Access-Control-Allow-Origin'));
  if (field('x-content-type-options') !== 'nosniff')
    yield httpRules.nosniff(...named('X-Content-Type-Options'));
  if (get.headers.has('content-encoding')) yield httpRules.identity(...named('Content-Encoding'));
  if (!isUtf8(get.body)) yield httpRules['utf-8'](where);
}

function* checkNotModified(get: RawResponse, response: RawResponse, where: string): Iterable<Issue> {
  if (response.status !== 304) return yield httpRules['not-modified'](where, String(response.status));
  if (response.body.length > 0) yield httpRules['no-body'](where);
  for (const name of KEPT_FIELDS) {
    const [expected, found] = [get.headers.get(name), response.headers.get(name)];
    const isKept = COUNTING_FIELDS.includes(name)
      ? (expected === null) === (found === null)
      : expected === found;
    if (!isKept) yield httpRules['not-modified-fields'](`${where}: ${name}`, found ?? '');
  }
}

function* checkHead(get: RawResponse, head: RawResponse, where: string): Iterable<Issue> {
  if (head.status !== get.status) yield httpRules.head(`${where}: status`, String(head.status));
  if (head.body.length > 0) yield httpRules['no-body'](where);
  for (const name of HEAD_FIELDS) {
    const found = head.headers.get(name);
    if (found !== get.headers.get(name)) yield httpRules.head(`${where}: ${name}`, found ?? '');
  }
}

function* checkGzip(get: RawResponse, zipped: RawResponse, where: string): Iterable<Issue> {
  const coding = zipped.headers.get('content-encoding');
  if (coding !== 'gzip') return yield httpRules.gzip(where, coding ?? 'no Content-Encoding');
  try {
    if (Buffer.compare(gunzipSync(zipped.body), get.body) !== 0) yield httpRules.gzip(where, 'another body');
  } catch (error) {
    yield httpRules.gzip(where, String(error));
  }
}

function* checkModified(_: RawResponse, { status }: RawResponse, where: string): Iterable<Issue> {
  if (status !== 200) yield httpRules.modified(where, String(status));
}

function* checkOptions(_: RawResponse, { status, headers }: RawResponse, where: string): Iterable<Issue> {
  const isAnswered = status === 200 || status === 204;
  const isOpen = headers.get('access-control-allow-origin') === '*';
  const names = ['allow', 'access-control-allow-methods'];
  if (!isAnswered || !isOpen || !names.every((name) => allowsReading(headers, name)))
    yield httpRules.options(where, String(status));
}

function* checkMethod(_: RawResponse, { status, headers }: RawResponse, where: string): Iterable<Issue> {
  if (status !== 405 || !allowsReading(headers, 'allow')) yield httpRules.method(where, String(status));
}

/** Preconditions of a client whose copy is current. */
function matching({ headers }: RawResponse): Record<string, string>[] {
  const etag = headers.get('etag') ?? '';
  const lastModified = headers.get('last-modified');
  return [
    { 'If-None-Match': etag },
    { 'If-None-Match': etag.replace(/^W\//, '') },
    { 'If-None-Match': `"another", ${etag}` },
    { 'If-None-Match': '*' },
    { 'If-None-Match': etag, 'If-Modified-Since': LONG_AGO },
    { 'If-None-Match': etag, 'A-IM': 'feed' },
    ...(lastModified === null ? [] : [{ 'If-Modified-Since': lastModified }]),
  ];
}

/** Preconditions of a client whose copy is stale or unknown. */
function differing({ headers }: RawResponse): Record<string, string>[] {
  return [
    { 'If-None-Match': 'W/"another"', 'If-Modified-Since': headers.get('last-modified') ?? '' },
    { 'If-Modified-Since': LONG_AGO },
    { 'If-Modified-Since': 'never' },
    // A delta needs a base that the server knows (RFC 3229 §10.5.3).
    { 'If-None-Match': 'W/"another"', 'A-IM': 'feed' },
    { 'A-IM': 'feed' },
  ];
}

function allowsReading(headers: Headers, name: string): boolean {
  const methods = listIn(headers, name);
  return methods.includes('get') && methods.includes('head');
}

/** The members of a list-valued header, in lower case. */
function listIn(headers: Headers, name: string): string[] {
  return (headers.get(name) ?? '').split(',').map((member) => member.trim().toLowerCase());
}

export const httpRules = defineRules('http', {
  status: ['error', '200', 'RFC 9110 §15.3.1'],
  'content-type': ['error', 'the registered media type', 'RFC 9110 §8.3; RFC 4287 §7; JSON Feed 1.1'],
  'utf-8': ['error', 'a body in UTF-8', 'RFC 3629 §3'],
  etag: ['error', 'a weak entity tag', 'RFC 9110 §8.8.3'],
  'last-modified': ['error', 'an IMF-fixdate that is not in the future', 'RFC 9110 §8.8.2'],
  'cache-control': ['error', 'public, and a max-age', 'RFC 9111 §5.2.2'],
  vary: ['error', 'a list with Accept-Encoding in it', 'RFC 9110 §12.5.5'],
  cors: ['error', '*', 'Fetch §3.3.3'],
  nosniff: ['error', 'nosniff', 'Fetch §3.6'],
  'not-modified': ['error', '304', 'RFC 9110 §13.1.2, §13.1.3'],
  'not-modified-fields': ['error', 'the field as 200 has it', 'RFC 9110 §15.4.5'],
  modified: ['error', '200', 'RFC 9110 §13.1.2, §13.2.2'],
  'no-body': ['error', 'no body', 'RFC 9110 §6.4.1'],
  head: ['error', 'the field as GET has it', 'RFC 9110 §9.3.2'],
  identity: ['error', 'a body without a coding', 'RFC 9110 §12.5.3'],
  gzip: ['error', 'the same body in gzip', 'RFC 9110 §8.4.1.3'],
  options: ['error', 'a preflight answered with GET and HEAD', 'RFC 9110 §9.3.7; Fetch §4.8'],
  method: ['error', '405 and Allow with GET and HEAD', 'RFC 9110 §15.5.6'],
  alias: [
    'error',
    'the bytes and the entity tag of the feed’s own address; if that is a file, a redirect to it',
    'Tidings, src/routes/paths.ts',
  ],
  navigation: ['error', 'a page for people, and Vary with Sec-Fetch-Mode', 'RFC 9110 §12.5.5'],
  'not-found': ['error', '404 in the format that Accept asks for', 'RFC 9110 §12.5.1; RFC 9457 §3'],
  echo: ['error', 'no part of the request', 'CWE-79'],
  hostile: ['error', 'a status from 400 to 499', 'RFC 9110 §15.5'],
});

/** Paths that do not exist. The response must not echo the marker in them. */
const MARKER = 'nothing-7d1f';
const UNKNOWN = [`/${MARKER}`, `/articles/${MARKER}`, `/${MARKER}/page.xml?q=${MARKER}`];

/** `Accept` headers, and the media type that the error must have. */
const ERROR_FORMATS = [
  { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', type: 'text/html; charset=utf-8' },
  { accept: 'application/json', type: 'application/problem+json' },
  { accept: 'text/plain', type: 'text/plain; charset=utf-8' },
  { accept: '*/*', type: 'text/plain; charset=utf-8' },
] as const;

/** Malicious requests. */
export const HOSTILE = [
  '/articles/%E0%A4%A',
  '/articles/%',
  '/articles/%00',
  '/articles/%FF%FE',
  '/articles/../../etc/passwd',
  '/articles/%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  '/articles/..%5c..%5cetc%5cpasswd',
  '/articles/__proto__',
  '/articles/constructor',
  '//etc/passwd',
  '/.git/config',
  '/_headers',
  '/store.bin',
  `/articles/${'a'.repeat(4000)}`,
  `/${'a/'.repeat(2000)}`,
] as const;

/** Unknown paths, in every format of an error. */
export async function checkUnknown(fetchRaw: HttpClient): Promise<Issue[]> {
  const issues: Issue[] = [];
  for (const target of UNKNOWN) {
    for (const { accept, type } of ERROR_FORMATS) {
      const response = await fetchRaw(target, { Accept: accept });
      const where = `GET ${target} Accept: ${accept}`;
      const found = response.headers.get('content-type') ?? '';
      if (response.status !== 404 || found.toLowerCase() !== type)
        issues.push(httpRules['not-found'](where, `${response.status} ${found}`));
      if (bodyText(response).includes(MARKER)) issues.push(httpRules.echo(where, MARKER));
    }
  }
  return issues;
}

export async function checkHostile(fetchRaw: HttpClient, target: string): Promise<Issue[]> {
  const { status } = await fetchRaw(target, { Accept: 'text/html' });
  return status >= 400 && status <= 499 ? [] : [httpRules.hostile(`GET ${target}`, String(status))];
}
