/** Collects numbers, little-endian, and bytes. */
export class ByteWriter {
  readonly #pieces: Uint8Array[] = [];

  u32(value: number): void {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setUint32(0, value, true);
    this.#pieces.push(bytes);
  }

  f64(value: number): void {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setFloat64(0, value, true);
    this.#pieces.push(bytes);
  }

  bytes(value: Uint8Array): void {
    this.#pieces.push(value);
  }

  concat(): Uint8Array<ArrayBuffer> {
    const out = new Uint8Array(this.#pieces.reduce((sum, piece) => sum + piece.length, 0));
    let at = 0;
    for (const piece of this.#pieces) {
      out.set(piece, at);
      at += piece.length;
    }
    return out;
  }
}
