/** The outcome of a case of scaling.ts. */
export interface Outcome {
  readonly name: string;
  readonly fault?: string;
  /** The greatest factor by which the work grew when the size grew tenfold; absent if the work is small. */
  readonly growth?: number;
}

/** Linear work grows by 10, quadratic work by 100; a deep stack makes garbage collection dearer, by up to 36. */
export const MOST_GROWTH = 60;
