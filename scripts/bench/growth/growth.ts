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
/** Builds take longer than slices, so there are fewer of them. */
const MAX_BUILDS = 3;

/** Measures the cost of an archive as it grows: its build, its worker, and each kind of request. */
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
    `The documents are the same as for the builds, about 5 KB of Markdown each; the newest are identical in archives of any size. Builds have no cache: median and extremes of ${Math.min(rounds, MAX_BUILDS)} rounds, each with one build per size; “a document more” is the additional time per document compared with the previous size. CPU covers all processes and cores, including the kernel; memory is that of the largest process. The worker is the compressed upload of \`wrangler deploy\`; it reads the external files on demand. Before any measurement, the responses are verified against the documents: the feed, both ends of the history and their articles’ pages, the feed of a tag, a search.`,
    growthOfBuild(all),
    `Starts are measured in bare workerd, ${cores}: CPU time until it listens, when the worker has been evaluated, and until it has responded to its first request, for the main feed. The cost of workerd itself, mostly for reading its configuration, is subtracted: it is the cost of a bare Hono \`hello\` with the same, unread data, started in the same round and with the same number of requests. Memory is the private memory of the process, without mapped files, beyond that of the same hello, plus the data once: after the first response, and after ${ROUND_OF_REQUESTS} of the requests below, including garbage. The heap is that of the whole isolate at the same moments after garbage collection, as reported by the inspector of a separate workerd: V8’s heap, external memory of the runtime, and buffers. Medians of ${Math.min(rounds, MAX_STARTS)} starts; the heap is measured once.`,
    growthOfStart(all),
    `CPU time that a bare workerd spends on one request, including gzip, the kernel and file reads: median and extremes of ${rounds} rounds, with a slice of about ${SLICE_SECONDS} s for each row and size. “Never asked before”: each request has a new origin, so that no cached composition is used. “÷ hello” and the last column are medians of the ratios of single rounds.`,
    growthOfRequests(all, hello),
    `The compressed main feed has ${extremes(all.map(feedBytes))} bytes on the wire.`,
  ].join('\n\n');
}

function feedBytes({ subject, slices }: GrowthResult): number {
  const index = subject.benchRequests.findIndex(({ asked }) => asked === MAIN_FEED);
  return median((slices[index] ?? []).map(({ bytes }) => bytes));
}
