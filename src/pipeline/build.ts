import { SITE_FILE } from '../config/site-file.ts';
import type { Outcome } from '../corpus/collect.ts';
import { describeWith } from '../corpus/describe-files.ts';
import { LEDGER_NAME } from '../identity/ledger.ts';
import { THEME_FILE } from '../pages/publisher-css.ts';
import type { WarmCache } from './cache.ts';
import { buildVersion } from './cache-key.ts';
import { withCachedPipeline } from './cached-pipeline.ts';
import { compile } from './compile.ts';
import { exceededLimits } from './deploy-limits.ts';
import { firstCommits } from './first-commits.ts';
import { loadLedger, saveLedger } from './ledger.ts';
import { describeDefaults, loadSite } from './load-site.ts';
import type { BuildOptions } from './options.ts';
import { openOutput } from './output.ts';
import { showProgress } from './progress.ts';
import { nameFolder, type PrintReport, printReport } from './report.ts';
import type { Seeds, SourceScan } from './scan-sources.ts';
import type { WorkerPool } from './worker-pool.ts';
import { writePictures } from './write-pictures.ts';

/** One run of a build. */
export interface BuildRun {
  readonly scan: SourceScan;
  readonly pool: WorkerPool;
  /** Milliseconds. */
  readonly startedAt: number;
  /** If the process builds more than once. */
  readonly warm?: WarmCache;
  /** Called when everything is written; what is left is to remember it. */
  readonly onWritten?: () => void;
  readonly print?: PrintReport;
}

/**
 * Compiles the seeds into the output folder.
 *
 * @returns whether every document was accepted and the result can be deployed
 */
export async function build(
  { seeds, out, cache, now, isPreview, showsDrafts }: BuildOptions,
  { refused, others, links, read }: Seeds,
  { scan, pool, startedAt, warm, onWritten, print = printReport }: BuildRun,
): Promise<boolean> {
  const { site, isStated } = loadSite(seeds, showsDrafts);
  const before = loadLedger(seeds);
  const output = openOutput(out, startedAt);
  const firstCommit = firstCommits(seeds);
  const { compilation, published } = await withCachedPipeline(
    {
      seeds,
      scan,
      site,
      pool,
      output,
      examine: describeWith(read, site),
      cache,
      version: () => buildVersion(site),
      startedAt,
      progress: showProgress(process.stderr, Date.now),
      warm,
    },
    async (pipeline, describe) => {
      const circumstances = {
        others,
        unlisted: refused.keys(),
        links,
        read,
        describe,
        ledger: before,
        isPreview,
        firstCommit,
      };
      // While threads work on documents, this one draws.
      const [compilation] = await Promise.all([
        compile(pipeline, circumstances, site, now),
        writePictures(site, read, out),
      ]);
      const published = await output.finish(compilation, seeds);
      onWritten?.();
      return { compilation, published };
    },
  );
  const { media, outcomes, ledger, warnings, notes } = compilation;
  const unread = [...refused].map(
    ([path, error]): Outcome => ({ path, status: 'refused', reason: error.message }),
  );
  const ignored = others.filter(
    (path) =>
      !media.has(path) &&
      path !== LEDGER_NAME &&
      path !== SITE_FILE &&
      path !== site.generator?.file &&
      path !== THEME_FILE &&
      path !== site.icon,
  );
  const unused = links.includes(THEME_FILE)
    ? [`Cannot read seeds/${THEME_FILE}: expected a file, not a link; left it out`]
    : [];
  const limits = exceededLimits(compilation, published);
  const isAccepted = print({
    outcomes: [...outcomes, ...unread],
    warnings: [...warnings, ...unused, ...limits.warnings],
    notes: isStated ? notes : [describeDefaults(site), ...notes],
    ignored,
    folder: seeds,
    timeZone: site.timeZone,
  });
  for (const error of limits.errors) console.error(nameFolder(error, seeds));
  const isNews = ledger !== (before ?? '') && outcomes.length > 0;
  if (isNews) saveLedger(seeds, ledger);
  return isAccepted && limits.errors.length === 0;
}
