import { type BuildOptions, buildOptions, UsageError } from './options.ts';
import { scanSources } from './scan-sources.ts';
import { listSeeds } from './seeds.ts';

try {
  const options = buildOptions(process.argv.slice(2), process.env);
  const accepted = await run(options, Date.now());
  process.exitCode = accepted || options.isPreview ? 0 : 1;
} catch (error) {
  // Nothing was compiled; the message is the whole story.
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = error instanceof UsageError ? 2 : 1;
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
