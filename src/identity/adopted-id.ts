import { mintId } from './id.ts';

/** RFC 9562, RFC 8141, RFC 4151, and addresses. */
const URI =
  /^(?:urn:uuid:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$|urn:(?!uuid:)[a-z\d][a-z\d-]{1,31}:.|tag:(?:[\w.-]+@)?[a-z\d.-]+,\d{4}(?:-\d\d){0,2}:|https?:\/\/[^/?#])/i;
/** What no IRI may have (RFC 3987 §2.2). */
const UNFIT = /[\s"<>\\^`{|}\p{Cc}]|%(?![\da-f]{2})/iu;

/** The id of an article whose document brings one: the same if it is a permanent URI, else one made from it. */
export function adoptedId(foreign: string): string {
  return URI.test(foreign) && !UNFIT.test(foreign) ? foreign : mintId(`foreign:${foreign}`);
}
