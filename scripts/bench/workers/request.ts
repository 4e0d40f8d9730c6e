import { FINGERPRINT_LENGTH } from '../../../src/templates/fragment.ts';

/** The separator before the list of entries in an entity tag, newest first. */
const NEWEST = new RegExp(`\\..{${FINGERPRINT_LENGTH}}`);

/** A request that is sent to a worker repeatedly. */
export interface BenchRequest {
  readonly worker: string;
  readonly asked: string;
  readonly status: number;
  /** The bytes of the next request. */
  readonly request: () => Buffer;
  /** The request to the peer for the same articles in the same content coding. */
  readonly peer?: BenchRequest | undefined;
}

export type Fields = Readonly<Record<string, string>>;

export const HOST = 'example.org';
export const GZIP = { 'Accept-Encoding': 'gzip' };

export function helloRequest(): BenchRequest {
  return { worker: 'Hono', asked: '`hello`', status: 200, request: always('/', {}) };
}

/** The same request each time. */
export function always(path: string, headers: Fields): () => Buffer {
  const bytes = requestMessage(path, HOST, headers);
  return () => bytes;
}

/** Each request has a new origin, so that no cached composition is used. */
export function everNew(path: string, headers: Fields): () => Buffer {
  let number = 0;
  return () => requestMessage(path, `n${number++}.example`, headers);
}

/** The bytes of a GET request (RFC 9112). */
export function requestMessage(path: string, host: string, headers: Fields): Buffer {
  const fields = Object.entries({ Host: host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`GET ${path} HTTP/1.1\r\n${fields.join('')}\r\n`, 'latin1');
}

/** The entity tag of a client that has all entries of a feed except the newest. */
export function tagBeforeNewest(etag: string): string {
  return etag.replace(NEWEST, '.');
}
