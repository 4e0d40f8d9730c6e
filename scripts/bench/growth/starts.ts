import type { Bundle } from '../workers/bundle.ts';
import { cpuTime } from '../workers/cpu.ts';
import { liveHeap } from '../workers/heap.ts';
import { residentMemory } from '../workers/memory.ts';
import { mustAnswer } from '../workers/must-answer.ts';
import type { Question } from '../workers/question.ts';
import type { Server } from '../workers/serve.ts';
import { measureSlice } from '../workers/slice.ts';
import type { Stand } from '../workers/stand.ts';

/** A worker to start, and what it is asked then. */
export interface Starter {
  readonly made: Bundle;
  /** Path of the first request. */
  readonly first: string;
  readonly questions: readonly Question[];
}

/** What a workerd has used. */
export interface Start {
  /** Milliseconds until it listened; the worker is evaluated then. */
  readonly listening: number;
  /** Milliseconds until its first request was answered. */
  readonly answered: number;
  /** Bytes when its first request was answered. */
  readonly memory: number;
  /** Bytes after a round of questions. */
  readonly used: number;
}

/** Bytes of an isolate, without garbage. */
export interface Heap {
  /** When its first request was answered. */
  readonly started: number;
  /** After a round of questions. */
  readonly used: number;
}

/** Of these, all workers are asked the same number in a round. */
export const ROUND_OF_QUESTIONS = 800;

/** Starts workers again and again, one after the other; gives the starts of each. */
export async function measureStarts(
  stand: Stand,
  starters: readonly Starter[],
  rounds: number,
): Promise<Start[][]> {
  const starts: Start[][] = starters.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, starter] of starters.entries()) {
      const server = await stand.serve(starter.made);
      const listening = cpuTime(server.pid) / 1e6;
      await mustAnswer(server, starter.first);
      const answered = cpuTime(server.pid) / 1e6;
      const memory = residentMemory(server.pid);
      await askAll(starter, server);
      starts[index]?.push({ listening, answered, memory, used: residentMemory(server.pid) });
      server.stop();
    }
  }
  return starts;
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

async function askAll({ questions }: Starter, server: Server): Promise<void> {
  for (const question of questions)
    await measureSlice({ question, server }, Math.ceil(ROUND_OF_QUESTIONS / questions.length));
}
