import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { FEED_FORMATS, type FeedFormat, feedPath, formatNames } from '../../src/routes/paths.ts';
import { type BenchSettings, writeDocuments, writeSettings } from './corpus.ts';
import { buildStore } from './growth/archives.ts';
import { grouped, markdownTable } from './measure.ts';
import {
  expectStatus,
  GZIP,
  HOST,
  openConnection,
  type RequestHeaders,
  requestMessage,
  tagBeforeNewest,
} from './workers/load.ts';
import type { Articles } from './workers/peer.ts';
import {
  type Bundle,
  bundleBuild,
  bundlePeer,
  PEER,
  type Server,
  withBenchEnvironment,
} from './workers/serve.ts';

const TITLE = '### Bytes on the wire';
/** The number of articles of a full feed without a size limit. */
const DOCUMENTS = 50;
const DELTA = { ...GZIP, 'A-IM': 'feed' };

/** Measures the bytes of a poll, from our worker and from one that renders its feed on each request. */
export async function wire(): Promise<string> {
  return withBenchEnvironment(async ({ folder, serve }) => {
    const ours = async (settings: BenchSettings): Promise<Server> => {
      const home = join(folder, Object.values(settings).join('-'));
      const seeds = join(home, 'seeds');
      await writeDocuments(seeds, DOCUMENTS);
      await writeSettings(seeds, settings);
      return serve(await bundleBuild(await buildStore(seeds, home), join(home, 'worker')));
    };
    const peer = await bundlePeer(PEER, join(folder, 'peer')).catch((error: Error) => error);
    const rows: FeedPolls[] = [];
    const codings: FeedCodings[] = [];
    for (const isWhole of [false, true]) {
      const composed = await ours({ isWhole, isPinned: false });
      const pinned = await ours({ isWhole, isPinned: true });
      const polls = await pollAll(composed, peer, serve);
      rows.push(...polls);
      for (const { format, entries, peer: theirs } of polls)
        codings.push({
          ...(await codingsOf(format, composed, pinned)),
          format,
          entries,
          ...(theirs && { peer: bodyOf(theirs.gzip) }),
        });
    }
    return [
      TITLE,
      'One poll of a feed over HTTP/1.1, on a connection that is open: bytes of the response, in brackets those of it that are header or framing, and those of the request. The documents are those of the builds, of about 5 KB of Markdown; first with the feeds as they are set by default, then with 50 articles whatever they weigh. “One new”: a reader that has all but the newest article and asks for what it does not have (RFC 3229), gzip. The peer is Hono + `feed`, with the same articles; it has no validators, so a poll takes all of its feed each time. The ratios are of whole responses.',
      wireTable(rows),
      'The bodies of the same feeds by content coding. “gzip -9” is the whole text compressed at once. Without a pinned address, a feed is composed of pieces that were compressed one by one. With `url` in `site.toml`, the build compresses it whole, in gzip and brotli.',
      codingTable(codings),
      ...(peer instanceof Error ? [`Skipped: Hono + \`feed\`. ${peer.message}.`] : []),
    ].join('\n\n');
  });
}

async function pollAll(
  ours: Server,
  peer: Bundle | Error,
  serve: (worker: Bundle) => Promise<Server>,
): Promise<FeedPolls[]> {
  const json = (await expectStatus(ours, feedPath('json'))).body.toString();
  const { items }: Articles = JSON.parse(json);
  const theirs = peer instanceof Error ? undefined : await serve({ ...peer, bindings: { ARTICLES: json } });
  const rows: FeedPolls[] = [];
  for (const format of FEED_FORMATS) rows.push(await pollFeed(format, items.length, ours, theirs));
  return rows;
}

async function pollFeed(
  format: FeedFormat,
  entries: number,
  ours: Server,
  theirs: Server | undefined,
): Promise<FeedPolls> {
  const path = feedPath(format);
  const etag = (await expectStatus(ours, path)).headers.etag ?? '';
  const request: PollRequest = { path, format, headers: {}, status: 200, entries };
  const both = async (server: Server): Promise<Pick<FeedPolls, 'identity' | 'gzip'>> => ({
    identity: await poll(server, request),
    gzip: await poll(server, { ...request, headers: GZIP }),
  });
  return {
    format,
    entries,
    ...(await both(ours)),
    delta: await poll(ours, {
      ...request,
      headers: { ...DELTA, 'If-None-Match': tagBeforeNewest(etag) },
      status: 226,
      entries: 1,
    }),
    notModified: await poll(ours, {
      ...request,
      headers: { ...DELTA, 'If-None-Match': etag },
      status: 304,
      entries: 0,
    }),
    ...(theirs !== undefined && { peer: await both(theirs) }),
  };
}

/** The bytes of a poll of a feed over an open connection. */
interface Poll {
  readonly request: number;
  readonly response: number;
  /** The part of the response that is not body: the header and chunk framing. */
  readonly overhead: number;
}

/** A request and the expected response. */
interface PollRequest {
  readonly path: string;
  readonly format: FeedFormat;
  readonly headers: RequestHeaders;
  readonly status: number;
  readonly entries: number;
}

/** @throws Error if the response has a different status or number of entries */
async function poll(server: Server, { path, format, headers, status, entries }: PollRequest): Promise<Poll> {
  const { body, headers: fields } = await expectStatus(server, path, headers, status);
  const text = (fields['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString();
  const found = countEntries(format, text);
  if (found !== entries)
    throw new Error(
      `Cannot measure ${path}: it responded with ${status} with ${found} entries; expected ${entries}`,
    );
  const message = requestMessage(path, HOST, headers);
  const connection = await openConnection(server.port);
  try {
    const response = await connection.exchange(message, status);
    return { request: message.length, response, overhead: response - body.length };
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

/** The polls of one feed in one format. */
interface FeedPolls {
  readonly format: FeedFormat;
  readonly entries: number;
  readonly identity: Poll;
  readonly gzip: Poll;
  /** One entry is new. */
  readonly delta: Poll;
  readonly notModified: Poll;
  /** The same articles from the peer; absent if the peer cannot run here. */
  readonly peer?: { readonly identity: Poll; readonly gzip: Poll };
}

export function wireTable(rows: readonly FeedPolls[]): string {
  return markdownTable(
    ['feed'],
    [
      'identity',
      'gzip',
      'one new (226)',
      'nothing new (304)',
      '226 ÷ gzip',
      '304 ÷ gzip',
      'peer, identity',
      'peer, gzip',
      'peer, gzip ÷ gzip',
      'peer, gzip ÷ 226',
      'peer, gzip ÷ 304',
    ],
    rows.map(({ format, entries, identity, gzip, delta, notModified, peer }) => [
      `${formatNames[format]}, ${entries} articles`,
      ...[identity, gzip, delta, notModified].map(bytes),
      share(delta, gzip),
      share(notModified, gzip),
      ...(peer === undefined
        ? ['–', '–', '–', '–', '–']
        : [
            bytes(peer.identity),
            bytes(peer.gzip),
            ...[gzip, delta, notModified].map((ours) => times(peer.gzip, ours)),
          ]),
    ]),
  );
}

/** Bytes of the body of one feed, by coding. */
interface FeedCodings {
  readonly format: FeedFormat;
  readonly entries: number;
  readonly text: number;
  /** The whole text under gzip -9. */
  readonly gzip9: number;
  /** Without a pinned address. */
  readonly composed: number;
  /** With a pinned address. */
  readonly gzip: number;
  readonly br: number;
  /** Gzip from the peer. */
  readonly peer?: number;
}

async function codingsOf(
  format: FeedFormat,
  composed: Server,
  pinned: Server,
): Promise<Omit<FeedCodings, 'format' | 'entries' | 'peer'>> {
  const path = feedPath(format);
  const length = async (server: Server, coding: string): Promise<number> => {
    const { body, headers } = await expectStatus(server, path, { 'Accept-Encoding': coding });
    if (headers['content-encoding'] === coding) return body.length;
    throw new Error(`Cannot measure ${path}: it is not in ${coding}`);
  };
  const { body } = await expectStatus(pinned, path);
  return {
    text: body.length,
    gzip9: gzipSync(body, { level: 9 }).length,
    composed: await length(composed, 'gzip'),
    gzip: await length(pinned, 'gzip'),
    br: await length(pinned, 'br'),
  };
}

export function codingTable(rows: readonly FeedCodings[]): string {
  return markdownTable(
    ['feed'],
    ['text', 'gzip -9', 'composed gzip', 'pinned, gzip', 'pinned, brotli', 'peer, gzip'],
    rows.map(({ format, entries, text, gzip9, composed, gzip, br, peer }) => [
      `${formatNames[format]}, ${entries} articles`,
      grouped(text),
      grouped(gzip9),
      ...[composed, gzip, br, peer].map((length) =>
        length === undefined ? '–' : `${grouped(length)} (${grouped(length / gzip9, 2)})`,
      ),
    ]),
  );
}

function bodyOf({ response, overhead }: Poll): number {
  return response - overhead;
}

function bytes({ request, response, overhead }: Poll): string {
  return `${grouped(response)} (${grouped(overhead)}; ${grouped(request)})`;
}

function share(part: Poll, whole: Poll): string {
  return `1/${grouped(whole.response / part.response, 1)}`;
}

function times(theirs: Poll, ours: Poll): string {
  return grouped(theirs.response / ours.response, 2);
}
