import { parentPort } from 'node:worker_threads';
import type { Hand, Order, Rest } from './task-requests.ts';
import { type HandOptions, makeHand, obey } from './tasks.ts';

/* What a thread of the crew runs: it is told who it is, then does what it is told, in order, until it is let go. */

export type Message = HandOptions | Order | Rest;

let hand: Hand | undefined;
parentPort?.on('message', (message: Message) => {
  if (message === 'rest') {
    hand?.close();
    hand = undefined;
    parentPort?.postMessage(undefined);
  } else if (!('task' in message)) {
    hand = makeHand(message);
  } else if (hand !== undefined) {
    parentPort?.postMessage(obey(hand, message));
  }
});
