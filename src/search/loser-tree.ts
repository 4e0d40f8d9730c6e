/** A loser tree (Knuth, TAOCP 3, §5.4.1): finds the source with the smallest item in a k-way merge. */
export class LoserTree {
  readonly #isBefore: (a: number, b: number) => boolean;
  /**
   * The loser of each match. Match m is between the winners of 2m and 2m + 1; numbers from `count` on are the sources.
   */
  readonly #losers: Uint32Array;
  #min: number;

  /**
   * @param count the number of sources, at least one
   * @param isBefore whether the item of one source comes before that of another; a total order
   */
  constructor(count: number, isBefore: (a: number, b: number) => boolean) {
    this.#isBefore = isBefore;
    this.#losers = new Uint32Array(count);
    this.#min = this.#play(1);
  }

  /** The source with the smallest item. */
  get min(): number {
    return this.#min;
  }

  /** Call this after the source `min` has advanced to its next item. */
  advance(): void {
    let winner = this.#min;
    for (let match = (winner + this.#losers.length) >>> 1; match > 0; match >>>= 1) {
      const other = this.#losers[match] ?? 0;
      if (this.#isBefore(other, winner)) {
        this.#losers[match] = winner;
        winner = other;
      }
    }
    this.#min = winner;
  }

  #play(match: number): number {
    const count = this.#losers.length;
    if (match >= count) return match - count;
    const [a, b] = [this.#play(2 * match), this.#play(2 * match + 1)];
    const isFirst = this.#isBefore(a, b);
    this.#losers[match] = isFirst ? b : a;
    return isFirst ? a : b;
  }
}
