import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { documentsIn, writeDocuments } from '../corpus/documents.ts';
import type { Figures } from '../figures/figures.ts';
import type { BenchOptions } from '../options.ts';
import { prepareAstro } from './astro.ts';
import { prepareEleventy } from './eleventy.ts';
import { prepareHugo } from './hugo.ts';
import { type BuildSubject, CANNOT_MEASURE, canMeasure, type Run, run } from './run.ts';
import { buildsPlot, buildsTable, type Outcome } from './table.ts';
import { prepareTidings } from './tidings.ts';

const TITLE = '### Builds';
const ROUNDS = 3;
const SIZES = [1, 10, 100, 1000, 10_000];

const ENTRIES = {
  tidings: prepareTidings,
  hugo: prepareHugo,
  eleventy: prepareEleventy,
  astro: prepareAstro,
};

/** Measures builds of a folder of Markdown documents, compared with static site generators that also generate feeds. */
export async function builds({ rounds = ROUNDS, sizes = SIZES, tools }: BenchOptions): Promise<Figures> {
  if (!canMeasure) return { markdown: `${TITLE}\n\n${CANNOT_MEASURE}` };
  const folder = mkdtempSync(join(tmpdir(), 'tidings-builds-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const subjects: BuildSubject[] = [];
  const absent: string[] = [];
  for (const [name, enter] of Object.entries(ENTRIES)) {
    if (tools.length > 0 && !tools.includes(name)) continue;
    const home = join(folder, name);
    mkdirSync(home);
    const entered = enter(home);
    if (typeof entered === 'string') absent.push(`Skipped: ${name}: ${entered}.`);
    else subjects.push(entered);
  }

  const outcomes: Outcome[] = [];
  for (const size of sizes) {
    const corpus = join(folder, 'corpus');
    await writeDocuments(corpus, size);
    const measured = subjects.map((subject): Outcome => ({ subject, size, cold: [], edited: [] }));
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
  const markdown = [
    TITLE,
    `Whole processes, each from its start to its end: median and extremes of ${rounds} rounds in which every tool has its turn: first with nothing left of former builds, then once more after an edit of one document. The documents have about 5 KB of Markdown: front matter, headings, lists, links, quotations, code and tables. Each tool writes a page for each document and a feed of the newest 50 in full; Tidings three feeds, the entries of all documents for them, and a search index. CPU is that of all cores, kernel included; memory that of the largest process. “÷” is how many times as long the tool took as Tidings: median of the ratios of single rounds.`,
    subjects.map(({ name, version }) => `${name} (${version})`).join(', '),
    buildsTable(outcomes),
    ...absent,
  ].join('\n\n');
  return { markdown, plots: { builds: buildsPlot(outcomes) } };
}

async function measure(
  { subject, size, cold, edited }: Outcome,
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
  const taken = run(command);
  console.error(`${command.folder}: ${taken.wall} s`);
  return taken;
}

/** A document in the middle. */
function someDocument(folder: string): string {
  const paths = documentsIn(folder);
  return paths[paths.length >> 1] ?? '';
}
