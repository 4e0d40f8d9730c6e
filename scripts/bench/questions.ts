import { feedPath, paths, slicePath } from '../../src/routes.ts';
import { EVERYTHING, keyOf, sliceOf, sliceOfValue } from '../../src/slice.ts';
import { PAGE_SIZE } from '../../src/store/history.ts';
import { PAPERS } from './articles.ts';
import type { Articles } from './peer.ts';

/** What a worker is asked again and again. */
export interface Question {
  readonly worker: string;
  readonly asked: string;
  readonly status: number;
  /** The next request, as it goes over the wire. */
  readonly request: () => Buffer;
  /** What the peer is asked to get the same articles in the same coding. */
  readonly rival?: Question | undefined;
}

export interface PeerQuestions {
  readonly gzip: Question;
  readonly identity: Question;
}

export const HOST = 'example.org';
export const GZIP = { 'Accept-Encoding': 'gzip' };

export function helloQuestion(): Question {
  return { worker: 'Hono', asked: '`hello`', status: 200, request: always('/', {}) };
}

export function peerQuestions({ items }: Articles): PeerQuestions {
  const common = { worker: `Hono + \`feed\`, ${items.length} articles`, status: 200 };
  return {
    gzip: { ...common, asked: 'RSS, gzip', request: always('/rss.xml', GZIP) },
    identity: { ...common, asked: 'RSS, identity', request: always('/rss.xml', {}) },
  };
}

/**
 * @param etag of the RSS feed
 * @param peer is asked for the same articles
 */
export function ourQuestions({ items }: Articles, etag: string, peer?: PeerQuestions): Question[] {
  const common = { worker: `Tidings, ${items.length} articles`, status: 200 };
  const gzip = { ...common, rival: peer?.gzip };
  const identity = { ...common, rival: peer?.identity };
  const rss = feedPath('rss');
  const atom = feedPath('atom');
  const json = feedPath('json');
  const permalink = new URL(items[0]?.url ?? '').pathname;
  const known = always(rss, { ...GZIP, 'If-None-Match': etag });
  return [
    { ...gzip, asked: `${rss}, gzip`, request: always(rss, GZIP) },
    { ...identity, asked: `${rss}, identity`, request: always(rss, {}) },
    { ...gzip, asked: `${atom}, gzip`, request: always(atom, GZIP) },
    { ...gzip, asked: `${json}, gzip`, request: always(json, GZIP) },
    { ...gzip, asked: `${rss}, gzip, for an origin never asked before`, request: everNew(rss, GZIP) },
    { ...common, asked: `${rss}, not modified`, status: 304, request: known },
    { ...common, asked: 'an article’s page, gzip', request: always(permalink, GZIP) },
    { ...common, asked: 'the home page, gzip', request: always(paths.home, GZIP) },
  ];
}

/**
 * What nobody asked before: each request comes to an origin of its own, for which everything is composed anew.
 *
 * @param etag of the RSS feed
 */
export function archiveQuestions(count: number, etag: string): Question[] {
  const common = {
    worker: `Tidings, ${count.toLocaleString('en').replaceAll(',', ' ')} articles`,
    status: 200,
  };
  const source = sliceOfValue('source', keyOf(PAPERS[0] ?? ''));
  const combination = sliceOf([
    ...source.clauses,
    { dimension: 'year', isNegated: true, keys: ['2021', '2022'] },
  ]);
  const first = (asked: string, path: string): Question => ({
    ...common,
    asked: `${asked}, gzip, never asked before`,
    request: everNew(path, GZIP),
  });
  // A client that has all but the newest entry.
  const older = etag.replace(/\..{5}/, '.');
  const delta = { ...GZIP, 'A-IM': 'feed', 'If-None-Match': older };
  return [
    { ...common, asked: '/rss.xml, gzip', request: always(feedPath('rss'), GZIP) },
    {
      ...common,
      asked: '/rss.xml, one entry of it new (226)',
      status: 226,
      request: always(feedPath('rss'), delta),
    },
    first('/rss.xml', feedPath('rss')),
    first('the feed of a source', slicePath(source, 'rss')),
    first('the feed of a source without two years', slicePath(combination, 'rss')),
    first('the newest page of history', slicePath(EVERYTHING, 'rss', Math.floor(count / PAGE_SIZE))),
    first('the oldest page of history', slicePath(EVERYTHING, 'rss', 1)),
    first('the feed of a search for two words', slicePath({ clauses: [], words: 'over time' }, 'rss')),
    first('the page of a search for two words', slicePath({ clauses: [], words: 'over time' }, 'page')),
  ];
}

function always(path: string, headers: Readonly<Record<string, string>>): () => Buffer {
  const bytes = message(path, HOST, headers);
  return () => bytes;
}

function everNew(path: string, headers: Readonly<Record<string, string>>): () => Buffer {
  let number = 0;
  return () => message(path, `n${number++}.example`, headers);
}

function message(path: string, host: string, headers: Readonly<Record<string, string>>): Buffer {
  const fields = Object.entries({ Host: host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`GET ${path} HTTP/1.1\r\n${fields.join('')}\r\n`, 'latin1');
}
