/** A logarithmic axis. */
export interface LogScale {
  /** What is written beside it, from the lowest to the highest; both ends are among them. */
  readonly ticks: readonly number[];
  /** Where a value lies: from 0 at the lowest to 1 at the highest tick. */
  readonly place: (value: number) => number;
}

const STEPS = [1, 2, 5];
const MAX_TICKS = 8;

/** An axis that holds all values, which are above 0, from one round number to another. */
export function logScale(values: readonly number[]): LogScale {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const fine = ticksAround(least, most, STEPS);
  const ticks = fine.length > MAX_TICKS ? ticksAround(least, most, [1]) : fine;
  const low = Math.log(ticks[0] ?? 1);
  const high = Math.log(ticks.at(-1) ?? 10);
  return { ticks, place: (value) => (Math.log(value) - low) / (high - low) };
}

function ticksAround(least: number, most: number, steps: readonly number[]): number[] {
  // A power further on both sides, since logarithms are rounded.
  const [first, last] = [Math.floor(Math.log10(least)) - 1, Math.ceil(Math.log10(most)) + 1];
  const all: number[] = [];
  for (let power = first; power <= last; power++)
    for (const step of steps) all.push(Number(`${step}e${power}`));
  const from = all.findLastIndex((tick) => tick <= least);
  // Two at least, so that there is a length between them.
  const to = Math.max(
    from + 1,
    all.findIndex((tick) => tick >= most),
  );
  return all.slice(from, to + 1);
}
