import { extremes, grouped, markdownTable, median, medianRatio } from '../figures/figures.ts';
import { logPlot, type Series } from '../figures/log-plot.ts';
import type { BuildSubject, Run } from './run.ts';

/** The runs of a tool for one number of documents, one per round. */
export interface Outcome {
  readonly subject: BuildSubject;
  readonly size: number;
  readonly cold: Run[];
  readonly edited: Run[];
}

const FIGURES = ['s', 'min–max', 'CPU, s', 'MB', '÷'];

/** The first outcome of each size is the baseline of the others. */
export function buildsTable(outcomes: readonly Outcome[]): string {
  return markdownTable(
    ['documents', 'tool'],
    [...FIGURES, ...FIGURES.map((name) => `edit: ${name}`)],
    outcomes.map((outcome) => {
      const first = outcomes.find(({ size }) => size === outcome.size) ?? outcome;
      return [
        grouped(outcome.size),
        outcome.subject.name,
        ...figures(outcome.cold, first.cold),
        ...figures(outcome.edited, first.edited),
      ];
    }),
  );
}

function figures(runs: readonly Run[], others: readonly Run[]): string[] {
  const wall = runs.map((run) => run.wall);
  return [
    median(wall).toFixed(2),
    extremes(wall, 2),
    median(runs.map(({ cpu }) => cpu)).toFixed(2),
    (median(runs.map(({ memory }) => memory)) / 1e6).toFixed(0),
    medianRatio(
      wall,
      others.map((run) => run.wall),
    ).toFixed(2),
  ];
}

/** Time by number of documents, one line per tool. */
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
    title: 'Build time without a cache',
    description: `Seconds by number of Markdown documents of 5 KB, for ${names.join(', ')}.`,
    xLabel: 'documents',
    yLabel: 'seconds',
    series,
  });
}
