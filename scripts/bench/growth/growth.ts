import { join } from 'node:path';
import { feedPath } from '../../../src/routes.ts';
import { PAGE_SIZE } from '../../../src/store/history.ts';
import { UsageError } from '../../options.ts';
import { CANNOT_MEASURE, canMeasure } from '../builds/run.ts';
import type { Figures } from '../figures/figures.ts';
import type { BenchOptions } from '../options.ts';
import { bundle, uploadSize } from '../workers/bundle.ts';
import { CANNOT_TELL, hasCpuTime } from '../workers/cpu.ts';
import { helloQuestion } from '../workers/question.ts';
import { SLICE_SECONDS } from '../workers/rounds.ts';
import { type Stand, withStand } from '../workers/stand.ts';
import { type Archive, buildArchives } from './archives.ts';
import { countAssets } from './assets.ts';
import { readDocuments } from './documents.ts';
import { examineArchive } from './examine.ts';
import { requestsPlot } from './plot.ts';
import { type Growing, growthQuestions } from './questions.ts';
import { MAX_STARTS, measureRunning, type Running } from './running.ts';
import { ROUND_OF_QUESTIONS, type Starter } from './starts.ts';
import { type Grown, growthOfBuild, growthOfRequests, growthOfStart } from './tables.ts';

const TITLE = '### Growth';
const SIZES = [100, 1000, 10_000];
const ROUNDS = 12;
/** Builds take longer than slices. */
const MAX_BUILDS = 3;

/** What an archive costs as it grows: its build, its worker, and each kind of request. */
export async function growth({ rounds = ROUNDS, sizes = SIZES }: BenchOptions): Promise<Figures> {
  if (!canMeasure) return { markdown: `${TITLE}\n\n${CANNOT_MEASURE}` };
  if (!hasCpuTime) return { markdown: `${TITLE}\n\n${CANNOT_TELL}` };
  const tooSmall = sizes.find((size) => size < PAGE_SIZE);
  if (tooSmall !== undefined)
    throw new UsageError(
      `Cannot use --sizes "${tooSmall}": expected ${PAGE_SIZE} at least, so that there is a history`,
    );
  const ascending = [...new Set(sizes)].sort((a, b) => a - b);
  return withStand(async (stand) => {
    const archives = await buildArchives(stand.folder, ascending, Math.min(rounds, MAX_BUILDS));
    const greeter: Starter = {
      made: await bundle(
        'scripts/bench/workers/hello.ts',
        archives[0]?.out ?? '',
        join(stand.folder, 'hello'),
      ),
      first: '/',
      questions: [helloQuestion()],
    };
    const starters = await prepare(stand, archives);
    const cores = stand.pin() ? 'workerd and the load on a core each' : 'workerd and the load on any core';
    const measured = await measureRunning(stand, [greeter, ...starters], rounds);
    const [hello, ...rest] = measured as [Running, ...Running[]]; // one for each starter
    const all: Grown[] = [];
    for (const [index, running] of rest.entries()) {
      const { archive, made, questions } = starters[index] as ArchiveStarter; // likewise
      const [upload, assets] = await Promise.all([uploadSize(made), countAssets(made.assets)]);
      all.push({ ...archive, ...running, questions, upload, assets });
    }
    return {
      markdown: report(all, hello, rounds, cores),
      plots: { 'growth-requests': requestsPlot(all, hello) },
    };
  });
}

/** Bundles and examines; gives a starter for each archive. */
async function prepare({ folder, serve }: Stand, archives: readonly Archive[]): Promise<ArchiveStarter[]> {
  const starters: ArchiveStarter[] = [];
  for (const archive of archives) {
    const made = await bundle('src/worker.ts', archive.out, join(folder, `worker-${archive.size}`));
    const server = await serve(made);
    const questions = growthQuestions(await examineArchive(server, await readDocuments(archive.documents)));
    server.stop();
    starters.push({ archive, made, first: feedPath('rss'), questions });
  }
  return starters;
}

interface ArchiveStarter extends Starter {
  readonly archive: Archive;
  readonly questions: readonly Growing[];
}

function report(all: readonly Grown[], hello: Running, rounds: number, cores: string): string {
  return [
    TITLE,
    `The documents are those of the builds, of about 5 KB of Markdown; the newest say the same in an archive of any size. A build begins with nothing left of former ones: median and extremes of ${Math.min(rounds, MAX_BUILDS)} rounds in which each size has a turn; “a document more” is by what the build takes longer than that of the size before. CPU is that of all processes and cores, kernel included; memory that of the largest process. The worker is what \`wrangler deploy\` would upload, compressed; beside it lie the files that it reads when they are asked for. Before anything is measured, what is served is held against the documents: the feed, both ends of history and their articles’ pages, the feed of a tag, a search.`,
    growthOfBuild(all),
    `A start is that of a bare workerd, ${cores}: its CPU time until it listens, when the worker has been evaluated, and until it has answered its first request, one for the main feed, compressed. Memory is what the process has in RAM for itself, mapped files apart: after that answer, and after ${ROUND_OF_QUESTIONS} of the requests below; the heap is what the inspector says of the isolate at the same moments, in a workerd of its own, once garbage is collected: V8’s heap, what the runtime keeps beside it, and buffers. Of everything, that of a workerd with a bare Hono \`hello\`, started in the same round and asked as often, is taken off; what workerd needs to read the larger configuration is in the figures. Medians of ${Math.min(rounds, MAX_STARTS)} starts; the heap is looked at once.`,
    growthOfStart(all, hello),
    `CPU time that a bare workerd spends on one request, gzip, kernel and the reading of files included: median and extremes of ${rounds} rounds in which each row of each size has a turn of about ${SLICE_SECONDS} s. “Never asked before”: each request comes to an origin of its own, so that everything is composed anew. “÷ hello” and the last column are medians of the ratios of single rounds.`,
    growthOfRequests(all, hello),
  ].join('\n\n');
}
