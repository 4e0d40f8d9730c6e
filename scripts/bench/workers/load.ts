import { once } from 'node:events';
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { FINGERPRINT_LENGTH } from '../../../src/templates/fragment.ts';
import { HOST } from '../corpus.ts';
import { type BenchEnvironment, type Bundle, cpuTime, type Server } from './serve.ts';

interface BenchResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The body as received, not decompressed. */
  readonly body: Buffer;
}

async function send(
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
  headers: RequestHeaders = {},
  status = 200,
): Promise<BenchResponse> {
  const response = await send(server, path, { Host: HOST, ...headers });
  if (response.status !== status) {
    throw new Error(`Cannot measure ${path}: it responded with ${response.status}; expected ${status}`);
  }
  return response;
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

/** The separator before the list of entries in an entity tag, newest first. */
const NEWEST = new RegExp(`\\..{${FINGERPRINT_LENGTH}}`);

/** A request that is sent to a worker repeatedly. */
export interface BenchRequest {
  readonly worker: string;
  readonly label: string;
  readonly status: number;
  /** The bytes of the next request. */
  readonly request: () => Buffer;
  /** The request to the peer for the same articles in the same content coding. */
  readonly peer?: BenchRequest | undefined;
}

export type RequestHeaders = Readonly<Record<string, string>>;

export const GZIP = { 'Accept-Encoding': 'gzip' };

export function helloRequest(): BenchRequest {
  return { worker: 'Hono', label: '`hello`', status: 200, request: sameEachTime('/', {}) };
}

export function sameEachTime(path: string, headers: RequestHeaders): () => Buffer {
  const bytes = requestMessage(path, HOST, headers);
  return () => bytes;
}

/** Each request has a new origin, so that no cached composition is used. */
export function newOriginEachTime(path: string, headers: RequestHeaders): () => Buffer {
  let number = 0;
  return () => requestMessage(path, `n${number++}.example`, headers);
}

/** The bytes of a GET request (RFC 9112). */
export function requestMessage(path: string, host: string, headers: RequestHeaders): Buffer {
  const fields = Object.entries({ Host: host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`GET ${path} HTTP/1.1\r\n${fields.join('')}\r\n`, 'latin1');
}

/** The entity tag of a client that has all entries of a feed except the newest. */
export function tagBeforeNewest(etag: string): string {
  return etag.replace(NEWEST, '.');
}

/** A kept-alive HTTP/1.1 connection. */
interface Connection {
  /** Sends a request and waits for the whole response; returns its length in bytes. One at a time. */
  exchange(request: Buffer, status: number): Promise<number>;
  close(): void;
}

export async function openConnection(port: number): Promise<Connection> {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  await once(socket, 'connect');
  let take: (bytes: Buffer) => void = () => {};
  let fail: (error: Error) => void = () => {};
  socket.on('data', (bytes) => take(bytes));
  socket.on('error', (error) => fail(error));
  socket.on('close', () => fail(new Error('Cannot read a response: the connection was closed')));
  return {
    exchange: (request, status) =>
      new Promise((resolve, reject) => {
        const meter = responseMeter(status);
        fail = reject;
        take = (bytes) => {
          try {
            const length = meter(bytes);
            if (length !== undefined) resolve(length);
          } catch (error) {
            reject(error);
          }
        };
        socket.write(request);
      }),
    close: () => socket.destroy(),
  };
}

const END_OF_HEAD = '\r\n\r\n';
const END_OF_LINE = '\r\n';
const BODILESS = [204, 304];

/**
 * Receives the bytes of an HTTP/1.1 response as they arrive; returns the total length once it is complete.
 *
 * @throws Error if the status is different, or more bytes arrive than belong to the response
 */
function responseMeter(status: number): (bytes: Buffer) => number | undefined {
  let held = Buffer.alloc(0);
  let received = 0;
  let length: number | undefined;
  return (bytes) => {
    received += bytes.length;
    if (length === undefined) {
      held = Buffer.concat([held, bytes]);
      length = responseLength(held, status);
    }
    if (length !== undefined && received > length)
      throw new Error('Cannot measure a response: it is too long');
    return received === length ? length : undefined;
  };
}

/** The length of a response, derived from its first bytes (RFC 9112 §6.3); undefined if it is not known yet. */
function responseLength(bytes: Buffer, wanted: number): number | undefined {
  const endOfHead = bytes.indexOf(END_OF_HEAD);
  if (endOfHead < 0) return undefined;
  const head = bytes.toString('latin1', 0, endOfHead);
  const body = endOfHead + END_OF_HEAD.length;
  const status = Number(head.split(' ', 2)[1]);
  if (status !== wanted) throw new Error(`Cannot measure a response of status ${status}: expected ${wanted}`);
  if (BODILESS.includes(status)) return body;
  const length = /^content-length: *(\d+)/im.exec(head)?.[1];
  return length === undefined ? endOfChunks(bytes, body) : body + Number(length);
}

/** RFC 9112 §7.1, without trailer fields. */
function endOfChunks(bytes: Buffer, start: number): number | undefined {
  for (let at = start; ; ) {
    const line = bytes.indexOf(END_OF_LINE, at);
    if (line < 0) return undefined;
    const size = Number.parseInt(bytes.toString('latin1', at, line), 16);
    at = line + END_OF_LINE.length + size + END_OF_LINE.length;
    if (at > bytes.length) return undefined;
    if (size === 0) return at;
  }
}

const WARM_UP_SECONDS = 0.8;
export const SLICE_SECONDS = 0.1;
const FIRST_REQUESTS = 100;
const MIN_REQUESTS = 16;

/** For each request, one slice per round. */
export type Slices = ReadonlyMap<BenchRequest, readonly TimeSlice[]>;

/**
 * Measures requests side by side: each gets a short slice in every round, and every round starts with a different one,
 * so that interference affects all equally. Each has its own workerd, so that none pays for another's garbage
 * collection.
 *
 * @param plan workers with their requests
 */
export async function measureRequests(
  { serve }: BenchEnvironment,
  plan: readonly (readonly [Bundle, readonly BenchRequest[]])[],
  rounds: number,
): Promise<Slices> {
  const subjects: Subject[] = [];
  for (const [worker, benchRequests] of plan)
    for (const benchRequest of benchRequests) subjects.push({ benchRequest, server: await serve(worker) });
  const counts: number[] = [];
  for (const subject of subjects) counts.push(await warmUp(subject));
  const slices = new Map<BenchRequest, TimeSlice[]>(subjects.map(({ benchRequest }) => [benchRequest, []]));
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < subjects.length; turn++) {
      const index = (round + turn) % subjects.length;
      const subject = subjects[index] as Subject; // index is in range, here and below
      slices.get(subject.benchRequest)?.push(await measureSlice(subject, counts[index] as number));
    }
  }
  return slices;
}

/** Warms up the just-in-time compiler; returns the number of requests per slice. */
async function warmUp(subject: Subject): Promise<number> {
  for (let count = FIRST_REQUESTS, spent = 0; ; count *= 2) {
    const { seconds } = await measureSlice(subject, count);
    spent += count * seconds;
    if (spent >= WARM_UP_SECONDS) return Math.max(MIN_REQUESTS, Math.round(SLICE_SECONDS / seconds));
  }
}

/** A worker and the request to measure. */
interface Subject {
  readonly benchRequest: BenchRequest;
  readonly server: Server;
}

/** The cost of sequential requests, averaged per request. */
export interface TimeSlice {
  readonly cpu: number;
  readonly seconds: number;
  /** On the wire, header included. */
  readonly bytes: number;
}

export const CONNECTIONS = 8;

export async function measureSlice({ benchRequest, server }: Subject, count: number): Promise<TimeSlice> {
  const connections = await Promise.all(
    Array.from({ length: CONNECTIONS }, () => openConnection(server.port)),
  );
  try {
    // The cost of accepting a connection is not part of a request.
    await sendRequests(benchRequest, connections, CONNECTIONS);
    const cpu = cpuTime(server.pid);
    const start = performance.now();
    const bytes = await sendRequests(benchRequest, connections, count);
    const milliseconds = performance.now() - start;
    return {
      cpu: (cpuTime(server.pid) - cpu) / 1000 / count,
      seconds: milliseconds / 1000 / count,
      bytes: bytes / count,
    };
  } finally {
    for (const connection of connections) connection.close();
  }
}

async function sendRequests(
  { request, status }: BenchRequest,
  connections: readonly Connection[],
  count: number,
): Promise<number> {
  let left = count;
  let bytes = 0;
  await Promise.all(
    connections.map(async (connection) => {
      while (left-- > 0) {
        const length = await connection.exchange(request(), status);
        bytes += length;
      }
    }),
  );
  return bytes;
}
