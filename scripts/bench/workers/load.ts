import { Agent, globalAgent, type IncomingHttpHeaders, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { FINGERPRINT_LENGTH } from '../../../src/templates/fragment.ts';
import { cpuTime, type Server } from './serve.ts';

export type RequestHeaders = Readonly<Record<string, string>>;

export const HOST = 'example.org';
export const GZIP = { 'Accept-Encoding': 'gzip' };

interface BenchResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The body as received, not decompressed. */
  readonly body: Buffer;
  /** Bytes on the wire, header included: of the request, and of the response. */
  readonly sent: number;
  readonly received: number;
}

/**
 * Sends one request, with the given header fields only.
 *
 * @throws Error if the response has a different status, so that the bench never measures errors
 */
export function expectStatus(
  { port }: Server,
  path: string,
  headers: RequestHeaders = {},
  status = 200,
  agent = globalAgent,
): Promise<BenchResponse> {
  return new Promise((resolve, reject) => {
    const options = { agent, host: '127.0.0.1', port, path, setDefaultHeaders: false };
    const message = request({ ...options, headers: { Host: HOST, ...headers } });
    message.on('error', reject).on('socket', (socket) => {
      const [read = 0, written = 0] = [socket.bytesRead, socket.bytesWritten];
      message.on('response', (response) => {
        if (response.statusCode !== status)
          reject(
            new Error(`Cannot measure ${path}: it responded with ${response.statusCode}; expected ${status}`),
          );
        buffer(response).then((body) => {
          const [sent, received] = [socket.bytesWritten - written, socket.bytesRead - read];
          resolve({ status, headers: response.headers, body, sent, received });
        }, reject);
      });
    });
    message.end();
  });
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
  readonly path: string;
  readonly headers: RequestHeaders;
  /** Default: 200. */
  readonly status?: number;
  /** Whether each request has a new origin, so that no cached composition is used. */
  readonly isFirst?: boolean;
  /** The request to the peer for the same articles in the same content coding. */
  readonly peer?: BenchRequest | undefined;
}

export function helloRequest(): BenchRequest {
  return { worker: 'Hono', label: '`hello`', path: '/', headers: {} };
}

/** The entity tag of a client that has all entries of a feed except the newest. */
export function tagBeforeNewest(etag: string): string {
  return etag.replace(NEWEST, '.');
}

const WARM_UP_SECONDS = 0.8;
export const SLICE_SECONDS = 0.1;
const FIRST_REQUESTS = 100;
const MIN_REQUESTS = 16;

/**
 * Measures subjects side by side: each gets a short slice in every round, and every round starts with a different
 * subject, so that interference affects all subjects equally.
 *
 * @returns the slices of each subject, one per round
 */
export async function measureRounds(subjects: readonly Subject[], rounds: number): Promise<TimeSlice[][]> {
  const counts: number[] = [];
  for (const subject of subjects) counts.push(await warmUp(subject));
  const slices: TimeSlice[][] = subjects.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < subjects.length; turn++) {
      const index = (round + turn) % subjects.length;
      const subject = subjects[index] as Subject; // index is in range, here and below
      slices[index]?.push(await measureSlice(subject, counts[index] as number));
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
export interface Subject {
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

export async function measureSlice(subject: Subject, count: number): Promise<TimeSlice> {
  const { pid } = subject.server;
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  try {
    // The cost of accepting a connection is not part of a request.
    await sendRequests(subject, agent, CONNECTIONS);
    const cpu = cpuTime(pid);
    const start = performance.now();
    const bytes = await sendRequests(subject, agent, count);
    const milliseconds = performance.now() - start;
    return {
      cpu: (cpuTime(pid) - cpu) / 1000 / count,
      seconds: milliseconds / 1000 / count,
      bytes: bytes / count,
    };
  } finally {
    agent.destroy();
  }
}

let origins = 0;

async function sendRequests({ benchRequest, server }: Subject, agent: Agent, count: number): Promise<number> {
  const { path, headers, status, isFirst } = benchRequest;
  let left = count;
  let bytes = 0;
  const send = async (): Promise<void> => {
    while (left-- > 0) {
      const own = isFirst ? { ...headers, Host: `n${origins++}.example` } : headers;
      const { received } = await expectStatus(server, path, own, status, agent);
      bytes += received;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, send));
  return bytes;
}
