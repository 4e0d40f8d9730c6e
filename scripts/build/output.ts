import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Compilation } from '../../src/compile.ts';
import { partPath, paths } from '../../src/routes.ts';
import type { WrittenPart } from '../../src/store/writer.ts';

const PICTURE_PATHS = [
  paths.favicon,
  paths.icon,
  paths.iconSmall,
  paths.iconMaskable,
  paths.iconDrawing,
  paths.touchIcon,
  paths.card,
  paths.manifest,
];

/** What Cloudflare sends with the files of `assets/`. */
const ASSET_HEADERS = `${PICTURE_PATHS.map(
  (path) => `${path}
  Access-Control-Allow-Origin: *
  Cache-Control: public, max-age=86400
  Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; sandbox
  X-Content-Type-Options: nosniff
`,
).join('')}/media/*
  Access-Control-Allow-Origin: *
  Cache-Control: public, max-age=31536000, immutable
  Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; sandbox
  X-Content-Type-Options: nosniff
`;

/** Another build that is at work may need what was written, or found right, since then. */
const LONGEST_BUILD = 10 * 60_000;

/** The folder that a build writes. */
export interface Output {
  /** Writes what is published beside the worker, unless it is there already. */
  publish(part: WrittenPart): void;
  /** Writes the rest, and removes what an earlier build published and this one did not. */
  finish(compilation: Pick<Compilation, 'store' | 'media'>, seeds: string): Promise<void>;
}

/** @param started when the build began */
export function openOutput(out: string, started: number): Output {
  const assets = join(out, 'assets');
  const parts = join(assets, dirname(partPath('x')));
  mkdirSync(parts, { recursive: true });
  const there = new Set(readdirSync(parts).map((name) => join(parts, name)));
  const published = new Set<string>();
  return {
    publish({ digest, bytes }) {
      const path = join(assets, partPath(digest));
      if (published.has(path)) return;
      published.add(path);
      if (!there.has(path) || !readFileSync(path).equals(bytes)) writeFileSync(path, bytes);
      else utimesSync(path, started / 1000, started / 1000);
    },
    async finish({ store, media }, seeds) {
      for (const path of there)
        if (!published.has(path) && isOld(path, started)) rmSync(path, { recursive: true, force: true });
      await rm(join(assets, 'media'), { recursive: true, force: true });
      for (const [path, address] of media) {
        const target = join(assets, decodeURIComponent(address));
        await mkdir(dirname(target), { recursive: true });
        await copyFile(join(seeds, path), target);
      }
      await writeFile(join(assets, '_headers'), ASSET_HEADERS);
      await writeFile(join(out, 'store.bin'), store);
      // Written last and different for each store, so that a preview that watches it sees the new store.
      await writeFile(
        join(out, 'store.js'),
        `export { default } from './store.bin'; // ${createHash('sha256').update(store).digest('hex')}\n`,
      );
    },
  };
}

/** Whether no build that is still at work can have written a file, or found it right. */
function isOld(path: string, now: number): boolean {
  const { mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? { mtimeMs: now };
  return mtimeMs < now - LONGEST_BUILD;
}
