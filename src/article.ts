/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

/** A person construct (RFC 4287 §3.2). */
export interface Person {
  readonly name: string;
  /** Absolute http(s) URL. */
  readonly uri?: string;
  readonly email?: string;
}

/** Where an article was first published, when that was elsewhere. */
export interface Source {
  readonly title: string;
  /** Absolute http(s) URL of the original. */
  readonly uri?: string;
  /** Calendar date of the original, `YYYY-MM-DD`. */
  readonly published?: string;
}

/**
 * What Tidings publishes: an entry in the words of RFC 4287 §4.
 *
 * Every string is plain text unless its name ends in `Html`, has only characters that XML 1.0 allows, no control
 * characters and no Unicode noncharacters.
 */
export interface Article {
  /** Permanent IRI, `urn:uuid:…`; depends on no URL, title or machine. */
  readonly id: string;
  /** The last segment of the permalink, not percent-encoded. Unique among the articles of a site. */
  readonly slug: string;
  /** Not empty. */
  readonly title: string;
  /** A sentence or two; not empty. */
  readonly summary: string;
  /** The whole content as canonical HTML (see documents/canonical.ts). */
  readonly contentHtml: string;
  /** The article is visible from this instant on. */
  readonly published: Instant;
  /** The last change of the content; never before `published`. */
  readonly updated: Instant;
  /** BCP 47. */
  readonly language: string;
  readonly authors: readonly Person[];
  readonly source: Source | undefined;
}
