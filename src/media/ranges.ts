import { MalformedMediaError } from './edits.ts';

/** A range of bytes in a file. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Sorts ranges, and merges those that overlap or touch. */
export function union(ranges: readonly Range[]): Range[] {
  const merged: { start: number; end: number }[] = [];
  for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else if (end > start) merged.push({ start, end });
  }
  return merged;
}

/** @throws MalformedMediaError if a range is not inside one of those that `union` made */
export function checkInside(ranges: readonly Range[], outer: readonly Range[]): void {
  let index = 0;
  for (const { start, end } of union(ranges)) {
    while ((outer[index]?.end ?? Number.POSITIVE_INFINITY) < end) index += 1;
    const around = outer[index];
    if (around === undefined || around.start > start)
      throw new MalformedMediaError(`it refers to data at byte ${start}, where it has none`);
  }
}

/** @throws MalformedMediaError if the two have a byte in common */
export function checkApart(ranges: readonly Range[], others: readonly Range[]): void {
  const rest = union(others);
  let index = 0;
  for (const { start, end } of union(ranges)) {
    while ((rest[index]?.end ?? Number.POSITIVE_INFINITY) <= start) index += 1;
    if ((rest[index]?.start ?? Number.POSITIVE_INFINITY) < end)
      throw new MalformedMediaError(`it uses the data at byte ${start} twice`);
  }
}

export function lengthOf(ranges: readonly Range[]): number {
  return ranges.reduce((sum, { start, end }) => sum + end - start, 0);
}
