import type { Instant } from '../article.ts';
import type { MediaFile, PictureVariant } from './media-files.ts';

/** A picture, and the widths of the smaller versions to make. */
export interface WantedVariants {
  readonly path: string;
  readonly file: MediaFile;
  /** Ascending. */
  readonly widths: readonly number[];
}

/** The smaller versions of pictures, by their paths, and notes about those that could not be made. */
export interface Variants {
  readonly variants: ReadonlyMap<string, readonly PictureVariant[]>;
  readonly notes: readonly string[];
}

export type MakeVariants = (wanted: readonly WantedVariants[]) => Promise<Variants>;

/** For lists, for phones, and for the width of a text on screens with two pixels for one. */
const WIDTHS = [400, 800, 1400] as const;
/** A version that is hardly smaller is not worth a file. */
const MIN_RATIO = 1.25;
/** The maximum number of files. With the files of articles, they stay below the limit of Cloudflare's free plan. */
const MAX_VARIANT_FILES = 12_000;

interface NamedPicture {
  readonly path: string;
  /** When the newest of the articles that name it was published; of files of the site, Infinity. */
  readonly newest: Instant;
}

/**
 * Plans smaller versions of pictures: the newest first, until there are `most` files. Pictures of scheduled articles
 * only come last, so none of them takes a version from a published article.
 */
export function planVariants(
  pictures: readonly NamedPicture[],
  files: ReadonlyMap<string, MediaFile>,
  now: Instant,
  most = MAX_VARIANT_FILES,
): { wanted: WantedVariants[]; notes: string[] } {
  const isScheduled = ({ newest }: NamedPicture): boolean => Number.isFinite(newest) && newest > now;
  const ordered = pictures.toSorted(
    (a, b) =>
      Number(isScheduled(a)) - Number(isScheduled(b)) ||
      (a.newest === b.newest ? 0 : b.newest - a.newest) ||
      (a.path < b.path ? -1 : 1),
  );
  const wanted: WantedVariants[] = [];
  let left = most;
  let cut = 0;
  for (const { path } of ordered) {
    const file = files.get(path);
    const { width = 0, isStill = false } = file ?? {};
    const widths = isStill ? WIDTHS.filter((each) => width >= each * MIN_RATIO) : [];
    if (file === undefined || widths.length === 0) continue;
    const kept = widths.slice(0, left);
    if (kept.length < widths.length) cut++;
    if (kept.length > 0) wanted.push({ path, file, widths: kept });
    left -= kept.length;
  }
  const notes =
    cut === 0
      ? []
      : [
          `Made no smaller versions of the oldest ${cut === 1 ? 'picture' : `${cut} pictures`}: expected at most ${most} such files, as Cloudflare's free plan takes 20000 in all`,
        ];
  return { wanted, notes };
}
