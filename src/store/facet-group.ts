import type { Dimension, Value } from '../facets.ts';

export interface CountedValue extends Value {
  /** How many visible articles have it. */
  readonly count: number;
}

/** All the values of a dimension that visible articles have. */
export interface ValueGroup {
  readonly dimension: Dimension;
  /** What people call the dimension, in the plural. */
  readonly name: string;
  /** Not empty, by label. */
  readonly values: readonly CountedValue[];
}
