import { gunzipSync } from 'node:zlib';
import { feedPath, paths } from '../../../src/routes/paths.ts';
import { expectDecompressed, expectStatus } from '../workers/client.ts';
import type { Articles } from '../workers/peer.ts';
import { GZIP } from '../workers/request.ts';
import type { Server } from '../workers/serve.ts';

/** The verified responses of our worker. */
export interface Verified {
  readonly articles: Articles;
  /** The entity tag of the RSS feed. */
  readonly etag: string;
}

/** @throws Error if a response of our worker is wrong, so that the bench never measures errors */
export async function verifyOurs(server: Server): Promise<Verified> {
  const rss = feedPath('rss');
  const articles: Articles = JSON.parse((await expectStatus(server, feedPath('json'))).body.toString());
  const permalink = new URL(articles.items[0]?.url ?? '').pathname;
  for (const path of [rss, feedPath('atom'), feedPath('json'), permalink, paths.home]) {
    await expectDecompressed(server, path);
  }
  const { body, headers } = await expectStatus(server, rss);
  mustHold(body, articles);
  const etag = headers.etag ?? '';
  await expectStatus(server, rss, { 'If-None-Match': etag }, 304);
  return { articles, etag };
}

/** @throws Error if the peer's feed has different articles */
export async function verifyPeer(server: Server, articles: Articles): Promise<void> {
  mustHold((await expectStatus(server, '/rss.xml')).body, articles);
  mustHold(gunzipSync((await expectStatus(server, '/rss.xml', GZIP)).body), articles);
}

function mustHold(rss: Buffer, { items }: Articles): void {
  const found = rss.toString().split('<item>').length - 1;
  if (found !== items.length) {
    throw new Error(`Cannot measure an RSS feed of ${found} items: expected ${items.length}`);
  }
}
