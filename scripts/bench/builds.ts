import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { documentsIn, writeDocuments } from './corpus.ts';
import {
  type BuildSubject,
  canMeasure,
  NO_GNU_TIME,
  prepareAstro,
  prepareEleventy,
  prepareHugo,
  prepareTidings,
  type Run,
  run,
} from './generators.ts';
import { type BenchOptions, extremes, grouped, markdownTable, median, medianRatio } from './measure.ts';

const TITLE = '### Builds';
const ROUNDS = 3;
const SIZES = [1, 10, 100, 1000, 10_000];

const SUBJECTS = {
  tidings: prepareTidings,
  hugo: prepareHugo,
  eleventy: prepareEleventy,
  astro: prepareAstro,
};

/** Measures builds of a folder of Markdown documents, compared with static site generators that also generate feeds. */
export async function builds({ rounds = ROUNDS, sizes = SIZES, tools }: BenchOptions): Promise<string> {
  if (!canMeasure) return `${TITLE}\n\n${NO_GNU_TIME}`;
  const folder = mkdtempSync(join(tmpdir(), 'tidings-builds-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const subjects: BuildSubject[] = [];
  const absent: string[] = [];
  for (const [name, prepare] of Object.entries(SUBJECTS)) {
    if (tools.length > 0 && !tools.includes(name)) continue;
    const home = join(folder, name);
    mkdirSync(home);
    const prepared = prepare(home);
    if (typeof prepared === 'string') absent.push(`Skipped: ${name}: ${prepared}.`);
    else subjects.push(prepared);
  }

  const outcomes: BuildOutcome[] = [];
  for (const size of sizes) {
    const corpus = join(folder, 'corpus');
    await writeDocuments(corpus, size);
    const measured = subjects.map((subject): BuildOutcome => ({ subject, size, cold: [], edited: [] }));
    for (const { documents } of subjects) {
      mkdirSync(documents, { recursive: true });
      for (const year of readdirSync(documents, { withFileTypes: true }).filter((entry) =>
        entry.isDirectory(),
      ))
        rmSync(join(documents, year.name), { recursive: true });
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
    `Whole processes, each from its start to its end: median and extremes of ${rounds} rounds in which every tool has its turn: first with nothing left of former builds, then once more after an edit of one document. The documents have about 5 KB of Markdown: front matter, headings, lists, links, quotations, code and tables. Each tool writes a page for each document and a feed of the newest 50 in full; Tidings three feeds, the entries of all documents for them, and a search index. CPU is that of all cores, kernel included; memory that of the largest process. “÷” is how many times as long the tool took as Tidings: median of the ratios of single rounds.`,
    subjects.map(({ name, version }) => `${name} (${version})`).join(', '),
    buildsTable(outcomes),
    ...absent,
  ].join('\n\n');
}

async function measure(
  { subject, size, cold, edited }: BuildOutcome,
  round: number,
  discarded: string,
): Promise<void> {
  const { command, documents, remains, check } = subject;
  // Some file systems are slow to create files after many deletions.
  mkdirSync(discarded, { recursive: true });
  for (const path of remains) if (existsSync(path)) renameSync(path, join(discarded, randomUUID()));
  cold.push(attempt(command));
  check(size);
  await appendFile(someDocument(documents), `\nThe text was edited in round ${round}.\n`);
  edited.push(attempt(command));
  check(size);
}

function attempt(command: BuildSubject['command']): Run {
  // Flush the writes of other subjects to the disk before the measurement.
  spawnSync('sync');
  const resources = run(command);
  console.error(`${command.folder}: ${resources.wall} s`);
  return resources;
}

/** A document in the middle. */
function someDocument(folder: string): string {
  const paths = documentsIn(folder);
  return paths[paths.length >> 1] ?? '';
}

/** The runs of a tool for one number of documents, one per round. */
interface BuildOutcome {
  readonly subject: BuildSubject;
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
        outcome.subject.name,
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
