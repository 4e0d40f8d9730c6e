import { fenceAdmonitions, type OpenAdmonition, readAdmonition } from './admonitions.ts';
import { findCodeRanges, shownCode } from './code-ranges.ts';
import type { Converted, Found } from './piece.ts';
import { readAttributeList } from './read-attribute-list.ts';
import { readMath, readMathShortcode } from './read-math.ts';
import { openMdxScope, readExpression, readModuleCode, readTag } from './read-mdx.ts';
import { readTemplate, type TemplateScope } from './read-template.ts';
import { openSource, type Range, type SourceText } from './source-text.ts';
import { CONTENTS_HEADING } from './title.ts';
import { readWikilink } from './wikilinks.ts';

/** Markdown with its foreign syntax extracted. */
export interface Piece extends Converted {
  readonly code: string;
  readonly line: number;
}

export interface SetAside {
  /** Markdown, with a placeholder for each of `pieces`. */
  readonly markdown: string;
  readonly pieces: readonly Piece[];
  /** Pieces without a placeholder. */
  readonly leftOut: readonly Piece[];
  /** Matches a placeholder, a word of letters and digits; its group is the index of the piece. */
  readonly marks: RegExp;
}

/** Properties of the document. */
interface SyntaxOptions {
  /** As the document states it. */
  readonly title: string | undefined;
  /** The number of the text's first line in the document. */
  readonly firstLine: number;
  /** Whether the file has the extension of MDX; other files may contain MDX too. */
  readonly isMdx: boolean;
}

/** Markdown without any of these has no foreign syntax. */
const TRIGGER =
  /\\#|\{[{%#:.]|\{[Tt][Oo][Cc]\}|\{\/\*|\{\s*[\w-]+=|=\{|\]\([^()\s<>"']+ [^()<>"'\n]+\)|\[\[|\[[Tt][Oo][Cc]\b|%%|<\/?[A-Z]|<svg|==\S|\^\[| =\d{0,5}x\d{0,5}\)|[ \t]\^[a-z]|\$[^\s$]|\$\$|\\[([]|\\begin\{/;
const LINE_TRIGGER = /^(?:[ \t]*:::|\\tableofcontents|\.\. contents::|import\s|export\s)/m;
/** HTML that browsers read otherwise than its author: a tag that closes itself, and Markdown within an element. */
const HTML_TRIGGER =
  /<(?!(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)\b)[a-z][\w-]*(?:\s[^<>]*)?\/>|<[a-z][\w-]*\s(?:[^<>]*\s)?markdown[\s=>]/;

const INDENT = '(?:[ \\t>]|[-*+][ \\t]|\\d{1,9}[.)][ \\t])*';
/** The number of characters to search above a table-of-contents marker. */
const MAX_ABOVE = 300;
const CONTENTS_ABOVE = new RegExp(
  `(?<=^|\\n) {0,3}(?:#{1,6}[ \\t]+|\\*\\*|__)${CONTENTS_HEADING}[ \\t#:*_]*\\n\\s*$`,
  'iu',
);
/** Marks that generators replace with a table of contents, such as `[TOC]`, `[[_TOC_]]` and `${toc}`. */
const CONTENTS_MARK =
  '(?:@?\\[{1,2}[!_]?[Tt][Oo][Cc](?:_?\\]{1,2}|[ \\t][^\\]\\n]*\\]{1,2})|\\$?\\{[Tt][Oo][Cc]\\})(?:\\([^)\\n]*\\)|\\{[^}\\n]*\\})?|\\\\tableofcontents|\\.\\. contents::(?:[ \\t]\\w{1,40}){0,9}';
const TOKEN = new RegExp(
  [
    `^${INDENT}(?<fence>\`{3,}(?=[^\`\\n]*$)|~{3,})`,
    `(?<=^ {0,3})(?<mark>${CONTENTS_MARK})[ \\t]*$`,
    '(?<math>\\$[$`]|(?<![\\w$\\\\])\\$(?=\\S)|\\\\{1,2}[([]|\\\\(?:begin|(?:eq)?ref)\\{)',
    '(?<ticks>`+)',
    '(?<hash>\\\\#)(?=[^\\s\\d#])',
    '(?<escaped>\\\\[{[<`%\\\\])',
    '(?<comment><!--)',
    '<(?<drawing>svg)\\b',
    '<(?<verbatim>pre|code|kbd|samp|script|style|textarea)\\b',
    '(?<fragment><\\/?>)',
    // Behind `](`, it encloses an address with spaces.
    '(?<!\\]\\()(?<tag><\\/?[A-Za-z])',
    '(?<brace>\\{)',
    '(?<wikilink>!?\\[\\[)',
    '(?<=[^\\s[])\\]\\((?<spaced>[^()<>{}"\'\\s]{1,100}(?: [^()<>{}"\'\\s]{1,100}){1,20}(?<=\\.[A-Za-z\\d]{2,8}))\\)',
    '(?<aside>(?<![\\w%])%%(?!%)(?:[^%]|%(?!%)){1,2000}%%(?![\\w%]))',
    '(?<highlight>(?<![=\\w])==(?=[^\\s=])(?:[^=\\n]|=(?!=)|\\n(?![ \\t]*\\n)){1,500}(?<=[^\\s=])==(?![=\\w]))',
    '(?<sized>\\]\\([^()<>{}\\s]{1,500}) =\\d{0,5}x\\d{0,5}\\)',
    '(?<!\\\\)(?:(?<!\\w)|(?=\\^\\[[^\\]\\n]{1,200} ))(?<note>\\^\\[(?=\\S)(?:[^[\\]\\n]|\\[[^[\\]\\n]*\\]){1,1000}\\])(?![(:[])',
    '(?<=\\s)(?<block>\\^(?=[a-z0-9-]*[a-z])[a-z0-9-]{3,80})[ \\t]*$',
    '^(?<module>import|export)\\s',
    '^(?<contents>[ \\t]*(?:[-*+]|\\d{1,9}[.)])[ \\t][^\\n]*\\n[ \\t]*\\{:\\s*toc\\b[^}\\n]*\\})',
    '(?<=^[ \\t]{0,12})(?<admonition>:::)',
  ].join('|'),
  'gm',
);

/**
 * Extracts template code, components, wikilinks and the like from Markdown, but not from its code.
 */
export function setAside(markdown: string, { title, firstLine, isMdx }: SyntaxOptions): SetAside {
  const text = fenceAdmonitions(markdown);
  const word = unusedWord(text);
  const marks = new RegExp(`${word}(\\d+)x`, 'g');
  if (!isMdx && !hasSyntax(text)) return { markdown: text, pieces: [], leftOut: [], marks };

  const source = openSource(text, firstLine);
  const read = createReader(source, title, isMdx);
  const written: string[] = [];
  const pieces: Piece[] = [];
  const leftOut: Piece[] = [];
  const notes: string[] = [];
  let at = 0;
  const token = new RegExp(TOKEN);
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const start = match.index;
    const found = read(match.groups ?? {}, { start, end: token.lastIndex });
    if (found === undefined) continue;
    token.lastIndex = Math.max(found.end, start + 1);
    const line = source.lineAt(start);
    for (const code of found.leftOut ?? []) leftOut.push({ code, line });
    if (found.markdown === undefined && found.piece === undefined) continue;
    written.push(text.slice(at, Math.max(at, found.start ?? start)));
    at = found.end;
    if (found.markdown !== undefined) written.push(found.markdown);
    if (found.note !== undefined) notes.push(found.note);
    if (found.piece === undefined) continue;
    const { html, blockHtml, ...rest } = found.piece;
    const isAlone = source.isAlone({ start, end: found.end });
    const shown = isAlone ? (blockHtml ?? html) : (html ?? blockHtml);
    const piece = {
      ...rest,
      ...(shown !== undefined && { html: shown }),
      code: text.slice(start, found.end),
      line,
    };
    if (isAlone && shown === undefined && piece.headingId === undefined) {
      leftOut.push(piece);
      continue;
    }
    const mark = `${word}${pieces.push(piece) - 1}x`;
    written.push(
      isAlone && blockHtml !== undefined ? `\n${' '.repeat(source.columnOf(start))}${mark}\n` : mark,
    );
  }
  written.push(text.slice(at), ...notes.map((note) => `\n\n${note}`));
  return { markdown: written.join(''), pieces, leftOut, marks };
}

function hasSyntax(text: string): boolean {
  return (
    TRIGGER.test(text) ||
    LINE_TRIGGER.test(text) ||
    (text.includes('<') && (HTML_TRIGGER.test(text) || text.lastIndexOf('<!--') > text.lastIndexOf('-->')))
  );
}

type Groups = Readonly<Record<string, string | undefined>>;

function createReader(
  source: SourceText,
  title: string | undefined,
  isMdx: boolean,
): (groups: Groups, token: Range) => Found | undefined {
  const { text, next } = source;
  const code = findCodeRanges(source);
  const templates: TemplateScope = { title, rawEnd: 0, expressionEnd: 0 };
  const mdx = openMdxScope(text, isMdx);
  const admonitions: OpenAdmonition[] = [];
  let notes = 0;
  const hasNotes = text.includes('[^note-');
  /** `^[text]`, as Pandoc and Obsidian write it. */
  const readInlineNote = (note: string, end: number): Found => {
    for (notes++; hasNotes && text.includes(`[^note-${notes}]`); notes++);
    return { end, markdown: `[^note-${notes}]`, note: `[^note-${notes}]: ${note.slice(2, -1)}` };
  };
  const verbatim = (start: number, end: number): Found => {
    const shown = shownCode(text.slice(start, end));
    return shown.length === end - start ? { end } : { end, markdown: shown };
  };
  return (groups, { start, end }) => {
    if (groups.fence !== undefined)
      return verbatim(start, code.fenceEnd(text.slice(start, end - groups.fence.length), groups.fence, end));
    if (groups.math !== undefined) return readMath(source, start);
    if (groups.ticks !== undefined) return verbatim(start, code.spanEnd(start, groups.ticks.length) ?? end);
    // It must not begin a tag.
    if (groups.hash !== undefined) return { end, piece: { html: '&#35;', url: '#' } };
    if (groups.comment !== undefined) {
      // One that is not closed would swallow all that follows.
      const close = next(/-->/, start);
      return close === undefined ? { end, piece: { html: '&lt;!--', url: '<!--' } } : { end: close.end };
    }
    if (groups.verbatim !== undefined) {
      return verbatim(start, next(new RegExp(`</${groups.verbatim}\\s*>`), end)?.end ?? end);
    }
    if (groups.fragment !== undefined) return mdx.isMdx ? { end, piece: { isSilent: true } } : undefined;
    if (groups.drawing !== undefined && !mdx.isMdx) return readDrawing(source, start, end);
    if (groups.tag !== undefined || groups.drawing !== undefined) return readTag(source, start, mdx);
    if (groups.brace !== undefined) {
      return (
        readMathShortcode(source, start) ??
        readTemplate(source, start, templates) ??
        readAttributeList(source, start) ??
        readExpression(source, start, mdx)
      );
    }
    if (groups.wikilink !== undefined) return readWikilink(source, start);
    // `![a](b.png =100x200)`, as markdown-it-imsize has it.
    if (groups.sized !== undefined) return { end, markdown: `${groups.sized})` };
    // Only within angle brackets a destination may have spaces.
    if (groups.spaced !== undefined) return { end, markdown: `](<${groups.spaced}>)` };
    if (groups.aside !== undefined) return { end, piece: { isSilent: true } };
    if (groups.highlight !== undefined)
      return { end, markdown: `<mark>${groups.highlight.slice(2, -2)}</mark>` };
    if (groups.note !== undefined) return readInlineNote(groups.note, end);
    if (groups.block !== undefined) return { end, markdown: '' };
    if (groups.module !== undefined) return readModuleCode(source, start, mdx);
    if (groups.contents !== undefined) return { end, markdown: '\n' };
    if (groups.mark !== undefined) return readContentsMark(source, start, end);
    if (groups.admonition !== undefined) return readAdmonition(source, start, admonitions);
    return undefined;
  };
}

/** An inline drawing, which a blank line would end. */
function readDrawing({ text, next }: SourceText, start: number, end: number): Found {
  const close = next(/<\/svg\s*>/i, end);
  if (close === undefined) return { end };
  return { end: close.end, markdown: text.slice(start, close.end).replace(/\n[ \t]*(?=\n)/g, '') };
}

/** Reads `[TOC]` and the heading above it; undefined if it is part of a paragraph or refers to a definition. */
function readContentsMark({ text, next }: SourceText, start: number, end: number): Found | undefined {
  const above = text.slice(Math.max(0, start - MAX_ABOVE), start);
  const heading = CONTENTS_ABOVE.exec(above)?.[0] ?? '';
  const isAlone =
    (heading !== '' || /(?:^\s*|\n[ \t]*\n|(?:^|\n)#{1,6}[ \t][^\n]*\n)[ \t]*$/.test(above)) &&
    /^[ \t]*(?:$|\n[ \t]*(?:$|\n|#))/.test(text.slice(end, end + MAX_ABOVE));
  if (!isAlone || next(/^ {0,3}\[toc\]:/im, 0) !== undefined) return undefined;
  return { start: start - heading.length, end, markdown: '' };
}

/** A prefix of words that the text does not contain, in lower case like attribute names. */
function unusedWord(text: string): string {
  const lower = text.toLowerCase();
  for (let number = 0; ; number++) {
    const word = `xsetaside${number}x`;
    if (!lower.includes(word)) return word;
  }
}
