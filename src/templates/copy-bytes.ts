/** Up to so many bytes, one by one is quicker than to look at them through another array. */
const FEW = 256;

/** Copies a piece of `source` to a place in `target`. */
export function copyBytes(
  source: Uint8Array,
  start: number,
  length: number,
  target: Uint8Array,
  at: number,
): void {
  if (length > FEW) {
    target.set(source.subarray(start, start + length), at);
    return;
  }
  for (let i = 0; i < length; i++) target[at + i] = source[start + i] as number; // both have that many
}
