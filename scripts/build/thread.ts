import { parentPort, workerData } from 'node:worker_threads';
import { useCodeCache } from './code-cache.ts';
import type { HandOptions, Order } from './hand.ts';

/* What a thread of the crew runs: it does what it is told, in order, until it is let go. */

useCodeCache();
const { makeHand, obey } = await import('./hand.ts');
const hand = makeHand(workerData as HandOptions); // given by crew.ts
parentPort?.on('message', (order: Order) => parentPort?.postMessage(obey(hand, order)));
