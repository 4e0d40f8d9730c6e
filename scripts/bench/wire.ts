import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { FEED_FORMATS, type FeedFormat, feedPath, formatNames } from '../../src/routes/paths.ts';
import { type BenchSettings, HOST, writeDocuments } from './corpus.ts';
import { grouped, markdownTable } from './measure.ts';
import {
  expectStatus,
  GZIP,
  openConnection,
  type RequestHeaders,
  requestMessage,
  tagBeforeNewest,
} from './workers/load.ts';
import type { Articles } from './workers/peer.ts';
import { bundlePeer, bundleSite, PEER, type Server, withBenchEnvironment } from './workers/serve.ts';

const TITLE = '### Bytes on the wire';
/** The number of articles of a full feed without a size limit. */
const DOCUMENTS = 50;
const DELTA = { ...GZIP, 'A-IM': 'feed' };

const POLLS = ['identity', 'gzip', 'one new', 'nothing new', '226 ÷ gzip', 'peer, identity', 'peer, gzip'];
const CODINGS = ['text', 'gzip -9', 'composed gzip', 'pinned, gzip', 'pinned, brotli', 'peer, gzip'];

/** Measures the bytes of a poll, from our worker and from one that renders its feed on each request. */
export async function wire(): Promise<string> {
  return withBenchEnvironment(async ({ folder, serve }) => {
    const ours = async (settings: BenchSettings): Promise<Server> => {
      const home = join(folder, Object.values(settings).join('-'));
      await writeDocuments(join(home, 'seeds'), DOCUMENTS);
      return serve(await bundleSite(home, settings));
    };
    const peer = await bundlePeer(PEER, join(folder, 'peer'));
    const polls: string[][] = [];
    const codings: string[][] = [];
    for (const isWhole of [false, true]) {
      const composed = await ours({ isWhole, isPinned: false });
      const pinned = await ours({ isWhole, isPinned: true });
      const json = (await expectStatus(composed, feedPath('json'))).body.toString();
      const { items }: Articles = JSON.parse(json);
      const theirs = await serve({ ...peer, bindings: { ARTICLES: json } });
      for (const format of FEED_FORMATS) {
        const feed = { format, entries: items.length };
        const label = `${formatNames[format]}, ${items.length} articles`;
        polls.push([label, ...(await pollFeed(feed, composed, theirs))]);
        codings.push([label, ...(await bodiesOf(format, composed, pinned, theirs))]);
      }
    }
    return [
      TITLE,
      'One poll of a feed over HTTP/1.1: bytes of the response with its header. The documents are those of the builds, of about 5 KB of Markdown; first with the feeds as they are set by default, then with 50 articles whatever they weigh. “One new”: a reader that has all but the newest article and asks for what it does not have (RFC 3229), gzip. The peer is Hono + `feed`, with the same articles; it has no validators, so a poll takes all of its feed each time.',
      markdownTable(['feed'], POLLS, polls),
      'The bodies of the same feeds by content coding. “gzip -9” is the whole text compressed at once. Without a pinned address, a feed is composed of pieces that were compressed one by one. With `url` in `site.toml`, the build compresses it whole, in gzip and brotli.',
      markdownTable(['feed'], CODINGS, codings),
    ].join('\n\n');
  });
}

/** A feed, and how many entries it has. */
interface PolledFeed {
  readonly format: FeedFormat;
  readonly entries: number;
}

/** The figures of `POLLS`. */
async function pollFeed(feed: PolledFeed, ours: Server, theirs: Server): Promise<string[]> {
  const etag = (await expectStatus(ours, feedPath(feed.format))).headers.etag ?? '';
  const since = (tag: string): RequestHeaders => ({ ...DELTA, 'If-None-Match': tag });
  const gzip = await poll(ours, feed, GZIP);
  const delta = await poll(ours, { ...feed, entries: 1 }, since(tagBeforeNewest(etag)), 226);
  return [
    grouped(await poll(ours, feed, {})),
    grouped(gzip),
    grouped(delta),
    grouped(await poll(ours, { ...feed, entries: 0 }, since(etag), 304)),
    `1/${grouped(gzip / delta, 1)}`,
    grouped(await poll(theirs, feed, {})),
    grouped(await poll(theirs, feed, GZIP)),
  ];
}

/**
 * The bytes of a response.
 *
 * @throws Error if it has a different status or number of entries
 */
async function poll(
  server: Server,
  { format, entries }: PolledFeed,
  headers: RequestHeaders,
  status = 200,
): Promise<number> {
  const path = feedPath(format);
  const { body, headers: fields } = await expectStatus(server, path, headers, status);
  const found = countEntries(
    format,
    (fields['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString(),
  );
  if (found !== entries)
    throw new Error(`Cannot measure ${path}: it has ${found} entries; expected ${entries}`);
  const connection = await openConnection(server.port);
  try {
    return await connection.exchange(requestMessage(path, HOST, headers), status);
  } finally {
    connection.close();
  }
}

function countEntries(format: FeedFormat, text: string): number {
  if (format !== 'json') return text.split(format === 'rss' ? /<item\b/ : /<entry\b/).length - 1;
  if (text === '') return 0;
  const { items }: { items: readonly unknown[] } = JSON.parse(text);
  return items.length;
}

/** The figures of `CODINGS`. */
async function bodiesOf(
  format: FeedFormat,
  composed: Server,
  pinned: Server,
  theirs: Server,
): Promise<string[]> {
  const path = feedPath(format);
  const { body } = await expectStatus(pinned, path);
  const whole = gzipSync(body, { level: 9 }).length;
  const ratioOf = async (server: Server, coding: string): Promise<string> => {
    const response = await expectStatus(server, path, { 'Accept-Encoding': coding });
    if (response.headers['content-encoding'] !== coding)
      throw new Error(`Cannot measure ${path}: it is not in ${coding}`);
    const { length } = response.body;
    return `${grouped(length)} (${grouped(length / whole, 2)})`;
  };
  return [
    grouped(body.length),
    grouped(whole),
    await ratioOf(composed, 'gzip'),
    await ratioOf(pinned, 'gzip'),
    await ratioOf(pinned, 'br'),
    await ratioOf(theirs, 'gzip'),
  ];
}
