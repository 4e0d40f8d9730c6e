import type { Person } from '../article.ts';

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

/** A calendar date as a document states it; not checked for existence. */
export interface StatedDate {
  readonly year: number;
  /** 1 is January. */
  readonly month: number;
  readonly day: number;
  /** The words that state it. */
  readonly text: string;
  /** Where it stands, such as `seeds/a.txt:3`. */
  readonly where: string;
}

/** What a document says of itself; whatever it does not say is absent. */
export interface Draft {
  readonly title?: string;
  readonly published?: StatedDate;
  readonly source?: {
    readonly title?: string;
    readonly uri?: string;
    readonly published?: StatedDate;
  };
  readonly authors: readonly Person[];
  /** Canonical HTML (see canonical.ts). */
  readonly contentHtml: string;
}
