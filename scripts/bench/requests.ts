import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { PAGE_SIZE } from '../../src/app/select-articles.ts';
import { EVERYTHING, keyOf, sliceOf, sliceOfValue } from '../../src/facets.ts';
import { feedPath, paths, slicePath } from '../../src/routes/paths.ts';
import { AUTHORS, type BenchSettings, writeDocuments } from './corpus.ts';
import { type BenchOptions, extremes, grouped, markdownTable, median, medianRatio } from './measure.ts';
import {
  type BenchRequest,
  CONNECTIONS,
  expectDecompressed,
  expectStatus,
  GZIP,
  helloRequest,
  measureRequests,
  newOriginEachTime,
  type RequestHeaders,
  SLICE_SECONDS,
  type Slices,
  sameEachTime,
  type TimeSlice,
  tagBeforeNewest,
} from './workers/load.ts';
import type { Articles } from './workers/peer.ts';
import {
  type BenchEnvironment,
  type Bundle,
  bundlePeer,
  bundleSite,
  HELLO,
  hasCpuTime,
  NO_CPU_TIME,
  PEER,
  type Server,
  withBenchEnvironment,
} from './workers/serve.ts';

const TITLE = '### Requests';
const ROUNDS = 20;
/** The number of articles of a full feed, about 140 KB compressed. */
const LARGE = 50;
/** The number of articles of about 20 KB, gzipped. */
const SMALL = 8;
/** More articles than fit into the worker. */
const ARCHIVE = 1000;

/** Measures the cost of a request, compared with a bare Hono worker and one that renders its feed on each request. */
export async function requests({ rounds = ROUNDS }: BenchOptions): Promise<string> {
  if (!hasCpuTime) return `${TITLE}\n\n${NO_CPU_TIME}`;
  return withBenchEnvironment((environment) => measure(environment, rounds));
}

async function measure(environment: BenchEnvironment, rounds: number): Promise<string> {
  const { folder, pin, serve } = environment;
  const ours = async (name: string, articles: number, settings: BenchSettings): Promise<Bundle> => {
    const home = join(folder, name);
    await writeDocuments(join(home, 'seeds'), articles);
    return bundleSite(home, settings);
  };
  const [hello, peer, large, pinned, small, archive] = await Promise.all([
    bundlePeer(HELLO, join(folder, 'hello')),
    bundlePeer(PEER, join(folder, 'peer')),
    ours('large', LARGE, { isWhole: true }),
    // The build compresses the main feeds and the home page whole.
    ours('pinned', LARGE, { isWhole: true, isPinned: true }),
    ours('small', SMALL, { isWhole: true }),
    ours('archive', ARCHIVE, {}),
  ]);
  const cores = pin() ? 'workerd and the load on a core each' : 'workerd and the load on any core';
  const many = await verifyOurs(await serve(large));
  await verifyOurs(await serve(pinned));
  const few = await verifyOurs(await serve(small));
  const all = await verifyOurs(await serve(archive));
  const theirs = { ...peer, bindings: { ARTICLES: JSON.stringify(many.articles) } };
  await verifyPeer(await serve(theirs), many.articles);

  const helloOnce = helloRequest();
  const toPeer = peerRequests(many.articles);
  const plan: [Bundle, BenchRequest[]][] = [
    [hello, [helloOnce]],
    [theirs, Object.values(toPeer)],
    [large, ourRequests(many.articles, many.etag, toPeer)],
    [pinned, pinnedRequests(many.articles, toPeer)],
    [small, ourRequests(few.articles, few.etag)],
    [archive, archiveRequests(ARCHIVE, all.etag)],
  ];
  const slices = await measureRequests(environment, plan, rounds);
  return [
    TITLE,
    `CPU time that a bare workerd spends on one request, kernel included: median and extremes of ${rounds} rounds in which each row has a turn of about ${SLICE_SECONDS} s, over ${CONNECTIONS} kept-alive connections on loopback, ${cores}. Ratios are medians of those of single rounds: “÷ hello” by the CPU time of the first row, “peer ÷” the CPU time of Hono + \`feed\` with the same articles and coding by that of the row.`,
    requestsTable(slices, helloOnce),
  ].join('\n\n');
}

interface PeerRequests {
  readonly gzip: BenchRequest;
  readonly identity: BenchRequest;
}

function peerRequests({ items }: Articles): PeerRequests {
  const common = { worker: `Hono + \`feed\`, ${items.length} articles`, status: 200 };
  return {
    gzip: { ...common, label: 'RSS, gzip', request: sameEachTime('/rss.xml', GZIP) },
    identity: { ...common, label: 'RSS, identity', request: sameEachTime('/rss.xml', {}) },
  };
}

/** Cloudflare sends this header whatever the client accepts; the client's own value is in the request properties. */
const PASSED_ON = { 'Accept-Encoding': 'gzip, br' };
const RSS = feedPath('rss');

interface Asked extends Partial<Pick<BenchRequest, 'status' | 'peer'>> {
  readonly headers?: RequestHeaders;
  /** Whether each request has a new origin, so that no cache helps. */
  readonly isFirst?: boolean;
}

/** Requests to one of our workers; what is not stated is that of a request for gzip. */
function requestsTo(worker: string) {
  return (
    label: string,
    path: string,
    { status = 200, headers = GZIP, isFirst = false, peer }: Asked = {},
  ): BenchRequest => ({
    worker: `Tidings, ${worker}`,
    label,
    status,
    request: isFirst ? newOriginEachTime(path, headers) : sameEachTime(path, headers),
    peer,
  });
}

/**
 * @param etag of the RSS feed
 * @param peer the requests to the peer for the same articles
 */
function ourRequests({ items }: Articles, etag: string, peer?: PeerRequests): BenchRequest[] {
  const ask = requestsTo(`${items.length} articles`);
  const [atom, json] = [feedPath('atom'), feedPath('json')];
  const besidePeer = { peer: peer?.gzip };
  return [
    ask(`${RSS}, gzip`, RSS, besidePeer),
    ask(`${RSS}, gzip or br, as Cloudflare passes it on`, RSS, { ...besidePeer, headers: PASSED_ON }),
    ask(`${RSS}, identity`, RSS, { peer: peer?.identity, headers: {} }),
    ask(`${atom}, gzip`, atom, besidePeer),
    ask(`${json}, gzip`, json, besidePeer),
    ask(`${RSS}, gzip, for a new origin`, RSS, { ...besidePeer, isFirst: true }),
    ask(`${RSS}, not modified`, RSS, { status: 304, headers: { ...GZIP, 'If-None-Match': etag } }),
    ask('an article’s page, gzip', new URL(items[0]?.url ?? '').pathname),
    ask('the home page, gzip', paths.home),
  ];
}

/** Requests for responses that the build compressed whole. */
function pinnedRequests({ items }: Articles, peer?: PeerRequests): BenchRequest[] {
  const ask = requestsTo(`${items.length} articles, address pinned`);
  return [
    ask(`${RSS}, gzip`, RSS, { peer: peer?.gzip }),
    ask(`${RSS}, brotli`, RSS, { headers: PASSED_ON }),
    ask('the home page, brotli', paths.home, { headers: PASSED_ON }),
  ];
}

/**
 * Requests with a new origin each, so that no cached composition is used.
 *
 * @param etag of the RSS feed
 */
function archiveRequests(count: number, etag: string): BenchRequest[] {
  const ask = requestsTo(`${grouped(count)} articles`);
  const first = (label: string, path: string): BenchRequest =>
    ask(`${label}, gzip, new origin`, path, { isFirst: true });
  const author = sliceOfValue('author', keyOf(AUTHORS[0] ?? ''));
  const combination = sliceOf([
    ...author.clauses,
    { facet: 'year', isNegated: true, keys: ['2021', '2022'] },
  ]);
  const search = { clauses: [], words: 'over time' };
  const delta = { ...GZIP, 'A-IM': 'feed', 'If-None-Match': tagBeforeNewest(etag) };
  return [
    ask(`${RSS}, gzip`, RSS),
    ask(`${RSS}, one entry of it new (226)`, RSS, { status: 226, headers: delta }),
    first(RSS, RSS),
    first('the feed of an author', slicePath(author, 'rss')),
    first('the feed of an author without two years', slicePath(combination, 'rss')),
    first('the newest page of history', slicePath(EVERYTHING, 'rss', Math.floor(count / PAGE_SIZE))),
    first('the oldest page of history', slicePath(EVERYTHING, 'rss', 1)),
    first('the feed of a search for two words', slicePath(search, 'rss')),
    first('the page of a search for two words', slicePath(search, 'page')),
  ];
}

const NAMES = ['worker', 'request'];
const FIGURES = ['bytes on the wire', 'CPU, µs', 'min–max', '÷ hello', 'peer ÷', 'requests/s'];

function requestsTable(slicesOf: Slices, hello: BenchRequest): string {
  return markdownTable(
    NAMES,
    FIGURES,
    [...slicesOf].map(([benchRequest, slices]) => {
      const cpu = slices.map((slice) => slice.cpu);
      return [
        benchRequest.worker,
        benchRequest.label,
        grouped(median(slices.map((slice) => slice.bytes))),
        grouped(median(cpu)),
        extremes(cpu),
        factor(slices, slicesOf.get(hello)),
        benchRequest.peer === undefined ? '–' : factor(slicesOf.get(benchRequest.peer), slices),
        grouped(1 / median(slices.map((slice) => slice.seconds))),
      ];
    }),
  );
}

function factor(over: readonly TimeSlice[] = [], under: readonly TimeSlice[] = []): string {
  const cpuOf = (slices: readonly TimeSlice[]): number[] => slices.map(({ cpu }) => cpu);
  return medianRatio(cpuOf(over), cpuOf(under)).toFixed(2);
}

/** The verified responses of our worker. */
interface Verified {
  readonly articles: Articles;
  /** The entity tag of the RSS feed. */
  readonly etag: string;
}

/** @throws Error if a response of our worker is wrong, so that the bench never measures errors */
async function verifyOurs(server: Server): Promise<Verified> {
  const rss = feedPath('rss');
  const articles: Articles = JSON.parse((await expectStatus(server, feedPath('json'))).body.toString());
  const permalink = new URL(articles.items[0]?.url ?? '').pathname;
  for (const path of [rss, feedPath('atom'), feedPath('json'), permalink, paths.home]) {
    await expectDecompressed(server, path);
  }
  const { body, headers } = await expectStatus(server, rss);
  expectItems(body, articles);
  const etag = headers.etag ?? '';
  await expectStatus(server, rss, { 'If-None-Match': etag }, 304);
  return { articles, etag };
}

/** @throws Error if the peer's feed has different articles */
async function verifyPeer(server: Server, articles: Articles): Promise<void> {
  expectItems((await expectStatus(server, '/rss.xml')).body, articles);
  expectItems(gunzipSync((await expectStatus(server, '/rss.xml', GZIP)).body), articles);
}

function expectItems(rss: Buffer, { items }: Articles): void {
  const found = rss.toString().split('<item>').length - 1;
  if (found !== items.length) {
    throw new Error(`Cannot measure an RSS feed of ${found} items: expected ${items.length}`);
  }
}
