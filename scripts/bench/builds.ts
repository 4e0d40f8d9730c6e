import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { documentsIn, writeDocuments } from './corpus.ts';
import {
  ASTRO,
  canMeasure,
  ELEVENTY,
  findHugo,
  makeSite,
  NO_GNU_TIME,
  packTidings,
  type Run,
  type Tool,
  timed,
} from './generators.ts';
import {
  type BenchOptions,
  extremes,
  grouped,
  markdownTable,
  median,
  medianRatio,
  tempFolder,
} from './measure.ts';

const TITLE = '### Builds';
const ROUNDS = 3;
const SIZES = [1, 10, 100, 1000, 10_000];

/** Each tool, or the reason why it cannot be measured. */
const TOOLS: Readonly<Record<string, (folder: string) => Tool | string>> = {
  tidings: packTidings,
  hugo: findHugo,
  eleventy: () => ELEVENTY,
  astro: () => ASTRO,
};

/** Measures builds of a folder of Markdown documents, compared with static site generators that also generate feeds. */
export async function builds({ rounds = ROUNDS, sizes = SIZES, tools }: BenchOptions): Promise<string> {
  if (!canMeasure) return `${TITLE}\n\n${NO_GNU_TIME}`;
  const folder = tempFolder();
  const subjects: BuildSubject[] = [];
  const absent: string[] = [];
  for (const [name, find] of Object.entries(TOOLS)) {
    if (tools.length > 0 && !tools.includes(name)) continue;
    const site = join(folder, name);
    const subject = prepare(find(folder), site);
    if (typeof subject === 'string') absent.push(`Skipped: ${name}: ${subject}.`);
    else subjects.push(subject);
  }

  const outcomes: BuildOutcome[] = [];
  for (const size of sizes) {
    const corpus = join(folder, 'corpus');
    await writeDocuments(corpus, size);
    const measured = subjects.map((subject): BuildOutcome => ({ ...subject, size, cold: [], edited: [] }));
    for (const { tool, site } of subjects) {
      const documents = join(site, tool.documents);
      for (const entry of readdirSync(documents, { withFileTypes: true }))
        if (entry.isDirectory()) rmSync(join(documents, entry.name), { recursive: true });
      cpSync(corpus, documents, { recursive: true });
    }
    for (let round = 0; round < rounds; round++) {
      for (let turn = 0; turn < measured.length; turn++) {
        const outcome = measured[(round + turn) % measured.length];
        if (outcome !== undefined) await measure(outcome, round, join(folder, 'discarded'));
      }
    }
    outcomes.push(...measured);
    rmSync(corpus, { recursive: true });
  }
  return [
    TITLE,
    `Whole processes, each from its start to its end: median and extremes of ${rounds} rounds of all tools: first without a cache, then after an edit of one document. The documents have about 5 KB of Markdown: front matter, headings, lists, links, quotations, code and tables. Each tool writes a page for each document and a feed of the newest 50 in full; Tidings three feeds, the entries of all documents for them, and a search index. CPU is that of all cores, kernel included; memory that of the largest process. “÷” is how many times as long the tool took as Tidings: median of the ratios of single rounds.`,
    subjects.map(({ tool: { name, version } }) => `${name} (${version})`).join(', '),
    buildsTable(outcomes),
    ...absent,
  ].join('\n\n');
}

/** A tool, and the folder of its site. */
interface BuildSubject {
  readonly tool: Tool;
  readonly site: string;
}

/** @returns the reason if the tool cannot be measured */
function prepare(tool: Tool | string, site: string): BuildSubject | string {
  if (typeof tool === 'string') return tool;
  try {
    makeSite(tool, site);
    return { tool, site };
  } catch {
    return `npm cannot install ${Object.keys(tool.packages).join(' and ')}`;
  }
}

async function measure(
  { tool, site, size, cold, edited }: BuildOutcome,
  round: number,
  discarded: string,
): Promise<void> {
  // Some file systems are slow to create files after many deletions.
  mkdirSync(discarded, { recursive: true });
  for (const path of tool.remains.map((each) => join(site, each)))
    if (existsSync(path)) renameSync(path, join(discarded, randomUUID()));
  cold.push(attempt(tool, site));
  tool.check(site, size);
  await appendFile(someDocument(join(site, tool.documents)), `\nThe text was edited in round ${round}.\n`);
  edited.push(attempt(tool, site));
  tool.check(site, size);
}

function attempt({ name, build }: Tool, site: string): Run {
  // Flush the writes of other subjects to the disk before the measurement.
  spawnSync('sync');
  const resources = timed(build, site);
  console.error(`${name}: ${resources.wall} s`);
  return resources;
}

/** A document in the middle. */
function someDocument(folder: string): string {
  const paths = documentsIn(folder);
  return paths[paths.length >> 1] ?? '';
}

/** The runs of a tool for one number of documents, one per round. */
interface BuildOutcome extends BuildSubject {
  readonly size: number;
  readonly cold: Run[];
  readonly edited: Run[];
}

const FIGURES = ['s', 'min–max', 'CPU, s', 'MB', '÷'];

/** The first outcome of each size is the baseline of the others. */
function buildsTable(outcomes: readonly BuildOutcome[]): string {
  return markdownTable(
    ['documents', 'tool'],
    [...FIGURES, ...FIGURES.map((name) => `edit: ${name}`)],
    outcomes.map((outcome) => {
      const first = outcomes.find(({ size }) => size === outcome.size) ?? outcome;
      return [
        grouped(outcome.size),
        outcome.tool.name,
        ...figures(outcome.cold, first.cold),
        ...figures(outcome.edited, first.edited),
      ];
    }),
  );
}

function figures(runs: readonly Run[], others: readonly Run[]): string[] {
  const wall = runs.map((run) => run.wall);
  return [
    median(wall).toFixed(2),
    extremes(wall, 2),
    median(runs.map(({ cpu }) => cpu)).toFixed(2),
    (median(runs.map(({ memory }) => memory)) / 1e6).toFixed(0),
    medianRatio(
      wall,
      others.map((run) => run.wall),
    ).toFixed(2),
  ];
}
