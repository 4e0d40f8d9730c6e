import type { Edits, MetadataKind } from './edits.ts';
import { type Box, childBoxes, freeBox } from './iso-box.ts';
import { holdsPlace, privateMeaning } from './private-names.ts';
import { stripEmbeddedPicture } from './strip-picture.ts';
import { cleanXmpInPlace } from './xmp.ts';

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

export function stripUserData(box: Box, source: Buffer, edits: Edits): void {
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
      const cleaned = cleanXmpInPlace(content);
      if (cleaned !== undefined) edits.replace(child.body, child.end, cleaned);
    } else if (isUnused(child)) {
      edits.blank(child.body, child.end, 'other metadata');
    } else if (LOCATIONS.has(child.type)) {
      freeBox(child, edits, 'location');
    } else if (!KEPT_USER_DATA.has(child.type)) {
      freeBox(child, edits, /^th?mb|^CNTH$/i.test(child.type) ? 'thumbnails' : 'other metadata');
    } else if (holdsPlace(content)) {
      freeBox(child, edits, 'location');
    }
  }
}

/** The box `meta` of a movie, a track or user data. */
export function stripMetadataBox(box: Box, source: Buffer, edits: Edits): void {
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
  if (LOCATIONS.has(type) || holdsPlace(source.subarray(body, end))) return 'location';
  if (PRIVATE_ITEMS.has(type)) return 'other metadata';
  if (type !== '----') return undefined;
  // In the boxes `mean` and `name`, each after four bytes.
  const name = childBoxes(source, item)?.find((child) => child.type === 'name');
  return name && privateMeaning(source.toString('latin1', Math.min(name.body + 4, name.end), name.end));
}

function meaningOfKeyed({ body, end }: Box, name: string, source: Buffer): MetadataKind | undefined {
  if (holdsPlace(source.subarray(body, end))) return 'location';
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
    const cleaned = stripEmbeddedPicture(source.subarray(body + 8, end));
    if (cleaned !== undefined) edits.replace(body + 8, end, cleaned);
  }
}
