import { compareBytes } from '../store/compare-bytes.ts';
import type { ChunkReader } from './chunk.ts';

/** Tells which of some chunks is at the least term; of those that are at the same one it is the first. */
export class Tournament {
  readonly #readers: readonly ChunkReader[];
  /**
   * The losers of the matches. Match m is between the winners of 2m and 2m + 1; from the number of chunks on these stand
   * for the chunks.
   */
  readonly #losers: Uint32Array;
  #winner = 0;

  /** @param readers one at least */
  constructor(readers: readonly ChunkReader[]) {
    this.#readers = readers;
    this.#losers = new Uint32Array(readers.length);
    this.#winner = this.#play(1);
  }

  /** The number of a chunk. */
  get winner(): number {
    return this.#winner;
  }

  /** To be called when the winner is at another term. */
  playAgain(): void {
    let winner = this.#winner;
    for (let match = (winner + this.#losers.length) >>> 1; match > 0; match >>>= 1) {
      const other = this.#losers[match] ?? 0;
      if (this.#isBefore(other, winner)) {
        this.#losers[match] = winner;
        winner = other;
      }
    }
    this.#winner = winner;
  }

  #play(match: number): number {
    const chunks = this.#losers.length;
    if (match >= chunks) return match - chunks;
    const [a, b] = [this.#play(2 * match), this.#play(2 * match + 1)];
    const isFirst = this.#isBefore(a, b);
    this.#losers[match] = isFirst ? b : a;
    return isFirst ? a : b;
  }

  #isBefore(a: number, b: number): boolean {
    const [reader, other] = [this.#readers[a], this.#readers[b]];
    if (reader === undefined || other === undefined) return reader !== undefined;
    if (reader.key !== other.key) return reader.key < other.key;
    const order = compareBytes(reader.term, other.term);
    return order === 0 ? a < b : order < 0;
  }
}
