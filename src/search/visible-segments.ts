import { type Bits, bitsFrom, nextMember } from '../store/bits.ts';
import type { BlockIndex, IndexSegment } from './term-dictionary.ts';

/** A segment, and those of its articles that are visible, counted from its first. */
export interface VisibleSegment {
  readonly segment: IndexSegment;
  readonly visible: Bits;
}

/** The segments in which something is visible; of the others nothing is read. */
export function visibleSegments({ segments }: Pick<BlockIndex, 'segments'>, visible: Bits): VisibleSegment[] {
  return segments
    .map((segment) => ({ segment, visible: bitsFrom(visible, segment.firstArticle, segment.articles) }))
    .filter((each) => (nextMember(each.visible, 0) ?? each.segment.articles) < each.segment.articles);
}
