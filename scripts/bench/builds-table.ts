import type { Contestant } from './builds/contestant.ts';
import type { Run } from './builds/run.ts';
import { median } from './median.ts';
import { markdownTable } from './table.ts';

/** What a tool took for so many documents; one run for each round. */
export interface Outcome {
  readonly contestant: Contestant;
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
        outcome.size.toLocaleString('en').replaceAll(',', ' '),
        outcome.contestant.name,
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
    `${Math.min(...wall).toFixed(2)}–${Math.max(...wall).toFixed(2)}`,
    median(runs.map(({ cpu }) => cpu)).toFixed(2),
    (median(runs.map(({ memory }) => memory)) / 1e6).toFixed(0),
    median(wall.map((seconds, round) => seconds / (others[round]?.wall ?? Number.NaN))).toFixed(2),
  ];
}
