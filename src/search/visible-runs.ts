import { type Bits, bitsFrom, nextMember } from '../store/bits.ts';
import type { Run, SearchDirectory } from './directory.ts';

/** A run, and those of its articles that are visible, counted from its first. */
export interface VisibleRun {
  readonly run: Run;
  readonly visible: Bits;
}

/** The runs in which something is visible; of the others nothing is read. */
export function visibleRuns({ runs }: Pick<SearchDirectory, 'runs'>, visible: Bits): VisibleRun[] {
  return runs
    .map((run) => ({ run, visible: bitsFrom(visible, run.firstArticle, run.articles) }))
    .filter((each) => (nextMember(each.visible, 0) ?? each.run.articles) < each.run.articles);
}
