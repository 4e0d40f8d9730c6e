import { listInMessage } from '../locale.ts';
import { METADATA, type MetadataKind } from '../media/edits.ts';

/*
 * The report about removed metadata: one line for each kind, with a count and the first places.
 */

/** The metadata removed from a file, or from the pictures embedded in a document. */
export interface MetadataRemoval {
  readonly path: string;
  readonly what: 'picture' | 'recording';
  readonly count: number;
  readonly removed: readonly MetadataKind[];
}

/** A file that is published as it is. */
export interface MalformedFile {
  readonly path: string;
  /** The reason. */
  readonly reason: string;
}

const MAX_PLACES = 3;

export function reportRemovals(removals: readonly MetadataRemoval[]): string[] {
  if (removals.length === 0) return [];
  const removed = METADATA.filter((each) => removals.some((removal) => removal.removed.includes(each)));
  const counts = (['picture', 'recording'] as const).flatMap((what) => {
    const count = removals.reduce((sum, removal) => sum + (removal.what === what ? removal.count : 0), 0);
    return count === 0 ? [] : [`${count} ${what}${count === 1 ? '' : 's'}`];
  });
  const places = firstPlaces(removals.map(({ path }) => `seeds/${path}`));
  return [
    `Removed ${listInMessage(removed)} from ${listInMessage(counts)}: ${places}; keepMetadata = true in seeds/site.toml keeps them`,
  ];
}

export function reportMalformed(files: readonly MalformedFile[]): string[] {
  const [first, ...others] = files;
  if (first === undefined) return [];
  if (others.length === 0)
    return [
      `Cannot remove metadata from seeds/${first.path}: ${first.reason}; expected a whole file; published it as it is`,
    ];
  const places = firstPlaces(files.map(({ path, reason }) => `seeds/${path} (${reason})`));
  return [
    `Cannot remove metadata from ${files.length} files: ${places}; expected whole files; published them as they are`,
  ];
}

function firstPlaces(places: readonly string[]): string {
  const more = places.length - MAX_PLACES;
  return listInMessage([...places.slice(0, MAX_PLACES), ...(more > 0 ? [`${more} more`] : [])]);
}
