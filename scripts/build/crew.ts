import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import {
  type HandOptions,
  makeHand,
  type ReadingJob,
  type ReadingResult,
  type RenderingJob,
  type RenderingResult,
} from './hand.ts';

export type Order =
  | { readonly task: 'read'; readonly jobs: readonly ReadingJob[] }
  | { readonly task: 'render'; readonly jobs: readonly RenderingJob[] };

/** Those who do the work on single documents; results come in the order of the jobs. */
export interface Crew {
  read(jobs: readonly ReadingJob[]): Promise<ReadingResult[]>;
  render(jobs: readonly RenderingJob[]): Promise<RenderingResult[]>;
  dismiss(): Promise<void>;
}

type CrewOptions = Omit<HandOptions, 'name'>;

/** Works in this thread: no other has to be started, which takes as long as a few hundred documents do. */
export function workHere(options: CrewOptions): Crew {
  const hand = makeHand({ ...options, name: 'here' });
  return {
    read: async (jobs) => hand.read(jobs),
    render: async (jobs) => hand.render(jobs),
    dismiss: async () => hand.close(),
  };
}

/** Works in several threads at once. */
export function hireThreads(size: number, options: CrewOptions): Crew {
  const members = Array.from({ length: size }, (_, index) => hire({ ...options, name: `thread-${index}` }));
  const leastBusy = (): Member =>
    members.reduce((least, member) => (member.load() < least.load() ? member : least));
  return {
    read: (jobs) => leastBusy().ask({ task: 'read', jobs }),
    render: (jobs) => leastBusy().ask({ task: 'render', jobs }),
    dismiss: async () => {
      await Promise.all(members.map((member) => member.dismiss()));
    },
  };
}

/** Megabytes: ten times what the largest documents take; with more, garbage would wait to be collected. */
const MAX_HEAP = 600;
const MAX_NEW = 24;

interface Member {
  /** How many orders wait for an answer. */
  load(): number;
  /** @returns what the hand returns for that task */
  ask<Results>(order: Order): Promise<Results>;
  dismiss(): Promise<unknown>;
}

function hire(options: HandOptions): Member {
  const worker = new Worker(join(import.meta.dirname, 'thread.ts'), {
    workerData: options,
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP, maxYoungGenerationSizeMb: MAX_NEW },
  });
  const waiting: { resolve: (results: never) => void; reject: (error: Error) => void }[] = [];
  const fail = (error: Error): void => {
    for (const { reject } of waiting.splice(0)) reject(error);
  };
  worker.on('message', (results) => waiting.shift()?.resolve(results as never)); // of the order that is the first of those waiting
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('Cannot go on: a thread of the build has ended')));
  return {
    load: () => waiting.length,
    ask: (order) =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        worker.postMessage(order);
      }),
    dismiss: () => worker.terminate(),
  };
}
