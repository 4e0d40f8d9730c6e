import { gunzipSync } from 'node:zlib';
import { type Answer, ask } from './ask.ts';
import { type Fields, GZIP, HOST } from './request.ts';
import type { Server } from './serve.ts';

/** @throws Error when a server answers with another status, so that nothing wrong is measured */
export async function expectStatus(
  server: Server,
  path: string,
  headers: Fields = {},
  status = 200,
): Promise<Answer> {
  const answer = await ask(server, path, { Host: HOST, ...headers });
  if (answer.status !== status) {
    throw new Error(`Cannot measure ${path}: it answered ${answer.status}; expected ${status}`);
  }
  return answer;
}

/**
 * What a server answers without coding.
 *
 * @throws Error when that is not what it answers compressed, too
 */
export async function expectDecompressed(server: Server, path: string): Promise<string> {
  const compressed = await expectStatus(server, path, GZIP);
  const plain = await expectStatus(server, path);
  const isRight =
    compressed.headers['content-encoding'] === 'gzip' &&
    plain.headers['content-encoding'] === undefined &&
    gunzipSync(compressed.body).equals(plain.body);
  if (!isRight) throw new Error(`Cannot measure ${path}: its gzip body is not its identity body`);
  return plain.body.toString();
}
