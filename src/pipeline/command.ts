import { type BuildOptions, buildOptions } from './options.ts';
import { scanSources } from './scan-sources.ts';
import { listSeeds } from './seeds.ts';

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
  try {
    // Our own code takes long to read, too: here while a thread reads what it needs of it.
    const { build } = await import('./build.ts');
    return await build(options, seeds, scan, { startedAt });
  } finally {
    await scan.pool.terminate();
  }
}
