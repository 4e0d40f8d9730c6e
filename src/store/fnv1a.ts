/** FNV-1a with 32 bits (draft-eastlake-fnv) of the bytes from `start` to before `end`, as a signed integer. */
export function fnv1a(bytes: Uint8Array, start = 0, end = bytes.length): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193);
  return hash;
}
