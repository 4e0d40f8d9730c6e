import type { Root } from 'hast';

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

/** A person construct (RFC 4287 §3.2). */
export interface Person {
  readonly name: string;
  /** An absolute http(s) URL, or the hole for the site's origin (templates/holes.ts) and a path. */
  readonly uri?: string;
  readonly email?: string;
  /** URL of a picture, as in `Media`. */
  readonly image?: string;
  /** A line about the person. */
  readonly biography?: string;
}

/** The original publication of an article, if it was elsewhere. */
export interface Source {
  readonly title: string;
  /** Absolute http(s) URL of the original. */
  readonly uri?: string;
  /** Calendar date of the original, `YYYY-MM-DD`. */
  readonly published?: string;
}

/** The same article in another language. */
export interface Translation {
  /** BCP 47. */
  readonly language: string;
  readonly slug: string;
}

/** An article as the pages of others mention it. */
export interface Mention {
  readonly slug: string;
  readonly title: string;
  /** BCP 47. */
  readonly language: string;
}

/** The place of an article among the visible parts of its series. */
export interface SeriesPlace {
  readonly name: string;
  /** From 1. */
  readonly part: number;
  readonly parts: number;
  readonly previous: Mention | undefined;
  readonly next: Mention | undefined;
}

/** A heading of an article that its table of contents lists. */
export interface Heading {
  /** 2 or 3. */
  readonly level: number;
  readonly id: string;
  readonly title: string;
}

/** A mistake in an article that was corrected. */
export interface Correction {
  /** `YYYY-MM-DD` */
  readonly date?: string;
  /** Plain text. */
  readonly text: string;
}

/** A media file of an article. */
export interface Media {
  /** An absolute URL, or the hole for the site's origin (templates/holes.ts) and a path. */
  readonly url: string;
  /** Media type as registered. */
  readonly type: string;
  /** Bytes; absent if the file is on another server and its length is not stated. */
  readonly length?: number;
  /** Pixels. */
  readonly width?: number;
  readonly height?: number;
  /** Seconds. */
  readonly duration?: number;
  readonly title?: string;
  /** Of a picture. */
  readonly caption?: string;
  /** Smaller versions of a picture, ascending by width. */
  readonly variants?: readonly { readonly url: string; readonly width: number }[];
}

/** Whether it is audio or video. */
export function isRecording({ type }: Pick<Media, 'type'>): boolean {
  return /^(?:audio|video)\//.test(type);
}

/** Somebody who makes a podcast or speaks in it (`podcast:person`). */
export interface Contributor {
  readonly name: string;
  /** In the words of the Podcast Taxonomy; undefined: host. */
  readonly role?: string | undefined;
  /** In the words of the Podcast Taxonomy; undefined: cast. */
  readonly group?: string | undefined;
  /** The same as for a person. */
  readonly uri?: string | undefined;
  /** URL of a picture, as in `Media`. */
  readonly image?: string | undefined;
}

/** A chapter of a recording. */
export interface Chapter {
  /** Seconds from the beginning. */
  readonly start: number;
  readonly title: string;
  /** Absolute http(s) URL. */
  readonly uri?: string;
}

/** The metadata of an episode, named as in Apple's and Podcasting 2.0's tags. */
export interface Episode {
  /** A title without the number of the episode and the name of the podcast. */
  readonly title: string | undefined;
  /** Above 0; a whole number, except for extra episodes such as 100.5. */
  readonly number: number | undefined;
  /** Whole, above 0. */
  readonly season: number | undefined;
  readonly seasonName: string | undefined;
  readonly type: 'full' | 'trailer' | 'bonus' | undefined;
  readonly explicit: boolean | undefined;
  /** A square JPEG or PNG. */
  readonly image: Media | undefined;
  readonly transcripts: readonly Transcript[];
  readonly chaptersFile: Media | undefined;
  /** In the order of their beginnings. */
  readonly chapters: readonly Chapter[];
  readonly people: readonly Contributor[];
}

/** The words of a recording. */
export interface Transcript extends Media {
  /** BCP 47; absent: that of the podcast. */
  readonly language?: string;
  /** Whether it is meant to be shown while the recording plays. */
  readonly isCaptions?: boolean;
}

/**
 * An article: an entry in the terms of RFC 4287 §4.
 *
 * Every string is plain text unless its name ends in `Html`, has only characters that XML 1.0 allows, no control
 * characters and no Unicode noncharacters.
 */
export interface Article {
  /** Permanent: the id that the document states, else `urn:uuid:…`. It depends on no URL, title or machine. */
  readonly id: string;
  /** The same id as an IRI, for Atom. */
  readonly iri: string;
  /** The last segment of the permalink, not percent-encoded. Unique among the articles of a site. */
  readonly slug: string;
  /** The folder at the top of `seeds/` that its document is in; absent for documents that lie in `seeds/` itself. */
  readonly collection: string | undefined;
  /** Not empty. */
  readonly title: string;
  /** A sentence or two; not empty. */
  readonly summary: string;
  /** The whole content. */
  readonly content: Root;
  /** The same as canonical HTML (see html/canonical.ts). */
  readonly contentHtml: string;
  /** The same with what only pages can show, such as formulas in MathML; undefined if it has none. */
  readonly pageContent: Root | undefined;
  /** The pictures of the content that have smaller versions. */
  readonly pictures: readonly Media[];
  /** Empty unless the article is long and has several. */
  readonly headings: readonly Heading[];
  /**
   * The same in the Markdown that its author wrote, with links that are absolute or begin with the hole for the site's
   * origin (templates/holes.ts); undefined if the document is not Markdown.
   */
  readonly sourceMarkdown: string | undefined;
  /** When it was added to the site; undefined for the articles of the first build. */
  readonly added: Instant | undefined;
  /** The article is visible from this instant on. */
  readonly published: Instant;
  /** The last change of the content; never earlier than `published`. */
  readonly updated: Instant;
  /** The article is visible until just before this instant; Infinity: for good. */
  readonly expires: Instant;
  /** Whether it is in feeds and lists; its permalink exists in any case. */
  readonly listed: boolean;
  /** Whether search engines may index it; false for every article that is not listed, except for pages. */
  readonly indexed: boolean;
  /** Whether it is in the sitemap; false for every article that is not indexed. */
  readonly mapped: boolean;
  /** Whether it is a page of the site, such as “About”: no news, and not listed. */
  readonly isPage: boolean;
  /** Whether it is pinned to the top of the home page. */
  readonly isPinned: boolean;
  /** BCP 47. */
  readonly language: string;
  /** The direction of its text. */
  readonly direction: 'ltr' | 'rtl';
  /** At most one per language, and none in the article's own. */
  readonly translations: readonly Translation[];
  readonly authors: readonly Person[];
  /** RFC 4287 §4.2.2, as people write them; unique without regard to case. */
  readonly tags: readonly string[];
  readonly series: SeriesPlace | undefined;
  /** Visible articles about the same, the nearest first. */
  readonly related: readonly Mention[];
  /** Oldest first. The content ends with them, in a section with the id `corrections`. */
  readonly corrections: readonly Correction[];
  readonly source: Source | undefined;
  /** The lead picture. */
  readonly image: Media | undefined;
  /** Audio, video and other files, the most important first. */
  readonly enclosures: readonly Media[];
  /** Only of an article with a recording, or in a collection that is a podcast. */
  readonly episode: Episode | undefined;
}
