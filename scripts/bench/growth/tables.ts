import { extremes, grouped, markdownTable, median, medianRatio } from '../figures/figures.ts';
import { logPlot, type Series } from '../figures/log-plot.ts';
import type { Slice } from '../workers/slice.ts';
import type { GrowthResult } from './result.ts';
import type { Start } from './starts.ts';

export function growthOfBuild(all: readonly GrowthResult[]): string {
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

export function growthOfStart(all: readonly GrowthResult[]): string {
  return markdownTable(
    ['documents'],
    [
      'start, CPU ms',
      'min–max',
      'with the first feed, CPU ms',
      'min–max',
      'memory, MB',
      'after questions, MB',
      'heap, MB',
      'after questions, MB',
    ],
    all.map((results) => {
      const { subject, heap } = results;
      const [listening, answered] = [beyondHello(results, 'listening'), beyondHello(results, 'answered')];
      const megabytes = (figure: 'memory' | 'used'): string =>
        grouped((median(beyondHello(results, figure)) + subject.load) / 1e6, 1);
      return [
        grouped(subject.archive.size),
        grouped(median(listening), 1),
        extremes(listening, 1),
        grouped(median(answered), 1),
        extremes(answered, 1),
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
export function growthOfRequests(all: readonly GrowthResult[], hello: readonly Slice[]): string {
  const [smallest, largest] = [all[0], all.at(-1)];
  const cpuOf = (slices: readonly Slice[] = []): number[] => slices.map(({ cpu }) => cpu);
  const helloCpu = cpuOf(hello);
  const cells = (cpu: readonly number[], ratio: string): string[] => [
    `${grouped(median(cpu))} (${extremes(cpu)})`,
    ratio,
  ];
  const rows = (smallest?.subject.benchRequests ?? []).map(({ asked, isFirst }, index) => [
    `${asked}${isFirst ? ', never asked before' : ''}`,
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

/** CPU time of requests with a new origin, by number of documents. */
export function requestsPlot(all: readonly GrowthResult[], hello: readonly Slice[]): string {
  const line = (name: string, slicesOf: (results: GrowthResult) => readonly Slice[] | undefined): Series => ({
    name,
    points: all.map((results) => ({
      x: results.subject.archive.size,
      y: median((slicesOf(results) ?? []).map(({ cpu }) => cpu)),
    })),
  });
  const benchRequests = all[0]?.subject.benchRequests ?? [];
  const series = [
    line('Hono’s hello', () => hello),
    ...benchRequests.flatMap(({ asked, isFirst }, index) =>
      isFirst ? [line(asked, ({ slices }) => slices[index])] : [],
    ),
  ];
  return logPlot({
    title: 'CPU time of a request that was never asked before',
    description: `Microseconds by number of articles: ${series.map(({ name }) => name).join(', ')}.`,
    xLabel: 'articles',
    yLabel: 'µs',
    series,
  });
}
