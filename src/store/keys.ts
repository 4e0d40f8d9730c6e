/** Byte order, the order of UTF-8 code points. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  return comparePiece(a, 0, a.length, b);
}

/** Compares a range of an array with another array, without creating a view. */
export function comparePiece(bytes: Uint8Array, start: number, end: number, other: Uint8Array): number {
  const shared = Math.min(end - start, other.length);
  for (let i = 0; i < shared; i++) {
    const difference = (bytes[start + i] as number) - (other[i] as number); // i is within both
    if (difference !== 0) return difference;
  }
  return end - start - other.length;
}

/**
 * Binary search: the first index from `start` up to `end` for which `isBefore` is false, or `end` if there is none.
 *
 * @param isBefore monotonic: true up to some index, false from there on
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

/** The ends of consecutive items, given their lengths. */
export function endsOf(lengths: readonly number[]): number[] {
  let end = 0;
  return lengths.map((length) => {
    end += length;
    return end;
  });
}

/** The FNV-1a hash of bytes, as a signed 32-bit number. */
export function fnv1a(bytes: Uint8Array, start = 0, end = bytes.length): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193);
  return hash;
}
