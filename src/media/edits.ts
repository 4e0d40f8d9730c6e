/** What is removed, in the order in which reports name it. */
export const METADATA = [
  'location',
  'camera serial numbers',
  'thumbnails',
  'comments',
  'other metadata',
] as const;
export type Metadata = (typeof METADATA)[number];

/** What remains of a block of metadata, and what was in it beside that. */
export interface Cleaned {
  /** Empty if nothing remains. */
  readonly bytes: Buffer;
  readonly removed: Iterable<Metadata>;
}

/** A file that does not have the structure of its format. The message says what is wrong with "it". */
export class MalformedMediaError extends Error {
  override readonly name = 'MalformedMediaError';
}

interface Edit {
  readonly start: number;
  readonly end: number;
  /** What stands there instead; a number: so many zeros. */
  readonly bytes: Buffer | number;
}

const NOTHING = Buffer.alloc(0);

/** Collects the changes of a file, in any order. */
export class Edits {
  readonly removed = new Set<Metadata>();
  readonly #source: Buffer;
  readonly #edits: Edit[] = [];
  #growth = 0;

  constructor(source: Buffer) {
    this.#source = source;
  }

  /** How many bytes the changed file has more than the source; below zero if it is shorter. */
  get growth(): number {
    return this.#growth;
  }

  get count(): number {
    return this.#edits.length;
  }

  cut(start: number, end: number, ...removed: Metadata[]): void {
    this.#add(start, end, NOTHING, removed);
  }

  /** Fills a range with zeros, so that what follows stays where it is. */
  blank(start: number, end: number, ...removed: Metadata[]): void {
    if (!isBlank(this.#source, start, end)) this.#add(start, end, end - start, removed);
  }

  replace(start: number, end: number, { bytes, removed }: Cleaned): void {
    this.#add(start, end, bytes, removed);
  }

  /**
   * The changed file; the source itself if there is no change.
   *
   * @throws MalformedMediaError if changes overlap: two parts of the file share bytes
   */
  apply(): Buffer {
    if (this.#edits.length === 0) return this.#source;
    const pieces: Buffer[] = [];
    let at = 0;
    for (const { start, end, bytes } of this.#edits.sort((a, b) => a.start - b.start)) {
      if (start < at) throw new MalformedMediaError(`it has parts that overlap at byte ${start}`);
      if (start > at) pieces.push(this.#source.subarray(at, start));
      pieces.push(typeof bytes === 'number' ? Buffer.alloc(bytes) : bytes);
      at = end;
    }
    pieces.push(this.#source.subarray(at));
    return Buffer.concat(pieces);
  }

  #add(start: number, end: number, bytes: Edit['bytes'], removed: Iterable<Metadata>): void {
    for (const each of removed) this.removed.add(each);
    this.#growth += (typeof bytes === 'number' ? bytes : bytes.length) - (end - start);
    const last = this.#edits.at(-1);
    // A hostile file can have millions of empty parts in a row.
    if (last !== undefined && last.bytes === NOTHING && bytes === NOTHING && last.end === start)
      this.#edits[this.#edits.length - 1] = { start: last.start, end, bytes };
    else if (end > start || bytes !== NOTHING) this.#edits.push({ start, end, bytes });
  }
}

/** Whether a range holds nothing but zeros. */
export function isBlank(bytes: Uint8Array, start = 0, end = bytes.length): boolean {
  for (let at = start; at < end; at++) if (bytes[at] !== 0) return false;
  return true;
}
