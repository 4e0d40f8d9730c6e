import { identifyBlocks } from './attributes.ts';
import { fenceAdmonitions } from './containers.ts';
import { openMdxScope, unindentHtml } from './read-mdx.ts';
import { type ReadContext, readToken, TOKEN } from './read-syntax.ts';
import { type Converted, findCodeRanges, openSource } from './source-text.ts';
import { writeBlocks } from './write-blocks.ts';
import { writeDirectives } from './write-directives.ts';

export interface Piece extends Converted {
  readonly code: string;
  readonly line: number;
}

/** Markdown with its foreign syntax extracted. */
export interface Extraction {
  /** The Markdown of the document. */
  readonly source: string;
  /** The same, with a placeholder for each piece. */
  readonly markdown: string;
  readonly pieces: readonly Piece[];
  /** Pieces without a placeholder. */
  readonly leftOut: readonly Piece[];
  /** Matches a placeholder, a word of letters and digits; its group is the index of its piece. */
  readonly marks: RegExp;
  /** The long forms of short words, as `*[HTML]: …` states them. */
  readonly abbreviations: ReadonlyMap<string, string>;
}

interface SyntaxOptions {
  /** As the document states it. */
  readonly title: string | undefined;
  readonly firstLine: number;
  /** Whether the file has the extension of MDX; other files may contain MDX too. */
  readonly isMdx: boolean;
  /** Whether it is R Markdown or Quarto. */
  readonly isPandoc: boolean;
}

/**
 * Extracts template code, components, wikilinks and the like from Markdown, but not from its code.
 */
export function extractSyntax(markdown: string, options: SyntaxOptions): Extraction {
  const { title, isMdx, firstLine } = options;
  const flat = isMdx ? markdown : unindentHtml(markdown);
  const text = fenceAdmonitions(writeDirectives(identifyBlocks(writeBlocks(flat))));
  const word = unusedWord(text);
  const marks = new RegExp(`${word}(\\d+)x`, 'g');
  const source = openSource(text, firstLine);
  const context: ReadContext = {
    source,
    code: findCodeRanges(source),
    templates: { title, rawEnd: 0, expressionEnd: 0, open: [], captured: new Set() },
    mdx: openMdxScope(text, options),
    admonitions: [],
    abbreviations: new Map(),
    hasNotes: text.includes('[^note-'),
    lastNote: 0,
    highlightEnd: 0,
  };
  const written: string[] = [];
  const pieces: Piece[] = [];
  const leftOut: Piece[] = [];
  const notes: string[] = [];
  let note: { readonly label: string; readonly from: number; readonly end: number } | undefined;
  let at = 0;
  /** Moves the words of a note to the end, if it ends before an offset. */
  const closeNote = (offset: number): void => {
    if (note === undefined || offset < note.end) return;
    const words = written.splice(note.from).join('') + text.slice(at, note.end);
    written.push(note.label);
    notes.push(`\n\n${note.label}: ${words.replace(/\n[ \t]*/g, ' ')}`);
    at = Math.max(at, note.end + ']'.length);
    note = undefined;
  };
  const token = new RegExp(TOKEN);
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const start = match.index;
    closeNote(start);
    const found = readToken(match, context);
    if (found === undefined) continue;
    if (found.note !== undefined) {
      if (note !== undefined) continue;
      written.push(text.slice(at, Math.max(at, start)));
      at = start + '^['.length;
      note = { label: found.note, from: written.length, end: found.end - ']'.length };
      token.lastIndex = at;
      continue;
    }
    token.lastIndex = Math.max(found.end, start + 1);
    const line = source.lineAt(start);
    for (const code of found.leftOut ?? []) leftOut.push({ code, line });
    if (found.markdown === undefined && found.piece === undefined) continue;
    const from = found.start ?? start;
    written.push(text.slice(at, Math.max(at, from)));
    at = found.end;
    if (found.markdown !== undefined) written.push(found.markdown);
    if (found.piece === undefined) continue;
    const { html, blockHtml, ...rest } = found.piece;
    const isAlone = source.isAlone({ start: from, end: found.end });
    const shown = isAlone ? (blockHtml ?? html) : (html ?? blockHtml);
    const code = text.slice(start, found.end);
    const piece = { ...rest, ...(shown !== undefined && { html: shown }), code, line };
    if (isAlone && shown === undefined && piece.headingId === undefined) {
      leftOut.push(piece);
      continue;
    }
    // A placeholder is letters, before which stars close emphasis only after letters.
    const gap = !isAlone && /[^\s\p{L}\p{N}*]\*{1,3}$/u.test(text.slice(Math.max(0, start - 4), start));
    const mark = `${gap ? '<!---->' : ''}${word}${pieces.push(piece) - 1}x`;
    const isBlock = isAlone && blockHtml !== undefined;
    written.push(isBlock ? `\n${' '.repeat(source.columnOf(from))}${mark}\n` : mark);
  }
  closeNote(text.length);
  written.push(text.slice(at), ...notes);
  const { abbreviations } = context;
  return { source: markdown, markdown: written.join(''), pieces, leftOut, marks, abbreviations };
}

/** A prefix of words that the text does not contain, in lower case like attribute names. */
function unusedWord(text: string): string {
  const lower = text.toLowerCase();
  for (let number = 0; ; number++) {
    const word = `xsetaside${number}x`;
    if (!lower.includes(word)) return word;
  }
}
