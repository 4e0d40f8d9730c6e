import type { Facet, FacetValue } from '../facets.ts';

export interface FacetCount extends FacetValue {
  /** How many visible articles have it. */
  readonly count: number;
}

/** All the values of a facet that visible articles have. */
export interface FacetGroup {
  readonly facet: Facet;
  /** What people call the facet, in the plural. */
  readonly name: string;
  /** Not empty, by label. */
  readonly values: readonly FacetCount[];
}
