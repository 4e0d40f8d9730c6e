import { type Edits, MalformedMediaError } from './edits.ts';
import {
  type Box,
  type ByteRange,
  boxesIn,
  checkApart,
  checkInside,
  childBoxes,
  findBox,
  freeBox,
  sampleRanges,
  totalLength,
  union,
} from './iso-box.ts';
import { stripItems } from './iso-items.ts';
import { stripMetadataBox, stripUserData } from './iso-user-data.ts';
import { holdsPlace } from './private-names.ts';
import { cleanXmpInPlace } from './xmp.ts';

/*
 * MP4, M4A, QuickTime, AVIF and HEIC: boxes. They have tables with file offsets of samples and items, so removed data
 * leaves free space of the same length.
 */

/** The standard boxes of a file, a movie and a track; all others are proprietary. */
const KEPT: ReadonlySet<string> = new Set([
  ...['ftyp', 'styp', 'pdin', 'prft', 'moov', 'moof', 'mdat', 'imda', 'mfra', 'sidx', 'ssix', 'emsg'],
  ...['mvhd', 'iods', 'mvex', 'pssh', 'trak', 'clip', 'ctab', 'rmra', 'prfl', 'ainf', 'meco', 'strk'],
  ...['tkhd', 'tref', 'trgr', 'edts', 'mdia', 'tapt', 'matt', 'imap', 'load', 'txas', 'kmat'],
  ...['mdhd', 'hdlr', 'elng', 'minf', 'senc', 'wide'],
]);
const UNUSED = new Set(['free', 'skip']);
/** Whole descriptions of a file, compressed. */
const OPAQUE = new Set(['cmov', 'mini']);
/** A fragment can have metadata tracks that no table of the movie covers. */
const FRAGMENT = 'moof';

/** The audible and visible tracks. Others record the camera's location or settings. */
const KEPT_TRACKS = new Set(
  'vide auxv pict soun text sbtl subt subp clcp tmcd hint odsm sdsm ocsm crsm MPEG'.split(' '),
);
/** Some drones write their location as subtitles. */
const SUBTITLES = new Set(['text', 'sbtl', 'subt']);

const XMP_UUID = 'be7acfcb97a942e89c71999491e3afac';
/** Marks a 360° video. */
const SPHERICAL_UUID = 'ffcc8263f8554a938814587a02521fdd';
const UUID_LENGTH = 16;

interface File {
  readonly source: Buffer;
  readonly edits: Edits;
  /** The ranges for samples and items. */
  readonly data: readonly ByteRange[];
  readonly isFragmented: boolean;
  /** The remaining budget of subtitle bytes; tracks must not share data. */
  subtitleBytes: number;
}

export function stripIsoMedia(source: Buffer, edits: Edits): void {
  const boxes = [...boxesIn(source, 0, source.length)];
  const end = boxes.at(-1)?.end ?? 0;
  if (end < source.length) throw new MalformedMediaError(`it has no box at byte ${end}`);
  const data = boxes.flatMap(({ type, body, end }) => (type === 'mdat' ? [{ start: body, end }] : []));
  const isFragmented = boxes.some(({ type }) => type === FRAGMENT);
  const file = { source, edits, data: union(data), isFragmented, subtitleBytes: source.length };
  for (const box of boxes) {
    if (box.type === 'moov') stripMovie(box, file);
    else if (box.type === 'meta') stripFileMetadata(box, file);
    else stripBox(box, file);
  }
}

function stripMovie(movie: Box, file: File): void {
  const boxes = [...boxesIn(file.source, movie.body, movie.end)];
  const kept: Box[] = [];
  const removed: Box[] = [];
  for (const box of boxes) if (box.type === 'trak') (isKept(box, file) ? kept : removed).push(box);
  if (removed.length > 0) blankSamples(removed, kept, file);
  for (const track of removed) freeBox(track, file.edits, 'other metadata');
  for (const track of kept) stripTrack(track, file);
  for (const box of boxes) if (box.type !== 'trak') stripBox(box, file);
}

function stripTrack(track: Box, file: File): void {
  for (const box of boxesIn(file.source, track.body, track.end)) {
    stripBox(box, file);
    if (box.type === 'mdia')
      for (const inside of boxesIn(file.source, box.body, box.end)) stripBox(inside, file);
  }
}

/** Strips the boxes of a file, a movie, a track or its media. */
function stripBox(box: Box, { source, edits }: File): void {
  const { type, body, end } = box;
  if (OPAQUE.has(type)) throw new MalformedMediaError(`its box ${type} is not supported`);
  if (UNUSED.has(type)) edits.blank(body, end, 'other metadata');
  else if (type === 'udta') stripUserData(box, source, edits);
  else if (type === 'meta') stripMetadataBox(box, source, edits);
  else if (type === 'uuid') stripUuid(box, source, edits);
  else if (!KEPT.has(type)) freeBox(box, edits, 'other metadata');
}

function stripUuid(box: Box, source: Buffer, edits: Edits): void {
  const start = box.body + UUID_LENGTH;
  const uuid = source.toString('hex', box.body, Math.min(start, box.end));
  if (uuid === XMP_UUID) {
    const cleaned = cleanXmpInPlace(source.subarray(start, box.end));
    if (cleaned !== undefined) edits.replace(start, box.end, cleaned);
  } else if (uuid !== SPHERICAL_UUID) {
    freeBox(box, edits, 'other metadata');
  }
}

/** That of a still picture holds the picture itself. */
function stripFileMetadata(box: Box, { source, edits, data }: File): void {
  const children = childBoxes(source, { body: box.body + 4, end: box.end });
  if (children?.some(({ type }) => type === 'iloc')) stripItems(source, children, data, edits);
  else stripMetadataBox(box, source, edits);
}

function isKept(track: Box, file: File): boolean {
  const { source, data } = file;
  const handler = findBox(source, track, 'mdia', 'hdlr');
  if (handler === undefined) throw new MalformedMediaError(`its track at byte ${track.start} has no handler`);
  const kind = source.toString('latin1', handler.body + 8, handler.body + 12);
  if (!SUBTITLES.has(kind)) return KEPT_TRACKS.has(kind);
  const samples = sampleRanges(source, track);
  checkInside(samples, data);
  file.subtitleBytes -= totalLength(samples);
  if (file.subtitleBytes < 0) throw new MalformedMediaError('it has tracks that share their data');
  return !samples.some(({ start, end }) => holdsPlace(source.subarray(start, end)));
}

function blankSamples(removed: readonly Box[], kept: readonly Box[], file: File): void {
  const { source, edits, data, isFragmented } = file;
  if (isFragmented) throw new MalformedMediaError('it has a track of metadata in fragments');
  const samplesOf = (tracks: readonly Box[]): ByteRange[] =>
    tracks.flatMap((track) => sampleRanges(source, track));
  const samples = union(samplesOf(removed));
  checkInside(samples, data);
  checkApart(samples, samplesOf(kept));
  const hasPlace = samples.some(({ start, end }) => holdsPlace(source.subarray(start, end)));
  for (const { start, end } of samples) edits.blank(start, end, hasPlace ? 'location' : 'other metadata');
}
