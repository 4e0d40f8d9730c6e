import { fnv1a } from '../store/fnv1a.ts';

/** So chosen that blocks come to what they should on an average. */
const EAGERNESS = 3;

/**
 * Whether a block of sorted terms ends with this one. That is a matter of chance, which the term itself decides, so that
 * the borders between blocks stay where they are when articles change that have no word near them. The fuller the block,
 * the likelier: few end before they are half full, hardly any grow to more than half as much again as they should.
 *
 * @param share of the term in what the block should come to
 * @param filled how much of that is there, with the term: 1 when it is all
 */
export function isBorder(term: Uint8Array, share: number, filled: number): boolean {
  return lotOf(term) < EAGERNESS * share * (filled * filled * filled * filled);
}

/** A number from 0 to less than 1 that nothing in the term tells beforehand: FNV-1a, mixed as MurmurHash3 does at its end. */
function lotOf(term: Uint8Array): number {
  let hash = fnv1a(term);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
