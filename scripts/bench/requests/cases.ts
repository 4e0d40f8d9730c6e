import { EVERYTHING, keyOf, sliceOf, sliceOfValue } from '../../../src/facets.ts';
import { feedPath, paths } from '../../../src/routes/paths.ts';
import { slicePath } from '../../../src/routes/slice-paths.ts';
import { PAGE_SIZE } from '../../../src/store/history.ts';
import { PAPERS } from '../corpus/articles.ts';
import { grouped } from '../figures/figures.ts';
import type { Articles } from '../workers/peer.ts';
import { always, type BenchRequest, everNew, GZIP, tagBeforeNewest } from '../workers/request.ts';

export interface PeerRequests {
  readonly gzip: BenchRequest;
  readonly identity: BenchRequest;
}

export function peerRequests({ items }: Articles): PeerRequests {
  const common = { worker: `Hono + \`feed\`, ${items.length} articles`, status: 200 };
  return {
    gzip: { ...common, asked: 'RSS, gzip', request: always('/rss.xml', GZIP) },
    identity: { ...common, asked: 'RSS, identity', request: always('/rss.xml', {}) },
  };
}

/** Cloudflare sends this header whatever the client accepts; the client's own value is in the request properties. */
const PASSED_ON = { 'Accept-Encoding': 'gzip, br' };

/**
 * @param etag of the RSS feed
 * @param peer the requests to the peer for the same articles
 */
export function ourRequests({ items }: Articles, etag: string, peer?: PeerRequests): BenchRequest[] {
  const common = { worker: `Tidings, ${items.length} articles`, status: 200 };
  const gzip = { ...common, peer: peer?.gzip };
  const identity = { ...common, peer: peer?.identity };
  const rss = feedPath('rss');
  const atom = feedPath('atom');
  const json = feedPath('json');
  const permalink = new URL(items[0]?.url ?? '').pathname;
  const known = always(rss, { ...GZIP, 'If-None-Match': etag });
  return [
    { ...gzip, asked: `${rss}, gzip`, request: always(rss, GZIP) },
    { ...gzip, asked: `${rss}, gzip or br, as Cloudflare passes it on`, request: always(rss, PASSED_ON) },
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
 * Requests with a new origin each, so that no cached composition is used.
 *
 * @param etag of the RSS feed
 */
export function archiveRequests(count: number, etag: string): BenchRequest[] {
  const common = {
    worker: `Tidings, ${grouped(count)} articles`,
    status: 200,
  };
  const source = sliceOfValue('source', keyOf(PAPERS[0] ?? ''));
  const combination = sliceOf([
    ...source.clauses,
    { facet: 'year', isNegated: true, keys: ['2021', '2022'] },
  ]);
  const first = (asked: string, path: string): BenchRequest => ({
    ...common,
    asked: `${asked}, gzip, never asked before`,
    request: everNew(path, GZIP),
  });
  const delta = { ...GZIP, 'A-IM': 'feed', 'If-None-Match': tagBeforeNewest(etag) };
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
