import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { lazily } from './lazy.ts';
import type { Hand, Order, Rest, Task } from './task-requests.ts';
import type { HandOptions } from './tasks.ts';
import type { Message } from './thread.ts';

type Jobs<Name extends Task> = Parameters<Hand[Name]>[0];
type Results<Name extends Task> = ReturnType<Hand[Name]>;

/** Those who do the work; results come in the order of the jobs. */
export interface Crew {
  /** Tells where the work is, before any of it is asked for; again, when there is other work. */
  begin(options: CrewOptions): void;
  ask<Name extends Task>(task: Name, jobs: Jobs<Name>): Promise<Results<Name>>;
  /** Gives back the memory that their work took, where others can take their places; nothing may be under way. */
  renew(): Promise<void>;
  /** The work is done: what they have written may be moved. They stay for what is begun next. */
  rest(): Promise<void>;
  /** Lets them go; for what is begun after this there are others. */
  dismiss(): Promise<void>;
}

export type CrewOptions = Omit<HandOptions, 'name'>;

/** For what is still asked when a build has failed: nobody waits for it. */
class OffWork extends Error {
  override readonly name = 'OffWork';
  override readonly message = 'Cannot work on documents: no build has begun';
}

/** A thread ended while it worked on this: what it works on takes more memory than it has. */
export class ThreadDied extends Error {
  override readonly name = 'ThreadDied';
  override readonly message = 'Cannot go on: a thread of the build has ended';
}

/** A thread ended before it came to this. */
class NotBegun extends Error {
  override readonly name = 'NotBegun';
  override readonly message = 'Cannot work on documents: their thread has ended';
}

/** Works in this thread: no other has to be started, which takes as long as a few hundred documents do. */
export function workHere(): Crew {
  // With it come all parsers.
  const tools = lazily(() => import('./tasks.ts'));
  let options: CrewOptions | undefined;
  let hand: Hand | undefined;
  const rest = async (): Promise<void> => {
    hand?.close();
    hand = undefined;
    options = undefined;
  };
  return {
    begin(own) {
      options = own;
    },
    async ask(task, jobs) {
      const { makeHand, obey } = await tools();
      if (options === undefined) throw new OffWork();
      hand ??= makeHand({ ...options, name: 'here' });
      return obey(hand, { task, jobs }) as Results<typeof task>; // as the task says
    },
    async renew() {},
    rest,
    dismiss: rest,
  };
}

/** Works in as many threads as there is work for. The first is started at once, since it takes long to get ready. */
export function hireThreads(most: number, script = join(import.meta.dirname, 'thread.ts')): Crew {
  let hiredSoFar = 0;
  let options: CrewOptions | undefined;
  const hireOne = (): Member => {
    const member = hire(`thread-${hiredSoFar++}`, script);
    if (options !== undefined) member.begin(options);
    return member;
  };
  let members = [hireOne()];
  const leastBusy = (): Member => {
    members = members.filter((member) => !member.hasDied());
    const [member] = members.toSorted((a, b) => a.load() - b.load());
    const isFree = member !== undefined && member.load() < MANY_ORDERS;
    if (member !== undefined && (isFree || members.length === most)) return member;
    const another = hireOne();
    members.push(another);
    return another;
  };
  const dismiss = async (): Promise<void> => {
    options = undefined;
    await Promise.all(members.splice(0).map((member) => member.dismiss()));
  };
  return {
    begin(own) {
      options = own;
      for (const member of members) member.begin(own);
    },
    async ask(task, jobs) {
      for (;;) {
        if (options === undefined) throw new OffWork();
        try {
          return await leastBusy().ask({ task, jobs });
        } catch (error) {
          // Each time one order fewer waits: that of which the thread died.
          if (!(error instanceof NotBegun)) throw error;
        }
      }
    },
    async rest() {
      options = undefined;
      await Promise.all(members.filter((member) => !member.hasDied()).map((member) => member.rest()));
    },
    dismiss,
    async renew() {
      const [count, current] = [members.length, options];
      await dismiss();
      options = current;
      members = Array.from({ length: count }, hireOne);
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
  /** Whether it ended although nobody let it go. */
  hasDied(): boolean;
  /** @returns what the hand returns for that task */
  ask<Results>(order: Order): Promise<Results>;
  rest(): Promise<void>;
  dismiss(): Promise<unknown>;
}

function hire(name: string, script: string): Member {
  const worker = new Worker(script, {
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP, maxYoungGenerationSizeMb: MAX_NEW },
  });
  const waiting: { resolve: (results: never) => void; reject: (error: Error) => void }[] = [];
  let ended: Error | undefined;
  const fail = (error: Error): void => {
    ended ??= error;
    for (const { reject } of waiting.splice(0)) reject(error);
  };
  const die = (): void => {
    ended ??= new NotBegun();
    waiting.shift()?.reject(new ThreadDied());
    fail(ended);
  };
  worker.on('message', (results) => waiting.shift()?.resolve(results as never)); // of the order that is the first of those waiting
  worker.on('error', (error) => (isOutOfMemory(error) ? die() : fail(error)));
  worker.on('exit', die);
  const tell = (message: Message): void => worker.postMessage(message);
  const ask = <Results>(message: Order | Rest): Promise<Results> =>
    new Promise((resolve, reject) => {
      if (ended !== undefined) return reject(ended);
      waiting.push({ resolve, reject });
      tell(message);
    });
  return {
    begin: (options) => tell({ ...options, name }),
    load: () => waiting.length,
    hasDied: () => ended instanceof NotBegun,
    ask,
    rest: () => ask('rest'),
    dismiss: () => worker.terminate(),
  };
}

function isOutOfMemory(error: Error): boolean {
  return 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
