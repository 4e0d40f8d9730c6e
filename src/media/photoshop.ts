import type { Cleaned, Metadata } from './edits.ts';

/* Photoshop image resources, one of which contains IPTC-IIM. */

const SIGNATURE = '8BIM';
const IPTC = 0x0404;
/** Resolution, copyright flag, copyright URL, colour profile. */
const KEPT = new Set([0x03ed, 0x040a, 0x040b, 0x040f]);
const THUMBNAILS = new Set([0x0409, 0x040c]);

/** Character set, version; by-line, by-line title, credit, copyright notice. */
const KEPT_DATASETS = new Set([0x015a, 0x0200, 0x0250, 0x0255, 0x026e, 0x0274]);
/** Fields that only describe the encoding of the others. */
const TECHNICAL_DATASETS = new Set([0x015a, 0x0200]);
/** Content locations, city, part of a city, state, country. */
const PLACES = new Set([0x021a, 0x021b, 0x025a, 0x025c, 0x025f, 0x0264, 0x0265]);
const COMMENTS = new Set([0x0228, 0x0269, 0x0278]);
const DATASET_MARK = 0x1c;

/**
 * Reduces image resources to resolution, colour profile, creator and copyright.
 *
 * @returns undefined if there is nothing else in them. Malformed resources are removed completely.
 */
export function cleanPhotoshop(resources: Buffer): Cleaned | undefined {
  const removed = new Set<Metadata>();
  const kept: Buffer[] = [];
  let at = 0;
  while (at + 12 <= resources.length && resources.toString('latin1', at, at + 4) === SIGNATURE) {
    const id = resources.readUInt16BE(at + 4);
    // The name: its length and bytes, padded to an even total.
    const sizeAt = at + 6 + even(1 + (resources[at + 6] ?? 0));
    if (sizeAt + 4 > resources.length) break;
    const start = sizeAt + 4;
    const end = start + resources.readUInt32BE(sizeAt);
    if (end > resources.length) break;
    const next = Math.min(start + even(end - start), resources.length);
    const cleaned = id === IPTC ? cleanIptc(resources.subarray(start, end)) : undefined;
    if (cleaned !== undefined) {
      for (const each of cleaned.removed) removed.add(each);
      if (cleaned.bytes.length > 0) kept.push(resourceOf(id, cleaned.bytes));
    } else if (KEPT.has(id) || id === IPTC) {
      kept.push(resources.subarray(at, next));
    } else {
      removed.add(THUMBNAILS.has(id) ? 'thumbnails' : 'other metadata');
    }
    at = next;
  }
  if (at < resources.length) removed.add('other metadata');
  return removed.size === 0 ? undefined : { bytes: Buffer.concat(kept), removed };
}

function cleanIptc(iptc: Buffer): Cleaned | undefined {
  const removed = new Set<Metadata>();
  const kept: { id: number; bytes: Buffer }[] = [];
  let at = 0;
  while (at + 5 <= iptc.length && iptc[at] === DATASET_MARK) {
    const id = iptc.readUInt16BE(at + 1);
    const end = at + 5 + iptc.readUInt16BE(at + 3);
    if (end > iptc.length) break;
    if (KEPT_DATASETS.has(id)) kept.push({ id, bytes: iptc.subarray(at, end) });
    else removed.add(PLACES.has(id) ? 'location' : COMMENTS.has(id) ? 'comments' : 'other metadata');
    at = end;
  }
  if (at < iptc.length) removed.add('other metadata');
  if (removed.size === 0) return undefined;
  const isOf = kept.some(({ id }) => !TECHNICAL_DATASETS.has(id));
  return { bytes: Buffer.concat(isOf ? kept.map(({ bytes }) => bytes) : []), removed };
}

/** A resource without a name. */
function resourceOf(id: number, content: Buffer): Buffer {
  const resource = Buffer.alloc(12 + even(content.length));
  resource.write(SIGNATURE, 'latin1');
  resource.writeUInt16BE(id, 4);
  resource.writeUInt32BE(content.length, 8);
  content.copy(resource, 12);
  return resource;
}

function even(length: number): number {
  return length + (length % 2);
}
