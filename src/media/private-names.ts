import type { MetadataKind } from './edits.ts';

/* Free-form tags, as in Vorbis comments, Matroska and ID3, and texts written by people or cameras. */

const MEANINGS: readonly (readonly [RegExp, MetadataKind])[] = [
  [/(?:^|[^a-z])location|gps|latitude|longitude|geo(?:tag|loc)|^.?xyz$/i, 'location'],
  [/serial/i, 'camera serial numbers'],
  // The model names of telephones; ffmpeg copies them to these tags.
  [/^com\.(?:apple\.quicktime|android)\.|^(?:make|model)(?:-|$)/i, 'other metadata'],
];

/** A labelled latitude, or a latitude and longitude in ISO 6709. */
const PLACE =
  /\b(?:gps|lat(?:itude)?)\b[^\w\n]{0,12}\d{1,3}(?:[.,]\d{2}|\s?°)|[+-]\d{2}\.\d{2,8}[+-]\d{3}\.\d{2,8}/i;

/** The kind of private metadata in such a tag; undefined if there is none. */
export function privateMeaning(name: string): MetadataKind | undefined {
  return MEANINGS.find(([pattern]) => pattern.test(name))?.[1];
}

/** Whether a text contains a location as programs write it. The text may be UTF-16. */
export function holdsPlace(bytes: Buffer): boolean {
  const text = bytes.toString('latin1');
  return PLACE.test(text) || (text.includes('\0') && PLACE.test(text.replaceAll('\0', '')));
}
