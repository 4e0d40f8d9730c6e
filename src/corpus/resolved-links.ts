import type { Media, Person, Translation } from '../article.ts';
import type { Podcast } from '../config/site.ts';
import type { StatedMedia } from '../documents/stated.ts';
import type { KnownLinks } from '../html/sanitize.ts';

/** Where the links of a document lead, and what else it names. */
export interface LinkResolver extends KnownLinks {
  /** A file that the document names, if it is published; undefined if there is none. */
  readonly file: (stated: StatedMedia) => Media | undefined;
  /** The address of the article that a relative URL leads to; undefined when it leads to none. */
  readonly page: (url: string) => string | undefined;
  /** Whom a document of their own describes, by its name. */
  readonly person: (id: string) => Person | undefined;
  /** The podcast that it is in. */
  readonly podcast: Podcast | undefined;
  readonly translations: readonly Translation[];
}
