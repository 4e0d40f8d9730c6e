import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { stripMetadata } from '../../src/media/strip-metadata.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures');

/** Pictures, videos and recordings with all kinds of metadata. */
export const WITH_METADATA: readonly string[] = readdirSync(join(FIXTURES, 'metadata'));

export function withMetadata(name: string): Buffer {
  return readFileSync(join(FIXTURES, 'metadata', name));
}

export function withoutMetadata(name: string): Buffer {
  return readFileSync(join(FIXTURES, 'media', name));
}

export function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

export function latin1(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

/** A box of the ISO base media file format. */
export function box(type: string, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([uint32(body.length + 8), latin1(type), body]);
}

/** A box that begins with a version and flags. */
export function fullBox(type: string, ...content: readonly Uint8Array[]): Buffer {
  return box(type, uint32(0), ...content);
}

export function handlerBox(kind: string): Buffer {
  return fullBox('hdlr', uint32(0), latin1(kind), Buffer.alloc(13));
}

/** A track with one chunk of one sample. */
export function trackBox(kind: string, sample: { readonly at: number; readonly length: number }): Buffer {
  const table = box(
    'stbl',
    fullBox('stsc', uint32(1), uint32(1), uint32(1), uint32(1)),
    fullBox('stsz', uint32(0), uint32(1), uint32(sample.length)),
    fullBox('stco', uint32(1), uint32(sample.at)),
  );
  return box('trak', fullBox('tkhd', Buffer.alloc(80)), box('mdia', handlerBox(kind), box('minf', table)));
}

/** A movie whose tracks have one sample each, of the kinds and contents that are given. */
export function movieOf(
  tracks: readonly (readonly [kind: string, sample: Uint8Array])[],
  ...more: readonly Uint8Array[]
): Buffer {
  const head = box('ftyp', latin1('qt  '), uint32(0));
  const data = box('mdat', ...tracks.map(([, sample]) => sample));
  let at = head.length + 8;
  const boxes = tracks.map(([kind, { length }]) => {
    const track = trackBox(kind, { at, length });
    at += length;
    return track;
  });
  return Buffer.concat([head, data, box('moov', fullBox('mvhd', Buffer.alloc(96)), ...boxes, ...more)]);
}

/** Bytes of a value, by its type. */
const EXIF_TYPES = { ascii: 2, short: 3, long: 4, undefined: 7 } as const;

export interface ExifValue {
  readonly tag: number;
  readonly type: keyof typeof EXIF_TYPES;
  readonly count: number;
  /** Big-endian. */
  readonly value: Uint8Array;
}

export function exifText(tag: number, text: string): ExifValue {
  const value = latin1(`${text}\0`);
  return { tag, type: 'ascii', count: value.length, value };
}

export function exifShort(tag: number, value: number): ExifValue {
  return { tag, type: 'short', count: 1, value: uint16(value) };
}

export function exifLong(tag: number, value: number): ExifValue {
  return { tag, type: 'long', count: 1, value: uint32(value) };
}

/** Exif with one directory; long values lie behind it. */
export function exifOf(values: readonly ExifValue[], next = 0): Buffer {
  const rows: Buffer[] = [];
  const behind: Buffer[] = [];
  let end = 8 + 2 + values.length * 12 + 4;
  for (const { tag, type, count, value } of values) {
    const isLong = value.length > 4;
    const last = isLong ? uint32(end) : Buffer.concat([value], 4);
    rows.push(Buffer.concat([uint16(tag), uint16(EXIF_TYPES[type]), uint32(count), last]));
    if (!isLong) continue;
    behind.push(Buffer.from(value));
    end += value.length;
  }
  return Buffer.concat([latin1('MM\0*'), uint32(8), uint16(values.length), ...rows, uint32(next), ...behind]);
}

export function jpegSegment(marker: number, ...content: readonly Uint8Array[]): Buffer {
  const payload = Buffer.concat(content);
  return Buffer.concat([Buffer.from([0xff, marker]), uint16(payload.length + 2), payload]);
}

/** A JPEG with more segments behind its first marker. */
export function jpegWith(...segments: readonly Uint8Array[]): Buffer {
  const jpeg = withoutMetadata('a.jpg');
  return Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]);
}

/** A file without its metadata, its text in any encoding, and what was removed; stripping it again changes nothing. */
export function strip(bytes: Buffer): {
  readonly text: string;
  readonly bytes: Buffer;
  readonly removed: readonly string[];
} {
  const stripped = stripMetadata(bytes);
  expect(stripMetadata(stripped.bytes).bytes).toBe(stripped.bytes);
  const result = Buffer.from(stripped.bytes);
  return { bytes: result, text: result.toString('latin1').replaceAll('\0', ''), removed: stripped.removed };
}

/** A recording of so many bytes of sound, as WAV. */
export function waveform(length: number): Buffer {
  const chunk = (name: string, content: Buffer): Buffer => {
    const size = Buffer.alloc(4);
    size.writeUInt32LE(content.length);
    return Buffer.concat([latin1(name), size, content]);
  };
  const format = Buffer.from('0100010044ac00008858010002001000', 'hex');
  const sound = Buffer.from(Uint8Array.from({ length }, (_, index) => index * 31 + (index >> 12)));
  return chunk('RIFF', Buffer.concat([latin1('WAVE'), chunk('fmt ', format), chunk('data', sound)]));
}
