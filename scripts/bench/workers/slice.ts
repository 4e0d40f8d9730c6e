import { type Connection, openConnection } from './connection.ts';
import { cpuTime } from './process.ts';
import type { BenchRequest } from './request.ts';
import type { Server } from './serve.ts';

/** A worker and the request to measure. */
export interface Subject {
  readonly benchRequest: BenchRequest;
  readonly server: Server;
}

/** The cost of sequential requests, averaged per request. */
export interface Slice {
  readonly cpu: number;
  readonly seconds: number;
  /** On the wire, header included. */
  readonly bytes: number;
}

export const CONNECTIONS = 8;

export async function measureSlice({ benchRequest, server }: Subject, count: number): Promise<Slice> {
  const connections = await Promise.all(
    Array.from({ length: CONNECTIONS }, () => openConnection(server.port)),
  );
  try {
    // The cost of accepting a connection is not part of a request.
    await send(benchRequest, connections, CONNECTIONS);
    const cpu = cpuTime(server.pid);
    const start = performance.now();
    const bytes = await send(benchRequest, connections, count);
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

async function send(
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
