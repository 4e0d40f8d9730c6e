import {
  type Cleaned,
  type Edits,
  hasLocation,
  isZero,
  MalformedMediaError,
  type MetadataKind,
  privateMeaning,
} from './edits.ts';
import { stripEmbeddedPicture } from './strip-picture.ts';

/* ID3v2: frames before the audio, in three versions (id3.org: id3v2-00, id3v2.3.0, id3v2.4.0). */

const HEADER_LENGTH = 10;
const UNSYNCHRONISED = 0x80;
const EXTENDED = 0x40;
const FOOTER = 0x10;

/** Files and data of programs, e-mail addresses of listeners, owners of copies. */
const PRIVATE_FRAMES = new Set(['GEOB', 'GEO', 'PRIV', 'POPM', 'POP', 'OWNE']);
const NAMED_TEXTS = new Set(['TXXX', 'TXX']);
const COMMENTS = new Set(['COMM', 'COM', 'USLT', 'ULT']);
const PICTURES = new Set(['APIC', 'PIC']);
const CHAPTER = 'CHAP';

interface Version {
  readonly idLength: number;
  readonly headerLength: number;
  /** Whether lengths have seven bits per byte. */
  readonly isSyncsafe: boolean;
}

const VERSIONS: ReadonlyMap<number, Version> = new Map([
  [2, { idLength: 3, headerLength: 6, isSyncsafe: false }],
  [3, { idLength: 4, headerLength: 10, isSyncsafe: false }],
  [4, { idLength: 4, headerLength: 10, isSyncsafe: true }],
]);

/** Edits the tag at the start of a file, padded with zeros to keep its length. */
export function stripId3(source: Buffer, edits: Edits): void {
  if (source.length < HEADER_LENGTH) throw new MalformedMediaError('it ends early');
  const end = HEADER_LENGTH + syncsafe(source, 6);
  if (end > source.length) throw new MalformedMediaError('its ID3 tag is cut off');
  const number = source[3] ?? 0;
  const version = VERSIONS.get(number);
  const flags = source[5] ?? 0;
  if (version === undefined) throw new MalformedMediaError(`its ID3 tag has the version ${number}`);
  const isWhole = (flags & UNSYNCHRONISED) !== 0 && number < 4;
  const body = source.subarray(HEADER_LENGTH, end);
  const tag = isWhole ? synchronise(body) : body;
  const start = (flags & EXTENDED) !== 0 && number > 2 ? extensionLength(tag, version) : 0;
  const frames = stripFrames(tag.subarray(start), version, true);
  if (frames === undefined) return;
  if ((flags & FOOTER) !== 0) throw new MalformedMediaError('its ID3 tag has a footer, and no room for one');
  const header = Buffer.from(source.subarray(0, HEADER_LENGTH));
  header[5] = flags & ~(isWhole ? UNSYNCHRONISED : 0);
  const bytes = Buffer.concat([header, tag.subarray(0, start), frames.bytes], end);
  edits.replace(0, end, { bytes, removed: frames.removed });
}

/** Undefined if there is nothing to remove. */
function stripFrames(tag: Buffer, version: Version, mayHaveChapters: boolean): Cleaned | undefined {
  const kept: Buffer[] = [];
  const removed = new Set<MetadataKind>();
  let at = 0;
  while (at + version.headerLength <= tag.length && tag[at] !== 0) {
    const id = tag.toString('latin1', at, at + version.idLength);
    const start = at + version.headerLength;
    const end = start + frameLength(tag, at, version);
    if (!/^[A-Z][A-Z\d]+$/.test(id) || end > tag.length)
      throw new MalformedMediaError(`its ID3 tag has no frame at byte ${HEADER_LENGTH + at}`);
    const content = tag.subarray(start, end);
    const meaning = meaningOf(id, content);
    // Compressed, encrypted, or with additional fields before the content.
    const isPlain = version.idLength === 3 || tag[start - 1] === 0;
    const stripped =
      meaning === undefined && isPlain ? stripInside(id, content, version, mayHaveChapters) : undefined;
    if (meaning !== undefined) removed.add(meaning);
    for (const each of stripped?.removed ?? []) removed.add(each);
    if (meaning === undefined) kept.push(tag.subarray(at, start), stripped?.bytes ?? content);
    at = end;
  }
  return removed.size === 0 ? undefined : { bytes: Buffer.concat(kept), removed };
}

function meaningOf(id: string, content: Buffer): MetadataKind | undefined {
  if (PRIVATE_FRAMES.has(id)) return 'other metadata';
  if (COMMENTS.has(id) && hasLocation(content)) return 'location';
  if (!NAMED_TEXTS.has(id)) return undefined;
  if (hasLocation(content)) return 'location';
  // A name, then a value.
  const [name = ''] = decodeText(content).split('\0', 1);
  return privateMeaning(name);
}

function decodeText(content: Buffer): string {
  const [encoding, first] = content;
  const isBig = encoding === 2 || (encoding === 1 && first === 0xfe);
  const label = isBig ? 'utf-16be' : encoding === 1 ? 'utf-16le' : encoding === 3 ? 'utf-8' : 'latin1';
  return new TextDecoder(label).decode(content.subarray(1));
}

/**
 * Cleans embedded files that have metadata of their own. The length stays the same, since a field before them states
 * it.
 */
function stripInside(
  id: string,
  content: Buffer,
  version: Version,
  mayHaveChapters: boolean,
): Cleaned | undefined {
  if (PICTURES.has(id)) {
    const start = pictureStart(id, content);
    const picture = stripEmbeddedPicture(content.subarray(start));
    return picture && { ...picture, bytes: Buffer.concat([content.subarray(0, start), picture.bytes]) };
  }
  if (id !== CHAPTER || !mayHaveChapters) return undefined;
  // A name, four numbers, then frames.
  const start = content.indexOf(0) + 1 + 16;
  if (start > content.length) return undefined;
  const frames = stripFrames(content.subarray(start), version, false);
  return (
    frames && { ...frames, bytes: Buffer.concat([content.subarray(0, start), frames.bytes], content.length) }
  );
}

/** After the encoding, media type, kind and description. */
function pictureStart(id: string, content: Buffer): number {
  const typeEnd = id === 'PIC' ? 3 : content.indexOf(0, 1);
  const description = typeEnd + 2;
  if (typeEnd < 0) return content.length;
  const isWide = content[0] === 1 || content[0] === 2;
  if (!isWide) return content.indexOf(0, description) + 1 || content.length;
  for (let at = description; at + 1 < content.length; at += 2)
    if (content[at] === 0 && content[at + 1] === 0) return at + 2;
  return content.length;
}

function frameLength(tag: Buffer, at: number, version: Version): number {
  if (version.idLength === 3) return tag.readUIntBE(at + 3, 3);
  const plain = tag.readUInt32BE(at + 4);
  if (!version.isSyncsafe) return plain;
  // iTunes also wrote lengths with eight bits per byte there.
  const safe = syncsafe(tag, at + 4);
  const isFrame = (length: number): boolean => {
    const next = at + version.headerLength + length;
    return next <= tag.length && isBlankOrFrame(tag, next);
  };
  return isFrame(safe) || !isFrame(plain) ? safe : plain;
}

function isBlankOrFrame(tag: Buffer, at: number): boolean {
  return (
    isZero(tag, at, Math.min(at + 4, tag.length)) ||
    /^[A-Z][A-Z\d]{3}$/.test(tag.toString('latin1', at, at + 4))
  );
}

function extensionLength(tag: Buffer, { isSyncsafe }: Version): number {
  // In the older version, the length excludes itself.
  const length = isSyncsafe ? syncsafe(tag, 0) : 4 + tag.readUInt32BE();
  if (length > tag.length) throw new MalformedMediaError('its ID3 tag is cut off');
  return length;
}

function syncsafe(bytes: Buffer, at: number): number {
  return [0, 1, 2, 3].reduce((value, index) => value * 128 + ((bytes[at + index] ?? 0) & 127), 0);
}

/** Removes unsynchronization: the zeros that keep players from mistaking a tag for audio. */
function synchronise(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('latin1').replaceAll('\xff\0', '\xff'), 'latin1');
}
