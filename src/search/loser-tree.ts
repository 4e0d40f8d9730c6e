/** A tournament tree (Knuth, TAOCP 3, §5.4.1) for a k-way merge: which of some sources has the least item. */
export class LoserTree {
  readonly #isBefore: (a: number, b: number) => boolean;
  /**
   * The loser of each match. Match m is between the winners of 2m and 2m + 1; the numbers from the count of sources on stand
   * for the sources.
   */
  readonly #losers: Uint32Array;
  #min: number;

  /**
   * @param count of sources, at least one
   * @param isBefore whether the item of one source comes before that of another; a total order
   */
  constructor(count: number, isBefore: (a: number, b: number) => boolean) {
    this.#isBefore = isBefore;
    this.#losers = new Uint32Array(count);
    this.#min = this.#play(1);
  }

  /** The source with the least item. */
  get min(): number {
    return this.#min;
  }

  /** To be called when the source `min` has gone on to its next item. */
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
