import { writeFileSync } from 'node:fs';
import { join, parse } from 'node:path';
import type { Site } from '../config/site.ts';
import { SITE_FILE } from '../config/site-file.ts';
import { describeWith } from '../corpus/describe-files.ts';
import { mediaTypeOf } from '../corpus/media-files.ts';
import { isProfile } from '../corpus/profiles.ts';
import type { Outcome } from '../corpus/resolve-documents.ts';
import { LEDGER_NAME } from '../identity/ledger.ts';
import { SCRIPT_DATA } from '../import/front-matter-data.ts';
import { readRedirects } from '../import/redirects.ts';
import { listInMessage } from '../locale.ts';
import { THEME_FILE } from '../pages/publisher-css.ts';
import { counted } from '../strings.ts';
import type { WarmCache } from './cache.ts';
import { buildVersion } from './cache-key.ts';
import { withCachedPipeline } from './cached-pipeline.ts';
import { compile } from './compile.ts';
import { exceededLimits } from './deploy-limits.ts';
import { writeFonts } from './fonts.ts';
import { openGitFolder } from './git-history.ts';
import { changedLines, loadLedger, saveLedger } from './ledger.ts';
import { describeDefaults, loadSite } from './load-site.ts';
import type { BuildOptions } from './options.ts';
import { openOutput } from './output.ts';
import { variantMaker } from './picture-variants.ts';
import { showProgress } from './progress.ts';
import { type BuildReport, nameFolder, type PrintReport, printReport, writeReport } from './report.ts';
import { documentFilter, type Seeds, type SourceScan } from './scan-sources.ts';
import type { WorkerPool } from './worker-pool.ts';
import { type PictureThread, writePictures } from './write-pictures.ts';

interface BuildRun {
  readonly scan: SourceScan;
  readonly pool: WorkerPool;
  readonly pictureThread?: PictureThread | undefined;
  /** Milliseconds. */
  readonly startedAt: number;
  /** If the process builds more than once. */
  readonly warm?: WarmCache;
  /** Called when everything is written, before the cache is saved. */
  readonly onWritten?: () => void;
  readonly print?: PrintReport;
}

/**
 * Compiles the seeds into the output folder.
 *
 * @returns whether every document was accepted and the result can be deployed
 */
export async function build(
  { seeds, out, cache, now, isPreview, showsDrafts, isFrozen, isCi, isVerbose }: BuildOptions,
  { refused, others, ignoredDocuments, links, read }: Seeds,
  { scan, pool, pictureThread, startedAt, warm, onWritten, print = printReport }: BuildRun,
): Promise<boolean> {
  const { site, isStated } = loadSite(seeds, showsDrafts, now);
  const before = loadLedger(seeds);
  const output = openOutput(out, startedAt);
  const git = openGitFolder(seeds, documentFilter(seeds));
  const { redirects, patterns } = readRedirects(seeds, site.generator);
  const { compilation, published } = await withCachedPipeline(
    {
      seeds,
      scan,
      site,
      pool,
      output,
      examine: describeWith(read, site),
      cache,
      version: buildVersion(site),
      startedAt,
      progress: showProgress(process.stderr, Date.now),
      warm,
    },
    async (pipeline, describe) => {
      const options = {
        others,
        unlisted: refused.keys(),
        links,
        read,
        describe,
        // A preview shows every change at once.
        makeVariants: isPreview
          ? undefined
          : variantMaker(read, { cache, assets: join(out, 'assets') }, startedAt),
        ledger: before,
        isPreview,
        redirects,
        history: git.history,
      };
      // Pictures first: this thread starts another for them before it works on documents.
      const [, compilation] = await Promise.all([
        writePictures(site, read, out, pictureThread),
        compile(pipeline, options, site, now),
      ]);
      writeFonts(site, out);
      const published = await output.finish(compilation, seeds, async (path) => {
        // Parsers are loaded in this thread only where one is needed.
        const { readDocument } = await import('../documents/read-document.ts');
        const { sourceReader } = await import('./document-tasks.ts');
        const reading = readDocument(sourceReader(seeds, site)(path), site);
        return reading.status === 'read' ? reading.embedded : [];
      });
      onWritten?.();
      return { compilation, published };
    },
  );
  const { outcomes, pages, ledger, warnings, notes } = compilation;
  const unread = [...refused].map(
    ([path, error]): Outcome => ({ path, status: 'refused', reason: error.message }),
  );
  const limits = exceededLimits(compilation, published);
  const report: BuildReport = {
    outcomes: [...outcomes, ...unread],
    pages,
    warnings: [
      ...warnings,
      ...ineffectiveFiles(others, links),
      ...(git.isFoundShallow() ? [SHALLOW_CLONE] : []),
      ...limits.warnings,
    ],
    notes: [...(isStated ? [] : [describeDefaults(site)]), ...patternNotes(patterns), ...notes],
    ignored: ignoredFiles(others, compilation.media, site),
    ignoredDocuments,
    folder: seeds,
    timeZone: site.timeZone,
    isVerbose,
  };
  writeFileSync(join(out, 'report.json'), writeReport(report));
  const isAccepted = print(report);
  for (const error of limits.errors) console.error(nameFolder(error, seeds));
  const isLedgerChanged = ledger !== (before ?? '') && outcomes.length > 0;
  if (isLedgerChanged && isFrozen) console.error(nameFolder(frozenError(before, ledger), seeds));
  else if (isLedgerChanged) {
    saveLedger(seeds, ledger);
    if (git.isRepository())
      console.log(nameFolder(`seeds/${LEDGER_NAME} changed${isCi ? '' : ': commit it'}`, seeds));
  }
  return isAccepted && limits.errors.length === 0 && !(isLedgerChanged && isFrozen);
}

const SHALLOW_CLONE =
  'Cannot read the whole history: this is a shallow clone; expected all commits (with actions/checkout: "fetch-depth: 0"); articles that the ledger lacks get the date of this build';

function patternNotes(patterns: readonly string[]): string[] {
  if (patterns.length === 0) return [];
  const left = counted(patterns.length, 'redirect pattern');
  return [`Left out ${left}: ${listInMessage(patterns, 8)}; state each address in a redirect of its own`];
}

/** Warnings about files without effect: a linked stylesheet, and data files that are scripts. */
function ineffectiveFiles(others: readonly string[], links: readonly string[]): string[] {
  const scripts = others.filter((path) => SCRIPT_DATA.test(path));
  return [
    ...(links.includes(THEME_FILE)
      ? [`Cannot read seeds/${THEME_FILE}: expected a file, not a link; left it out`]
      : []),
    ...scripts.map(
      (path) =>
        `Cannot run seeds/${path}: expected JSON in ${parse(path).name}.json; left out its front matter`,
    ),
  ];
}

/** The files that are neither published nor settings. */
function ignoredFiles(others: readonly string[], media: ReadonlyMap<string, unknown>, site: Site): string[] {
  const { file, defaults = [] } = site.generator ?? {};
  const data = defaults.map((each) => each.file);
  const settings = new Set([LEDGER_NAME, SITE_FILE, THEME_FILE, file, site.icon, ...data]);
  return others.filter(
    (path) =>
      !media.has(path) &&
      !settings.has(path) &&
      !isProfile(path) &&
      !SCRIPT_DATA.test(path) &&
      // For example, pictures of a template.
      !(/(?:^|\/)_/.test(path) && mediaTypeOf(path) !== undefined),
  );
}

const MAX_LINES = 10;

function frozenError(before: string | undefined, after: string): string {
  const lines = changedLines(before ?? '', after);
  const more = lines.length > MAX_LINES ? [`  … and ${lines.length - MAX_LINES} more`] : [];
  return [
    `Cannot build with --frozen: seeds/${LEDGER_NAME} would change; expected the ledger of a build of this commit:`,
    ...lines.slice(0, MAX_LINES).map((line) => `  ${line}`),
    ...more,
  ].join('\n');
}
