/**
 * The places in a stored text that are filled when it is sent: each is one Unicode noncharacter, which no `Article` may
 * hold, so a hole is never mistaken for text.
 */
export const HOLES = {
  /** The site's origin, such as `https://example.org`. */
  origin: '\uFDD0',
  /** The article's canonical HTML. */
  body: '\uFDD1',
  /** What every page has inside `head`. */
  head: '\uFDD2',
  /** What every page has before its `main`. */
  top: '\uFDD3',
  /** What every page has after its `main`. */
  foot: '\uFDD4',
  /** The articles that are listed. */
  list: '\uFDD5',
  /** The address of the feed that a page is about. */
  feed: '\uFDD6',
  /** What a feed says of itself; see feeds/metadata.ts. */
  title: '\uFDD7',
  description: '\uFDD8',
  language: '\uFDD9',
  updated: '\uFDDA',
  /** Paths of the page that the feed is the feed of, and of the feed in each format. */
  homePath: '\uFDDB',
  rssPath: '\uFDDC',
  atomPath: '\uFDDD',
  jsonPath: '\uFDDE',
  /** What was in a feed and is gone. */
  removed: '\uFDDF',
  /** The feed's permanent id. */
  id: '\uFDE0',
  /** Where the pages of its history are (RFC 5005). */
  history: '\uFDE1',
  /** Links to newer and older articles. */
  pager: '\uFDE2',
  /** What stands for a slice above its articles. */
  heading: '\uFDE3',
  /** Path of a page itself. */
  ownPath: '\uFDE4',
  /** What was searched for. */
  words: '\uFDE5',
  /** What an article says, in a list. */
  summary: '\uFDE6',
  /** A link to another article. */
  mention: '\uFDE7',
  /** Links to the articles before and after. */
  neighbours: '\uFDE8',
  /** The whole address of the feed that a page is about, as a part of another address. */
  encodedFeed: '\uFDE9',
  /** What an item of JSON Feed says besides when it stands alone. */
  alone: '\uFDEA',
  /** What sets a page of history apart from the others, behind a title. */
  page: '\uFDEE',
} as const;

export type Hole = keyof typeof HOLES;

export type TemplatePart = { readonly bytes: Uint8Array } | { readonly hole: Hole };

/** By the last byte of a mark in UTF-8; the others are the same in all: EF B7. */
const HOLE_OF: ReadonlyMap<number, Hole> = new Map(
  Object.entries(HOLES).map(([name, mark]) => [0x80 | (mark.charCodeAt(0) & 0x3f), name as Hole]), // the keys of HOLES are the holes
);

/** Takes a text in UTF-8 with marks apart: literal texts, none of them empty, and the holes between them. */
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
