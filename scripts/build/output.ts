import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Compilation } from '../../src/compile.ts';
import { partPath, paths } from '../../src/routes.ts';
import { LONGEST_BUILD, lastUse } from './in-use.ts';
import type { PartsFolder } from './parts.ts';

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

/** The folder that a build writes. */
export interface Output {
  readonly parts: PartsFolder;
  /** Says that this build needs a part. */
  need(digest: string): void;
  /** Writes the rest, and removes the parts that an earlier build published and this one does not need. */
  finish(compilation: Pick<Compilation, 'store' | 'media'>, seeds: string): Promise<void>;
}

/** @param began when the build began */
export function openOutput(out: string, began: number): Output {
  const assets = join(out, 'assets');
  const path = join(assets, dirname(partPath('x')));
  mkdirSync(path, { recursive: true });
  const there = readdirSync(path);
  const needed = new Set<string>();
  return {
    parts: { path },
    need: (digest) => void needed.add(digest),
    async finish({ store, media }, seeds) {
      for (const name of there)
        if (!needed.has(name) && lastUse(join(path, name), began) < began - LONGEST_BUILD)
          rmSync(join(path, name), { recursive: true, force: true });
      await rm(join(assets, 'media'), { recursive: true, force: true });
      for (const [seed, address] of media) {
        const target = join(assets, decodeURIComponent(address));
        await mkdir(dirname(target), { recursive: true });
        await copyFile(join(seeds, seed), target);
      }
      writeFileSync(join(assets, '_headers'), ASSET_HEADERS);
      writeFileSync(join(out, 'store.bin'), store);
      writeFileSync(join(out, 'store.js'), `export { default } from './store.bin';\n`);
    },
  };
}
