import { METADATA, type Metadata } from '../media/edits.ts';

/** What was removed from one file, or from the pictures in one document. */
export interface MetadataRemoval {
  readonly what: 'picture' | 'recording';
  readonly count: number;
  readonly removed: readonly Metadata[];
}

const LIST = new Intl.ListFormat('en-GB');

/** Says it once for all; empty if nothing was removed. */
export function reportRemovals(removals: readonly MetadataRemoval[]): string[] {
  if (removals.length === 0) return [];
  const removed = METADATA.filter((each) => removals.some((removal) => removal.removed.includes(each)));
  const counts = (['picture', 'recording'] as const).flatMap((what) => {
    const count = removals.reduce((sum, removal) => sum + (removal.what === what ? removal.count : 0), 0);
    return count === 0 ? [] : [`${count} ${what}${count === 1 ? '' : 's'}`];
  });
  return [
    `Removed ${LIST.format(removed)} from ${LIST.format(counts)}; keepMetadata in src/site.ts keeps them`,
  ];
}
