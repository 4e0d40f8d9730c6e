import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Site } from '../config/site.ts';
import { attempt } from '../memo.ts';
import { modulePath } from '../package.ts';
import { paths } from '../routes/paths.ts';
import { writeOutput } from './files.ts';
import { ensureThreadFlags } from './node-flags.ts';
import type { PictureRequest } from './picture-thread.ts';

/** Of what the pictures in an output folder were made. */
const KEY_FILE = 'pictures.txt';
/** Increase it to redraw the pictures of unchanged sites. */
const DRAWING_VERSION = 1;

/**
 * Writes the site's icons, card and manifest, unless they are current.
 *
 * @param read reads any file of the seeds
 * @param out the output folder
 * @param thread as `startPictureThread` returns it
 * @throws Error if the icon that the site names cannot be used
 */
export async function writePictures(
  site: Site,
  read: (path: string) => Promise<Uint8Array | undefined>,
  out: string,
  thread?: PictureThread,
): Promise<void> {
  const { title, description, language, theme, icon } = site;
  const own = icon === undefined ? undefined : await read(icon);
  const key = createHash('sha256')
    .update(JSON.stringify([DRAWING_VERSION, title, description, language, theme, icon]))
    .update(own ?? '')
    .digest('hex');
  const keyFile = join(out, KEY_FILE);
  // A device may be without end.
  const isFile = attempt(() => statSync(keyFile).isFile()) === true;
  if (isFile && attempt(() => readFileSync(keyFile, 'utf8')) === key) return;
  const pictures = await (thread ?? openPictureThread()).draw({ site, own });
  const drawing = join(out, 'assets', paths.iconDrawing);
  if (!pictures.has(paths.iconDrawing)) await rm(drawing, { force: true });
  for (const [path, content] of pictures) writeOutput(join(out, 'assets', path), content);
  writeOutput(keyFile, key);
}

/** A thread that draws once: drawing takes a third of the time of a small build. */
export interface PictureThread {
  draw(request: PictureRequest): Promise<ReadonlyMap<string, Uint8Array | string>>;
}

/** Starts a thread if an output folder has no pictures, so that the thread loads its modules while this one does. */
export function startPictureThread(out: string): PictureThread | undefined {
  return existsSync(join(out, KEY_FILE)) ? undefined : openPictureThread();
}

function openPictureThread(): PictureThread {
  ensureThreadFlags();
  const worker = new Worker(modulePath('pipeline/picture-thread'));
  // A build that fails does not wait for it.
  worker.unref();
  return {
    async draw(request) {
      worker.ref();
      worker.postMessage(request);
      const [pictures] = await once(worker, 'message');
      return pictures as ReadonlyMap<string, Uint8Array | string>; // as the thread posts them
    },
  };
}
