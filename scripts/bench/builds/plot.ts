import { logPlot, type Series } from '../figures/log-plot.ts';
import { median } from '../figures/median.ts';
import type { Outcome } from './table.ts';

/** Time by documents, a line for each tool. */
export function buildsPlot(outcomes: readonly Outcome[]): string {
  const names = [...new Set(outcomes.map(({ subject }) => subject.name))];
  const series = names.map(
    (name): Series => ({
      name,
      points: outcomes
        .filter(({ subject }) => subject.name === name)
        .map(({ size, cold }) => ({ x: size, y: median(cold.map(({ wall }) => wall)) })),
    }),
  );
  return logPlot({
    title: 'How long a build takes, with nothing left of former ones',
    description: `Seconds by number of Markdown documents of 5 KB, for ${names.join(', ')}.`,
    xLabel: 'documents',
    yLabel: 'seconds',
    series,
  });
}
