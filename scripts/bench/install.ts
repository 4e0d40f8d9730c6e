import { spawnSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeDocuments } from './corpus.ts';
import { ASTRO, canMeasure, makeSite, NO_GNU_TIME, packTidings, type Tool, timed } from './generators.ts';
import { type BenchOptions, extremes, markdownTable, median, medianRatio, tempFolder } from './measure.ts';

const TITLE = '### Install and first build';
const ROUNDS = 3;
const DOCUMENTS = 100;

/** Seconds, one for each round. */
interface InstallOutcome {
  readonly tool: Tool;
  readonly installs: number[];
  readonly builds: number[];
  readonly both: number[];
  /** Bytes of `node_modules`. */
  bytes: number;
}

/** Measures an installation into an empty folder and the first build there, beside Astro and its RSS package. */
export async function install({ rounds = ROUNDS }: BenchOptions): Promise<string> {
  if (!canMeasure) return `${TITLE}\n\n${NO_GNU_TIME}`;
  const parent = tempFolder();
  const corpus = join(parent, 'corpus');
  await writeDocuments(corpus, DOCUMENTS);
  const outcomes = [packTidings(parent), ASTRO].map(
    (tool): InstallOutcome => ({ tool, installs: [], builds: [], both: [], bytes: 0 }),
  );
  // The first round fills the cache of npm and is not counted.
  for (let round = 0; round <= rounds; round++)
    for (const outcome of outcomes) measure(outcome, join(parent, 'site'), corpus, round > 0);
  return [
    TITLE,
    `From an empty folder to a built site of ${DOCUMENTS} documents, with all packages in the cache of npm: medians of ${rounds} rounds. Tidings is installed from its tarball, with wrangler beside it, which is needed to deploy. “÷” is how many times as long the tool took as Tidings: median of the ratios of single rounds.`,
    markdownTable(
      ['tool'],
      ['install, s', 'first build, s', 'both, s', 'min–max', 'node_modules, MB', '÷'],
      outcomes.map(({ tool, installs, builds, both, bytes }) => [
        tool.name,
        ...[installs, builds, both].map((seconds) => median(seconds).toFixed(1)),
        extremes(both, 1),
        (bytes / 1e6).toFixed(0),
        medianRatio(both, outcomes[0]?.both ?? []).toFixed(2),
      ]),
    ),
  ].join('\n\n');
}

function measure(outcome: InstallOutcome, site: string, corpus: string, isCounted: boolean): void {
  const { tool, installs, builds, both } = outcome;
  const installed = makeSite(tool, site)?.wall ?? 0;
  cpSync(corpus, join(site, tool.documents), { recursive: true });
  const built = timed(tool.build, site).wall;
  tool.check(site, DOCUMENTS);
  console.error(`${tool.name}: ${installed} s and ${built} s`);
  outcome.bytes = folderSize(join(site, 'node_modules'));
  rmSync(site, { recursive: true });
  if (!isCounted) return;
  installs.push(installed);
  builds.push(built);
  both.push(installed + built);
}

function folderSize(folder: string): number {
  const { stdout } = spawnSync('du', ['-sk', folder], { encoding: 'utf8' });
  return Number.parseInt(stdout, 10) * 1024;
}
