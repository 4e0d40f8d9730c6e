import { FINGERPRINT_LENGTH } from '../../../src/templates/fragment.ts';

/** Where a tag begins to list entries, the newest first. */
const NEWEST = new RegExp(`\\..{${FINGERPRINT_LENGTH}}`);

/** What a worker is asked again and again. */
export interface BenchRequest {
  readonly worker: string;
  readonly asked: string;
  readonly status: number;
  /** The next request, as it goes over the wire. */
  readonly request: () => Buffer;
  /** What the peer is asked to get the same articles in the same coding. */
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

/** Each request comes to an origin of its own, for which everything is composed anew. */
export function everNew(path: string, headers: Fields): () => Buffer {
  let number = 0;
  return () => requestMessage(path, `n${number++}.example`, headers);
}

/** A GET as it goes over the wire (RFC 9112). */
export function requestMessage(path: string, host: string, headers: Fields): Buffer {
  const fields = Object.entries({ Host: host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`GET ${path} HTTP/1.1\r\n${fields.join('')}\r\n`, 'latin1');
}

/** The tag of a client that has all entries of a feed but the newest. */
export function tagBeforeNewest(etag: string): string {
  return etag.replace(NEWEST, '.');
}
