import { join } from 'node:path';
import { UsageError } from '../../../src/config/usage-error.ts';
import { PAGE_SIZE } from '../../../src/store/history.ts';
import { CANNOT_MEASURE, canMeasure } from '../builds/run.ts';
import { extremes, type Figures, median } from '../figures/figures.ts';
import type { BenchOptions } from '../options.ts';
import { bundle, HELLO } from '../workers/bundle.ts';
import { CANNOT_TELL, hasCpuTime } from '../workers/process.ts';
import { helloRequest } from '../workers/request.ts';
import { SLICE_SECONDS } from '../workers/rounds.ts';
import { withBenchEnvironment } from '../workers/serve.ts';
import type { Slice } from '../workers/slice.ts';
import { buildArchives } from './archives.ts';
import { MAIN_FEED } from './cases.ts';
import { type GrowthResult, MAX_STARTS, measureSubjects } from './result.ts';
import { ROUND_OF_REQUESTS } from './starts.ts';
import { prepareSubjects } from './subject.ts';
import { growthOfBuild, growthOfRequests, growthOfStart, requestsPlot } from './tables.ts';

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
  return withBenchEnvironment(async (environment) => {
    const archives = await buildArchives(environment.folder, ascending, Math.min(rounds, MAX_BUILDS));
    const made = await bundle(HELLO, archives[0]?.out ?? '', join(environment.folder, 'hello'));
    const subjects = await prepareSubjects(environment, archives, made);
    const cores = environment.pin()
      ? 'workerd and the load on a core each'
      : 'workerd and the load on any core';
    const hello = { made, first: '/', benchRequests: [helloRequest()] };
    const { all, helloSlices } = await measureSubjects(environment, subjects, hello, rounds);
    return {
      markdown: report(all, helloSlices, rounds, cores),
      plots: { 'growth-requests': requestsPlot(all, helloSlices) },
    };
  });
}

function report(
  all: readonly GrowthResult[],
  hello: readonly Slice[],
  rounds: number,
  cores: string,
): string {
  return [
    TITLE,
    `The documents are those of the builds, of about 5 KB of Markdown; the newest say the same in an archive of any size. A build begins with nothing left of former ones: median and extremes of ${Math.min(rounds, MAX_BUILDS)} rounds in which each size has a turn; “a document more” is by what the build takes longer than that of the size before. CPU is that of all processes and cores, kernel included; memory that of the largest process. The worker is what \`wrangler deploy\` would upload, compressed; beside it lie the files that it reads when they are asked for. Before anything is measured, what is served is held against the documents: the feed, both ends of history and their articles’ pages, the feed of a tag, a search.`,
    growthOfBuild(all),
    `A start is that of a bare workerd, ${cores}: CPU time until it listens, when the worker has been evaluated, and until it has answered its first request, one for the main feed. What workerd needs for itself, most of it to read its configuration, is taken off: it is what a workerd takes, started in the same round and asked as often, for a bare Hono \`hello\` with the same data beside it that it does not read. Memory is what the process has in RAM for itself, mapped files apart, beyond that of the same hello, and the data once: after the first answer, and after ${ROUND_OF_REQUESTS} of the requests below, with all garbage. The heap is all of the isolate at the same moments once garbage is collected, as the inspector of a workerd of its own says: V8’s heap, what the runtime keeps beside it, and buffers. Medians of ${Math.min(rounds, MAX_STARTS)} starts; the heap is looked at once.`,
    growthOfStart(all),
    `CPU time that a bare workerd spends on one request, gzip, kernel and the reading of files included: median and extremes of ${rounds} rounds in which each row of each size has a turn of about ${SLICE_SECONDS} s. “Never asked before”: each request comes to an origin of its own, so that everything is composed anew. “÷ hello” and the last column are medians of the ratios of single rounds.`,
    growthOfRequests(all, hello),
    `The main feed, compressed, has ${extremes(all.map(feedBytes))} bytes on the wire.`,
  ].join('\n\n');
}

function feedBytes({ subject, slices }: GrowthResult): number {
  const index = subject.benchRequests.findIndex(({ asked }) => asked === MAIN_FEED);
  return median((slices[index] ?? []).map(({ bytes }) => bytes));
}
