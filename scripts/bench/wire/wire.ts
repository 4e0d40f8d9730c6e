import { join } from 'node:path';
import { FEED_FORMATS, type FeedFormat, feedPath } from '../../../src/routes/paths.ts';
import { writeDocuments } from '../corpus/documents.ts';
import type { Figures } from '../figures/figures.ts';
import { buildStore } from '../growth/archives.ts';
import { type Bundle, bundle, OURS, PEER, WHOLE_FEEDS } from '../workers/bundle.ts';
import { expectStatus } from '../workers/client.ts';
import type { Articles } from '../workers/peer.ts';
import { GZIP, tagBeforeNewest } from '../workers/request.ts';
import { type Server, withBenchEnvironment } from '../workers/serve.ts';
import { type Asked, poll } from './poll.ts';
import { type FeedPolls, wireTable } from './table.ts';

const TITLE = '### Bytes on the wire';
/** The number of articles of a full feed without a size limit. */
const DOCUMENTS = 50;
const DELTA = { ...GZIP, 'A-IM': 'feed' };

/** Measures the bytes of a poll, from our worker and from one that renders its feed on each request. */
export async function wire(): Promise<Figures> {
  return withBenchEnvironment(async ({ folder, serve }) => {
    const seeds = join(folder, 'seeds');
    await writeDocuments(seeds, DOCUMENTS);
    const store = await buildStore(seeds, folder);
    const [usual, whole, peer] = await Promise.all([
      bundle(OURS, store, join(folder, 'usual')),
      bundle(WHOLE_FEEDS, store, join(folder, 'whole')),
      bundle(PEER, store, join(folder, 'peer')).catch((error: Error) => error),
    ]);
    const rows: FeedPolls[] = [];
    for (const made of [usual, whole]) rows.push(...(await pollAll(await serve(made), peer, serve)));
    return {
      markdown: [
        TITLE,
        'One poll of a feed over HTTP/1.1, on a connection that is open: bytes of the response, in brackets those of it that are header or framing, and those of the request. The documents are those of the builds, of about 5 KB of Markdown; first with the feeds as they are set by default, then with 50 articles whatever they weigh. “One new”: a reader that has all but the newest article and asks for what it does not have (RFC 3229), gzip. The peer is Hono + `feed`, with the same articles; it has no validators, so a poll takes all of its feed each time. The ratios are of whole responses.',
        wireTable(rows),
        ...(peer instanceof Error ? [`Skipped: Hono + \`feed\`. ${peer.message}.`] : []),
      ].join('\n\n'),
    };
  });
}

async function pollAll(
  ours: Server,
  peer: Bundle | Error,
  serve: (made: Bundle) => Promise<Server>,
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
  const asked: Asked = { path, format, headers: {}, status: 200, entries };
  const both = async (server: Server): Promise<Pick<FeedPolls, 'identity' | 'gzip'>> => ({
    identity: await poll(server, asked),
    gzip: await poll(server, { ...asked, headers: GZIP }),
  });
  return {
    format,
    entries,
    ...(await both(ours)),
    delta: await poll(ours, {
      ...asked,
      headers: { ...DELTA, 'If-None-Match': tagBeforeNewest(etag) },
      status: 226,
      entries: 1,
    }),
    notModified: await poll(ours, {
      ...asked,
      headers: { ...DELTA, 'If-None-Match': etag },
      status: 304,
      entries: 0,
    }),
    ...(theirs !== undefined && { peer: await both(theirs) }),
  };
}
