import { grouped } from './grouped.ts';
import { median } from './median.ts';

/** The extremes of some values, such as `97–150`. */
export function extremes(values: readonly number[], decimals = 0): string {
  return `${grouped(Math.min(...values), decimals)}–${grouped(Math.max(...values), decimals)}`;
}

/** The median of how many times as much there was in each round: the machine is not the same in all of them. */
export function medianRatio(over: readonly number[], under: readonly number[]): number {
  return median(over.map((value, round) => value / (under[round] ?? Number.NaN)));
}
