/**
 * Binary search: the first index from `start` to before `end` that is not in the first part, or `end` if all are.
 *
 * @param isBefore whether an index is in the first part: true up to some index, false from there on
 */
export function partitionPoint(start: number, end: number, isBefore: (index: number) => boolean): number {
  let [low, high] = [start, end];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
