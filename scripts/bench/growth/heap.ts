import { liveHeap } from '../workers/heap.ts';
import { mustAnswer } from '../workers/must-answer.ts';
import type { Stand } from '../workers/stand.ts';
import { askAll, type Starter } from './starts.ts';

/** Bytes of an isolate, without garbage. */
export interface Heap {
  /** When its first request was answered. */
  readonly started: number;
  /** After a round of questions. */
  readonly used: number;
}

/** As the inspector of a workerd of its own tells it. */
export async function measureHeap(stand: Stand, starter: Starter): Promise<Heap> {
  const server = await stand.serve(starter.made, { isInspected: true });
  await mustAnswer(server, starter.first);
  const started = await liveHeap(server, starter.first);
  await askAll(starter, server);
  const used = await liveHeap(server, starter.first);
  server.stop();
  return { started, used };
}
