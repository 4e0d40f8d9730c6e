import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';

/** A worker as `wrangler deploy` would upload it. */
export interface Bundle {
  readonly folder: string;
  /** The names of its modules, the entry first. */
  readonly modules: readonly string[];
  /** The files beside it. */
  readonly assets: string;
  /** JSON texts that it finds in its environment. */
  readonly bindings?: Readonly<Record<string, string>>;
}

/**
 * Bundles a worker with the store that is made from `seeds`; `dist` is left alone.
 *
 * @param folder is made and filled
 * @throws Error in one line; its cause has what wrangler said
 */
export async function bundle(entry: string, seeds: string, folder: string): Promise<Bundle> {
  const store = join(folder, 'store');
  const worker = join(folder, 'worker');
  const options = ['--outdir', worker, '--alias', `#store:${store}/store.js`, '--assets', `${store}/assets`];
  await promisify(execFile)('wrangler', ['deploy', entry, '--dry-run', ...options], {
    env: { ...process.env, SEEDS_DIR: seeds, OUT_DIR: store, WRANGLER_SEND_METRICS: 'false' },
  }).catch(({ message }: Error) => {
    throw new Error(`Cannot bundle ${entry}: wrangler failed`, { cause: new Error(message) });
  });
  const main = basename(entry).replace(/\.ts$/, '.js');
  const data = (await readdir(worker)).filter((name) => name.endsWith('.bin'));
  return { folder: worker, modules: [main, ...data], assets: join(store, 'assets') };
}
