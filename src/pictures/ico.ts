const HEADER_BYTES = 6;
const ENTRY_BYTES = 16;

/** An icon of Windows, which browsers look for under `/favicon.ico`: PNGs, by their side in pixels, below 256. */
export function encodeIco(pngs: ReadonlyMap<number, Uint8Array>): Uint8Array {
  const at = HEADER_BYTES + ENTRY_BYTES * pngs.size;
  const bytes = new Uint8Array([...pngs.values()].reduce((sum, { length }) => sum + length, at));
  const view = new DataView(bytes.buffer);
  view.setUint16(2, 1, true);
  view.setUint16(4, pngs.size, true);
  let entry = HEADER_BYTES;
  let offset = at;
  for (const [side, png] of pngs) {
    view.setUint8(entry, side);
    view.setUint8(entry + 1, side);
    view.setUint16(entry + 4, 1, true);
    view.setUint16(entry + 6, 32, true);
    view.setUint32(entry + 8, png.length, true);
    view.setUint32(entry + 12, offset, true);
    bytes.set(png, offset);
    entry += ENTRY_BYTES;
    offset += png.length;
  }
  return bytes;
}
