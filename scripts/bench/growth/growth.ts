import { join } from 'node:path';
import { PAGE_SIZE } from '../../../src/app/select-articles.ts';
import { UsageError } from '../../../src/config/errors.ts';
import { canMeasure, NO_GNU_TIME } from '../generators.ts';
import { type BenchOptions, extremes, grouped, markdownTable, median, medianRatio } from '../measure.ts';
import { helloRequest, SLICE_SECONDS, type TimeSlice } from '../workers/load.ts';
import { bundlePeer, HELLO, hasCpuTime, NO_CPU_TIME, withBenchEnvironment } from '../workers/serve.ts';
import { buildArchives } from './archives.ts';
import {
  type GrowthResult,
  MAIN_FEED,
  MAX_STARTS,
  measureSubjects,
  prepareSubjects,
  ROUND_OF_REQUESTS,
  type Start,
} from './subjects.ts';

const TITLE = '### Growth';
const SIZES = [100, 1000, 10_000];
const ROUNDS = 12;
/** Builds take longer than slices, so there are fewer of them. */
const MAX_BUILDS = 3;

/** Measures the cost of an archive as it grows: its build, its worker, and each kind of request. */
export async function growth({ rounds = ROUNDS, sizes = SIZES }: BenchOptions): Promise<string> {
  if (!canMeasure) return `${TITLE}\n\n${NO_GNU_TIME}`;
  if (!hasCpuTime) return `${TITLE}\n\n${NO_CPU_TIME}`;
  const tooSmall = sizes.find((size) => size < PAGE_SIZE);
  if (tooSmall !== undefined)
    throw new UsageError(
      `Cannot use --sizes "${tooSmall}": expected ${PAGE_SIZE} at least, so that there is a history`,
    );
  const ascending = [...new Set(sizes)].sort((a, b) => a - b);
  return withBenchEnvironment(async (environment) => {
    const archives = await buildArchives(environment.folder, ascending, Math.min(rounds, MAX_BUILDS));
    const worker = await bundlePeer(HELLO, join(environment.folder, 'hello'));
    const subjects = await prepareSubjects(environment, archives, worker);
    const cores = environment.pin()
      ? 'workerd and the load on a core each'
      : 'workerd and the load on any core';
    const hello = { worker, first: '/', benchRequests: [helloRequest()] };
    const { all, helloSlices } = await measureSubjects(environment, subjects, hello, rounds);
    return report(all, helloSlices, rounds, cores);
  });
}

function report(
  all: readonly GrowthResult[],
  hello: readonly TimeSlice[],
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
  const index = subject.benchRequests.findIndex(({ label }) => label === MAIN_FEED);
  return median((slices[index] ?? []).map(({ bytes }) => bytes));
}

function growthOfBuild(all: readonly GrowthResult[]): string {
  return markdownTable(
    ['documents'],
    [
      's',
      'min–max',
      'ms a document more',
      'CPU, s',
      'largest process, MB',
      'worker, KB gzip',
      'files beside it',
      'MB',
      'largest, KB',
    ],
    all.map((results, index) => {
      const { upload, assets } = results;
      const { size, builds } = results.subject.archive;
      const wall = wallOf(results);
      return [
        grouped(size),
        grouped(median(wall), 2),
        extremes(wall, 2),
        further(all[index - 1], results),
        grouped(median(builds.map(({ cpu }) => cpu)), 2),
        grouped(median(builds.map(({ memory }) => memory)) / 1e6),
        grouped(upload / 1e3),
        grouped(assets.count),
        grouped(assets.total / 1e6, 1),
        grouped(assets.largest / 1e3),
      ];
    }),
  );
}

/** The additional milliseconds per additional document of the larger build. */
function further(smaller: GrowthResult | undefined, larger: GrowthResult): string {
  if (smaller === undefined) return '–';
  const seconds = median(wallOf(larger)) - median(wallOf(smaller));
  return grouped((seconds / (sizeOf(larger) - sizeOf(smaller))) * 1e3, 2);
}

function wallOf({ subject }: GrowthResult): number[] {
  return subject.archive.builds.map(({ wall }) => wall);
}

function growthOfStart(all: readonly GrowthResult[]): string {
  return markdownTable(
    ['documents'],
    [
      'start, CPU ms',
      'min–max',
      'with the first feed, CPU ms',
      'min–max',
      'memory, MB',
      'after requests, MB',
      'heap, MB',
      'after requests, MB',
    ],
    all.map((results) => {
      const { subject, heap } = results;
      const [listening, responded] = [beyondHello(results, 'listening'), beyondHello(results, 'responded')];
      const megabytes = (figure: 'memory' | 'used'): string =>
        grouped((median(beyondHello(results, figure)) + subject.load) / 1e6, 1);
      return [
        grouped(subject.archive.size),
        grouped(median(listening), 1),
        extremes(listening, 1),
        grouped(median(responded), 1),
        extremes(responded, 1),
        megabytes('memory'),
        megabytes('used'),
        grouped(heap.started / 1e6, 1),
        grouped(heap.used / 1e6, 1),
      ];
    }),
  );
}

function beyondHello({ starts, helloStarts }: GrowthResult, figure: keyof Start): number[] {
  return starts.map((start, round) => start[figure] - (helloStarts[round]?.[figure] ?? Number.NaN));
}

/** A row per request, two columns per size, and the ratio of the largest to the smallest. */
function growthOfRequests(all: readonly GrowthResult[], hello: readonly TimeSlice[]): string {
  const [smallest, largest] = [all[0], all.at(-1)];
  const cpuOf = (slices: readonly TimeSlice[] = []): number[] => slices.map(({ cpu }) => cpu);
  const helloCpu = cpuOf(hello);
  const cells = (cpu: readonly number[], ratio: string): string[] => [
    `${grouped(median(cpu))} (${extremes(cpu)})`,
    ratio,
  ];
  const rows = (smallest?.subject.benchRequests ?? []).map(({ label, isFirst }, index) => [
    `${label}${isFirst ? ', never asked before' : ''}`,
    ...all.flatMap(({ slices }) => {
      const cpu = cpuOf(slices[index]);
      return cells(cpu, grouped(medianRatio(cpu, helloCpu), 2));
    }),
    grouped(medianRatio(cpuOf(largest?.slices[index]), cpuOf(smallest?.slices[index])), 2),
  ]);
  const helloRow = ['Hono’s `hello`', ...all.flatMap(() => cells(helloCpu, '1.00')), '1.00'];
  return markdownTable(
    ['request'],
    [
      ...all.flatMap((results) => [`${grouped(sizeOf(results))}: CPU, µs`, '÷ hello']),
      [largest, smallest].map((results) => results && grouped(sizeOf(results))).join(' ÷ '),
    ],
    [helloRow, ...rows],
  );
}

function sizeOf({ subject }: GrowthResult): number {
  return subject.archive.size;
}
