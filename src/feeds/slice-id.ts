import { isEverything, type Slice } from '../slice.ts';
import { encodeUtf8 } from '../store/utf8.ts';

/**
 * The permanent id of the feed of a canonical slice: of all articles, that of the main feeds; else a UUID (RFC 9562 §5.8) made from
 * that id and from what the slice is.
 */
export function sliceId(feedId: string, slice: Slice): string {
  const { clauses, words } = slice;
  if (isEverything(slice)) return feedId;
  const name = JSON.stringify([
    feedId,
    clauses.map(({ dimension, isNegated, keys }) => [dimension, isNegated, keys]),
    words,
  ]);
  const digits = [...fnv128(encodeUtf8(name))];
  digits[12] = '8';
  digits[16] = '89ab'[Number.parseInt(digits[16] ?? '0', 16) & 3] ?? '8';
  const hex = digits.join('');
  return `urn:uuid:${[hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')}`;
}

/*
 * FNV-1a with 128 bits (draft-eastlake-fnv): spreads well, needs no more than a multiplication, and is at hand at once
 * where a digest would have to be awaited. The prime is 2^88 + 0x13b.
 */
const OFFSET_BASIS = [0x6295c58d, 0x62b82175, 0x07bb0142, 0x6c62272e] as const;
const PRIME_LOW = 0x13b;
const WORD = 2 ** 32;

/** @returns 32 hexadecimal digits */
function fnv128(bytes: Uint8Array): string {
  // Words of 32 bits, the lowest first.
  let [a, b, c, d]: [number, number, number, number] = [...OFFSET_BASIS];
  for (const byte of bytes) {
    a = (a ^ byte) >>> 0;
    const first = a * PRIME_LOW;
    const second = b * PRIME_LOW + Math.floor(first / WORD);
    const third = c * PRIME_LOW + Math.floor(second / WORD) + ((a << 24) >>> 0);
    const fourth = d * PRIME_LOW + Math.floor(third / WORD) + (a >>> 8) + ((b << 24) >>> 0);
    a = first % WORD;
    b = second % WORD;
    c = third % WORD;
    d = fourth % WORD;
  }
  return [d, c, b, a].map((word) => word.toString(16).padStart(8, '0')).join('');
}
