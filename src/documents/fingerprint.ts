import { hash } from 'node:crypto';

/** Identifies the text of a document, and texts that are similar to it. */
export interface Fingerprint {
  /** Equal if the texts are equal, without regard to white space. */
  readonly text: string;
  /**
   * A sample of the text's pairs of neighbouring words: those whose hashes are the smallest, in order, five characters
   * each. Texts that share most of their words share most of their samples.
   */
  readonly sample: string;
}

/** The number of values in the sample of a text that is not short. */
export const SAMPLE_SIZE = 16;
/** The number of characters of each. */
export const VALUE_LENGTH = 5;
const VALUE_RANGE = 36 ** VALUE_LENGTH;
const TEXT_LENGTH = 16;
const EMPTY_HASH = 0x811c9dc5;

const LETTER = /[\p{L}\p{M}\p{N}\p{Cs}]/u;
/** Scripts without spaces between words: each letter counts as a word. */
const LETTER_ALONE =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
/** The class of each UTF-16 code unit, filled on demand: a regular expression takes ten times as long. */
const KINDS = new Uint8Array(0x10000);
const [BETWEEN, PART, ALONE] = [1, 2, 3];

/** @param text the source, not the parsed content, so that a better parser changes no fingerprint */
export function fingerprint(text: string): Fingerprint {
  const folded = text
    .normalize('NFC')
    .replace(/\s{2,}|[^\S ]/gu, ' ')
    .trim();
  return {
    text: hash('sha256', folded, 'base64url').slice(0, TEXT_LENGTH),
    sample: smallestPairs(folded.toLowerCase())
      .map((value) => value.toString(36).padStart(VALUE_LENGTH, '0'))
      .join(''),
  };
}

function smallestPairs(text: string): number[] {
  const smallest: number[] = [];
  let previous: number | undefined;
  for (const word of wordHashes(text)) {
    if (previous !== undefined) keepSmallest(smallest, mix(Math.imul(previous, 31) ^ word) % VALUE_RANGE);
    previous = word;
  }
  return smallest;
}

/** FNV-1a of the UTF-16 of each word. */
function wordHashes(text: string): number[] {
  const hashes: number[] = [];
  let hash = EMPTY_HASH;
  for (let i = 0; i <= text.length; i++) {
    const unit = i < text.length ? text.charCodeAt(i) : 0;
    const kind = KINDS[unit] || letterKind(unit);
    if (kind !== PART && hash !== EMPTY_HASH) {
      hashes.push(hash);
      hash = EMPTY_HASH;
    }
    if (kind === PART) hash = Math.imul(hash ^ unit, 0x01000193);
    else if (kind === ALONE) hashes.push(Math.imul(EMPTY_HASH ^ unit, 0x01000193));
  }
  return hashes;
}

function letterKind(unit: number): number {
  const letter = String.fromCharCode(unit);
  const kind = LETTER_ALONE.test(letter) ? ALONE : LETTER.test(letter) ? PART : BETWEEN;
  KINDS[unit] = kind;
  return kind;
}

function keepSmallest(smallest: number[], value: number): void {
  if (smallest.length === SAMPLE_SIZE && value >= (smallest[SAMPLE_SIZE - 1] ?? 0)) return;
  let place = smallest.length;
  while (place > 0 && (smallest[place - 1] ?? 0) > value) place--;
  if (smallest[place - 1] === value) return;
  smallest.splice(place, 0, value);
  smallest.length = Math.min(smallest.length, SAMPLE_SIZE);
}

/** The finaliser of MurmurHash3, so that every bit of the value depends on every bit of both words. */
function mix(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
