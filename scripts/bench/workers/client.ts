import { once } from 'node:events';
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { type Fields, GZIP, HOST } from './request.ts';
import type { Server } from './serve.ts';

export interface BenchResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The body as received, not decompressed. */
  readonly body: Buffer;
}

/** Sends one request. */
async function ask(
  { port }: Server,
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<BenchResponse> {
  const [response]: IncomingMessage[] = await once(
    request({ host: '127.0.0.1', port, path, headers }).end(),
    'response',
  );
  if (response === undefined) throw new Error(`Cannot ask for ${path}: no response`);
  return { status: response.statusCode ?? 0, headers: response.headers, body: await buffer(response) };
}

/** @throws Error if a response has a different status, so that the bench never measures errors */
export async function expectStatus(
  server: Server,
  path: string,
  headers: Fields = {},
  status = 200,
): Promise<BenchResponse> {
  const answer = await ask(server, path, { Host: HOST, ...headers });
  if (answer.status !== status) {
    throw new Error(`Cannot measure ${path}: it answered ${answer.status}; expected ${status}`);
  }
  return answer;
}

/**
 * The response of a server without content coding.
 *
 * @throws Error if the compressed response has different content
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
