import { hash } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type sharp from 'sharp';
import type { Sharp } from 'sharp';
import type { MakeVariants, PictureVariant, WantedVariants } from '../corpus/media-files.ts';
import { attempt } from '../memo.ts';
import { mediaPath } from '../routes/paths.ts';
import { counted } from '../strings.ts';
import { fileStat, lastUsed, makeOutputFolder, touch, writeOutput } from './files.ts';

/** Increase it if the smaller versions of an unchanged picture are to change. */
const VARIANT_VERSION = 1;
const QUALITY = 80;
/** Cached versions that no build has used for this time are removed; milliseconds. */
const CACHE_AGE = 90 * 86_400_000;
/** Larger pictures are published as they are: decoding them takes gigabytes. */
const MAX_PIXELS = 200_000_000;

type Encoder = typeof sharp;

interface VariantFolders {
  /** Of caches. */
  readonly cache: string;
  /** Of published files. */
  readonly assets: string;
}

/**
 * Makes smaller versions of pictures with sharp, an optional dependency, and publishes them. They have no metadata. An
 * address contains a digest of everything that the version depends on: equal addresses have equal bytes.
 *
 * @param read reads a file of the seeds
 * @param load loads sharp; rejects if it is not installed
 */
export function variantMaker(
  read: (path: string) => Promise<Uint8Array | undefined>,
  { cache, assets }: VariantFolders,
  startedAt: number,
  load: () => Promise<Encoder> = async () => (await import('sharp')).default,
): MakeVariants {
  return async (wanted) => {
    if (wanted.length === 0) return { variants: new Map(), notes: [] };
    const encoder = await load().catch(() => undefined);
    if (encoder === undefined) {
      return {
        variants: new Map(),
        notes: [
          `Published ${counted(wanted.length, 'picture')} at full size only: "npm install sharp" makes smaller versions`,
        ],
      };
    }
    const folder = join(cache, 'pictures');
    const variants = new Map<string, readonly PictureVariant[]>();
    for (const picture of wanted)
      variants.set(picture.path, await variantsOf(picture, encoder, read, folder, assets));
    prune(folder, startedAt);
    return { variants, notes: [] };
  };
}

async function variantsOf(
  { path, file, widths }: WantedVariants,
  encoder: Encoder,
  read: (path: string) => Promise<Uint8Array | undefined>,
  folder: string,
  assets: string,
): Promise<PictureVariant[]> {
  const stem = (path.split('/').at(-1) ?? path).replace(/\.[^.]+$/, '');
  let picture: Sharp | undefined;
  const made: PictureVariant[] = [];
  for (const width of widths) {
    const recipe = [VARIANT_VERSION, QUALITY, width, encoder.versions.sharp, encoder.versions.vips];
    const digest = hash('sha256', JSON.stringify([dirname(file.address), ...recipe])).slice(0, 16);
    const address = mediaPath(digest, `${stem}-${width}.webp`);
    const target = join(assets, decodeURIComponent(address));
    if ((fileStat(target)?.size ?? 0) === 0) {
      const cached = join(folder, `${digest}.webp`);
      let bytes = readCached(cached);
      if (bytes === undefined) {
        try {
          picture ??= encoder(await read(path), { limitInputPixels: MAX_PIXELS }).autoOrient();
          bytes = await picture.clone().resize({ width }).webp({ quality: QUALITY }).toBuffer();
        } catch {
          // It is published as it is: browsers may be able to show it.
          return made;
        }
        // A version that is no smaller is not used; an empty file records that.
        if (bytes.length >= file.length) bytes = new Uint8Array();
        writeWhole(cached, bytes);
      }
      if (bytes.length === 0) continue;
      writeWhole(target, bytes);
    }
    made.push({ address, width });
  }
  return made;
}

/** Another build never sees a part of the file. */
function writeWhole(path: string, bytes: Uint8Array): void {
  makeOutputFolder(dirname(path));
  const draft = `${path}.${process.pid}`;
  writeOutput(draft, bytes);
  renameSync(draft, path);
}

function readCached(path: string): Uint8Array | undefined {
  if (fileStat(path) === undefined) return undefined;
  touch(path);
  return readFileSync(path);
}

function prune(folder: string, startedAt: number): void {
  for (const name of attempt(() => readdirSync(folder)) ?? []) {
    const path = join(folder, name);
    if (lastUsed(path, startedAt) < startedAt - CACHE_AGE) rmSync(path, { force: true });
  }
}
