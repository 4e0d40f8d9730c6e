import { parentPort } from 'node:worker_threads';
import type { ThreadMessage } from '../../src/pipeline/thread.ts';

/* A build thread that replies with the paths of its requests, and fails if a path says so. */

parentPort?.on('message', (message: ThreadMessage) => {
  if (typeof message !== 'object' || !('task' in message)) return;
  const paths = (message.requests as { path: string }[]).map(({ path }) => path); // as the tests send them
  if (paths.some((path) => path.includes('memory'))) fillMemory();
  if (paths.some((path) => path.includes('exit'))) process.exit();
  if (paths.some((path) => path.includes('throw'))) throw new Error('no space left');
  parentPort?.postMessage(paths.map((key) => ({ key })));
});

function fillMemory(): void {
  const numbers: number[][] = [];
  for (;;) numbers.push(new Array<number>(10_000).fill(1));
}
