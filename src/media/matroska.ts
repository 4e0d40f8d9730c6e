import { type Edits, hasLocation, MalformedMediaError, privateMeaning } from './edits.ts';
import { stripEmbeddedPicture } from './strip-picture.ts';

/* WebM and Matroska: elements of id, length and content (RFC 8794, RFC 9559). */

const SEGMENT = 0x18538067;
const CLUSTER = 0x1f43b675;
const TAGS = 0x1254c367;
const TAG = 0x7373;
const SIMPLE_TAG = 0x67c8;
const TAG_NAME = 0x45a3;
const ATTACHMENTS = 0x1941a469;
const ATTACHED_FILE = 0x61a7;
const FILE_DATA = 0x465c;
const VOID = 0xec;
const CHECKSUM = 0xbf;

/** The parent elements that can contain metadata. Only these are searched. */
const PARENTS = new Set([SEGMENT, TAGS, TAG, ATTACHMENTS, ATTACHED_FILE]);

interface Element {
  readonly id: number;
  readonly start: number;
  readonly body: number;
  readonly end: number;
  /** A live recording has no known length. */
  readonly isOpen: boolean;
}

export function stripMatroska(source: Buffer, edits: Edits): void {
  stripElements(source, 0, source.length, edits);
}

/** The depth is bounded, since the parents have fixed levels in the specification. */
function stripElements(source: Buffer, from: number, to: number, edits: Edits, depth = 0): void {
  let checksum: Element | undefined;
  const before = edits.count;
  for (let at = from; at < to; ) {
    const element = elementAt(source, at, to);
    const { id, body, end, isOpen } = element;
    at = end;
    if (id === CHECKSUM) checksum = element;
    if (id === VOID) edits.blank(body, end, 'other metadata');
    else if (id === SIMPLE_TAG) stripTag(element, source, edits);
    else if (id === FILE_DATA) edits.replace(body, end, stripEmbeddedPicture(source.subarray(body, end)));
    // The children of a cluster of unknown length are read as its siblings.
    else if (id === CLUSTER && isOpen) at = body;
    else if (PARENTS.has(id) && depth < PARENTS.size) stripElements(source, body, end, edits, depth + 1);
  }
  if (checksum !== undefined && edits.count > before) voidElement(checksum, edits);
}

function stripTag(tag: Element, source: Buffer, edits: Edits): void {
  let name = '';
  for (let at = tag.body; at < tag.end; ) {
    const { id, body, end } = elementAt(source, at, tag.end);
    if (id === TAG_NAME) name = source.toString('utf8', body, end);
    at = end;
  }
  const meaning = hasLocation(source.subarray(tag.body, tag.end)) ? 'location' : privateMeaning(name);
  if (meaning === undefined) return;
  edits.removed.add(meaning);
  voidElement(tag, edits);
}

/** Turns an element into a void element of the same length. */
function voidElement({ start, end }: Element, edits: Edits): void {
  const bytes = Buffer.alloc(end - start);
  bytes[0] = VOID;
  const width = Math.min(8, bytes.length - 1);
  let rest = bytes.length - 1 - width;
  for (let at = width; rest > 0; at--) {
    bytes[at] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes[1] = (bytes[1] ?? 0) | (0x80 >> (width - 1));
  edits.replace(start, end, { bytes, removed: [] });
}

function elementAt(source: Buffer, start: number, to: number): Element {
  const lengthStart = start + idLength(source, start);
  if (lengthStart >= to) throw cutOff(start);
  const width = Math.clz32(source.readUInt8(lengthStart)) - 23;
  const body = lengthStart + width;
  if (width > 8 || body > to) throw cutOff(start);
  let length = source.readUInt8(lengthStart) & (0xff >> width);
  let isOpen = length === 0xff >> width;
  for (let at = lengthStart + 1; at < body; at++) {
    const byte = source.readUInt8(at);
    isOpen &&= byte === 0xff;
    length = length * 256 + byte;
  }
  const end = isOpen ? to : body + length;
  if (end > to) throw cutOff(start);
  return { id: source.readUIntBE(start, lengthStart - start), start, body, end, isOpen };
}

function cutOff(start: number): MalformedMediaError {
  return new MalformedMediaError(`its element at byte ${start} is cut off`);
}

function idLength(source: Buffer, start: number): number {
  const length = Math.clz32(source.readUInt8(start)) - 23;
  if (length > 4) throw new MalformedMediaError(`it has no element at byte ${start}`);
  return length;
}
