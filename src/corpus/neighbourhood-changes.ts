import type { Instant } from '../article.ts';
import {
  type Findings,
  type Libraries,
  type NamingDocument,
  type Neighbourhood,
  neighbourhoodOf,
} from './neighbourhood.ts';

/** A neighbourhood that takes the place of the one before it. */
export interface LaterNeighbourhood {
  readonly from: Instant;
  readonly neighbourhood: Neighbourhood;
}

/** How a neighbourhood changes while its article is visible. */
export interface NeighbourhoodChanges {
  /** The first one. */
  readonly neighbourhood: Neighbourhood;
  /** Ascending. */
  readonly later: readonly LaterNeighbourhood[];
  /** The last change before; undefined if there was none since the article was published. */
  readonly renewed: Instant | undefined;
  /** What is not visible at first; see neighbourhood.ts. */
  readonly absent: Findings['absent'];
}

/** An article with more renditions gets the others from a later build. */
const MAX_LATER = 31;

/** Looks up what a document names, now and for all instants to come. */
export function neighbourhoodChanges(
  document: NamingDocument,
  libraries: Libraries,
  { published, expires, now }: { published: Instant; expires: Instant; now: Instant },
): NeighbourhoodChanges {
  const first = Math.max(published, now);
  const findings: Findings = { turns: new Set(), absent: new Map() };
  const neighbourhood = neighbourhoodOf(document, libraries, first, findings);
  const turns = [...findings.turns].sort((a, b) => a - b);
  return {
    neighbourhood,
    later: turns
      .filter((turn) => turn > first && turn < expires)
      .slice(0, MAX_LATER)
      .map((from) => ({ from, neighbourhood: neighbourhoodOf(document, libraries, from) })),
    renewed: turns.findLast((turn) => turn > published && turn <= first),
    absent: findings.absent,
  };
}
