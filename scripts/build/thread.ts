import { parentPort } from 'node:worker_threads';
import { useCodeCache } from './code-cache.ts';
import type { Hand, HandOptions, Order } from './hand.ts';

/* What a thread of the crew runs: it is told who it is, then does what it is told, in order, until it is let go. */

useCodeCache();
const tools = import('./hand.ts');
let hand: Promise<Hand> | undefined;
parentPort?.on('message', async (message: HandOptions | Order) => {
  const { makeHand, obey } = await tools;
  if ('task' in message) {
    if (hand !== undefined) parentPort?.postMessage(obey(await hand, message));
  } else hand = Promise.resolve(makeHand(message));
});
