import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Site } from '../config/site.ts';
import { paths } from '../routes/paths.ts';
import { writeOutput } from './write-file.ts';

/** Increase it if the pictures of an unchanged site are to change. */
const DRAWING_VERSION = 1;

/**
 * Writes the site's icons, card and manifest, unless they are current.
 *
 * @param read reads any file of the seeds
 * @param out the output folder
 * @throws IconError if the icon that the site names cannot be used
 */
export async function writePictures(
  site: Site,
  read: (path: string) => Promise<Uint8Array | undefined>,
  out: string,
): Promise<void> {
  const { title, description, language, theme, icon } = site;
  const own = icon === undefined ? undefined : await read(icon);
  const key = createHash('sha256')
    .update(JSON.stringify([DRAWING_VERSION, title, description, language, theme, icon]))
    .update(own ?? '')
    .digest('hex');
  const keyFile = join(out, 'pictures.txt');
  const known = await readFile(keyFile, 'utf8').catch(() => undefined);
  if (known === key) return;
  const { makePictures } = await import('../pictures/make-pictures.ts');
  const { openRasterizer } = await import('./rasterizer.ts');
  const pictures = makePictures(site, own, await openRasterizer());
  const drawing = join(out, 'assets', paths.iconDrawing);
  if (!pictures.has(paths.iconDrawing)) await rm(drawing, { force: true });
  for (const [path, content] of pictures) writeOutput(join(out, 'assets', path), content);
  writeOutput(keyFile, key);
}
