import { type Edits, hasLocation, MalformedMediaError, type MetadataKind, privateMeaning } from './edits.ts';
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
  stripItems,
  totalLength,
  union,
} from './iso-box.ts';
import { stripEmbeddedPicture } from './strip-picture.ts';
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
  if (isUnused(box)) edits.blank(body, end, 'other metadata');
  else if (type === 'udta') stripUserData(box, source, edits);
  else if (type === 'meta') stripMetadataBox(box, source, edits);
  else if (type === 'uuid') stripUuid(box, source, edits);
  else if (!KEPT.has(type)) freeBox(box, edits, 'other metadata');
}

function stripUuid(box: Box, source: Buffer, edits: Edits): void {
  const start = box.body + UUID_LENGTH;
  const uuid = source.toString('hex', box.body, Math.min(start, box.end));
  if (uuid === XMP_UUID) {
    edits.replace(start, box.end, cleanXmpInPlace(source.subarray(start, box.end)));
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
  return !samples.some(({ start, end }) => hasLocation(source.subarray(start, end)));
}

function blankSamples(removed: readonly Box[], kept: readonly Box[], file: File): void {
  const { source, edits, data, isFragmented } = file;
  if (isFragmented) throw new MalformedMediaError('it has a track of metadata in fragments');
  const samplesOf = (tracks: readonly Box[]): ByteRange[] =>
    tracks.flatMap((track) => sampleRanges(source, track));
  const samples = union(samplesOf(removed));
  checkInside(samples, data);
  checkApart(samples, samplesOf(kept));
  const hasPlace = samples.some(({ start, end }) => hasLocation(source.subarray(start, end)));
  for (const { start, end } of samples) edits.blank(start, end, hasPlace ? 'location' : 'other metadata');
}

/* The descriptive metadata of a file: QuickTime user data, iTunes lists, and key–value pairs. */

/** Names, people, rights, chapters, loudness, display settings. Cameras write many others. */
const KEPT_USER_DATA = new Set([
  ...['\xa9nam', '\xa9ART', '\xa9alb', '\xa9aut', '\xa9cpy', '\xa9des', '\xa9dir', '\xa9gen', '\xa9inf'],
  ...['\xa9prd', '\xa9prf', '\xa9trk', '\xa9wrt', '\xa9lyr', '\xa9enc', '\xa9too', '\xa9day', '\xa9cmt'],
  ...['\xa9com', 'titl', 'auth', 'perf', 'gnre', 'cprt', 'dscp', 'albm', 'yrrc', 'rtng', 'clsf', 'kywd'],
  ...['name', 'coll', 'chpl', 'ludt', 'kind', 'tsel', 'strk', 'hnti', 'hinf', 'tagc', 'LOOP', 'SelO'],
  ...['AllF', 'WLOC', 'meta'],
]);

const LOCATIONS = new Set(['\xa9xyz', 'loci', 'gps ', 'GPS ']);
/** The account, name and store of a buyer; the recording device. */
const PRIVATE_ITEMS = new Set([
  ...['apID', 'ownr', 'purd', 'sfID', 'akID', '\xa9xyz', '\xa9mak', '\xa9mod', '\xa9swr'],
]);
/** The allowed keys, without their namespace. */
const KEPT_KEYS =
  /^(?:com\.apple\.quicktime\.)?(?:title|author|artist|album|album_artist|copyright|genre|description|displayname|keywords|comment|performer|producer|director|publisher|composer|encoder|track|year|artwork|player\..*|video-orientation)$/;

function stripUserData(box: Box, source: Buffer, edits: Edits): void {
  const children = childBoxes(source, box);
  if (children === undefined) {
    freeBox(box, edits, 'other metadata');
    return;
  }
  for (const child of children) {
    const content = source.subarray(child.body, child.end);
    if (child.type === 'meta') {
      stripMetadataBox(child, source, edits);
    } else if (child.type === 'XMP_') {
      edits.replace(child.body, child.end, cleanXmpInPlace(content));
    } else if (isUnused(child)) {
      edits.blank(child.body, child.end, 'other metadata');
    } else if (LOCATIONS.has(child.type)) {
      freeBox(child, edits, 'location');
    } else if (!KEPT_USER_DATA.has(child.type)) {
      freeBox(child, edits, /^th?mb|^CNTH$/i.test(child.type) ? 'thumbnails' : 'other metadata');
    } else if (hasLocation(content)) {
      freeBox(child, edits, 'location');
    }
  }
}

/** The box `meta` of a movie, a track or user data. */
function stripMetadataBox(box: Box, source: Buffer, edits: Edits): void {
  // In QuickTime it has no version and flags.
  const isPlain = source.toString('latin1', box.body + 4, box.body + 8) === 'hdlr';
  const children = childBoxes(source, { body: box.body + (isPlain ? 0 : 4), end: box.end }) ?? [];
  const list = children.find(({ type }) => type === 'ilst');
  const items = list && childBoxes(source, list);
  const meaningOf = meaningsIn(children, source);
  if (items === undefined || meaningOf === undefined) {
    freeBox(box, edits, 'other metadata');
    return;
  }
  const meanings = items.map((item) => (isUnused(item) ? undefined : meaningOf(item)));
  const removed = meanings.filter((meaning) => meaning !== undefined);
  if (removed.length > 0 && items.every((item, index) => isUnused(item) || meanings[index] !== undefined)) {
    // Without items, the names of the keys would only reveal what was removed.
    freeBox(box, edits, ...new Set(removed));
    return;
  }
  for (const [index, item] of items.entries()) {
    const meaning = meanings[index];
    if (meaning !== undefined) freeBox(item, edits, meaning);
    else if (item.type === 'covr') stripCovers(item, source, edits);
  }
  for (const child of [...children, ...items])
    if (isUnused(child)) edits.blank(child.body, child.end, 'other metadata');
}

function isUnused({ type }: Box): boolean {
  return type === 'free' || type === 'skip';
}

type MeaningOf = (item: Box) => MetadataKind | undefined;

/** A function that returns the kind of a private item; undefined for an unknown kind of list. */
function meaningsIn(children: readonly Box[], source: Buffer): MeaningOf | undefined {
  const [handler, keys] = ['hdlr', 'keys'].map((type) => children.find((child) => child.type === type));
  const kind = handler && source.toString('latin1', handler.body + 8, handler.body + 12);
  if (kind === 'mdir') return (item) => meaningOfItem(item, source);
  if (kind !== 'mdta' || keys === undefined) return undefined;
  const names = namesOf(keys, source);
  // The type of an item is the number of its key.
  return (item) => meaningOfKeyed(item, names[source.readUInt32BE(item.start + 4) - 1] ?? '', source);
}

function meaningOfItem(item: Box, source: Buffer): MetadataKind | undefined {
  const { type, body, end } = item;
  if (type === 'covr') return undefined;
  if (LOCATIONS.has(type) || hasLocation(source.subarray(body, end))) return 'location';
  if (PRIVATE_ITEMS.has(type)) return 'other metadata';
  if (type !== '----') return undefined;
  // In the boxes `mean` and `name`, each after four bytes.
  const name = childBoxes(source, item)?.find((child) => child.type === 'name');
  return name && privateMeaning(source.toString('latin1', Math.min(name.body + 4, name.end), name.end));
}

function meaningOfKeyed({ body, end }: Box, name: string, source: Buffer): MetadataKind | undefined {
  if (hasLocation(source.subarray(body, end))) return 'location';
  if (KEPT_KEYS.test(name)) return undefined;
  return privateMeaning(name.replace(/^com\.(?:apple\.quicktime|android)\./, '')) ?? 'other metadata';
}

/** Version, flags and number of keys; each has a length, a namespace and a name. */
function namesOf(keys: Box, source: Buffer): string[] {
  const rows = childBoxes(source, { body: keys.body + 8, end: keys.end }) ?? [];
  return rows.map(({ body, end }) => source.toString('latin1', body, end));
}

/** Pictures in the boxes `data`, each after its type and country. */
function stripCovers(item: Box, source: Buffer, edits: Edits): void {
  for (const { type, body, end } of childBoxes(source, item) ?? []) {
    if (type !== 'data' || body + 8 > end) continue;
    edits.replace(body + 8, end, stripEmbeddedPicture(source.subarray(body + 8, end)));
  }
}
