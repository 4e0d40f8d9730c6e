import { setFlagsFromString } from 'node:v8';
import { parentPort } from 'node:worker_threads';
import type { Site } from '../config/site.ts';
import { makePictures } from '../pictures/make-pictures.ts';
import { openRasterizer } from './rasterizer.ts';

/* A thread that makes the pictures of the site that it is sent, posts them and ends. */

export interface PictureRequest {
  readonly site: Site;
  /** The file that `site.icon` names. */
  readonly own: Uint8Array | undefined;
}

// resvg looks for these. To load them takes half as long as Node's own start, 4 % of a build of one document.
for (const name of ['Request', 'Response']) Reflect.deleteProperty(globalThis, name);

// V8 would optimize large functions of resvg in a thread of its own; the process waits for that before it ends, a quarter
// of a build of one document.
setFlagsFromString('--wasm-tiering-budget=2000000000');

const rasterizer = openRasterizer();
parentPort?.once('message', async ({ site, own }: PictureRequest) => {
  parentPort?.postMessage(makePictures(site, own, await rasterizer));
});
