import { identifyBlocks } from './attributes.ts';
import { fenceAdmonitions } from './containers.ts';
import { openMdxScope } from './read-mdx.ts';
import { type ReadContext, readToken, TOKEN } from './read-syntax.ts';
import { openTemplateScope } from './read-template.ts';
import { type Converted, type Found, findCodeRanges, openSource } from './source-text.ts';
import type { TemplateData } from './template-code.ts';
import { unindentHtml } from './unindent.ts';
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

interface SyntaxOptions extends TemplateData {
  readonly firstLine: number;
  /** Whether the file has the extension of MDX; other files may contain MDX too. */
  readonly isMdx: boolean;
  /** Whether it is R Markdown or Quarto. */
  readonly isPandoc: boolean;
}

/** Words whose marks were read. */
interface Enclosure extends NonNullable<Found['enclosed']> {
  /** The index of the first part that was written of them. */
  readonly from: number;
  /** The end of the mark behind them. */
  readonly after: number;
}

/**
 * Extracts template code, components, wikilinks and the like from Markdown, but not from its code.
 */
export function extractSyntax(markdown: string, options: SyntaxOptions): Extraction {
  const { isMdx, firstLine } = options;
  const flat = isMdx ? markdown : unindentHtml(markdown);
  const text = fenceAdmonitions(writeDirectives(identifyBlocks(writeBlocks(flat))));
  const word = unusedWord(text);
  const marks = new RegExp(`${word}(\\d+)x`, 'g');
  const source = openSource(text, firstLine);
  const context: ReadContext = {
    source,
    code: findCodeRanges(source),
    templates: openTemplateScope(text, options),
    mdx: openMdxScope(text, options),
    admonitions: [],
    abbreviations: new Map(),
    hasNotes: text.includes('[^note-'),
    notes: [],
    lastNote: 0,
    noteEnd: 0,
  };
  const written: string[] = [];
  const pieces: Piece[] = [];
  const leftOut: Piece[] = [];
  const open: Enclosure[] = [];
  let at = 0;
  /** Writes the enclosed words that end before an offset. */
  const closeBefore = (offset: number): void => {
    for (let last = open.at(-1); last !== undefined && last.end <= offset; last = open.at(-1)) {
      const words = written.splice(last.from).join('') + text.slice(at, last.end);
      written.push(last.write(words));
      at = Math.max(at, last.after);
      open.pop();
    }
  };
  const token = new RegExp(TOKEN);
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const start = match.index;
    closeBefore(start);
    const found = readToken(match, context);
    if (found === undefined) continue;
    if (found.enclosed !== undefined) {
      written.push(text.slice(at, Math.max(at, start)));
      at = found.enclosed.start;
      open.push({ ...found.enclosed, from: written.length, after: found.end });
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
    // Alone in an item of a list, a picture has its caption, too.
    const isInItem = (): boolean =>
      rest.formula === undefined &&
      /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*$/.test(text.slice(from - source.columnOf(from), from)) &&
      /^[ \t]*(?:\n|$)/.test(text.slice(found.end, found.end + 100));
    const shown = blockHtml !== undefined && (isAlone || isInItem()) ? blockHtml : (html ?? blockHtml);
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
  closeBefore(text.length);
  const { abbreviations, notes } = context;
  written.push(text.slice(at), ...notes);
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
