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
