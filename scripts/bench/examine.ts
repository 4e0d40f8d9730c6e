import { gunzipSync } from 'node:zlib';
import { feedPath, paths } from '../../src/routes.ts';
import { type Answer, ask } from './ask.ts';
import type { Articles } from './peer.ts';
import { GZIP, HOST } from './questions.ts';
import type { Server } from './workerd.ts';

/** What our worker says of itself once it was found right. */
export interface Examined {
  readonly articles: Articles;
  /** Of the RSS feed. */
  readonly etag: string;
}

/** @throws Error when our worker answers wrongly, so that nothing wrong is measured */
export async function examineOurs(server: Server): Promise<Examined> {
  const rss = feedPath('rss');
  const articles: Articles = JSON.parse(
    (await mustAnswer(server, feedPath('json'), {}, 200)).body.toString(),
  );
  const permalink = new URL(articles.items[0]?.url ?? '').pathname;
  for (const path of [rss, feedPath('atom'), feedPath('json'), permalink, paths.home]) {
    await mustDecompress(server, path);
  }
  const { body, headers } = await mustAnswer(server, rss, {}, 200);
  mustHold(body, articles);
  const etag = headers.etag ?? '';
  await mustAnswer(server, rss, { 'If-None-Match': etag }, 304);
  return { articles, etag };
}

/** @throws Error when the peer's feed has other articles */
export async function examinePeer(server: Server, articles: Articles): Promise<void> {
  mustHold((await mustAnswer(server, '/rss.xml', {}, 200)).body, articles);
  mustHold(gunzipSync((await mustAnswer(server, '/rss.xml', GZIP, 200)).body), articles);
}

async function mustAnswer(
  server: Server,
  path: string,
  headers: Readonly<Record<string, string>>,
  status: number,
): Promise<Answer> {
  const answer = await ask(server, path, { Host: HOST, ...headers });
  if (answer.status !== status) {
    throw new Error(`Cannot measure ${path}: it answered ${answer.status}; expected ${status}`);
  }
  return answer;
}

async function mustDecompress(server: Server, path: string): Promise<void> {
  const compressed = await mustAnswer(server, path, GZIP, 200);
  const plain = await mustAnswer(server, path, {}, 200);
  const right =
    compressed.headers['content-encoding'] === 'gzip' &&
    plain.headers['content-encoding'] === undefined &&
    gunzipSync(compressed.body).equals(plain.body);
  if (!right) throw new Error(`Cannot measure ${path}: its gzip body is not its identity body`);
}

function mustHold(rss: Buffer, { items }: Articles): void {
  const found = rss.toString().split('<item>').length - 1;
  if (found !== items.length) {
    throw new Error(`Cannot measure an RSS feed of ${found} items: expected ${items.length}`);
  }
}
