/** The kinds of removed metadata, in the order of reports. */
export const METADATA = [
  'location',
  'camera serial numbers',
  'thumbnails',
  'comments',
  'other metadata',
] as const;
export type MetadataKind = (typeof METADATA)[number];

/** The rest of a metadata block, and the kinds of metadata that were removed. */
export interface Cleaned {
  /** Empty if nothing remains. */
  readonly bytes: Buffer;
  readonly removed: Iterable<MetadataKind>;
}

/** Thrown if a file is malformed. The message is a predicate whose subject is "it". */
export class MalformedMediaError extends Error {
  override readonly name = 'MalformedMediaError';
}

interface Edit {
  readonly start: number;
  readonly end: number;
  /** The replacement; a number stands for that many zeros. */
  readonly bytes: Buffer | number;
}

const NOTHING = Buffer.alloc(0);

/** Collects the changes of a file, in any order. */
export class Edits {
  readonly removed = new Set<MetadataKind>();
  readonly #source: Buffer;
  readonly #edits: Edit[] = [];
  #growth = 0;

  constructor(source: Buffer) {
    this.#source = source;
  }

  /** The difference in length between the changed file and the source; negative if it is shorter. */
  get growth(): number {
    return this.#growth;
  }

  get count(): number {
    return this.#edits.length;
  }

  cut(start: number, end: number, ...removed: MetadataKind[]): void {
    this.#add(start, end, NOTHING, removed);
  }

  /** Fills a range with zeros, so that the following bytes keep their offsets. */
  blank(start: number, end: number, ...removed: MetadataKind[]): void {
    if (!isZero(this.#source, start, end)) this.#add(start, end, end - start, removed);
  }

  /** @param cleaned undefined: nothing changes */
  replace(start: number, end: number, cleaned: Cleaned | undefined): void {
    if (cleaned !== undefined) this.#add(start, end, cleaned.bytes, cleaned.removed);
  }

  /**
   * The changed file; the source itself if there is no change.
   *
   * @throws MalformedMediaError if changes overlap because two parts of the file share bytes
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

  #add(start: number, end: number, bytes: Edit['bytes'], removed: Iterable<MetadataKind>): void {
    for (const each of removed) this.removed.add(each);
    this.#growth += (typeof bytes === 'number' ? bytes : bytes.length) - (end - start);
    const last = this.#edits.at(-1);
    // A malicious file can have millions of consecutive empty parts.
    if (last !== undefined && last.bytes === NOTHING && bytes === NOTHING && last.end === start)
      this.#edits[this.#edits.length - 1] = { start: last.start, end, bytes };
    else if (end > start || bytes !== NOTHING) this.#edits.push({ start, end, bytes });
  }
}

export function isZero(bytes: Uint8Array, start = 0, end = bytes.length): boolean {
  for (let at = start; at < end; at++) if (bytes[at] !== 0) return false;
  return true;
}

/* Free-form tags, as in Vorbis comments, Matroska and ID3, and texts written by people or cameras. */

const MEANINGS: readonly (readonly [RegExp, MetadataKind])[] = [
  [/(?:^|[^a-z])location|gps|latitude|longitude|geo(?:tag|loc)|^.?xyz$/i, 'location'],
  [/serial/i, 'camera serial numbers'],
  // The model names of telephones; ffmpeg copies them to these tags.
  [/^com\.(?:apple\.quicktime|android)\.|^(?:make|model)(?:-|$)/i, 'other metadata'],
];

/** A labelled latitude, or a latitude and longitude in ISO 6709. */
const PLACE =
  /\b(?:gps|lat(?:itude)?)\b[^\w\n]{0,12}\d{1,3}(?:[.,]\d{2}|\s?°)|[+-]\d{2}\.\d{2,8}[+-]\d{3}\.\d{2,8}/i;

/** The kind of private metadata in such a tag; undefined if there is none. */
export function privateMeaning(name: string): MetadataKind | undefined {
  return MEANINGS.find(([pattern]) => pattern.test(name))?.[1];
}

/** Whether a text contains a location as programs write it. The text may be UTF-16. */
export function hasLocation(bytes: Buffer): boolean {
  const text = bytes.toString('latin1');
  return PLACE.test(text) || (text.includes('\0') && PLACE.test(text.replaceAll('\0', '')));
}
