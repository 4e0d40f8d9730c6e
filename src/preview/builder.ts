import { build } from '../pipeline/build.ts';
import { buildOptions } from '../pipeline/options.ts';
import { persistentPool } from '../pipeline/persistent-pool.ts';
import { changeReporter, nameFolder } from '../pipeline/report.ts';
import { scanSources } from '../pipeline/scan-sources.ts';
import { listSeeds } from '../pipeline/seeds.ts';
import type { WarmCache } from '../pipeline/warm-cache.ts';

/*
 * What builds for a preview, in a process of its own that stays: it has the threads and knows of the last build what the
 * next one needs. It builds whenever it is told to, and says how that ended.
 */

export interface BuildMessage {
  /** Whether there is something new to show. */
  readonly isBuilt: boolean;
}

const pools = persistentPool();
const printChanges = changeReporter(process.env.PREVIEW_ADDRESS ?? '');
const warm: WarmCache = { values: new WeakMap() };

async function buildOnce(): Promise<void> {
  let isTold = false;
  const tell = (isBuilt: boolean): void => {
    if (!isTold) process.send?.({ isBuilt } satisfies BuildMessage);
    isTold = true;
  };
  let folder = 'seeds';
  try {
    const startedAt = Date.now();
    const options = buildOptions(process.argv.slice(2), process.env);
    folder = options.seeds;
    const seeds = listSeeds(options.seeds);
    const scan = scanSources(options.seeds, seeds.documents, pools);
    await build(options, seeds, scan, {
      startedAt,
      warm,
      onWritten: () => tell(true),
      print: (report) => printChanges(report, scan.stamps, (Date.now() - startedAt) / 1000),
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    console.error(nameFolder(message, folder));
    // A thread that has ended does not come again.
    await pools.terminate();
    tell(false);
  }
}

let last = Promise.resolve();
process.on('message', () => {
  last = last.then(buildOnce);
});
process.on('disconnect', () => process.exit());
