import { logPlot, type Series } from '../figures/log-plot.ts';
import { median } from '../figures/median.ts';
import type { Slice } from '../workers/slice.ts';
import type { GrowthResult } from './result.ts';

/** CPU time of requests that were never asked before, by documents. */
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
