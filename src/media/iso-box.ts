import { type Edits, MalformedMediaError, type Metadata } from './edits.ts';

/* The ISO base media file format: boxes of length, type and content (ISO/IEC 14496-12), and QuickTime before it. */

const HEADER_LENGTH = 8;
/** The header size with a 64-bit length. */
const LONG_HEADER_LENGTH = 16;

export interface Box {
  /** Latin-1. */
  readonly type: string;
  readonly start: number;
  /** The range of the content. */
  readonly body: number;
  readonly end: number;
}

/** @throws MalformedMediaError if the range does not consist of boxes */
export function* boxesIn(source: Buffer, from: number, to: number): Generator<Box> {
  let start = from;
  while (start + HEADER_LENGTH <= to) {
    const type = source.toString('latin1', start + 4, start + 8);
    const stated = source.readUInt32BE(start);
    const isLong = stated === 1;
    const body = start + (isLong ? LONG_HEADER_LENGTH : HEADER_LENGTH);
    const length = isLong ? longAt(source, start + 8) : stated;
    // The last box of a file may have no length.
    const end = length === 0 && to === source.length ? to : start + length;
    if (end < body || end > to) throw new MalformedMediaError(`its box at byte ${start} is cut off`);
    yield { type, start, body, end };
    start = end;
  }
}

/** The boxes in a box; empty if it does not consist of boxes. */
export function childrenOf(source: Buffer, { body, end }: Pick<Box, 'body' | 'end'>): Box[] | undefined {
  try {
    return [...boxesIn(source, body, end)];
  } catch (error) {
    if (error instanceof MalformedMediaError) return undefined;
    throw error;
  }
}

/** The nested box at a path of types. */
export function findBox(source: Buffer, box: Box, ...path: readonly string[]): Box | undefined {
  let found: Box | undefined = box;
  for (const type of path) found = found && childrenOf(source, found)?.find((child) => child.type === type);
  return found;
}

/** Turns a box into free space of the same length, since files contain offsets of the data after it. */
export function freeBox({ start, body, end }: Box, edits: Edits, ...removed: Metadata[]): void {
  edits.replace(start + 4, start + 8, { bytes: Buffer.from('free', 'latin1'), removed });
  edits.blank(body, end);
}

/** Reads a 64-bit number; no file exceeds the range of exact integers. */
export function longAt(source: Buffer, at: number): number {
  return source.readUInt32BE(at) * 2 ** 32 + source.readUInt32BE(at + 4);
}
