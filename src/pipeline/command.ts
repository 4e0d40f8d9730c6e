import { type BuildOptions, buildOptions, UsageError } from './options.ts';
import { listSeeds, scanSources } from './scan-sources.ts';
import { createPools } from './worker-pool.ts';

try {
  const options = buildOptions(process.argv.slice(2), process.env);
  const accepted = await run(options, Date.now());
  process.exitCode = accepted || options.isPreview ? 0 : 1;
} catch (error) {
  // Nothing was compiled; the message says it all.
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = error instanceof UsageError ? 2 : 1;
}

async function run(options: BuildOptions, startedAt: number): Promise<boolean> {
  const seeds = listSeeds(options.seeds);
  const scan = scanSources(options.seeds, seeds.documents);
  const pools = createPools();
  try {
    const pool = pools.poolFor(scan);
    // To load our own modules takes long; threads load theirs meanwhile.
    const { build } = await import('./build.ts');
    return await build(options, seeds, { scan, pool, startedAt });
  } finally {
    await pools.terminate();
  }
}
