/** Collects numbers, little-endian, and bytes. */
export class ByteWriter {
  readonly #pieces: Uint8Array[] = [];
  #length = 0;

  /** Bytes so far. */
  get length(): number {
    return this.#length;
  }

  u32(value: number): void {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setUint32(0, value, true);
    this.bytes(bytes);
  }

  u32s(values: readonly number[]): void {
    const bytes = new Uint8Array(4 * values.length);
    const view = new DataView(bytes.buffer);
    for (const [index, value] of values.entries()) view.setUint32(4 * index, value, true);
    this.bytes(bytes);
  }

  f64s(values: readonly number[]): void {
    const bytes = new Uint8Array(8 * values.length);
    const view = new DataView(bytes.buffer);
    for (const [index, value] of values.entries()) view.setFloat64(8 * index, value, true);
    this.bytes(bytes);
  }

  bytes(value: Uint8Array): void {
    this.#pieces.push(value);
    this.#length += value.length;
  }

  /** Zeros up to the next multiple of so many bytes, so that typed arrays may look at what follows. */
  align(bytes: number): void {
    this.bytes(new Uint8Array((bytes - (this.#length % bytes)) % bytes));
  }

  concat(): Uint8Array<ArrayBuffer> {
    const out = new Uint8Array(this.#length);
    let at = 0;
    for (const piece of this.#pieces) {
      out.set(piece, at);
      at += piece.length;
    }
    return out;
  }
}
