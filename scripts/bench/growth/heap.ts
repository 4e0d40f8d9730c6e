import type { BenchEnvironment } from '../workers/environment.ts';
import { expectStatus } from '../workers/expect-status.ts';
import { liveHeap } from '../workers/heap.ts';
import { askAll, type Starter } from './starts.ts';

/** Bytes of an isolate, without garbage. */
export interface Heap {
  /** When its first request was answered. */
  readonly started: number;
  /** After a round of requests. */
  readonly used: number;
}

/** As the inspector of a workerd of its own tells it. */
export async function measureHeap(environment: BenchEnvironment, starter: Starter): Promise<Heap> {
  const server = await environment.serve(starter.made, { isInspected: true });
  await expectStatus(server, starter.first);
  const started = await liveHeap(server, starter.first);
  await askAll(starter, server);
  const used = await liveHeap(server, starter.first);
  server.stop();
  return { started, used };
}
