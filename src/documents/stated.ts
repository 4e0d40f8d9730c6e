import type { Chapter, Contributor, Episode } from '../article.ts';
import type { StatedDate } from '../dates/parse-date.ts';

/** A file of the seeds folder as it was read. */
export interface SourceFile {
  /** Path from the seeds folder, with `/`, such as `2021/news.txt`. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Paths of included files; absent if it includes no files, present or missing. */
  readonly includes?: readonly string[];
}

/** A document that cannot be published; the message has the action, the value, the place, and what is expected. */
export class DocumentError extends Error {
  override readonly name: string = 'DocumentError';
}

/** A document has no content of its own, such as a list that only its generator can fill, or a page that redirects. */
export class EmptyDocumentError extends DocumentError {
  override readonly name = 'EmptyDocumentError';
  /** The URL to which a page redirects, as stated. */
  readonly leadsTo: string | undefined;

  constructor(message: string, leadsTo?: string) {
    super(message);
    this.leadsTo = leadsTo;
  }
}

/**
 * The message for a document that cannot be published, in one line with its path, for any exception: one document must
 * not stop the others.
 */
export function refusalOf(path: string, error: unknown): string {
  if (error instanceof DocumentError) return error.message;
  if (error instanceof RangeError && error.message.includes('call stack'))
    return `Cannot read seeds/${path}: it is nested too deeply; expected an article`;
  const [reason = ''] = String(error).split('\n');
  return `Cannot read seeds/${path}: it made Tidings fail (${reason}); please report this, with the document`;
}

export interface StatedMedia {
  /** An absolute URL, or a path relative to the document; `/` at the front means the seeds folder. */
  readonly url: string;
  readonly type?: string;
  /** Bytes. */
  readonly length?: number;
  /** Seconds. */
  readonly duration?: number;
  readonly title?: string;
  readonly caption?: string;
}

export interface StatedCorrection {
  readonly date?: StatedDate;
  readonly text: string;
}

export interface StatedSeries {
  readonly name: string;
  readonly part?: number;
}

export interface StatedTranscript extends StatedMedia {
  /** As stated; not checked. */
  readonly language?: string;
  readonly isCaptions?: boolean;
}

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

/** The stated visibility of a document; absent: public. */
export type Visibility = 'draft' | 'unlisted' | 'excluded';

type UndefinedKey<T> = { [Key in keyof T]: undefined extends T[Key] ? Key : never }[keyof T];

/** An object without its undefined properties: what a document does not state is absent. */
export function defined<const T extends object>(
  properties: T,
): Omit<T, UndefinedKey<T>> & { [Key in UndefinedKey<T>]?: Exclude<T[Key], undefined> } {
  const entries = Object.entries(properties).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as ReturnType<typeof defined<T>>; // these are all that is left
}
