/** The conversion of syntax that is not Markdown, as far as it is known without running anything. */
export interface Converted {
  /** The replacement in text. */
  readonly html?: string;
  /** The replacement on lines of its own. */
  readonly blockHtml?: string;
  /** How it stands, if it is a formula in TeX. */
  readonly formula?: 'inline' | 'block';
  /** Within an address. */
  readonly url?: string;
  /** The id that it gives to the heading in which it stands. */
  readonly headingId?: string;
  /** Whether readers of Markdown know it in the words of the author. */
  readonly isMarkdown?: boolean;
  /** Nobody misses it when it is left out. */
  readonly isSilent?: boolean;
}

/** Syntax found in the source: Markdown to replace it, or a piece to extract; neither if it stays. */
export interface Found {
  /** Its start, if that is before the token. */
  readonly start?: number;
  /** Its end. */
  readonly end: number;
  readonly markdown?: string;
  readonly piece?: Converted;
  /** The text of a note that `markdown` refers to. */
  readonly note?: string;
  /** Code that is left out besides. */
  readonly leftOut?: readonly string[];
}

/** A place in a text and what is to stand there. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export function applyEdits(text: string, edits: readonly Edit[]): string {
  let written = 0;
  let out = '';
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    out += text.slice(written, edit.start) + edit.text;
    written = edit.end;
  }
  return out + text.slice(written);
}

/** Plain text as HTML, for text and for attribute values in `"`. */
export function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
