import { once } from 'node:events';
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Server } from './serve.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** As it came, not decompressed. */
  readonly body: Buffer;
}

/** Asks a server once. */
export async function ask(
  { port }: Server,
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<Answer> {
  const [response]: IncomingMessage[] = await once(
    request({ host: '127.0.0.1', port, path, headers }).end(),
    'response',
  );
  if (response === undefined) throw new Error(`Cannot ask for ${path}: no response`);
  return { status: response.statusCode ?? 0, headers: response.headers, body: await buffer(response) };
}
