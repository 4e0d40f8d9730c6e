import { keyOf } from '../facets.ts';
import type { FeedFormat } from '../routes/paths.ts';

/**
 * The name under which an envelope is stored.
 *
 * @param collection one that has an envelope of its own
 */
export function envelopeName(format: FeedFormat, collection: string): string {
  return `${format}:${keyOf(collection)}`;
}
