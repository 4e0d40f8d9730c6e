import { METHODS } from 'node:http';
import fc from 'fast-check';
import { HOSTILE } from '../../src/check/http.ts';
import { bodyText, type HttpClient } from '../../src/check/http-client.ts';
import { feedPath, paths } from '../../src/routes/paths.ts';
import { wordList } from '../../src/strings.ts';
import { serveFiles } from '../support/served.ts';
import { fixtureDocuments } from './documents.ts';

export interface FuzzedRequest {
  readonly method: string;
  /** The path as it stands in the request line. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
}

const SEGMENTS = [
  ...['articles', 'tags', 'sources', 'authors', 'languages', 'years', 'collections', 'archive', 'search'],
  ...['media', 'store', 'sitemap', 'rss.xml', 'atom.xml', 'feed.json', 'feed', 'index.html', '1', '0', '-1'],
  ...['999999999', '1.xml', 'secret', 'to-come', 'to-come.md', 'to-come.txt', '%2e%2e', '..', '.', '', '%'],
  ...['%00', '%ff', '%2f', '%5c', '\\', '@', ':', ';', 'evil.example', '%0d%0aSet-Cookie:a=b', '__proto__'],
  ...['constructor', 'a'.repeat(3000), '%F0%9F%91%8D', '*', '~', 'a+b'],
];
const PARAMETERS = [
  ...['tag', 'source', 'author', 'language', 'year', 'collection', 'q', 'not', 'not-source', 'not-author'],
  ...['not-language', 'not-year', 'not-collection', 'page', 'before', 'utm_source', 'fbclid', '', 'TAG'],
  ...['tag[]', '__proto__'],
];
const VALUES = [
  ...['', 'secret', 'en', 'tr', '2021', 'news', 'a,b', ',', '-a', '"a b"', '"', 'a*', '*', 'a'.repeat(2000)],
  ...['a,'.repeat(70), '%', '%ff', '%00', '+', '%2C', 'ı', 'İ', '日本', '👍', '<script>', "'", '\\', '&amp;'],
  ...['-', '--', '**', '1e9', '__proto__'],
];
const HOSTS = [
  ...['evil.example', 'evil.example:99', '[::1]', 'EVIL.example', 'xn--tda.example', '127.0.0.1:1', ''],
];

const word = fc.oneof(fc.constantFrom(...VALUES), fc.string({ unit: 'grapheme', maxLength: 12 }));

export function fuzzedRequests({ paths, etags }: ServedFixtures['known']): fc.Arbitrary<FuzzedRequest> {
  const path = fc.oneof(
    { arbitrary: fc.constantFrom(...paths), weight: 6 },
    fc.array(fc.constantFrom(...SEGMENTS), { maxLength: 5 }).map((segments) => `/${segments.join('/')}`),
    fc
      .tuple(fc.constantFrom(...paths), fc.constantFrom(...SEGMENTS))
      .map(([known, segment]) => `${known}/${segment}`),
    fc
      .tuple(fc.constantFrom(...paths), fc.nat(60), fc.string({ unit: 'binary-ascii', maxLength: 3 }))
      .map(([known, at, inserted]) => known.slice(0, at) + inserted + known.slice(at)),
    fc.constantFrom(...paths).map((known) => `/${known}`),
    fc.constantFrom(
      ...HOSTILE,
      '//evil.example/%2f..',
      '/\\evil.example',
      '/articles//evil.example/',
      '/https://evil.example/',
    ),
  );
  const parameter = fc.tuple(fc.constantFrom(...PARAMETERS), word).map(([name, value]) => `${name}=${value}`);
  const query = fc
    .array(parameter, { maxLength: 5 })
    .map((all) => (all.length > 0 ? `?${all.join('&')}` : ''));
  const target = fc.tuple(path, query).map(([before, after]) => asTarget(before + after));
  return fc.record({
    method: fc.oneof(
      { arbitrary: fc.constant('GET'), weight: 6 },
      fc.constant('HEAD'),
      fc.constantFrom(...FUZZED_METHODS),
    ),
    target,
    headers: headers(etags),
  });
}

/** CONNECT concerns the connection, and the runtime itself rejects the last ones. */
const EXCLUDED = wordList(`
  CONNECT BIND LINK M-SEARCH MKCALENDAR REBIND SOURCE UNBIND UNLINK
`);
const FUZZED_METHODS = METHODS.filter((method) => !EXCLUDED.includes(method));

function headers(etags: readonly string[]): fc.Arbitrary<Readonly<Record<string, string>>> {
  const etag = fc.oneof(
    { arbitrary: fc.constantFrom(...etags), weight: 4 },
    fc
      .tuple(fc.constantFrom(...etags), fc.nat(400), fc.constantFrom('', 'A', '!', '"', ',', 'é'))
      .map(([tag, at, inserted]) => tag.slice(0, at) + inserted + tag.slice(at + 1)),
    fc.constantFrom('*', '""', 'W/""', 'W/"', '"a"', 'a', ',', `W/"${'A'.repeat(5000)}"`),
  );
  const date = fc.oneof(
    fc.date({ noInvalidDate: true }).map((instant) => instant.toUTCString()),
    fc.constantFrom('0', 'yesterday', 'Thu, 01 Jan 1970 00:00:00 GMT', 'Fri, 31 Dec 9999 23:59:59 GMT', ''),
  );
  const lists = (...tokens: string[]): fc.Arbitrary<string> =>
    fc.array(fc.constantFrom(...tokens), { maxLength: 6 }).map((all) => all.join(', '));
  const fields: Readonly<Record<string, fc.Arbitrary<string>>> = {
    'If-None-Match': fc.array(etag, { minLength: 1, maxLength: 4 }).map((tags) => tags.join(', ')),
    'If-Match': etag,
    'If-Modified-Since': date,
    'If-Unmodified-Since': date,
    'If-Range': etag,
    'A-IM': lists('feed', 'FEED', 'feed;q=0', 'vcdiff', 'gzip', '*', ';', 'feed;q=2'),
    Accept: lists(
      '*/*',
      'text/html',
      'text/*;q=0.5',
      'application/json',
      'text/markdown',
      'text/plain;q=0',
      'a',
      ';q=',
    ),
    'Accept-Encoding': lists(
      'gzip',
      'br',
      'zstd',
      'identity;q=0',
      '*;q=0',
      '*',
      'gzip;q=0.001',
      'gzip;q=x',
      '',
    ),
    'Accept-Language': lists('tr', 'en-US', '*', 'x;q=9'),
    Range: lists('bytes=0-0', 'bytes=-1', 'bytes=5-2', 'bytes=0-,0-,0-', 'items=1'),
    'Sec-Fetch-Mode': fc.constantFrom('navigate', 'cors', 'no-cors', 'x'),
    'Sec-Fetch-Dest': fc.constantFrom('document', 'iframe', 'empty'),
    Host: fc.constantFrom(...HOSTS),
    Origin: fc.constantFrom('https://evil.example', 'null'),
    'X-Forwarded-Host': fc.constantFrom(...HOSTS),
    'X-Forwarded-Proto': fc.constantFrom('https', 'javascript'),
    'X-Original-URL': fc.constant('/store/x'),
    'User-Agent': fc.constantFrom('feedparser/6', 'rss2email/3', 'Mozilla/5.0', 'a'.repeat(5000)),
    'Content-Length': fc.constant('0'),
    Cookie: fc.constant('a=b'),
  };
  return fc
    .record(fields, { requiredKeys: [] })
    .map((record) =>
      Object.fromEntries(
        Object.entries(record).flatMap(([name, value = '']) => [
          [name, value.replace(/[^\t\x20-\x7e\x80-\xff]/g, '')],
        ]),
      ),
    );
}

/** Without the characters that end a request line. */
function asTarget(text: string): string {
  const target = Buffer.from(text.replace(/[\s\0-\x20\x7f]/g, '%20')).toString('latin1');
  return target.startsWith('/') ? target : `/${target}`;
}

/** The built worker in workerd, over all fixtures. */
interface ServedFixtures {
  /** Existing paths, and entity tags of responses. */
  readonly known: { readonly paths: readonly string[]; readonly etags: readonly string[] };
  readonly ask: HttpClient;
  readonly close: () => Promise<void>;
}

export async function serveFixtures(): Promise<ServedFixtures> {
  const scheduled = new Date(Date.now() + 86_400_000).toISOString();
  const files = {
    ...Object.fromEntries(fixtureDocuments().map(({ path, bytes }) => [path, bytes])),
    'scheduled.md': `---\ntitle: To come\ndate: ${scheduled}\ntags: [secret]\n---\nHidden.\n`,
    'picture.md': '---\ntitle: A picture\ndate: 2021-02-03\n---\n![a](picture.png)\n',
    'picture.png': PIXEL,
  };
  // Some fixtures are refused.
  const { ask, close } = await serveFiles(files, { environment: { PREVIEW: '1' } });
  return { known: await crawl(ask), ask, close };
}

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

async function crawl(ask: HttpClient): Promise<ServedFixtures['known']> {
  const lists = await Promise.all(
    [paths.sitemap, paths.opml, feedPath('json'), '/articles/a-picture'].map((target) => ask(target)),
  );
  const addresses = lists.flatMap((response) => bodyText(response).match(/http:\/\/[^\s"<>]+/g) ?? []);
  const own = addresses
    .filter((address) => URL.canParse(address))
    .map((address) => new URL(address).pathname);
  const fixed = Object.values(paths)
    .flat()
    .filter((path) => !path.includes(':'));
  const found = [...new Set([...fixed, '/archive/1', ...own])].sort();
  const responses = await Promise.all(found.map((target) => ask(target)));
  const etags = responses.flatMap(({ headers }) => headers.get('etag') ?? []);
  return { paths: found.filter((_, index) => responses[index]?.status === 200), etags: [...new Set(etags)] };
}
