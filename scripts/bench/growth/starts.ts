import type { Bundle } from '../workers/bundle.ts';
import { expectStatus } from '../workers/client.ts';
import { cpuTime, residentMemory } from '../workers/process.ts';
import type { BenchRequest } from '../workers/request.ts';
import type { BenchEnvironment, Server } from '../workers/serve.ts';
import { measureSlice } from '../workers/slice.ts';

/** A worker to start, and what it is asked then. */
export interface Starter {
  readonly made: Bundle;
  /** Path of the first request. */
  readonly first: string;
  readonly benchRequests: readonly BenchRequest[];
}

/** What a workerd has used. */
export interface Start {
  /** Milliseconds of CPU time until it listened; the worker has been evaluated then. */
  readonly listening: number;
  /** Milliseconds of CPU time until its first request was answered. */
  readonly answered: number;
  /** Bytes when its first request was answered. */
  readonly memory: number;
  /** Bytes after a round of requests. */
  readonly used: number;
}

/** Of these, all workers are asked the same number in a round. */
export const ROUND_OF_REQUESTS = 800;

/** Starts workers again and again, one after the other; gives the starts of each. */
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
  await askAll(starter, server);
  const used = residentMemory(server.pid);
  server.stop();
  return { listening, answered, memory, used };
}

/** Asks the questions of a starter, `ROUND_OF_REQUESTS` times in all. */
export async function askAll({ benchRequests }: Starter, server: Server): Promise<void> {
  for (const benchRequest of benchRequests)
    await measureSlice({ benchRequest, server }, Math.ceil(ROUND_OF_REQUESTS / benchRequests.length));
}
