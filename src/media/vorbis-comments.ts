import { MalformedMediaError, type MetadataKind } from './edits.ts';
import { holdsPlace, privateMeaning } from './private-names.ts';
import { stripEmbeddedPicture } from './strip-picture.ts';

/* Vorbis comments, as in FLAC and Ogg: a vendor string, then `NAME=value` texts, each after its length. */

const PICTURE = /^METADATA_BLOCK_PICTURE$/i;

export interface CleanedComments {
  /** The changed bytes, of the same length. */
  readonly bytes: Buffer;
  readonly removed: ReadonlySet<MetadataKind>;
}

/**
 * Overwrites private values with spaces.
 *
 * @param comments may be followed by other bytes
 * @returns undefined if there is nothing to remove
 */
export function cleanComments(comments: Buffer): CleanedComments | undefined {
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
    if (PICTURE.test(name)) {
      for (const each of cleanEncodedPicture(value)) removed.add(each);
      continue;
    }
    const meaning = holdsPlace(value) ? 'location' : privateMeaning(name);
    if (meaning === undefined || value.every((byte: number) => byte === 0x20)) continue;
    value.fill(' ');
    removed.add(meaning);
  }
  return removed.size === 0 ? undefined : { bytes, removed };
}

/** Cleans a block PICTURE of FLAC: eight fields, two of them texts with a length, then the picture. */
export function cleanPictureBlock(block: Buffer): CleanedComments | undefined {
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
