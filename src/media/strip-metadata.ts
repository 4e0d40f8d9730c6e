import { Edits, METADATA, type MetadataKind } from './edits.ts';
import { stripId3 } from './id3.ts';
import { stripIsoMedia } from './iso-media.ts';
import { stripMatroska } from './matroska.ts';
import { applyStrip, type Container, containerOf, PICTURES } from './strip-picture.ts';
import { stripSvg } from './svg.ts';
import { stripWav } from './wav.ts';
import { stripFlac, stripOgg } from './xiph.ts';

const CONTAINERS: readonly Container[] = [
  ...PICTURES,
  { begins: /^[\s\S]{4}(?:ftyp|moov|mdat|wide|free|skip|pnot)/, strip: stripIsoMedia },
  { begins: /^\x1a\x45\xdf\xa3/, strip: stripMatroska },
  { begins: /^ID3/, strip: stripId3 },
  { begins: /^OggS/, strip: stripOgg },
  { begins: /^fLaC/, strip: stripFlac },
  { begins: /^RIFF[\s\S]{4}WAVE/, strip: stripWav },
  { begins: /^(?:\xef\xbb\xbf)?\s*<(?:\?xml|svg|!)/i, strip: stripSvg },
];

interface StrippedMedia {
  /** The given array if nothing was removed. */
  readonly bytes: Uint8Array;
  readonly removed: readonly MetadataKind[];
}

/**
 * Removes private metadata such as location, serial numbers and thumbnails from a picture, a video or an audio file.
 * Pixels and samples stay the same, byte for byte. Orientation, colour profile, resolution, creator and copyright are
 * kept, as are the titles, chapters and covers of recordings.
 *
 * Files of other formats are returned unchanged. Time and memory are linear in the length of the file.
 *
 * @throws MalformedMediaError if the file is malformed
 */
export function stripMetadata(bytes: Uint8Array): StrippedMedia {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const container = containerOf(source, CONTAINERS);
  if (container === undefined) return { bytes, removed: [] };
  const edits = new Edits(source);
  const stripped = applyStrip(container.strip, source, edits);
  if (stripped === source) return { bytes, removed: [] };
  return { bytes: stripped, removed: METADATA.filter((each) => edits.removed.has(each)) };
}
