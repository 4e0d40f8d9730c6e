import { Edits, MalformedMediaError } from './edits.ts';
import { stripGif } from './gif.ts';
import { stripJpeg } from './jpeg.ts';
import { stripPng } from './png.ts';
import { stripWebp } from './riff.ts';

/** A file format: its signature, and the function that removes metadata. */
export interface Container {
  readonly begins: RegExp;
  readonly strip: Strip;
}

/** @throws MalformedMediaError or RangeError if the file is malformed */
export type Strip = (source: Buffer, edits: Edits) => void;

/** The length of the longest signature. */
const MAGIC_LENGTH = 16;

export const PICTURES: readonly Container[] = [
  { begins: /^\xff\xd8\xff/, strip: stripJpeg },
  { begins: /^\x89PNG\r\n\x1a\n/, strip: stripPng },
  { begins: /^RIFF[\s\S]{4}WEBP/, strip: stripWebp },
  { begins: /^GIF8[79]a/, strip: stripGif },
];

export function containerOf(source: Buffer, containers: readonly Container[]): Container | undefined {
  const magic = source.toString('latin1', 0, Math.min(MAGIC_LENGTH, source.length));
  return containers.find(({ begins }) => begins.test(magic));
}

/** @throws MalformedMediaError if the file is malformed */
export function applyStrip(strip: Strip, source: Buffer, edits: Edits): Buffer {
  try {
    strip(source, edits);
    return edits.apply();
  } catch (error) {
    // Buffers throw a RangeError for reads past their end.
    if (error instanceof RangeError) throw new MalformedMediaError('it ends early');
    throw error;
  }
}

/**
 * Strips a picture embedded in a recording, such as its cover, and pads it with zeros to keep its length.
 *
 * @returns undefined if there is nothing to remove, or the picture's format is unknown
 */
export function stripEmbeddedPicture(
  picture: Buffer,
): { bytes: Buffer; removed: Edits['removed'] } | undefined {
  const container = containerOf(picture, PICTURES);
  if (container === undefined) return undefined;
  const edits = new Edits(picture);
  try {
    const stripped = applyStrip(container.strip, picture, edits);
    if (stripped === picture || stripped.length > picture.length) return undefined;
    return { bytes: Buffer.concat([stripped], picture.length), removed: edits.removed };
  } catch (error) {
    if (error instanceof MalformedMediaError) return undefined;
    throw error;
  }
}
