import { parentPort, workerData } from 'node:worker_threads';
import type { Kept } from './hand.ts';
import { indexKept } from './search-index.ts';

/* Makes the search index while another thread puts the store together. */

parentPort?.postMessage(indexKept(workerData as readonly Kept[])); // given by workshop.ts
