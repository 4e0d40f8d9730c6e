import { grouped } from '../figures/grouped.ts';
import { median } from '../figures/median.ts';
import { extremes, medianRatio } from '../figures/spread.ts';
import { markdownTable } from '../figures/table.ts';
import type { Run } from './run.ts';
import type { BuildSubject } from './subject.ts';

/** What a tool took for so many documents; one run for each round. */
export interface Outcome {
  readonly subject: BuildSubject;
  readonly size: number;
  readonly cold: Run[];
  readonly edited: Run[];
}

const FIGURES = ['s', 'min–max', 'CPU, s', 'MB', '÷'];

/** The first outcome of each size is what the others are compared with. */
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
