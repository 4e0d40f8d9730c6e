import { once } from 'node:events';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import type { SourceFile } from '../../src/documents/stated.ts';

/** Tells this module that it runs in a thread of its own. */
const IS_JUDGE = 'judge';
/** Milliseconds: a folder that takes longer hangs. */
const MAX_WAIT = 60_000;
/** Milliseconds of CPU time. A folder takes some 30, and the first one of a thread 500. */
const MAX_CPU = 10_000;
const MAX_HEAP_MEGABYTES = 700;

/** The judgement of a thread about the documents of a folder. */
export interface Judgement {
  readonly faults: readonly string[];
  /** Milliseconds. */
  readonly cpu: number;
}

if (workerData === IS_JUDGE) {
  const { judgeFolder } = await import('./judge.ts');
  parentPort?.on('message', async (documents: readonly SourceFile[]) => {
    const before = process.threadCpuUsage();
    const faults = await judgeFolder(documents).catch((error: unknown) => [
      error instanceof Error ? (error.stack ?? error.message) : String(error),
    ]);
    const { user, system } = process.threadCpuUsage(before);
    parentPort?.postMessage({ faults, cpu: (user + system) / 1000 } satisfies Judgement);
  });
}

/** A thread that judges folders and is terminated if it hangs. */
export interface WatchedThread {
  readonly judge: (documents: readonly SourceFile[]) => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
}

export function watchedThread({ script = import.meta.filename, maxWait = MAX_WAIT } = {}): WatchedThread {
  let thread: Worker | undefined;
  const close = async (): Promise<void> => {
    const former = thread;
    thread = undefined;
    await former?.terminate();
  };
  return {
    async judge(documents) {
      thread ??= new Worker(script, {
        workerData: IS_JUDGE,
        resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MEGABYTES },
      });
      const judgement = await judgementOf(thread, documents, maxWait);
      if (typeof judgement === 'string') {
        await close();
        return [judgement];
      }
      const { faults, cpu } = judgement;
      return cpu > MAX_CPU ? [...faults, `takes more than ${MAX_CPU / 1000} seconds of CPU time`] : faults;
    },
    close,
  };
}

/** The judgement of a thread, or how it failed. */
async function judgementOf(
  thread: Worker,
  documents: readonly SourceFile[],
  maxWait: number,
): Promise<Judgement | string> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), maxWait);
  thread.postMessage(documents);
  try {
    return await Promise.race([
      once(thread, 'message', late).then(([judgement]: Judgement[]) => judgement ?? 'answers nothing'),
      once(thread, 'exit', late).then(([code]) => `ends the thread with code ${code}`),
    ]);
  } catch (error) {
    return late.signal.aborted ? `does not end in ${maxWait / 1000} seconds` : `ends the thread: ${error}`;
  } finally {
    clearTimeout(timer);
    late.abort();
  }
}
