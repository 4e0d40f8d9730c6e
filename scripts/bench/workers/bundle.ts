import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { PACKAGE_ROOT as ROOT } from '../../../src/package.ts';
import { readConfiguration } from '../../../src/preview/wrangler.ts';

/** A worker as `wrangler deploy` would upload it. */
export interface Bundle {
  readonly folder: string;
  /** The names of its modules, the entry first. */
  readonly modules: readonly string[];
  /** The folder of its external files. */
  readonly assets: string;
  /** JSON texts in its environment. */
  readonly bindings?: Readonly<Record<string, string>>;
}

/** The entry modules of the workers to compare with. */
export const HELLO = 'scripts/bench/workers/hello.ts';
export const PEER = 'scripts/bench/workers/peer.ts';
/** Ours, with whole feeds. */
export const WHOLE_FEEDS = 'scripts/bench/workers/whole-feeds.ts';
/** Ours, as a build writes it. */
export const OURS = 'worker.js';

/**
 * Bundles a worker with the output of a build.
 *
 * @param entry relative to the repository; `OURS`: relative to the output folder of the build
 * @param store the output folder of the build
 * @param folder the output folder, which this function creates
 * @throws Error with a one-line message; its cause has the output of wrangler
 */
export async function bundle(entry: string, store: string, folder: string): Promise<Bundle> {
  const [worker, assets, module, config] = [
    join(folder, 'worker'),
    join(store, 'assets'),
    join(store, 'store.js'),
    join(folder, 'wrangler.json'),
  ];
  await mkdir(folder, { recursive: true });
  const settings = {
    ...(await readConfiguration()),
    main: entry === OURS ? resolve(store, entry) : join(ROOT, entry),
    alias: { '#store': resolve(module) },
    assets: { binding: 'ASSETS', directory: resolve(assets) },
  };
  await writeFile(module, `export { default } from './store.bin';\n`);
  await writeFile(config, JSON.stringify(settings));
  await promisify(execFile)('wrangler', ['deploy', '--dry-run', '--config', config, '--outdir', worker], {
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false' },
  }).catch(({ message }: Error) => {
    throw new Error(`Cannot bundle ${entry}: wrangler failed`, { cause: new Error(message) });
  });
  const main = basename(entry).replace(/\.ts$/, '.js');
  const data = (await readdir(worker)).filter((name) => name.endsWith('.bin'));
  return { folder: worker, modules: [main, ...data], assets };
}

/** Bytes of a worker's modules, compressed as for its upload. */
export async function uploadSize({ folder, modules }: Bundle): Promise<number> {
  const contents = await Promise.all(modules.map((name) => readFile(join(folder, name))));
  return gzipSync(Buffer.concat(contents)).length;
}
