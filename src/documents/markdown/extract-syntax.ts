import { identifyBlocks } from './attributes.ts';
import { fenceAdmonitions, readAdmonition, withFormulas } from './containers.ts';
import { readBracketCode, readDirective, readEmbed } from './read-directive.ts';
import { readMath } from './read-math.ts';
import { openMdxScope, readModuleCode, readTag, unindentHtml } from './read-mdx.ts';
import {
  type ReadContext,
  type ReadSyntax,
  readAbbreviation,
  readBrace,
  readCodeSpan,
  readComment,
  readContentsMark,
  readDrawing,
  readFence,
  readInlineNote,
  readReference,
  readShifted,
  readTagOrAutolink,
  readTightEmphasis,
  readVerbatim,
} from './read-syntax.ts';
import { readTemplate } from './read-template.ts';
import { type Converted, type Found, findCodeRanges, openSource, type SourceText } from './source-text.ts';
import { readWikilink } from './wikilinks.ts';
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
}

const INDENT = '(?:[ \\t>]|[-*+][ \\t]|\\d{1,9}[.)][ \\t])*';
/** Markers of generators for a table of contents, such as `[TOC]`, `[[_TOC_]]` and `${toc}`. */
const CONTENTS_MARK =
  '(?:@?\\[{1,2}[!_]?[Tt][Oo][Cc](?:_?\\]{1,2}|[ \\t][^\\]\\n]*\\]{1,2})|\\$?\\{[Tt][Oo][Cc]\\})(?:\\([^)\\n]*\\)|\\{[^}\\n]*\\})?|__(?:NO|FORCE)?TOC__|\\\\tableofcontents|\\.\\. contents::(?:[ \\t]\\w{1,40}){0,9}';
/** For a character class: digits, letters, and little else. */
const LETTER = '\\w\\u00aa-\\u1fff\\u2c00-\\uffff';
/** Punctuation except `*`, `~` and `\\`; letters of scripts without spaces, and Hangul, whose particles are attached. */
const PUNCTUATION =
  '[!-)+-/:-@[\\]-`{-}\\u00ab\\u00bb\\u2010-\\u2027\\u2030-\\u205e\\u3001-\\u3003\\u3008-\\u3020\\uff01-\\uff0f\\uff1a-\\uff20\\uff3b-\\uff40\\uff5b-\\uff65]';
const UNSPACED =
  '[\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3040-\\u30ff\\u3400-\\u9fff\\uac00-\\ud7af]';
const WIDE_PUNCTUATION = '[\\u3001-\\u3003\\u3008-\\u3020\\uff01-\\uff0f\\uff1a-\\uff20]';
const EMPHASIS = '(?:\\*{1,3}|~~)';
/** Emphasis between punctuation and such a letter, or wide punctuation and any, where CommonMark expects a space. */
const TIGHT_EMPHASIS = [
  [PUNCTUATION, UNSPACED],
  [UNSPACED, PUNCTUATION],
  [WIDE_PUNCTUATION, '[A-Za-z\\d]'],
  ['[A-Za-z\\d]', WIDE_PUNCTUATION],
]
  .map(([before, behind]) => `(?<=${before})${EMPHASIS}(?=${behind})`)
  .join('|');

/**
 * Extracts template code, components, wikilinks and the like from Markdown, but not from its code.
 */
export function extractSyntax(markdown: string, options: SyntaxOptions): Extraction {
  const flat = options.isMdx ? markdown : unindentHtml(markdown);
  const text = fenceAdmonitions(writeDirectives(identifyBlocks(writeBlocks(flat))));
  const word = unusedWord(text);
  const marks = new RegExp(`${word}(\\d+)x`, 'g');
  const source = openSource(text, options.firstLine);
  const context = openContext(source, options);
  const written: string[] = [];
  const pieces: Piece[] = [];
  const leftOut: Piece[] = [];
  const notes: string[] = [];
  let at = 0;
  const token = new RegExp(TOKEN);
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const start = match.index;
    const found = readToken(match, context);
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
    const isAlone = source.isAlone({ start: found.start ?? start, end: found.end });
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
    // A placeholder is letters, before which stars close emphasis only after letters.
    const gap = !isAlone && /[^\s\p{L}\p{N}*]\*{1,3}$/u.test(text.slice(Math.max(0, start - 4), start));
    const mark = `${gap ? '<!---->' : ''}${word}${pieces.push(piece) - 1}x`;
    written.push(
      isAlone && blockHtml !== undefined
        ? `\n${' '.repeat(source.columnOf(found.start ?? start))}${mark}\n`
        : mark,
    );
  }
  written.push(text.slice(at), ...notes.map((note) => `\n\n${note}`));
  return {
    source: markdown,
    markdown: written.join(''),
    pieces,
    leftOut,
    marks,
    abbreviations: context.abbreviations,
  };
}

function openContext(source: SourceText, { title, isMdx }: SyntaxOptions): ReadContext {
  return {
    source,
    code: findCodeRanges(source),
    templates: { title, rawEnd: 0, expressionEnd: 0, open: [], captured: new Set() },
    mdx: openMdxScope(source.text, isMdx, title),
    admonitions: [],
    abbreviations: new Map(),
    hasNotes: source.text.includes('[^note-'),
    lastNote: 0,
  };
}

/** Patterns, each with a group of the same name, and their readers. If several match, the first counts. */
const SYNTAXES: Readonly<Record<string, readonly [pattern: string, read: ReadSyntax]>> = {
  fence: [`^${INDENT}(?<fence>\`{3,}(?=[^\`\\n]*$)|~{3,})`, readFence],
  mark: [`(?<=^ {0,3})(?<mark>${CONTENTS_MARK})[ \\t]*$`, readContentsMark],
  math: [
    '(?<math>\\$[$`]|(?<![\\w$\\\\])\\$(?=\\S)|(?<=(?<!\\w)_{1,2})\\$(?=[^\\s\\d])|\\$(?=\\\\[a-zA-Z]|[A-Za-z][_^]\\{)|\\\\{1,2}[([]|\\\\(?:begin|(?:eq)?ref)\\{)',
    ({ start }, { source }) => readMath(source, start),
  ],
  ticks: ['(?<ticks>`+)', readCodeSpan],
  hash: [
    '(?<hash>\\\\#)(?=[^\\s\\d#])',
    // It must not begin a tag.
    ({ end }) => ({ end, piece: { html: '&#35;', url: '#' } }),
  ],
  // An escaped character begins no syntax.
  escaped: ['(?<escaped>\\\\[{[<`%\\\\])', () => undefined],
  comment: ['(?<comment><!--)', readComment],
  drawing: [
    '<(?<drawing>svg|math)\\b',
    (token, context) =>
      readDrawing(token, context) ??
      (context.mdx.isMdx ? readTag(context.source, token.start, context.mdx) : { end: token.end }),
  ],
  verbatim: ['<(?<verbatim>pre|code|kbd|samp|script|style|textarea)\\b', readVerbatim],
  fragment: [
    '(?<fragment><\\/?>)',
    ({ end }, { mdx }) => (mdx.isMdx ? { end, piece: { isSilent: true } } : undefined),
  ],
  // After `](`, it encloses an address with spaces.
  tag: ['(?<!\\]\\()(?<tag><\\/?[A-Za-z])', readTagOrAutolink],
  brace: ['(?<brace>\\{)', readBrace],
  wikilink: ['(?<wikilink>!?\\[\\[)', ({ start }, { source }) => readWikilink(source, start)],
  reference: ['(?<=\\[(?<words>[^[\\]]{1,300}))\\]\\[(?<reference>[^[\\]]{0,200})\\]', readReference],
  // The Markdown parser reads it.
  destination: ['(?<destination>\\]\\(<[^<>{}\\n]{0,2000}>)', ({ end }) => ({ end })],
  spaced: [
    '(?<=[^\\s[]|!\\[)\\]\\((?<spaced>[^()<>{}"\'\\s]{1,100}(?: [^()<>{}"\'\\s]{1,100}){1,20}(?<=\\.[A-Za-z\\d]{2,8}))\\)',
    // Only within angle brackets a destination may have spaces.
    ({ end, text }) => ({ end, markdown: `](<${text}>)` }),
  ],
  aside: [
    '(?<aside>(?<![\\w%])%%(?!%)(?:[^%]|%(?!%)){1,2000}%%(?![\\w%]))',
    ({ end }) => ({ end, piece: { isSilent: true } }),
  ],
  highlight: [
    '(?<highlight>(?<![=\\w])==(?=[^\\s=])(?:[^=\\n]|=(?!=)|\\n(?![ \\t]*\\n)){1,500}(?<=[^\\s=])==(?![=\\w]))',
    ({ end, text }) => ({ end, markdown: `<mark>${withFormulas(text.slice(2, -2))}</mark>` }),
  ],
  sized: [
    '(?<sized>\\]\\([^()<>{}\\s]{1,500}(?: "[^"\\n]{0,200}")?) =\\d{0,5}%?x\\d{0,5}%?\\)',
    // `![a](b.png =100x200)` of markdown-it-imsize.
    ({ end, text }) => ({ end, markdown: `${text})` }),
  ],
  note: [
    '(?<!\\\\)(?:(?<!\\w)|(?=\\^\\[[^\\]\\n]{1,200} ))(?<note>\\^\\[(?=\\S)(?:[^[\\]\\n]|\\n(?![ \\t]*\\n)|\\[[^[\\]\\n]*\\]){1,1000}\\])(?![(:[])',
    readInlineNote,
  ],
  block: [
    '(?<=\\s)(?<block>\\^(?=[a-z0-9-]*[a-z])[a-z0-9-]{3,80})[ \\t]*$',
    ({ end, text }) => ({ end, markdown: `<a id="${text}"></a>` }),
  ],
  embed: [
    '(?<embed>(?<![\\w\\])])(?:@\\[[A-Za-z]|![A-Za-z][\\w-]{0,20}\\[|\\[![a-z]|%\\[https?:))',
    ({ start }, { source }) => readEmbed(source, start),
  ],
  bracket: [
    '(?<bracket>\\[\\/?(?:embed|video|audio|youtube|vimeo|caption|latex|tex|gallery|playlist|code|sourcecode)[ =\\]])',
    ({ start }, { source }) => readBracketCode(source, start),
  ],
  server: ['(?<server><%)', ({ start }, { source, templates }) => readTemplate(source, start, templates)],
  directive: [
    '(?<![\\w:\\])}])(?<directive>::?(?=[a-z][\\w-]{0,40}[[{]))',
    ({ start }, { source }) => readDirective(source, start),
  ],
  emphasis: [`(?<emphasis>${TIGHT_EMPHASIS})`, readTightEmphasis],
  short: ['^\\*\\[(?<short>[^\\]\\n]{1,60})\\]:[ \\t]*(?<long>[^\\n]*)', readAbbreviation],
  lowered: [
    `(?<=[${LETTER})\\]])~(?<lowered>[^\\s^~<>[\\]\`\\\\]{1,30})~(?!~)`,
    (token, { source }) => readShifted('sub', token, source),
  ],
  raised: [
    `(?<=[${LETTER})\\]])\\^(?<raised>[A-Za-z\\d+(\\u00aa-\\uffff-][^\\s^~<>[\\]\`\\\\]{0,29})\\^(?![${LETTER}(])`,
    (token, { source }) => readShifted('sup', token, source),
  ],
  label: [
    '^\\((?<label>[\\w:.-]{1,80})\\)=[ \\t]*$',
    // A target of MyST, which names the next element.
    ({ end, text }) => ({ end, markdown: `<a id="${text}"></a>\n` }),
  ],
  module: [
    '^(?<module>import|export)\\s',
    ({ start }, { source, mdx }) => readModuleCode(source, start, mdx),
  ],
  contents: [
    '^(?<contents>[ \\t]*(?:[-*+]|\\d{1,9}[.)])[ \\t][^\\n]*\\n[ \\t]*\\{:\\s*toc\\b[^}\\n]*\\})',
    ({ end }) => ({ end, markdown: '\n' }),
  ],
  admonition: [
    '(?<=^[ \\t]{0,12})(?<admonition>:::)',
    ({ start }, { source, admonitions }) => readAdmonition(source, start, admonitions),
  ],
};

const READERS = Object.entries(SYNTAXES);
const TOKEN = new RegExp(READERS.map(([, [pattern]]) => pattern).join('|'), 'gm');

function readToken(match: RegExpExecArray, context: ReadContext): Found | undefined {
  const { index: start, 0: whole, groups = {} } = match;
  for (const [name, [, read]] of READERS) {
    const text = groups[name];
    if (text !== undefined) return read({ start, end: start + whole.length, text, groups }, context);
  }
  return undefined;
}

/** A prefix of words that the text does not contain, in lower case like attribute names. */
function unusedWord(text: string): string {
  const lower = text.toLowerCase();
  for (let number = 0; ; number++) {
    const word = `xsetaside${number}x`;
    if (!lower.includes(word)) return word;
  }
}
