import { type Cleaned, type Edits, isBlank, MalformedMediaError, type Metadata } from './edits.ts';
import { cleanExif } from './exif.ts';
import { cleanPhotoshop } from './photoshop.ts';
import { cleanXmp } from './xmp.ts';

/* JPEG: segments, each with a marker; scan data follows the scan header up to the next marker (ITU-T T.81, annex B). */

const END_OF_IMAGE = 0xd9;
const START_OF_SCAN = 0xda;
const COMMENT = 0xfe;
const APPLICATION = 0xe0;
const MAX_PAYLOAD = 0xffff - 2;

/** The treatment of an application segment: `keep`, the kind of removed metadata, or a function that reduces it. */
type Treatment = 'keep' | Metadata | ((payload: Buffer) => Cleaned | undefined);

/** By the number and prefix of the application segment. All others are removed. */
const APPLICATIONS: readonly (readonly [number: number, name: string, treatment: Treatment])[] = [
  [0, 'JFIF\0', cleanJfif],
  [0, 'JFXX\0', 'thumbnails'],
  [1, 'Exif\0\0', cleanExif],
  [1, 'http://ns.adobe.com/xap/1.0/\0', cleanXmp],
  [2, 'ICC_PROFILE\0', 'keep'],
  [2, 'MPF\0', 'thumbnails'],
  [13, 'Photoshop 3.0\0', cleanPhotoshop],
  [14, 'Adobe', 'keep'],
];

export function stripJpeg(source: Buffer, edits: Edits): void {
  let at = 2;
  // Viewers accept a truncated file.
  while (at < source.length) {
    if (source[at] !== 0xff) throw new MalformedMediaError(`it has no marker at byte ${at}`);
    const marker = source[at + 1] ?? END_OF_IMAGE;
    if (marker === END_OF_IMAGE) {
      if (!isBlank(source, at + 2)) edits.cut(at + 2, source.length, 'other metadata');
      return;
    }
    if (marker === 0xff) {
      at += 1;
    } else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
      at += 2;
    } else {
      const end = at + 2 + source.readUInt16BE(at + 2);
      if (end < at + 4 || end > source.length)
        throw new MalformedMediaError(`its segment at byte ${at} is cut off`);
      if (marker === COMMENT) edits.cut(at, end, 'comments');
      else if (marker >= APPLICATION && marker < APPLICATION + 16)
        stripApplication(marker - APPLICATION, source, at, end, edits);
      at = marker === START_OF_SCAN ? endOfScan(source, end) : end;
    }
  }
}

function stripApplication(number: number, source: Buffer, at: number, end: number, edits: Edits): void {
  const start = at + 4;
  const known = APPLICATIONS.find(
    ([each, name]) =>
      each === number && source.toString('latin1', start, Math.min(start + name.length, end)) === name,
  );
  const [, name, treatment] = known ?? [number, '', 'other metadata'];
  if (treatment === 'keep') return;
  if (typeof treatment === 'string') {
    edits.cut(at, end, treatment);
    return;
  }
  const cleaned = treatment(source.subarray(start + name.length, end));
  if (cleaned !== undefined)
    edits.replace(at, end, { ...cleaned, bytes: segmentOf(number, name, cleaned.bytes) });
}

function segmentOf(number: number, name: string, content: Buffer): Buffer {
  const length = name.length + content.length;
  if (content.length === 0 || length > MAX_PAYLOAD) return Buffer.alloc(0);
  const header = Buffer.from([0xff, APPLICATION + number, 0, 0]);
  header.writeUInt16BE(length + 2, 2);
  return Buffer.concat([header, Buffer.from(name, 'latin1'), content]);
}

/** Version, unit, two densities, then the width and height of a thumbnail and its pixels. */
function cleanJfif(payload: Buffer): Cleaned | undefined {
  if (payload.length <= 9) return undefined;
  const bytes = Buffer.from(payload.subarray(0, 9));
  bytes.fill(0, 7);
  return { bytes, removed: ['thumbnails'] };
}

/** The offset of the marker after a scan, or the end of the file. */
function endOfScan(source: Buffer, start: number): number {
  for (let at = source.indexOf(0xff, start); at >= 0; at = source.indexOf(0xff, at)) {
    const next = source[at + 1] ?? 0;
    const isMarker = next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7);
    if (isMarker) return at;
    at += next === 0xff ? 1 : 2;
  }
  return source.length;
}
