import { type Slice, sliceOf } from '../slice.ts';

/*
 * FNV-1a with 128 bits (draft-eastlake-fnv): spreads well, needs no more than a multiplication, and is at hand at once
 * where a digest would have to be awaited.
 */
const OFFSET_BASIS = 0x6c62272e07bb014262b821756295c58dn;
const PRIME = 0x0000000001000000000000000000013bn;
const MASK = (1n << 128n) - 1n;

/**
 * The permanent id of a slice's feed: of all articles, that of the main feeds; else a UUID (RFC 9562 §5.8) made from
 * that id and from what the slice is.
 */
export function sliceId(feedId: string, slice: Slice): string {
  const { clauses, words } = sliceOf(slice.clauses, slice.words);
  if (clauses.length === 0 && words === undefined) return feedId;
  const name = JSON.stringify([
    feedId,
    clauses.map(({ dimension, isNegated, keys }) => [dimension, isNegated, keys]),
    words,
  ]);
  let hash = OFFSET_BASIS;
  for (const byte of new TextEncoder().encode(name)) hash = ((hash ^ BigInt(byte)) * PRIME) & MASK;
  const digits = [...hash.toString(16).padStart(32, '0')];
  digits[12] = '8';
  digits[16] = '89ab'[Number.parseInt(digits[16] ?? '0', 16) & 3] ?? '8';
  const hex = digits.join('');
  return `urn:uuid:${[hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')}`;
}
