import type { Run } from '../builds/run.ts';
import { grouped } from '../figures/grouped.ts';
import { median } from '../figures/median.ts';
import { extremes, medianRatio } from '../figures/spread.ts';
import { markdownTable } from '../figures/table.ts';
import type { Slice } from '../workers/slice.ts';
import type { Assets } from './assets.ts';
import type { Growing } from './questions.ts';
import type { Running } from './running.ts';
import type { Start } from './starts.ts';

/** All that was measured of an archive of one size. */
export interface Grown extends Running {
  readonly size: number;
  readonly builds: readonly Run[];
  /** Bytes, compressed. */
  readonly upload: number;
  readonly assets: Assets;
  readonly questions: readonly Growing[];
}

export function growthOfBuild(all: readonly Grown[]): string {
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
    all.map((grown, index) => {
      const { size, builds, upload, assets } = grown;
      const wall = wallOf(grown);
      return [
        grouped(size),
        grouped(median(wall), 2),
        extremes(wall, 2),
        further(all[index - 1], grown),
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

/** Milliseconds that each document takes which the larger build has more. */
function further(smaller: Grown | undefined, larger: Grown): string {
  if (smaller === undefined) return '–';
  const seconds = median(wallOf(larger)) - median(wallOf(smaller));
  return grouped((seconds / (larger.size - smaller.size)) * 1e3, 2);
}

function wallOf({ builds }: Grown): number[] {
  return builds.map(({ wall }) => wall);
}

export function growthOfStart(all: readonly Grown[], hello: Running): string {
  const beyond = (starts: readonly Start[], figure: keyof Start): number[] =>
    starts.map((start, round) => start[figure] - (hello.starts[round]?.[figure] ?? Number.NaN));
  const megabytes = (starts: readonly Start[], figure: 'memory' | 'used'): string =>
    grouped(median(beyond(starts, figure)) / 1e6, 1);
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
    all.map(({ size, starts, heap }) => {
      const [listening, answered] = [beyond(starts, 'listening'), beyond(starts, 'answered')];
      return [
        grouped(size),
        grouped(median(listening), 1),
        extremes(listening, 1),
        grouped(median(answered), 1),
        extremes(answered, 1),
        megabytes(starts, 'memory'),
        megabytes(starts, 'used'),
        grouped((heap.started - hello.heap.started) / 1e6, 1),
        grouped((heap.used - hello.heap.used) / 1e6, 1),
      ];
    }),
  );
}

/** A row for each question, two columns for each size, and how the largest compares with the smallest. */
export function growthOfRequests(all: readonly Grown[], hello: Running): string {
  const [smallest, largest] = [all[0], all.at(-1)];
  const cpuOf = (slices: readonly Slice[] = []): number[] => slices.map(({ cpu }) => cpu);
  const helloCpu = cpuOf(hello.slices[0]);
  const cells = (cpu: readonly number[], ratio: string): string[] => [
    `${grouped(median(cpu))} (${extremes(cpu)})`,
    ratio,
  ];
  const rows = (smallest?.questions ?? []).map(({ asked, isFirst }, index) => [
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
      ...all.flatMap(({ size }) => [`${grouped(size)}: CPU, µs`, '÷ hello']),
      `${grouped(largest?.size ?? 0)} ÷ ${grouped(smallest?.size ?? 0)}`,
    ],
    [helloRow, ...rows],
  );
}
