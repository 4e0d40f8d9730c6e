import { median } from './median.ts';
import type { Question } from './questions.ts';
import type { Slice } from './slice.ts';
import { markdownTable } from './table.ts';

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
        count(median(slices.map((slice) => slice.bytes))),
        count(median(cpu)),
        `${count(Math.min(...cpu))}–${count(Math.max(...cpu))}`,
        factor(slices, slicesOf.get(hello)),
        question.rival === undefined ? '–' : factor(slicesOf.get(question.rival), slices),
        count(1 / median(slices.map((slice) => slice.seconds))),
      ];
    }),
  );
}

/** Round by round, since the machine is not the same in all of them. */
function factor(over: readonly Slice[] = [], under: readonly Slice[] = []): string {
  return median(over.map(({ cpu }, round) => cpu / (under[round]?.cpu ?? Number.NaN))).toFixed(2);
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en').replaceAll(',', ' ');
}
