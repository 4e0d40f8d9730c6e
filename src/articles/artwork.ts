import type { Media } from '../article.ts';

/** Pixels of a side. */
const MIN_SIDE = 1400;
const MAX_SIDE = 3000;

/** Why directories do not take a picture for a podcast's or an episode's, as far as that is known. */
export function artworkFault({ type, width, height }: Media): string | undefined {
  if (type !== 'image/jpeg' && type !== 'image/png')
    return `it is of the type ${type}; expected a JPEG or PNG`;
  if (width === undefined || height === undefined) return undefined;
  return width === height && width >= MIN_SIDE && width <= MAX_SIDE
    ? undefined
    : `it has ${width} × ${height} pixels; expected a square of ${MIN_SIDE} to ${MAX_SIDE}`;
}
