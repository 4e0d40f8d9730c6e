import { type Bits, bitsFrom, nextMember } from '../store/bits.ts';
import type { BlockIndex, IndexSegment } from './term-dictionary.ts';

/** A segment and its visible articles, numbered from its first. */
export interface VisibleSegment {
  readonly segment: IndexSegment;
  readonly visible: Bits;
}

/** The segments with visible articles; the others are not read. */
export function visibleSegments({ segments }: Pick<BlockIndex, 'segments'>, visible: Bits): VisibleSegment[] {
  return segments
    .map((segment) => ({ segment, visible: bitsFrom(visible, segment.firstArticle, segment.articles) }))
    .filter((each) => (nextMember(each.visible, 0) ?? each.segment.articles) < each.segment.articles);
}
