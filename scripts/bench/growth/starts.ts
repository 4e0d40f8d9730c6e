import type { Bundle } from '../workers/bundle.ts';
import { expectStatus } from '../workers/client.ts';
import { cpuTime, residentMemory } from '../workers/process.ts';
import type { BenchRequest } from '../workers/request.ts';
import type { BenchEnvironment, Server } from '../workers/serve.ts';
import { measureSlice } from '../workers/slice.ts';

/** A worker to start, and the requests to send it. */
export interface Starter {
  readonly made: Bundle;
  /** Path of the first request. */
  readonly first: string;
  readonly benchRequests: readonly BenchRequest[];
}

/** The resource usage of a workerd. */
export interface Start {
  /** Milliseconds of CPU time until it listens, when the worker has been evaluated. */
  readonly listening: number;
  /** Milliseconds of CPU time until its first response. */
  readonly answered: number;
  /** Bytes after its first response. */
  readonly memory: number;
  /** Bytes after a round of requests. */
  readonly used: number;
}

/** The number of requests to each worker per round. */
export const ROUND_OF_REQUESTS = 800;

/** Starts workers repeatedly, one at a time; returns the starts of each. */
export async function measureStarts(
  environment: BenchEnvironment,
  starters: readonly Starter[],
  rounds: number,
): Promise<Start[][]> {
  const starts: Start[][] = starters.map(() => []);
  for (let round = 0; round < rounds; round++)
    for (const [index, starter] of starters.entries())
      starts[index]?.push(await measureStart(environment, starter));
  return starts;
}

async function measureStart(environment: BenchEnvironment, starter: Starter): Promise<Start> {
  const server = await environment.serve(starter.made);
  const listening = cpuTime(server.pid) / 1e6;
  await expectStatus(server, starter.first);
  const answered = cpuTime(server.pid) / 1e6;
  const memory = residentMemory(server.pid);
  await sendAll(starter, server);
  const used = residentMemory(server.pid);
  server.stop();
  return { listening, answered, memory, used };
}

/** Sends the requests of a starter, `ROUND_OF_REQUESTS` in total. */
export async function sendAll({ benchRequests }: Starter, server: Server): Promise<void> {
  for (const benchRequest of benchRequests)
    await measureSlice({ benchRequest, server }, Math.ceil(ROUND_OF_REQUESTS / benchRequests.length));
}
