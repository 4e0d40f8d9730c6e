import { type BuildOptions, buildOptions } from './options.ts';
import { listSeeds, scanSources } from './scan-sources.ts';
import { createPools } from './worker-pool.ts';

/**
 * The command `tidings build`.
 *
 * @returns the exit code
 */
export async function runBuild(args: readonly string[]): Promise<number> {
  const options = buildOptions(args, process.env);
  const accepted = await run(options, Date.now());
  return accepted || options.isPreview ? 0 : 1;
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
