import { logPlot, type Series } from '../figures/log-plot.ts';
import { median } from '../figures/median.ts';
import type { Slice } from '../workers/slice.ts';
import type { Grown } from './grown.ts';

/** CPU time of requests that were never asked before, by documents. */
export function requestsPlot(all: readonly Grown[], hello: readonly Slice[]): string {
  const line = (name: string, slicesOf: (grown: Grown) => readonly Slice[] | undefined): Series => ({
    name,
    points: all.map((grown) => ({
      x: grown.contender.archive.size,
      y: median((slicesOf(grown) ?? []).map(({ cpu }) => cpu)),
    })),
  });
  const questions = all[0]?.contender.questions ?? [];
  const series = [
    line('Hono’s hello', () => hello),
    ...questions.flatMap(({ asked, isFirst }, index) =>
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
