/** Byte order, the order of UTF-8 code points. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const difference = (a[i] as number) - (b[i] as number); // i is within both
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
