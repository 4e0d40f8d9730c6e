import type { Root } from 'hast';
import type { StatedFields } from './front-matter/read-fields.ts';
import type { Visibility } from './stated.ts';

/** The metadata of a document: the fields of front matter, and more. Missing fields are absent. */
export interface Draft extends StatedFields {
  /** Alternative titles, likeliest first; only for HTML pages. */
  readonly otherTitles?: readonly string[];
  /** The words that stand in the text as `#tag`. */
  readonly hashtags?: readonly string[];
  /** Whether it links to notes as in a vault; only with hashtags. */
  readonly hasWikilinks?: boolean;
  readonly visibility?: Visibility;
  /** Whether search engines must not index it. */
  readonly noindex?: true;
  /** Whether the sitemap must leave it out, though search engines may index it. */
  readonly unmapped?: true;
  /** The URL to which it only leads, as stated. */
  readonly leadsTo?: string;
  /** The content, relative links and all; not sanitised. Without the title if that stands above it. */
  readonly content: Root;
  /** The same in Markdown as its author wrote it, if that holds nothing that only this document's maker reads. */
  readonly markdown?: string;
  /** Warnings about unusable parts, in the grammar of errors, each with its place. */
  readonly warnings?: readonly string[];
}
