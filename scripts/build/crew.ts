import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { HandOptions } from './hand.ts';
import type { Hand, Order, Task } from './jobs.ts';
import { lazily } from './lazily.ts';

type Jobs<Name extends Task> = Parameters<Hand[Name]>[0];
type Results<Name extends Task> = ReturnType<Hand[Name]>;

/** Those who do the work; results come in the order of the jobs. */
export interface Crew {
  /** Tells where the work is, before any of it is asked for. */
  begin(options: CrewOptions): void;
  ask<Name extends Task>(task: Name, jobs: Jobs<Name>): Promise<Results<Name>>;
  /** Gives back the memory that their work took, where others can take their places; nothing may be under way. */
  renew(): Promise<void>;
  /** May be called again. */
  dismiss(): Promise<void>;
}

export type CrewOptions = Omit<HandOptions, 'name'>;

/** Works in this thread: no other has to be started, which takes as long as a few hundred documents do. */
export function workHere(): Crew {
  // With it come all parsers.
  const tools = lazily(() => import('./hand.ts'));
  const begun = Promise.withResolvers<CrewOptions>();
  const hand = lazily(async () => (await tools()).makeHand({ ...(await begun.promise), name: 'here' }));
  const dismiss = lazily(async () => (await hand.made)?.close());
  return {
    begin: begun.resolve,
    async ask(task, jobs) {
      const { obey } = await tools();
      return obey(await hand(), { task, jobs }) as Results<typeof task>; // as the task says
    },
    async renew() {},
    dismiss,
  };
}

/** Works in as many threads as there is work for. The first is started at once, since it takes long to get ready. */
export function hireThreads(most: number): Crew {
  let hiredSoFar = 0;
  let options: CrewOptions | undefined;
  const hireOne = (): Member => {
    const member = hire(`thread-${hiredSoFar++}`);
    if (options !== undefined) member.begin(options);
    return member;
  };
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
    begin(own) {
      options = own;
      for (const member of members) member.begin(own);
    },
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
const MAX_NEW = 18;

interface Member {
  begin(options: CrewOptions): void;
  /** How many orders wait for an answer. */
  load(): number;
  /** @returns what the hand returns for that task */
  ask<Results>(order: Order): Promise<Results>;
  dismiss(): Promise<unknown>;
}

function hire(name: string): Member {
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
  return {
    begin: (options) => worker.postMessage({ ...options, name } satisfies HandOptions),
    load: () => waiting.length,
    ask: (order) =>
      new Promise((resolve, reject) => {
        if (ended !== undefined) return reject(ended);
        waiting.push({ resolve, reject });
        worker.postMessage(order);
      }),
    dismiss: () => worker.terminate(),
  };
}
