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

const { site, own } = workerData as PictureRequest; // from `write-pictures.ts`
parentPort?.postMessage(makePictures(site, own, await openRasterizer()));
