import { existsSync, readFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import type { WranglerProblems } from '../config/wrangler-file.ts';
import { ensureThreadFlags, limitArenas } from './node-flags.ts';
import { type BuildOptions, buildOptions, DEFAULT_OUT } from './options.ts';

/**
 * The command `tidings build`.
 *
 * @returns the exit code
 */
export async function runBuild(args: readonly string[]): Promise<number> {
  const options = buildOptions(args, process.env);
  const isAccepted = await run(options, Date.now()).catch(async (error: unknown) => {
    const { nameFolder } = await import('./report.ts');
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(nameFolder(message, options.seeds));
  });
  if (options.isPreview) return 0;
  const { errors, warnings } = await checkDeployConfiguration(options);
  for (const warning of warnings) console.warn(`warning: ${warning}`);
  for (const error of errors) console.error(error);
  return isAccepted && errors.length === 0 ? 0 : 1;
}

/** Checks the publication's configuration of wrangler, if it has one. */
async function checkDeployConfiguration({ seeds, out }: BuildOptions): Promise<WranglerProblems> {
  const { checkWranglerFile, WRANGLER_FILES } = await import('../config/wrangler-file.ts');
  const file = WRANGLER_FILES.find((name) => existsSync(name));
  if (file === undefined) return { errors: [], warnings: [] };
  // The file cannot name the output folder of a one-off build.
  const path = relative('.', out).replaceAll(sep, '/');
  const isUsual = path === DEFAULT_OUT;
  const { loadSite } = await import('./load-site.ts');
  const { url } = loadSite(seeds).site;
  return checkWranglerFile(file, readFileSync(file, 'utf8'), isUsual ? path : undefined, url);
}

async function run(options: BuildOptions, startedAt: number): Promise<boolean> {
  // The first build starts a thread for pictures: it restarts before it loads anything else.
  if (!existsSync(options.out)) ensureThreadFlags();
  const { startPictureThread } = await import('./write-pictures.ts');
  const pictureThread = startPictureThread(options.out);
  const { listSeeds, scanSources } = await import('./scan-sources.ts');
  const { createPools, LARGE } = await import('./worker-pool.ts');
  const seeds = listSeeds(options.seeds);
  const scan = scanSources(options.seeds, seeds.documents);
  if (scan.bytes >= LARGE) limitArenas();
  const pools = createPools();
  try {
    const pool = pools.poolFor(scan);
    // Loading these modules takes long; threads load theirs meanwhile.
    const { build } = await import('./build.ts');
    return await build(options, seeds, { scan, pool, pictureThread, startedAt });
  } finally {
    await pools.terminate();
  }
}
