import type { Person } from '../../article.ts';
import type { StatedMedia } from '../stated.ts';

/** Words of a page. */
export interface Statement {
  readonly text: string;
  readonly line: number | undefined;
}

/** What one vocabulary of a page says of the article. Of several statements the first that can be read counts. */
export interface Claims {
  readonly id?: readonly string[];
  readonly title?: readonly string[];
  readonly published?: readonly Statement[];
  readonly updated?: readonly Statement[];
  readonly expires?: readonly Statement[];
  readonly summary?: readonly string[];
  readonly language?: readonly string[];
  readonly direction?: readonly ('ltr' | 'rtl')[];
  readonly authors?: readonly Person[];
  readonly tags?: readonly string[];
  /** The part of the site, which is about as good as a tag. */
  readonly section?: readonly string[];
  readonly image?: readonly StatedMedia[];
  readonly enclosures?: readonly StatedMedia[];
  /** Where the page was published. */
  readonly address?: readonly string[];
  /** Where the article was published first, when that is said to be elsewhere. */
  readonly original?: readonly string[];
  /** The name of the site. */
  readonly site?: readonly string[];
}
