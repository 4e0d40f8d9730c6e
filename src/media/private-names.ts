import type { Metadata } from './edits.ts';

/* Tags that programs name as they like, as in Vorbis comments, Matroska and ID3, and texts that people or cameras write. */

const MEANINGS: readonly (readonly [RegExp, Metadata])[] = [
  [/(?:^|[^a-z])location|gps|latitude|longitude|geo(?:tag|loc)|^.?xyz$/i, 'location'],
  [/serial/i, 'camera serial numbers'],
  // What telephones call themselves; ffmpeg hands it on under these names.
  [/^com\.(?:apple\.quicktime|android)\.|^(?:make|model)(?:-|$)/i, 'other metadata'],
];

/** A latitude after its name, or a latitude and a longitude as in ISO 6709. */
const PLACE =
  /\b(?:gps|lat(?:itude)?)\b[^\w\n]{0,12}\d{1,3}(?:[.,]\d{2}|\s?°)|[+-]\d{2}\.\d{2,8}[+-]\d{3}\.\d{2,8}/i;

/** What the value of such a tag would tell of its author's life; undefined if nothing. */
export function privateMeaning(name: string): Metadata | undefined {
  return MEANINGS.find(([pattern]) => pattern.test(name))?.[1];
}

/** Whether a text says where something was recorded, as programs say it. It may be in UTF-16. */
export function holdsPlace(bytes: Buffer): boolean {
  const text = bytes.toString('latin1');
  return PLACE.test(text) || (text.includes('\0') && PLACE.test(text.replaceAll('\0', '')));
}
