import { gunzipSync } from 'node:zlib';
import type { FeedFormat } from '../../../src/routes/paths.ts';
import { expectStatus } from '../workers/client.ts';
import { openConnection } from '../workers/connection.ts';
import { type Fields, HOST, requestMessage } from '../workers/request.ts';
import type { Server } from '../workers/serve.ts';

/** The bytes of a poll of a feed over an open connection. */
export interface Poll {
  readonly request: number;
  readonly response: number;
  /** The part of the response that is not body: the header and chunk framing. */
  readonly overhead: number;
}

/** A request and the expected response. */
export interface Asked {
  readonly path: string;
  readonly format: FeedFormat;
  readonly headers: Fields;
  readonly status: number;
  readonly entries: number;
}

/** @throws Error if the response has a different status or number of entries */
export async function poll(server: Server, { path, format, headers, status, entries }: Asked): Promise<Poll> {
  const { body, headers: fields } = await expectStatus(server, path, headers, status);
  const text = (fields['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString();
  const found = countEntries(format, text);
  if (found !== entries)
    throw new Error(
      `Cannot measure ${path}: it answered ${status} with ${found} entries; expected ${entries}`,
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
