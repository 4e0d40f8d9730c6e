/** What became of a case of scaling.ts. */
export interface Outcome {
  readonly name: string;
  readonly fault?: string;
  /** The most times that the work grew when the size grew tenfold; absent where the work is little. */
  readonly growth?: number;
}

/** What is linear grows by 10, what is square by 100. */
export const MOST_GROWTH = 40;
