/** A set of article numbers: number `n` is in it if bit `n % 32` of word `n / 32` is set. */
export type Bits = Uint32Array;

export function emptyBits(length: number): Bits {
  return new Uint32Array((length + 31) >>> 5);
}

/** The numbers below `count`. */
export function bitsBelow(count: number, length: number): Bits {
  const bits = emptyBits(length);
  bits.fill(-1, 0, count >>> 5);
  for (let number = count & ~31; number < count; number++) addBit(bits, number);
  return bits;
}

export function addBit(bits: Bits, number: number): void {
  bits[number >>> 5] = wordOf(bits, number >>> 5) | (1 << (number & 31));
}

export function hasBit(bits: Bits, number: number): boolean {
  return (wordOf(bits, number >>> 5) & (1 << (number & 31))) !== 0;
}

export function removeBit(bits: Bits, number: number): void {
  bits[number >>> 5] = wordOf(bits, number >>> 5) & ~(1 << (number & 31));
}

/** Intersects `bits` with `others` in place. */
export function keepBits(bits: Bits, others: Bits): void {
  for (let word = 0; word < bits.length; word++) bits[word] = wordOf(bits, word) & wordOf(others, word);
}

/** Subtracts `others` from `bits` in place. */
export function removeBits(bits: Bits, others: Bits): void {
  for (let word = 0; word < bits.length; word++) bits[word] = wordOf(bits, word) & ~wordOf(others, word);
}

/**
 * The members of `length` numbers from `from` on, relative to `from`; the result may include a few more at the end. A
 * view if `from` is a multiple of 32.
 */
export function bitsFrom(bits: Bits, from: number, length: number): Bits {
  const [first, shift] = [from >>> 5, from & 31];
  const words = (length + 31) >>> 5;
  if (shift === 0) return bits.subarray(first, first + words);
  return Uint32Array.from(
    { length: words },
    (_, word) => (wordOf(bits, first + word) >>> shift) | (wordOf(bits, first + word + 1) << (32 - shift)),
  );
}

/** Adds the members of `others`, which are relative to `from`. */
export function addBits(bits: Bits, others: Bits, from: number): void {
  const [first, shift] = [from >>> 5, from & 31];
  for (let word = 0; word < others.length; word++) {
    const added = wordOf(others, word);
    const at = first + word;
    bits[at] = wordOf(bits, at) | (added << shift);
    if (shift > 0 && at + 1 < bits.length) bits[at + 1] = wordOf(bits, at + 1) | (added >>> (32 - shift));
  }
}

/** Keeps the `count` largest members, or all if there are fewer. */
export function keepLargest(bits: Bits, count: number): void {
  let surplus = countBits(bits) - count;
  for (let word = 0; surplus > 0; word++) {
    let rest = wordOf(bits, word);
    for (; rest !== 0 && surplus > 0; surplus--) rest &= rest - 1;
    bits[word] = rest;
  }
}

/** The size of the intersection. */
export function countCommon(bits: Bits, others: Bits): number {
  let count = 0;
  for (let word = 0; word < bits.length; word++) count += ones(wordOf(bits, word) & wordOf(others, word));
  return count;
}

export function countBits(bits: Bits): number {
  return countCommon(bits, bits);
}

/**
 * The members with ranks from `from` up to, but not including, `to`; ascending.
 *
 * @param count the number of members, if known: the search then starts at the nearer end
 */
export function membersByRank(
  bits: Bits,
  from: number,
  to: number,
  count = Number.POSITIVE_INFINITY,
): number[] {
  const members: number[] = [];
  let [word, rank] = [0, 0];
  if (2 * from > count) {
    for ([word, rank] = [bits.length, count]; rank > from; ) rank -= ones(wordOf(bits, --word));
  }
  for (; word < bits.length && rank < to; word++) {
    let rest = wordOf(bits, word);
    const own = ones(rest);
    if (rank + own <= from) {
      rank += own;
      continue;
    }
    for (; rest !== 0 && rank < to; rank++) {
      if (rank >= from) members.push((word << 5) + trailingZeros(rest));
      rest &= rest - 1;
    }
  }
  return members;
}

/** The members from `from` up to, but not including, `to`; ascending. */
export function membersWithin(bits: Bits, from: number, to: number): number[] {
  const members: number[] = [];
  for (let next = nextMember(bits, from); next !== undefined && next < to; next = nextMember(bits, next + 1))
    members.push(next);
  return members;
}

/** Visits the members, ascending. */
export function visitBits(bits: Bits, visit: (member: number) => void): void {
  for (let word = 0; word < bits.length; word++) {
    for (let rest = wordOf(bits, word); rest !== 0; rest &= rest - 1)
      visit((word << 5) + trailingZeros(rest));
  }
}

/** The smallest member at or above `from`. */
export function nextMember(bits: Bits, from: number): number | undefined {
  // Such a number may have more bits than those that are shifted.
  if (from >= 32 * bits.length) return undefined;
  let word = from >>> 5;
  let rest = wordOf(bits, word) & (-1 << (from & 31));
  while (rest === 0) {
    word++;
    if (word >= bits.length) return undefined;
    rest = wordOf(bits, word);
  }
  return (word << 5) + trailingZeros(rest);
}

function wordOf(bits: Bits, word: number): number {
  return bits[word] ?? 0;
}

function trailingZeros(word: number): number {
  return 31 - Math.clz32(word & -word);
}

function ones(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return (((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}
