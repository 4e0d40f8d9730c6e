import { parentPort } from 'node:worker_threads';
import type { SourceFile } from '../../src/documents/stated.ts';
import { judgeFolder } from './judge.ts';

/** The judgement of a thread about the documents of a folder. */
export interface Judgement {
  readonly faults: readonly string[];
  /** Milliseconds. */
  readonly cpu: number;
}

parentPort?.on('message', async (documents: readonly SourceFile[]) => {
  const before = process.threadCpuUsage();
  const faults = await judgeFolder(documents).catch((error: unknown) => [
    error instanceof Error ? (error.stack ?? error.message) : String(error),
  ]);
  const { user, system } = process.threadCpuUsage(before);
  parentPort?.postMessage({ faults, cpu: (user + system) / 1000 } satisfies Judgement);
});
