import { build } from '../pipeline/build.ts';
import type { WarmCache } from '../pipeline/cache.ts';
import { buildOptions } from '../pipeline/options.ts';
import { changeReporter, nameFolder } from '../pipeline/report.ts';
import { listSeeds, scanSources } from '../pipeline/scan-sources.ts';
import { createPools } from '../pipeline/worker-pool.ts';

/*
 * Builds for a preview in a persistent process, which keeps its threads and a warm cache. It runs a build for each
 * message and replies with the result.
 */

export interface BuildMessage {
  /** Whether there is something new to show. */
  readonly isBuilt: boolean;
}

const pools = createPools();
const printChanges = changeReporter(process.env.PREVIEW_ADDRESS ?? '');
const warm: WarmCache = { values: new WeakMap() };

async function buildOnce(): Promise<void> {
  let hasReplied = false;
  const reply = (isBuilt: boolean): void => {
    if (!hasReplied) process.send?.({ isBuilt } satisfies BuildMessage);
    hasReplied = true;
  };
  let folder = 'seeds';
  try {
    const startedAt = Date.now();
    const options = buildOptions(process.argv.slice(2), process.env);
    folder = options.seeds;
    const seeds = listSeeds(options.seeds);
    const scan = scanSources(options.seeds, seeds.documents);
    const pool = pools.poolFor(scan);
    await build(options, seeds, {
      scan,
      pool,
      startedAt,
      warm,
      onWritten: () => reply(true),
      print: (report) => printChanges(report, scan.stats, (Date.now() - startedAt) / 1000),
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    console.error(nameFolder(message, folder));
    // A failed thread does not recover.
    await pools.terminate();
    reply(false);
  }
}

let last = Promise.resolve();
process.on('message', () => {
  last = last.then(buildOnce);
});
process.on('disconnect', () => process.exit());
