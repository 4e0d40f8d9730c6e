/**
 * The beginning of a term, UTF-8, as a number: that of two which is less has the lesser term in byte order. Of the same
 * number are terms that begin alike; no term has a zero in it.
 */
export function sortKey(term: Uint8Array): number {
  const high = ((term[0] ?? 0) << 16) | ((term[1] ?? 0) << 8) | (term[2] ?? 0);
  const low = ((term[3] ?? 0) << 16) | ((term[4] ?? 0) << 8) | (term[5] ?? 0);
  return high * 0x1000000 + low;
}
