/** Collects numbers, little-endian, and bytes. */
export class ByteWriter {
  #bytes: Uint8Array<ArrayBuffer>;
  #view: DataView;
  #length = 0;

  /** @param capacity bytes that are expected */
  constructor(capacity = 1024) {
    this.#bytes = new Uint8Array(capacity);
    this.#view = new DataView(this.#bytes.buffer);
  }

  /** Bytes so far. */
  get length(): number {
    return this.#length;
  }

  u32(value: number): void {
    const at = this.#extend(4);
    this.#view.setUint32(at, value, true);
  }

  u32s(values: readonly number[]): void {
    const at = this.#extend(4 * values.length);
    for (const [index, value] of values.entries()) this.#view.setUint32(at + 4 * index, value, true);
  }

  f64s(values: readonly number[]): void {
    const at = this.#extend(8 * values.length);
    for (const [index, value] of values.entries()) this.#view.setFloat64(at + 8 * index, value, true);
  }

  bytes(value: Uint8Array): void {
    const at = this.#extend(value.length);
    this.#bytes.set(value, at);
  }

  /** Zeros up to the next multiple of so many bytes, so that typed arrays may look at what follows. */
  align(bytes: number): void {
    this.#extend((bytes - (this.#length % bytes)) % bytes);
  }

  /** All of it; after this nothing more can be written. */
  concat(): Uint8Array<ArrayBuffer> {
    return this.#length === this.#bytes.length ? this.#bytes : this.#bytes.slice(0, this.#length);
  }

  /** Makes room for so many more bytes; tells where they begin. */
  #extend(bytes: number): number {
    const at = this.#length;
    this.#length += bytes;
    if (this.#length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length));
      larger.set(this.#bytes.subarray(0, at));
      this.#bytes = larger;
      this.#view = new DataView(larger.buffer);
    }
    return at;
  }
}
