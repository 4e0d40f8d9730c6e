import { parentPort } from 'node:worker_threads';
import type { SourceFile } from '../../src/documents/stated.ts';
import type { Judgement } from '../fuzz/judge.ts';

/* A thread that fails in the way that the name of a document says. */

parentPort?.on('message', ([document]: readonly SourceFile[]) => {
  const answer = (faults: readonly string[], cpu: number): void =>
    parentPort?.postMessage({ faults, cpu } satisfies Judgement);
  switch (document?.path) {
    case 'hang.md':
      for (;;);
    case 'throw.md':
      throw new Error('a fault');
    case 'exit.md':
      return process.exit(3);
    case 'slow.md':
      return answer([], 3_600_000);
    default:
      return answer([], 1);
  }
});
