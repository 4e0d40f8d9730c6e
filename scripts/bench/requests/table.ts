import { grouped } from '../figures/grouped.ts';
import { median } from '../figures/median.ts';
import { extremes, medianRatio } from '../figures/spread.ts';
import { markdownTable } from '../figures/table.ts';
import type { Question } from '../workers/question.ts';
import type { Slice } from '../workers/slice.ts';

export interface Row {
  readonly question: Question;
  /** One for each round. */
  readonly slices: readonly Slice[];
}

const NAMES = ['worker', 'request'];
const FIGURES = ['bytes on the wire', 'CPU, µs', 'min–max', '÷ hello', 'peer ÷', 'requests/s'];

export function requestsTable(rows: readonly Row[], hello: Question): string {
  const slicesOf = new Map(rows.map(({ question, slices }) => [question, slices]));
  return markdownTable(
    NAMES,
    FIGURES,
    rows.map(({ question, slices }) => {
      const cpu = slices.map((slice) => slice.cpu);
      return [
        question.worker,
        question.asked,
        grouped(median(slices.map((slice) => slice.bytes))),
        grouped(median(cpu)),
        extremes(cpu),
        factor(slices, slicesOf.get(hello)),
        question.rival === undefined ? '–' : factor(slicesOf.get(question.rival), slices),
        grouped(1 / median(slices.map((slice) => slice.seconds))),
      ];
    }),
  );
}

function factor(over: readonly Slice[] = [], under: readonly Slice[] = []): string {
  const cpuOf = (slices: readonly Slice[]): number[] => slices.map(({ cpu }) => cpu);
  return medianRatio(cpuOf(over), cpuOf(under)).toFixed(2);
}
