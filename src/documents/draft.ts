import type { Root } from 'hast';
import type { Chapter, Contributor, Episode, Person } from '../article.ts';

/** A file of the seeds folder as it was read. */
export interface SourceFile {
  /** Path from the seeds folder, with `/`, such as `2021/news.txt`. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** A document that cannot be published; the message says what was attempted, the value, what is wanted, and where. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';
}

/** A date as a document states it; not checked for existence. */
export interface StatedDate {
  readonly year: number;
  /** 1 is January. */
  readonly month: number;
  readonly day: number;
  /** Absent when only a day is stated. */
  readonly time?: { readonly hour: number; readonly minute: number; readonly second: number };
  /** `UTC`, `+03:00` or a name such as `Europe/Istanbul`; absent when no zone is stated. Only with a time. */
  readonly timeZone?: string;
  /** The words that state it. */
  readonly text: string;
  /** Where it stands, such as `seeds/a.txt:3`. */
  readonly where: string;
}

/** A file that a document brings along, as the document names it. */
export interface StatedMedia {
  /** An absolute URL, or a path relative to the document; `/` at the front means the seeds folder. */
  readonly url: string;
  readonly type?: string;
  /** Bytes. */
  readonly length?: number;
  /** Seconds. */
  readonly duration?: number;
  readonly title?: string;
}

/** The words of a recording, as a document names them. */
export interface StatedTranscript extends StatedMedia {
  /** As stated; not checked. */
  readonly language?: string;
  readonly isCaptions?: boolean;
}

/** What a document says of the episode that it is about. */
export interface StatedEpisode {
  readonly title?: string;
  readonly number?: number;
  readonly season?: number;
  readonly seasonName?: string;
  readonly type?: NonNullable<Episode['type']>;
  readonly explicit?: boolean;
  readonly image?: StatedMedia;
  readonly transcripts?: readonly StatedTranscript[];
  readonly chaptersFile?: StatedMedia;
  readonly chapters?: readonly Chapter[];
  /** Their pictures are URLs or paths, as those of `StatedMedia`. */
  readonly people?: readonly Contributor[];
}

/** Whether and where a document wants to be seen; absent: everywhere. */
export type Visibility = 'draft' | 'unlisted' | 'excluded';

/** What a document says of itself; whatever it does not say is absent. */
export interface Draft {
  /** The id that it had elsewhere, in the words of the document. */
  readonly id?: string;
  readonly title?: string;
  /** What else a page gives as its title, the likeliest first; only of HTML pages. */
  readonly otherTitles?: readonly string[];
  /** The last segment of its address, pinned. */
  readonly slug?: string;
  /** Its former addresses: absolute paths (`/2021/old-name/`) or URLs. */
  readonly aliases?: readonly string[];
  /** What others call it, as aliases of Obsidian do. */
  readonly names?: readonly string[];
  readonly published?: StatedDate;
  readonly updated?: StatedDate;
  readonly expires?: StatedDate;
  readonly summary?: string;
  /** As stated; not checked. */
  readonly language?: string;
  readonly direction?: 'ltr' | 'rtl';
  /** What the document has in common with its translations, and with no other. */
  readonly translationKey?: string;
  readonly authors: readonly Person[];
  readonly tags?: readonly string[];
  readonly source?: {
    readonly title?: string;
    readonly uri?: string;
    readonly published?: StatedDate;
  };
  /** Where it says that it was published before, and the name of that site. */
  readonly address?: { readonly uri: string; readonly title?: string };
  readonly visibility?: Visibility;
  /** Whether search engines must not index it. */
  readonly noindex?: true;
  /** The lead image. */
  readonly image?: StatedMedia;
  /** Audio, video and other attachments. */
  readonly enclosures?: readonly StatedMedia[];
  readonly episode?: StatedEpisode;
  /** The content, relative links and all; not sanitised. Without the title if that stands above it. */
  readonly content: Root;
  /** The same in Markdown as its author wrote it, if that holds nothing that only this document's maker reads. */
  readonly markdown?: string;
  /** What was met and could not be used, in the grammar of errors, each with its place. */
  readonly warnings?: readonly string[];
}
