import { extremes, grouped, markdownTable, median, medianRatio } from '../figures/figures.ts';
import type { BenchRequest } from '../workers/request.ts';
import type { Slice } from '../workers/slice.ts';

export interface Row {
  readonly benchRequest: BenchRequest;
  /** One for each round. */
  readonly slices: readonly Slice[];
}

const NAMES = ['worker', 'request'];
const FIGURES = ['bytes on the wire', 'CPU, µs', 'min–max', '÷ hello', 'peer ÷', 'requests/s'];

export function requestsTable(rows: readonly Row[], hello: BenchRequest): string {
  const slicesOf = new Map(rows.map(({ benchRequest, slices }) => [benchRequest, slices]));
  return markdownTable(
    NAMES,
    FIGURES,
    rows.map(({ benchRequest, slices }) => {
      const cpu = slices.map((slice) => slice.cpu);
      return [
        benchRequest.worker,
        benchRequest.asked,
        grouped(median(slices.map((slice) => slice.bytes))),
        grouped(median(cpu)),
        extremes(cpu),
        factor(slices, slicesOf.get(hello)),
        benchRequest.peer === undefined ? '–' : factor(slicesOf.get(benchRequest.peer), slices),
        grouped(1 / median(slices.map((slice) => slice.seconds))),
      ];
    }),
  );
}

function factor(over: readonly Slice[] = [], under: readonly Slice[] = []): string {
  const cpuOf = (slices: readonly Slice[]): number[] => slices.map(({ cpu }) => cpu);
  return medianRatio(cpuOf(over), cpuOf(under)).toFixed(2);
}
