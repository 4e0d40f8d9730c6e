import {
  type Cleaned,
  type Edits,
  hasLocation,
  MalformedMediaError,
  type MetadataKind,
  privateMeaning,
} from './edits.ts';
import { stripEmbeddedPicture } from './strip-picture.ts';

/* Vorbis comments, as in FLAC and Ogg: a vendor string, then `NAME=value` texts, each after its length. */

const PICTURE_COMMENT = /^METADATA_BLOCK_PICTURE$/i;

/**
 * Overwrites private values with spaces.
 *
 * @param comments may be followed by other bytes
 * @returns undefined if there is nothing to remove
 */
function cleanComments(comments: Buffer): Cleaned | undefined {
  const removed = new Set<MetadataKind>();
  const bytes = Buffer.from(comments);
  let at = 4 + comments.readUInt32LE();
  const count = comments.readUInt32LE(at);
  at += 4;
  for (let left = count; left > 0; left--) {
    const start = at + 4;
    at = start + comments.readUInt32LE(at);
    if (at > comments.length) throw new MalformedMediaError('its comments are cut off');
    const nameEnd = comments.subarray(start, at).indexOf('=');
    if (nameEnd < 0) continue;
    const valueStart = start + nameEnd + 1;
    const name = comments.toString('latin1', start, valueStart - 1);
    const value = bytes.subarray(valueStart, at);
    if (PICTURE_COMMENT.test(name)) {
      for (const each of cleanEncodedPicture(value)) removed.add(each);
      continue;
    }
    const meaning = hasLocation(value) ? 'location' : privateMeaning(name);
    if (meaning === undefined || value.every((byte: number) => byte === 0x20)) continue;
    value.fill(' ');
    removed.add(meaning);
  }
  return removed.size === 0 ? undefined : { bytes, removed };
}

/** Cleans a block PICTURE of FLAC: eight fields, two of them texts with a length, then the picture. */
function cleanPictureBlock(block: Buffer): Cleaned | undefined {
  const type = 8 + block.readUInt32BE(4);
  const start = type + 4 + block.readUInt32BE(type) + 20;
  const picture = start > block.length ? undefined : stripEmbeddedPicture(block.subarray(start));
  return picture && { ...picture, bytes: Buffer.concat([block.subarray(0, start), picture.bytes]) };
}

/** The same in base64, in place. */
function cleanEncodedPicture(value: Buffer): Iterable<MetadataKind> {
  const cleaned = cleanPictureBlock(Buffer.from(value.toString('latin1'), 'base64'));
  if (cleaned === undefined) return [];
  const encoded = cleaned.bytes.toString('base64');
  if (encoded.length > value.length) return [];
  value.fill('=').write(encoded, 'latin1');
  return cleaned.removed;
}

/* FLAC: metadata blocks before the audio (RFC 9639, section 8). */

const PADDING = 1;
const APPLICATION = 2;
const COMMENTS = 4;
const PICTURE = 6;
const LAST = 0x80;

export function stripFlac(source: Buffer, edits: Edits): void {
  let at = 4;
  for (let isLast = false; !isLast; ) {
    const header = source.readUInt8(at);
    const start = at + 4;
    const end = start + source.readUIntBE(at + 1, 3);
    if (end > source.length) throw new MalformedMediaError(`its block at byte ${at} is cut off`);
    isLast = (header & LAST) !== 0;
    const type = header & ~LAST;
    const block = source.subarray(start, end);
    if (type === COMMENTS) edits.replace(start, end, cleanComments(block));
    else if (type === PICTURE) edits.replace(start, end, cleanPictureBlock(block));
    else if (type === APPLICATION) {
      edits.replace(at, at + 1, {
        bytes: Buffer.from([(header & LAST) | PADDING]),
        removed: ['other metadata'],
      });
      edits.blank(start, end);
    } else if (type === PADDING) edits.blank(start, end, 'other metadata');
    at = end;
  }
}

/*
 * Ogg: pages with segments of packets, each page with a checksum (RFC 3533). The second packet of each stream has its
 * comments.
 */

const HEADER_LENGTH = 27;
const CHECKSUM_AT = 22;
/** A segment of this length continues in the next. */
const FULL = 255;
/** The maximum number of streams, more than in any real file. */
const MAX_STREAMS = 64;

/** The prefix of the comment packet. */
const COMMENT_HEADERS = ['\x03vorbis', 'OpusTags', '\x81theora', 'OVP80\x02 '];

interface OggPage {
  readonly start: number;
  readonly end: number;
}

/** A part of a packet. */
interface Piece {
  readonly page: OggPage;
  readonly start: number;
  readonly end: number;
}

interface Stream {
  packet: number;
  /** The parts of its second packet. */
  readonly pieces: Piece[];
  isComplete: boolean;
}

export function stripOgg(source: Buffer, edits: Edits): void {
  for (const { pieces, isComplete } of streamsOf(source)) {
    if (!isComplete) continue;
    const packet = Buffer.concat(pieces.map(({ start, end }) => source.subarray(start, end)));
    const header = COMMENT_HEADERS.find(
      (each) => packet.toString('latin1', 0, Math.min(each.length, packet.length)) === each,
    );
    // In FLAC, it has a block header.
    const start = header?.length ?? (((packet[0] ?? 0) & 0x7f) === 4 ? 4 : undefined);
    if (start === undefined) continue;
    const cleaned = cleanComments(packet.subarray(start));
    if (cleaned === undefined) continue;
    for (const each of cleaned.removed) edits.removed.add(each);
    writePacket(source, pieces, Buffer.concat([packet.subarray(0, start), cleaned.bytes]), edits);
  }
}

function streamsOf(source: Buffer): Iterable<Stream> {
  const streams = new Map<number, Stream>();
  let at = 0;
  while (at < source.length) {
    if (source.toString('latin1', at, at + 4) !== 'OggS')
      throw new MalformedMediaError(`it has no page at byte ${at}`);
    const serial = source.readUInt32LE(at + 14);
    const first = at + HEADER_LENGTH + source.readUInt8(at + 26);
    const lengths = source.subarray(at + HEADER_LENGTH, first);
    const end = first + lengths.reduce((sum, length) => sum + length, 0);
    if (end > source.length) throw new MalformedMediaError(`its page at byte ${at} is cut off`);
    const known = streams.get(serial);
    if (known === undefined && streams.size === MAX_STREAMS)
      throw new MalformedMediaError(`it has more than ${MAX_STREAMS} streams`);
    const stream = known ?? { packet: 0, pieces: [], isComplete: false };
    if (known === undefined) streams.set(serial, stream);
    if (!stream.isComplete) addPage({ start: at, end }, first, lengths, stream);
    at = end;
  }
  return streams.values();
}

function addPage(page: OggPage, first: number, lengths: Buffer, stream: Stream): void {
  let start = first;
  for (const length of lengths) {
    const end = start + length;
    const last = stream.pieces.at(-1);
    if (stream.packet === 1) {
      if (last?.page === page) stream.pieces[stream.pieces.length - 1] = { page, start: last.start, end };
      else stream.pieces.push({ page, start, end });
    }
    start = end;
    if (length < FULL) stream.packet += 1;
    if (stream.packet > 1) {
      stream.isComplete = true;
      return;
    }
  }
}

/** Overwrites the parts of a packet, and updates the checksums of their pages. */
function writePacket(source: Buffer, pieces: readonly Piece[], packet: Buffer, edits: Edits): void {
  let at = 0;
  for (const { page, start, end } of pieces) {
    const bytes = Buffer.from(source.subarray(page.start, page.end));
    packet.copy(bytes, start - page.start, at, at + end - start);
    at += end - start;
    bytes.writeUInt32LE(0, CHECKSUM_AT);
    bytes.writeUInt32LE(oggChecksum(bytes), CHECKSUM_AT);
    edits.replace(page.start, page.end, { bytes, removed: [] });
  }
}

const CHECKSUMS = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte << 24;
  for (let bit = 0; bit < 8; bit++)
    remainder = remainder < 0 ? (remainder << 1) ^ 0x04c11db7 : remainder << 1;
  return remainder;
});

/** The non-reflected CRC-32 of Ogg. */
function oggChecksum(bytes: Buffer): number {
  let crc = 0;
  for (const byte of bytes) crc = (crc << 8) ^ (CHECKSUMS[((crc >>> 24) ^ byte) & 0xff] ?? 0);
  return crc >>> 0;
}
