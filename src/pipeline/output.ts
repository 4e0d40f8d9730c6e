import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { copyFile, mkdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { partPath, paths } from '../routes/paths.ts';
import type { PartsFolder } from './assets.ts';
import type { Compilation } from './compile.ts';
import { LONGEST_BUILD, lastUse } from './lease.ts';

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
      await publishMedia(media, seeds, assets);
      writeFileSync(join(assets, '_headers'), ASSET_HEADERS);
      writeFileSync(join(out, 'store.bin'), store);
      writeFileSync(join(out, 'store.js'), `export { default } from './store.bin';\n`);
    },
  };
}

/** Copies what is not there: an address holds a digest of the content. What nobody refers to any more goes. */
async function publishMedia(media: Compilation['media'], seeds: string, assets: string): Promise<void> {
  const folder = join(assets, 'media');
  const targets = new Map(
    [...media].map(([seed, address]) => [join(assets, decodeURIComponent(address)), seed]),
  );
  const needed = new Set([...targets.keys()].flatMap((path) => [path, dirname(path)]));
  mkdirSync(folder, { recursive: true });
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!needed.has(path)) await rm(path, { recursive: true, force: true });
  }
  for (const [target, seed] of targets) {
    const source = join(seeds, seed);
    const there = await stat(target).catch(() => undefined);
    if (there?.size === (await stat(source)).size) continue;
    await mkdir(dirname(target), { recursive: true });
    await copyFile(source, target);
  }
}
