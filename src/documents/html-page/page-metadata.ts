import type { Person } from '../../article.ts';
import type { StatedMedia } from '../stated.ts';

/** A text of a page with its line. */
export interface Sourced {
  readonly text: string;
  readonly line: number | undefined;
}

/** The metadata of an article in one vocabulary of a page. The first valid value of a field counts. */
export interface PageMetadata {
  readonly id?: readonly string[];
  readonly title?: readonly string[];
  readonly published?: readonly Sourced[];
  readonly updated?: readonly Sourced[];
  readonly expires?: readonly Sourced[];
  readonly summary?: readonly string[];
  readonly language?: readonly string[];
  readonly direction?: readonly ('ltr' | 'rtl')[];
  readonly authors?: readonly Person[];
  readonly tags?: readonly string[];
  /** The section of the site, a fallback for tags. */
  readonly section?: readonly string[];
  readonly image?: readonly StatedMedia[];
  readonly enclosures?: readonly StatedMedia[];
  /** The URL of the page. */
  readonly address?: readonly string[];
  /** The URL of the original publication, if it is elsewhere. */
  readonly original?: readonly string[];
  /** The name of the site. */
  readonly site?: readonly string[];
}
