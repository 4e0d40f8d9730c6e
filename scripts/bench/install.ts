import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../src/package.ts';
import { writeDocuments } from './corpus.ts';
import {
  ASTRO_SITE,
  canMeasure,
  checkPages,
  checkStore,
  NO_GNU_TIME,
  packTidings,
  type Run,
  run,
  writeSite,
} from './generators.ts';
import { type BenchOptions, extremes, markdownTable, median, medianRatio } from './measure.ts';

const TITLE = '### Install and first build';
const ROUNDS = 3;
const DOCUMENTS = 100;

/** A tool that is installed from the registry into the folder of a site. */
interface Tool {
  readonly name: string;
  /** Versions, or the paths of tarballs, by package. */
  readonly packages: Readonly<Record<string, string>>;
  /** The folder of the documents in that of the site. */
  readonly documents: string;
  /** Texts by path. */
  readonly files: Readonly<Record<string, string>>;
  /** The arguments of Node, in the folder of the site. */
  readonly build: readonly string[];
  /** @throws Error if the build did not make what is compared */
  readonly check: (folder: string) => void;
}

interface InstallOutcome {
  readonly tool: Tool;
  readonly installs: Run[];
  readonly builds: Run[];
  /** Bytes of `node_modules`. */
  bytes: number;
}

/** Measures an installation into an empty folder and the first build there, beside Astro and its RSS package. */
export async function install({ rounds = ROUNDS }: BenchOptions): Promise<string> {
  if (!canMeasure) return `${TITLE}\n\n${NO_GNU_TIME}`;
  const parent = mkdtempSync(join(tmpdir(), 'tidings-install-'));
  process.once('exit', () => rmSync(parent, { recursive: true, force: true }));
  const corpus = join(parent, 'corpus');
  await writeDocuments(corpus, DOCUMENTS);
  const outcomes = [tidings(parent), astro].map(
    (tool): InstallOutcome => ({ tool, installs: [], builds: [], bytes: 0 }),
  );
  // The first round fills the cache of npm and is not counted.
  for (let round = 0; round <= rounds; round++) {
    for (const outcome of outcomes) {
      const site = join(parent, `site-${round}-${outcome.tool.name}`);
      const runs = installAndBuild(outcome.tool, site, corpus);
      outcome.bytes = sizeOf(join(site, 'node_modules'));
      if (round > 0) {
        outcome.installs.push(runs.install);
        outcome.builds.push(runs.build);
      }
      rmSync(site, { recursive: true });
    }
  }
  return [
    TITLE,
    `From an empty folder to a built site of ${DOCUMENTS} documents, with all packages in the cache of npm: medians of ${rounds} rounds. Tidings is installed from its tarball, with wrangler beside it, which is needed to deploy. “÷” is how many times as long the tool took as Tidings: median of the ratios of single rounds.`,
    installTable(outcomes),
  ].join('\n\n');
}

/** @returns the tool as a publisher gets it: packed from the sources */
function tidings(folder: string): Tool {
  const { devDependencies } = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8'));
  return {
    name: 'Tidings',
    packages: { tidings: packTidings(folder), wrangler: devDependencies.wrangler },
    documents: 'seeds',
    files: {},
    build: ['node_modules/tidings/lib/bin.js', 'build'],
    check: (site) => checkStore(join(site, 'dist'), DOCUMENTS),
  };
}

const astro: Tool = {
  name: 'Astro',
  ...ASTRO_SITE,
  documents: 'documents',
  build: ['node_modules/astro/bin/astro.mjs', 'build', '--silent'],
  check: (site) => checkPages(join(site, 'out'), 'rss.xml', DOCUMENTS),
};

function installAndBuild(tool: Tool, site: string, corpus: string): { install: Run; build: Run } {
  mkdirSync(site);
  writeSite(site, tool.files);
  cpSync(corpus, join(site, tool.documents), { recursive: true });
  const manifest = { private: true, type: 'module', dependencies: tool.packages };
  writeFileSync(join(site, 'package.json'), JSON.stringify(manifest));
  const flags = ['--prefer-offline', '--no-audit', '--no-fund'];
  const install = run({ program: 'npm', args: ['install', ...flags], folder: site });
  const build = run({ program: process.execPath, args: tool.build, folder: site });
  tool.check(site);
  console.error(`${tool.name}: ${install.wall} s and ${build.wall} s`);
  return { install, build };
}

function sizeOf(folder: string): number {
  const { stdout } = spawnSync('du', ['-sk', folder], { encoding: 'utf8' });
  return Number.parseInt(stdout, 10) * 1024;
}

function installTable(outcomes: readonly InstallOutcome[]): string {
  const totals = outcomes.map(({ installs, builds }) =>
    installs.map(({ wall }, round) => wall + (builds[round]?.wall ?? 0)),
  );
  return markdownTable(
    ['tool'],
    ['install, s', 'first build, s', 'both, s', 'min–max', 'node_modules, MB', '÷'],
    outcomes.map(({ tool, installs, builds, bytes }, index) => {
      const both = totals[index] ?? [];
      return [
        tool.name,
        median(installs.map(({ wall }) => wall)).toFixed(1),
        median(builds.map(({ wall }) => wall)).toFixed(1),
        median(both).toFixed(1),
        extremes(both, 1),
        (bytes / 1e6).toFixed(0),
        medianRatio(both, totals[0] ?? []).toFixed(2),
      ];
    }),
  );
}
