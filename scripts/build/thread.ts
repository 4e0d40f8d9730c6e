import { parentPort, workerData } from 'node:worker_threads';
import { type Order, obey } from './crew.ts';
import { type HandOptions, makeHand } from './hand.ts';

/* What a thread of the crew runs: it does what it is told, in order, until it is let go. */

const hand = makeHand(workerData as HandOptions); // given by crew.ts
parentPort?.on('message', (order: Order) => parentPort?.postMessage(obey(hand, order)));
