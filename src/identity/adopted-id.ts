import { mintId } from './id.ts';

/** RFC 8141, RFC 4151, and addresses; without characters that no IRI may have (RFC 3987 §2.2). */
const URI = /^(?:urn:[a-z0-9][a-z0-9-]+:|tag:[^,\s]+,\d{4}[\d-]*:|https?:\/\/)[^\s"<>\\^`{|}]+$/iu;

/** The id of an article whose document brings one: the same if it is a permanent URI, else one made from it. */
export function adoptedId(foreign: string): string {
  return URI.test(foreign) ? foreign : mintId(`foreign:${foreign}`);
}
