import { parentPort } from 'node:worker_threads';
import type { Message } from '../../src/pipeline/thread.ts';

/* A thread of the build that answers with the paths of its jobs, and ends at those that say so. */

parentPort?.on('message', (message: Message) => {
  if (typeof message !== 'object' || !('task' in message)) return;
  const paths = (message.jobs as { path: string }[]).map(({ path }) => path); // as the tests send them
  if (paths.some((path) => path.includes('memory'))) fillMemory();
  if (paths.some((path) => path.includes('exit'))) process.exit();
  if (paths.some((path) => path.includes('throw'))) throw new Error('no space left');
  parentPort?.postMessage(paths.map((digest) => ({ digest })));
});

function fillMemory(): void {
  const numbers: number[][] = [];
  for (;;) numbers.push(new Array<number>(10_000).fill(1));
}
