import { MalformedMediaError } from './edits.ts';
import { type Box, findBox, longAt } from './iso-box.ts';
import { type Range, union } from './ranges.ts';

/* The locations of a track's samples: tables of chunk offsets, samples per chunk, and sample lengths. */

/** The header of a `FullBox` table: version and flags, then the number of entries. */
const TABLE_HEADER_LENGTH = 8;

/**
 * The bytes of all samples of a track.
 *
 * @throws MalformedMediaError if its tables are inconsistent
 */
export function sampleRanges(source: Buffer, track: Box): Range[] {
  const table = findBox(source, track, 'mdia', 'minf', 'stbl');
  if (table === undefined) return [];
  const find = (...types: string[]): Box | undefined =>
    types.map((type) => findBox(source, table, type)).find((box) => box !== undefined);
  const [places, groups, lengths] = [find('stco', 'co64'), find('stsc'), find('stsz', 'stz2')];
  if (places === undefined || groups === undefined || lengths === undefined) return [];

  const lengthOf = sampleLengths(source, lengths);
  const placeLength = places.type === 'co64' ? 8 : 4;
  const [chunkCount, firstPlace] = rowsOf(source, places, placeLength);
  const [groupCount, firstGroup] = rowsOf(source, groups, 12);
  const ranges: Range[] = [];
  let sample = 0;
  let group = -1;
  let perChunk = 0;
  const nextChunkOf = (index: number): number =>
    index < groupCount ? source.readUInt32BE(firstGroup + index * 12) : Number.POSITIVE_INFINITY;
  for (let chunk = 1; chunk <= chunkCount; chunk++) {
    while (nextChunkOf(group + 1) <= chunk) {
      group += 1;
      perChunk = source.readUInt32BE(firstGroup + group * 12 + 4);
    }
    const at = firstPlace + (chunk - 1) * placeLength;
    const start = placeLength === 8 ? longAt(source, at) : source.readUInt32BE(at);
    const length = lengthOf(sample, perChunk);
    sample += perChunk;
    if (start + length > source.length)
      throw new MalformedMediaError(`it refers to data at byte ${start}, behind its end`);
    ranges.push({ start, end: start + length });
  }
  return union(ranges);
}

/** The total length of consecutive samples; read each only once. */
function sampleLengths(source: Buffer, box: Box): (first: number, count: number) => number {
  const isCompact = box.type === 'stz2';
  const bits = isCompact ? source.readUInt8(box.body + 7) : 32;
  const each = isCompact ? 0 : source.readUInt32BE(box.body + 4);
  const count = source.readUInt32BE(box.body + 8);
  if (each !== 0) return (first, wanted) => each * Math.max(0, Math.min(wanted, count - first));
  const rows = box.body + 12;
  if (![4, 8, 16, 32].includes(bits) || rows + Math.ceil((count * bits) / 8) > box.end)
    throw new MalformedMediaError(`its box at byte ${box.start} is cut off`);
  const read = (index: number): number => {
    const at = rows + Math.floor((index * bits) / 8);
    if (bits === 32) return source.readUInt32BE(at);
    if (bits === 16) return source.readUInt16BE(at);
    const byte = source.readUInt8(at);
    return bits === 8 ? byte : index % 2 === 0 ? byte >> 4 : byte & 15;
  };
  return (first, wanted) => {
    let total = 0;
    for (let index = first; index < Math.min(first + wanted, count); index++) total += read(index);
    return total;
  };
}

function rowsOf(source: Buffer, box: Box, rowLength: number): [count: number, first: number] {
  const count = source.readUInt32BE(box.body + 4);
  const first = box.body + TABLE_HEADER_LENGTH;
  if (first + count * rowLength > box.end)
    throw new MalformedMediaError(`its box at byte ${box.start} is cut off`);
  return [count, first];
}
