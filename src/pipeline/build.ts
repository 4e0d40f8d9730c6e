import { SITE_FILE } from '../config/site-file.ts';
import type { Outcome } from '../corpus/collect.ts';
import { LEDGER_NAME } from '../identity/ledger.ts';
import { THEME_FILE } from '../pages/publisher-css.ts';
import { openPipeline } from './build-pipeline.ts';
import { type Compilation, compile } from './compile.ts';
import { exceededLimits } from './deploy-limits.ts';
import { firstCommits } from './first-commits.ts';
import { loadLedger, saveLedger } from './ledger.ts';
import { describeDefaults, loadSite } from './load-site.ts';
import type { BuildOptions } from './options.ts';
import { openOutput, type Published } from './output.ts';
import { showProgress } from './progress.ts';
import { printReport } from './report.ts';
import type { SourceScan } from './scan-sources.ts';
import type { Seeds } from './seeds.ts';
import { buildVersion } from './version.ts';
import type { WarmCache } from './warm-cache.ts';
import { writePictures } from './write-pictures.ts';

/** When and where a build takes place. */
export interface BuildRun {
  /** Milliseconds. */
  readonly startedAt: number;
  /** Of the last build, where the same process makes more than one. */
  readonly warm?: WarmCache;
  /** Hears that all is written; what is left is to remember it. */
  readonly onWritten?: () => void;
}

/**
 * Compiles the seeds into the output folder; tells whether every document was accepted and the result can be deployed.
 */
export async function build(
  { seeds, out, cache, now, isPreview }: BuildOptions,
  { refused, others, links, read }: Seeds,
  scan: SourceScan,
  { startedAt, warm, onWritten }: BuildRun,
): Promise<boolean> {
  const { site, isStated } = loadSite(seeds);
  const before = loadLedger(seeds);
  const output = openOutput(out, startedAt);
  const progress = showProgress(process.stderr, Date.now);
  const version = (): string => buildVersion(site);
  const pipeline = openPipeline(scan, {
    seeds,
    site,
    read,
    output,
    cache,
    version,
    startedAt,
    progress,
    warm,
  });
  const { describe } = pipeline;
  const firstCommit = firstCommits(seeds);
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
  let compilation: Compilation;
  let published: Published;
  try {
    // While threads have the documents, this one draws.
    [compilation] = await Promise.all([
      compile(pipeline, circumstances, site, now),
      writePictures(site, read, out),
    ]);
    published = await output.finish(compilation, seeds);
    onWritten?.();
    await pipeline.save();
  } finally {
    await pipeline.close();
  }
  const { media, outcomes, ledger, warnings, notes } = compilation;
  const unread = [...refused].map(
    ([path, error]): Outcome => ({ path, status: 'refused', reason: error.message }),
  );
  const ignored = others.filter(
    (path) =>
      !media.has(path) &&
      path !== LEDGER_NAME &&
      path !== SITE_FILE &&
      path !== THEME_FILE &&
      path !== site.icon,
  );
  const unused = links.includes(THEME_FILE)
    ? [`Cannot read seeds/${THEME_FILE}: expected a file, not a link; left it out`]
    : [];
  const limits = exceededLimits(compilation, published);
  const isAccepted = printReport(
    [...outcomes, ...unread],
    [...warnings, ...unused, ...limits.warnings],
    isStated ? notes : [describeDefaults(site), ...notes],
    ignored,
  );
  for (const error of limits.errors) console.error(error);
  const isNews = ledger !== (before ?? '') && outcomes.length > 0;
  if (isNews) saveLedger(seeds, ledger);
  return isAccepted && limits.errors.length === 0;
}
