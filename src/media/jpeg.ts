import { type Cleaned, type Edits, isZero, MalformedMediaError, type MetadataKind } from './edits.ts';
import { cleanExif } from './exif.ts';
import { cleanXmp } from './xmp.ts';

/* JPEG: segments, each with a marker; scan data follows the scan header up to the next marker (ITU-T T.81, annex B). */

const END_OF_IMAGE = 0xd9;
const START_OF_SCAN = 0xda;
const COMMENT = 0xfe;
const APPLICATION = 0xe0;
const MAX_PAYLOAD = 0xffff - 2;

/** The treatment of an application segment: `keep`, the kind of removed metadata, or a function that reduces it. */
type Treatment = 'keep' | MetadataKind | ((payload: Buffer) => Cleaned | undefined);

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
      if (!isZero(source, at + 2)) edits.cut(at + 2, source.length, 'other metadata');
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

/* Photoshop image resources, one of which contains IPTC-IIM. */

const SIGNATURE = '8BIM';
const IPTC = 0x0404;
/** Resolution, copyright flag, copyright URL, colour profile. */
const KEPT = new Set([0x03ed, 0x040a, 0x040b, 0x040f]);
const THUMBNAILS = new Set([0x0409, 0x040c]);

/** Character set, version; by-line, by-line title, credit, copyright notice. */
const KEPT_DATASETS = new Set([0x015a, 0x0200, 0x0250, 0x0255, 0x026e, 0x0274]);
/** Fields that only describe the encoding of the others. */
const TECHNICAL_DATASETS = new Set([0x015a, 0x0200]);
/** Content locations, city, part of a city, state, country. */
const PLACES = new Set([0x021a, 0x021b, 0x025a, 0x025c, 0x025f, 0x0264, 0x0265]);
const COMMENTS = new Set([0x0228, 0x0269, 0x0278]);
const DATASET_MARK = 0x1c;

/**
 * Reduces image resources to resolution, colour profile, creator and copyright.
 *
 * @returns undefined if there is nothing else in them. Malformed resources are removed completely.
 */
function cleanPhotoshop(resources: Buffer): Cleaned | undefined {
  const removed = new Set<MetadataKind>();
  const kept: Buffer[] = [];
  let at = 0;
  while (at + 12 <= resources.length && resources.toString('latin1', at, at + 4) === SIGNATURE) {
    const id = resources.readUInt16BE(at + 4);
    // The name: its length and bytes, padded to an even total.
    const sizeAt = at + 6 + even(1 + (resources[at + 6] ?? 0));
    if (sizeAt + 4 > resources.length) break;
    const start = sizeAt + 4;
    const end = start + resources.readUInt32BE(sizeAt);
    if (end > resources.length) break;
    const next = Math.min(start + even(end - start), resources.length);
    const cleaned = id === IPTC ? cleanIptc(resources.subarray(start, end)) : undefined;
    if (cleaned !== undefined) {
      for (const each of cleaned.removed) removed.add(each);
      if (cleaned.bytes.length > 0) kept.push(resourceOf(id, cleaned.bytes));
    } else if (KEPT.has(id) || id === IPTC) {
      kept.push(resources.subarray(at, next));
    } else {
      removed.add(THUMBNAILS.has(id) ? 'thumbnails' : 'other metadata');
    }
    at = next;
  }
  if (at < resources.length) removed.add('other metadata');
  return removed.size === 0 ? undefined : { bytes: Buffer.concat(kept), removed };
}

function cleanIptc(iptc: Buffer): Cleaned | undefined {
  const removed = new Set<MetadataKind>();
  const kept: { id: number; bytes: Buffer }[] = [];
  let at = 0;
  while (at + 5 <= iptc.length && iptc[at] === DATASET_MARK) {
    const id = iptc.readUInt16BE(at + 1);
    const end = at + 5 + iptc.readUInt16BE(at + 3);
    if (end > iptc.length) break;
    if (KEPT_DATASETS.has(id)) kept.push({ id, bytes: iptc.subarray(at, end) });
    else removed.add(PLACES.has(id) ? 'location' : COMMENTS.has(id) ? 'comments' : 'other metadata');
    at = end;
  }
  if (at < iptc.length) removed.add('other metadata');
  if (removed.size === 0) return undefined;
  const isOf = kept.some(({ id }) => !TECHNICAL_DATASETS.has(id));
  return { bytes: Buffer.concat(isOf ? kept.map(({ bytes }) => bytes) : []), removed };
}

/** A resource without a name. */
function resourceOf(id: number, content: Buffer): Buffer {
  const resource = Buffer.alloc(12 + even(content.length));
  resource.write(SIGNATURE, 'latin1');
  resource.writeUInt16BE(id, 4);
  resource.writeUInt32BE(content.length, 8);
  content.copy(resource, 12);
  return resource;
}

function even(length: number): number {
  return length + (length % 2);
}
