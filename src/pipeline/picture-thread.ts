import { parentPort, workerData } from 'node:worker_threads';
import type { Site } from '../config/site.ts';
import { makePictures } from '../pictures/make-pictures.ts';
import { openRasterizer } from './rasterizer.ts';

/* A thread that makes the site's pictures, posts them and ends. */

export interface PictureRequest {
  readonly site: Site;
  /** The file that `site.icon` names. */
  readonly own: Uint8Array | undefined;
}

// resvg looks for these. To load them takes half as long as Node's own start, 4 % of a build of one document.
for (const name of ['Request', 'Response']) Reflect.deleteProperty(globalThis, name);

const { site, own } = workerData as PictureRequest; // from `write-pictures.ts`
parentPort?.postMessage(makePictures(site, own, await openRasterizer()));
