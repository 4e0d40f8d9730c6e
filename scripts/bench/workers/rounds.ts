import { type BenchRequest, type Connection, openConnection } from './client.ts';
import { cpuTime } from './process.ts';
import type { Server } from './serve.ts';

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
