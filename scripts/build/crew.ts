import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { HandOptions } from './hand.ts';
import type { Hand, Order, Task } from './jobs.ts';
import { lazily } from './lazily.ts';

type Jobs<Name extends Task> = Parameters<Hand[Name]>[0];
type Results<Name extends Task> = ReturnType<Hand[Name]>;

/** Those who do the work; results come in the order of the jobs. */
export interface Crew {
  ask<Name extends Task>(task: Name, jobs: Jobs<Name>): Promise<Results<Name>>;
  dismiss(): Promise<void>;
}

export type CrewOptions = Omit<HandOptions, 'name'>;

/** Works in this thread: no other has to be started, which takes as long as a few hundred documents do. */
export function workHere(options: Promise<CrewOptions>): Crew {
  // With it come all parsers.
  const tools = lazily(() => import('./hand.ts'));
  const hand = lazily(async () => (await tools()).makeHand({ ...(await options), name: 'here' }));
  return {
    async ask(task, jobs) {
      const { obey } = await tools();
      return obey(await hand(), { task, jobs }) as Results<typeof task>; // as the task says
    },
    dismiss: async () => (await hand.made)?.close(),
  };
}

export interface HiredCrew extends Crew {
  /** Lets all go and hires as many anew, which gives back the memory that their work took; nothing may be under way. */
  renew(): Promise<void>;
}

/**
 * Works in as many threads as there is work for. The first is started at once, since it takes long to get ready.
 *
 * @param options may come later
 */
export function hireThreads(most: number, options: Promise<CrewOptions>): HiredCrew {
  let hiredSoFar = 0;
  const hireOne = (): Member => hire(options, `thread-${hiredSoFar++}`);
  let members = [hireOne()];
  const leastBusy = (): Member => {
    const member = members.reduce((least, other) => (other.load() < least.load() ? other : least));
    if (member.load() < MANY_ORDERS || members.length === most) return member;
    const another = hireOne();
    members.push(another);
    return another;
  };
  const dismiss = async (): Promise<void> => {
    await Promise.all(members.map((member) => member.dismiss()));
  };
  return {
    ask: (task, jobs) => leastBusy().ask({ task, jobs }),
    dismiss,
    async renew() {
      await dismiss();
      members = members.map(() => hireOne());
    },
  };
}

/** So many orders that wait are worth another thread. */
const MANY_ORDERS = 2;
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

function hire(options: Promise<CrewOptions>, name: string): Member {
  const worker = new Worker(join(import.meta.dirname, 'thread.ts'), {
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP, maxYoungGenerationSizeMb: MAX_NEW },
  });
  const waiting: { resolve: (results: never) => void; reject: (error: Error) => void }[] = [];
  let ended: Error | undefined;
  const fail = (error: Error): void => {
    ended ??= error;
    for (const { reject } of waiting.splice(0)) reject(error);
  };
  worker.on('message', (results) => waiting.shift()?.resolve(results as never)); // of the order that is the first of those waiting
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('Cannot go on: a thread of the build has ended')));
  const isReady = options.then((own) => worker.postMessage({ ...own, name } satisfies HandOptions));
  isReady.catch(fail);
  return {
    load: () => waiting.length,
    ask: (order) =>
      new Promise((resolve, reject) => {
        if (ended !== undefined) return reject(ended);
        waiting.push({ resolve, reject });
        isReady.then(() => worker.postMessage(order)).catch(fail);
      }),
    dismiss: () => worker.terminate(),
  };
}
