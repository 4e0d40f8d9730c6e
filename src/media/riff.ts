import { type Edits, isZero, MalformedMediaError } from './edits.ts';

/* RIFF: a form of chunks of four letters, length and data; each begins at an even offset. */

const FORM_HEADER_LENGTH = 12;
const HEADER_LENGTH = 8;

export interface Chunk {
  readonly type: string;
  /** The start of its header. */
  readonly start: number;
  readonly data: number;
  readonly dataEnd: number;
  /** The end, including the padding byte. */
  readonly end: number;
}

/** Edits the chunks of a file, and updates the length in its header. */
export function stripChunks(source: Buffer, edits: Edits, strip: (chunk: Chunk) => void): void {
  const end = HEADER_LENGTH + source.readUInt32LE(4);
  if (end < FORM_HEADER_LENGTH || end > source.length + 1)
    throw new MalformedMediaError(`it has ${source.length} bytes, but says that it has ${end}`);
  // Some files lack the padding byte of the last chunk.
  for (const chunk of chunksIn(source, FORM_HEADER_LENGTH, Math.min(end, source.length))) strip(chunk);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(end - HEADER_LENGTH + edits.growth);
  if (edits.growth !== 0) edits.replace(4, 8, { bytes: length, removed: [] });
  if (!isZero(source, end)) edits.cut(end, source.length, 'other metadata');
}

/** @throws MalformedMediaError if the range does not consist of chunks */
export function* chunksIn(source: Buffer, from: number, to: number): Generator<Chunk> {
  let start = from;
  while (start + HEADER_LENGTH <= to) {
    const data = start + HEADER_LENGTH;
    const dataEnd = data + source.readUInt32LE(start + 4);
    if (dataEnd > to) throw new MalformedMediaError(`its chunk at byte ${start} is cut off`);
    const end = Math.min(dataEnd + (dataEnd % 2), to);
    yield { type: source.toString('latin1', start, start + 4), start, data, dataEnd, end };
    start = end;
  }
  if (start < to) throw new MalformedMediaError(`it has no chunk at byte ${start}`);
}

/** A chunk with the content; empty if there is no content. */
export function writeChunk(type: string, content: Buffer): Buffer {
  if (content.length === 0) return content;
  const chunk = Buffer.alloc(HEADER_LENGTH + content.length + (content.length % 2));
  chunk.write(type, 'latin1');
  chunk.writeUInt32LE(content.length, 4);
  content.copy(chunk, HEADER_LENGTH);
  return chunk;
}
