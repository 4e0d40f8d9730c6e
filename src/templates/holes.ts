/**
 * Placeholders in stored texts that are filled when a response is sent. Each is a Unicode noncharacter, which no
 * `Article` may contain, so a hole is never mistaken for text.
 */
export const HOLES = {
  /** The site's origin, such as `https://example.org`. */
  origin: '\uFDD0',
  /** The article's canonical HTML. */
  body: '\uFDD1',
  /** The shared content of `head`. */
  head: '\uFDD2',
  /** The shared content before `main`. */
  top: '\uFDD3',
  /** The shared content after `main`. */
  foot: '\uFDD4',
  /** The listed articles. */
  list: '\uFDD5',
  /** The URL of the feed that a page is about. */
  feed: '\uFDD6',
  /** The metadata of a feed; see feeds/metadata.ts. */
  title: '\uFDD7',
  description: '\uFDD8',
  language: '\uFDD9',
  updated: '\uFDDA',
  /** The paths of the page that belongs to the feed, and of the feed in each format. */
  homePath: '\uFDDB',
  rssPath: '\uFDDC',
  atomPath: '\uFDDD',
  jsonPath: '\uFDDE',
  /** The articles removed from a feed. */
  removed: '\uFDDF',
  /** The feed's permanent id. */
  id: '\uFDE0',
  /** Links to its history pages (RFC 5005), and how long it is fresh. */
  history: '\uFDE1',
  /** Links to newer and older articles. */
  pager: '\uFDE2',
  /** The heading of a slice. */
  heading: '\uFDE3',
  /** The path of the page. */
  ownPath: '\uFDE4',
  /** The search query. */
  words: '\uFDE5',
  /** The body of an article in a list. */
  summary: '\uFDE6',
  /** A link to another article. */
  mention: '\uFDE7',
  /** Links to the articles before and after. */
  neighbours: '\uFDE8',
  /** The URL of the feed that a page is about, encoded as a part of another URL. */
  encodedFeed: '\uFDE9',
  /** Additional members of a JSON Feed item outside a feed. */
  alone: '\uFDEA',
  /** The picture of an article in a list. */
  picture: '\uFDEB',
  /** The name of a slice, in links to its feeds. */
  name: '\uFDEC',
  /** A paragraph below the heading of a slice. */
  about: '\uFDEF',
  /** Links to the lists of values, in the foot of pages. */
  indexes: '\uFDEE',
  /** The HTML above the heading of a slice. */
  kicker: '\uFDED',
} as const;

export type Hole = keyof typeof HOLES;

type TemplatePart = { readonly bytes: Uint8Array } | { readonly hole: Hole };

/** Fills the holes for the site's origin, so that the texts around them are stored as one. */
export function pinOrigin<Name extends string>(
  texts: Readonly<Record<Name, string>>,
  origin: string | undefined,
): Readonly<Record<Name, string>> {
  if (origin === undefined) return texts;
  const pinned = Object.entries<string>(texts).map(([name, text]) => [
    name,
    text.replaceAll(HOLES.origin, origin),
  ]);
  return Object.fromEntries(pinned); // with the same names
}

/** By the last UTF-8 byte of a marker; the first two are always EF B7. */
const HOLE_OF: ReadonlyMap<number, Hole> = new Map(
  Object.entries(HOLES).map(([name, marker]) => [0x80 | (marker.charCodeAt(0) & 0x3f), name as Hole]), // the keys of HOLES are the holes
);

/** Splits a UTF-8 text at its markers: non-empty literal texts, and the holes between them. */
export function templateParts(text: Uint8Array): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let from = 0;
  for (let at = text.indexOf(0xef); at >= 0; at = text.indexOf(0xef, at + 1)) {
    const hole = text[at + 1] === 0xb7 ? HOLE_OF.get(text[at + 2] ?? 0) : undefined;
    if (hole === undefined) continue;
    if (at > from) parts.push({ bytes: text.subarray(from, at) });
    parts.push({ hole });
    from = at + 3;
  }
  if (from < text.length) parts.push({ bytes: text.subarray(from) });
  return parts;
}
