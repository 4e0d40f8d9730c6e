import { Edits, hasLocation } from './edits.ts';
import { stripId3 } from './id3.ts';
import { type Chunk, chunksIn, stripChunks } from './riff.ts';
import { applyStrip } from './strip-picture.ts';

/* WAV: RIFF. */

/** The audio, and the chunks that players and editors need. Recorders write their serial numbers into others. */
const KEPT = new Set([
  ...['fmt ', 'data', 'fact', 'cue ', 'plst', 'smpl', 'inst', 'acid', 'PEAK', 'slnt', 'wavl', 'levl'],
  ...['ds64', 'axml', 'chna'],
]);
const UNUSED = new Set(['JUNK', 'junk', 'PAD ', 'FLLR']);
const ID3 = new Set(['id3 ', 'ID3 ']);
/** Titles and people; cue labels; silence. */
const KEPT_LISTS = new Set(['INFO', 'adtl', 'wavl']);

export function stripWav(source: Buffer, edits: Edits): void {
  stripChunks(source, edits, (chunk) => {
    const { type, start, data, dataEnd, end } = chunk;
    if (ID3.has(type)) {
      const tag = source.subarray(data, dataEnd);
      const inside = new Edits(tag);
      const bytes = applyStrip(stripId3, tag, inside);
      if (bytes !== tag) edits.replace(data, dataEnd, { bytes, removed: inside.removed });
    } else if (type === 'LIST') {
      stripList(source, chunk, edits);
    } else if (UNUSED.has(type)) {
      edits.blank(data, dataEnd, 'other metadata');
    } else if (!KEPT.has(type)) {
      edits.cut(start, end, 'other metadata');
    }
  });
}

function stripList(source: Buffer, { start, data, dataEnd, end }: Chunk, edits: Edits): void {
  const kind = source.toString('latin1', data, data + 4);
  if (!KEPT_LISTS.has(kind)) edits.cut(start, end, 'other metadata');
  if (kind !== 'INFO') return;
  for (const item of chunksIn(source, data + 4, dataEnd))
    if (hasLocation(source.subarray(item.data, item.dataEnd)))
      edits.blank(item.data, item.dataEnd, 'location');
}
