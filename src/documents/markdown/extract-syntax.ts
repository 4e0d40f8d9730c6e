import { trimEndOf } from '../../strings.ts';
import { identifyBlocks, readAttributeList } from './attributes.ts';
import { fenceAdmonitions, type OpenAdmonition, readAdmonition, withFormulas } from './containers.ts';
import { readBracketCode, readDirective, readEmbed, readRole } from './read-directive.ts';
import { readMath, readMathShortcode } from './read-math.ts';
import {
  type MdxScope,
  openMdxScope,
  readExpression,
  readModuleCode,
  readTag,
  unindentHtml,
} from './read-mdx.ts';
import { readTemplate, type TemplateScope } from './read-template.ts';
import {
  type CodeRanges,
  type Converted,
  escapeHtml,
  type Found,
  findCodeRanges,
  isDefined,
  matchAt,
  matchesIn,
  openSource,
  type Range,
  type SourceText,
  shownCode,
} from './source-text.ts';
import { stringInCode } from './template-code.ts';
import { CONTENTS_HEADING } from './title.ts';
import { nameLink, readWikilink } from './wikilinks.ts';
import { writeBlocks } from './write-blocks.ts';
import { writeDirectives } from './write-directives.ts';

/** Markdown with its foreign syntax extracted. */
export interface Piece extends Converted {
  readonly code: string;
  readonly line: number;
}

export interface SetAside {
  /** The Markdown of the document. */
  readonly source: string;
  /** The same, with a placeholder for each of `pieces`. */
  readonly markdown: string;
  readonly pieces: readonly Piece[];
  /** Pieces without a placeholder. */
  readonly leftOut: readonly Piece[];
  /** Matches a placeholder, a word of letters and digits; its group is the index of the piece. */
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
/** The number of characters to search above a table-of-contents marker. */
const MAX_ABOVE = 300;
const CONTENTS_ABOVE = new RegExp(
  `(?<=^|\\n) {0,3}(?:#{1,6}[ \\t]+|\\*\\*|__)${CONTENTS_HEADING}[ \\t#:*_]*\\n\\s*$`,
  'iu',
);
/** Marks that generators replace with a table of contents, such as `[TOC]`, `[[_TOC_]]` and `${toc}`. */
const CONTENTS_MARK =
  '(?:@?\\[{1,2}[!_]?[Tt][Oo][Cc](?:_?\\]{1,2}|[ \\t][^\\]\\n]*\\]{1,2})|\\$?\\{[Tt][Oo][Cc]\\})(?:\\([^)\\n]*\\)|\\{[^}\\n]*\\})?|__(?:NO|FORCE)?TOC__|\\\\tableofcontents|\\.\\. contents::(?:[ \\t]\\w{1,40}){0,9}';
/** In a class: digits, letters, and little else. */
const LETTER = '\\w\\u00aa-\\u1fff\\u2c00-\\uffff';
/** Punctuation but `*`, `~` and `\\`; letters of scripts without spaces, and Hangul, whose particles follow at once. */
const PUNCTUATION =
  '[!-)+-/:-@[\\]-`{-}\\u00ab\\u00bb\\u2010-\\u2027\\u2030-\\u205e\\u3001-\\u3003\\u3008-\\u3020\\uff01-\\uff0f\\uff1a-\\uff20\\uff3b-\\uff40\\uff5b-\\uff65]';
const UNSPACED =
  '[\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3040-\\u30ff\\u3400-\\u9fff\\uac00-\\ud7af]';
/** Emphasis between punctuation and such a letter, where CommonMark expects a space. */
const TIGHT_EMPHASIS = `(?<=${PUNCTUATION})(?:\\*{1,3}|~~)(?=${UNSPACED})|(?<=${UNSPACED})(?:\\*{1,3}|~~)(?=${PUNCTUATION})`;
/**
 * Extracts template code, components, wikilinks and the like from Markdown, but not from its code.
 */
export function setAside(markdown: string, options: SyntaxOptions): SetAside {
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
    // A mark is letters, before which stars close only behind letters.
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

/** What the readers of one text share. */
interface ReadContext {
  readonly source: SourceText;
  readonly code: CodeRanges;
  readonly templates: TemplateScope;
  readonly mdx: MdxScope;
  readonly admonitions: OpenAdmonition[];
  /** Collects them. */
  readonly abbreviations: Map<string, string>;
  /** Whether labels of footnotes may be those that inline notes get. */
  readonly hasNotes: boolean;
  /** The number of the last inline note. */
  lastNote: number;
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

/** The beginning of a syntax, or all of it. */
interface Token extends Range {
  /** The text of the group that is named as the syntax is. */
  readonly text: string;
  readonly groups: Readonly<Record<string, string | undefined>>;
}

/** Undefined: the token begins something else. */
type ReadSyntax = (token: Token, context: ReadContext) => Found | undefined;

/** Patterns with a group of the same name, and what reads them. Where several match, the first counts. */
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
  // What it hides begins nothing.
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
  // Behind `](`, it encloses an address with spaces.
  tag: ['(?<!\\]\\()(?<tag><\\/?[A-Za-z])', readTagOrAutolink],
  brace: ['(?<brace>\\{)', readBrace],
  wikilink: ['(?<wikilink>!?\\[\\[)', ({ start }, { source }) => readWikilink(source, start)],
  reference: ['(?<=\\[(?<words>[^[\\]]{1,300}))\\]\\[(?<reference>[^[\\]]{0,200})\\]', readReference],
  // Markdown reads it.
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
    '(?<sized>\\]\\([^()<>{}\\s]{1,500}(?: "[^"\\n]{0,200}")?) =\\d{0,5}x\\d{0,5}\\)',
    // `![a](b.png =100x200)`, as markdown-it-imsize has it.
    ({ end, text }) => ({ end, markdown: `${text})` }),
  ],
  note: [
    '(?<!\\\\)(?:(?<!\\w)|(?=\\^\\[[^\\]\\n]{1,200} ))(?<note>\\^\\[(?=\\S)(?:[^[\\]\\n]|\\n(?![ \\t]*\\n)|\\[[^[\\]\\n]*\\]){1,1000}\\])(?![(:[])',
    readInlineNote,
  ],
  block: [
    '(?<=\\s)(?<block>\\^(?=[a-z0-9-]*[a-z])[a-z0-9-]{3,80})[ \\t]*$',
    ({ end, text }, { source }) => ({
      end,
      markdown: source.text.includes(`#${text}`) ? `<a id="${text}"></a>` : '',
    }),
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
    // MyST's name of what follows.
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

function readFence({ start, end, text: fence }: Token, { source: { text }, code }: ReadContext): Found {
  const fenceEnd = code.fenceEnd(text.slice(start, end - fence.length), fence, end);
  // A query of Obsidian's plugins
  if (/^(?:dataview(?:js)?|tasks)[ \t]*\n/.test(text.slice(end, end + 20)))
    return { end: fenceEnd, markdown: '', leftOut: [trimEndOf(text.slice(end, fenceEnd), /[`~\s]/)] };
  const chunk = text.startsWith('{', end) ? readChunk(text.slice(start, fenceEnd)) : undefined;
  return chunk === undefined ? asCode(text, start, fenceEnd) : { end: fenceEnd, markdown: chunk };
}

function asCode(text: string, start: number, end: number): Found {
  const shown = shownCode(text.slice(start, end));
  return shown.length === end - start ? { end } : { end, markdown: shown };
}

function readCodeSpan({ start, end, text: ticks }: Token, { source: { text }, code }: ReadContext): Found {
  const spanEnd = code.spanEnd(start, ticks.length) ?? end;
  if (INLINE_QUERY.test(text.slice(end, end + 20))) return { end: spanEnd, piece: {} };
  return readRawSpan(text, { start, end: spanEnd }, ticks.length) ?? asCode(text, start, spanEnd);
}

/** Keeps a comment from ending a paragraph, and an unclosed one from hiding everything after it. */
function readComment({ start, end }: Token, { source: { text, next, columnOf } }: ReadContext): Found {
  const close = next(/-->/, start);
  if (close === undefined) return { end, piece: { html: '&lt;!--', url: '<!--' } };
  // Behind words, Markdown ends one at a blank line, and a block at the end of the comment before it.
  const isInText = /\S/.test(text.slice(start - Math.min(columnOf(start), 1000), start));
  const isLong = isInText && text.slice(start, close.end).includes('\n');
  return isLong ? { end: close.end, markdown: '' } : { end: close.end };
}

function readVerbatim({ start, end, text: name }: Token, { source, mdx }: ReadContext): Found {
  const close = source.next(new RegExp(`</${name}\\s*>`), end)?.end ?? end;
  const held = mdx.isMdx ? readHeldCode(source.text, start, close) : undefined;
  return held ?? asCode(source.text, start, close);
}

/** `<https://…>` */
const AUTOLINK = /<(?!svelte:)[a-zA-Z][a-zA-Z\d+.-]{1,31}:[^\s<>{}]*>/y;

function readTagOrAutolink({ start }: Token, { source, mdx }: ReadContext): Found | undefined {
  const [autolink] = matchAt(AUTOLINK, source.text, start);
  return autolink === undefined ? readTag(source, start, mdx) : { end: start + autolink.length };
}

function readBrace({ start }: Token, { source, templates, mdx }: ReadContext): Found | undefined {
  return (
    readCritic(source.text, start) ??
    readRole(source, start) ??
    readMathShortcode(source, start) ??
    readTemplate(source, start, templates) ??
    readAttributeList(source, start) ??
    readExpression(source, start, mdx)
  );
}

/** `^[text]`, as Pandoc and Obsidian write it, as a footnote whose label nothing else has. */
function readInlineNote({ end, text: note }: Token, context: ReadContext): Found {
  const { source, hasNotes } = context;
  do context.lastNote++;
  while (hasNotes && source.text.includes(`[^note-${context.lastNote}]`));
  const label = `[^note-${context.lastNote}]`;
  return { end, markdown: label, note: `${label}: ${note.slice(2, -1).replace(/\n[ \t]*/g, ' ')}` };
}

function readAbbreviation({ end, text: short, groups }: Token, { abbreviations }: ReadContext): Found {
  abbreviations.set(short, groups.long?.trim() ?? '');
  return { end, piece: { html: '', isMarkdown: true } };
}

/** A query of Dataview in a line. */
const INLINE_QUERY = /^(?:\$= ?dv\.|= ?this\.)/;

/** The options of a chunk of R Markdown and Quarto: behind its language, and in comments at its top. */
const CHUNK =
  /^([^\n{]{0,200}\{[a-z]{1,20}([^\n{}a-z][^\n{}]{0,1000})?\}[ \t]{0,9}\n)((?:[ \t>]{0,20}(?:#|\/\/|--|%)\|[^\n]*\n)*)/i;

/** A chunk of code without its options; empty if these hide the code, undefined if there are none. */
function readChunk(fenced: string): string | undefined {
  const [head = '', opening = '', options = '', comments = ''] = CHUNK.exec(fenced) ?? [];
  if (
    /\b(?:echo|include)\s?=\s?F(?:ALSE)?\b/.test(options) ||
    /\|\s?(?:echo|include):\s?false/.test(comments)
  )
    return '';
  return comments === '' ? undefined : opening + fenced.slice(head.length);
}

const CRITIC = /\{(\+\+|--|~~|==|>>)([^{}]{1,1000}?)(?:\+\+|--|~~|==|<<)\}/y;
const CRITIC_TAGS: Readonly<Record<string, string>> = { '++': 'ins', '--': 'del', '==': 'mark' };

/** Reads a change or a comment of CriticMarkup; undefined when it is none. */
function readCritic(text: string, start: number): Found | undefined {
  const [whole, mark = '', words = ''] = matchAt(CRITIC, text, start);
  if (whole === undefined || !whole.endsWith(`${mark === '>>' ? '<<' : mark}}`)) return undefined;
  const end = start + whole.length;
  const [before = '', after] = words.split('~>', 2);
  if (mark === '>>') return { end, piece: { isSilent: true } };
  if (mark === '~~')
    return after === undefined ? undefined : { end, markdown: `<del>${before}</del><ins>${after}</ins>` };
  const tag = CRITIC_TAGS[mark];
  return { end, markdown: `<${tag}>${words}</${tag}>` };
}

/** Pandoc's `` `<b>a</b>`{=html} ``, and what is for other formats, which is left out. */
function readRawSpan(text: string, { start, end }: Range, ticks: number): Found | undefined {
  if (!text.startsWith('{=', end)) return undefined;
  const [attribute = '', format] = /^\{=(\w{1,20})\}/.exec(text.slice(end, end + 30)) ?? [];
  if (format === undefined) return undefined;
  const raw = /^html/.test(format) ? text.slice(start + ticks, end - ticks).trim() : '';
  return { end: end + attribute.length, markdown: raw };
}

/** Pandoc's `H~2~O` and `x^2^`; undefined in an address. */
function readShifted(
  name: 'sub' | 'sup',
  { start, end, text: words }: Token,
  { text, columnOf }: SourceText,
): Found | undefined {
  const before = text.slice(start - Math.min(columnOf(start), 200), start);
  return /:\/\/\S*$/.test(before) ? undefined : { end, markdown: `<${name}>${words}</${name}>` };
}

/** Lets `**要点：**続き` and `点**「要」**` be emphasis: an empty comment is punctuation beside the stars. */
function readTightEmphasis(
  { start, end, text: stars }: Token,
  { source: { text } }: ReadContext,
): Found | undefined {
  const paragraph =
    text
      .slice(Math.max(0, start - 2000), start)
      .split(/\n[ \t>]*\n/)
      .at(-1) ?? '';
  const runs = paragraph.replace(/`[^`\n]*`/g, '`').matchAll(/(?<![*~\\])(?:\*+|~~)(?![*~])(?=(\s?))/g);
  const isOpen = [...runs].filter(([run, space]) => run === stars && space === '').length % 2 === 1;
  const isBehindPunctuation = /[^\p{L}\p{M}]/u.test(text.charAt(start - 1));
  if (isOpen !== isBehindPunctuation) return undefined;
  return { end, markdown: isOpen ? `${stars}<!---->` : `<!---->${stars}` };
}

/** What includes other files, which may define the labels of links. */
const inclusionsIn = matchesIn(/(\{%-?\s*include|\{\{[<%]\s*include|^[ \t]*-+8<-+|<!--\s*@include)/gm);

/** The end of `[words][label]` whose definition stands in a file that it includes: its words stay. */
function readReference({ end, text, groups }: Token, { source }: ReadContext): Found | undefined {
  const label = text || (groups.words ?? '');
  if (label.startsWith('^') || inclusionsIn(source).size === 0 || isDefined(source, label)) return undefined;
  return { end, markdown: `](${nameLink(label.replace(/\s+/g, ' '))})` };
}

/** A drawing or a formula in tags; undefined when it is not closed or holds components. It is put on one line: Markdown ends one at a blank line, or at a tag that begins a block. */
function readDrawing(
  { start, end }: Token,
  { source: { text, next }, mdx: { isMdx } }: ReadContext,
): Found | undefined {
  const close = next(text.startsWith('<svg', start) ? /<\/svg\s*>/i : /<\/math\s*>/i, end);
  const written = text.slice(start, close?.end ?? start);
  if (close === undefined || (isMdx && /<[A-Z]/.test(written))) return undefined;
  const html = isMdx ? written.replace(JSX_CODE, writeJsxCode) : written;
  return { end: close.end, markdown: html.replace(/\n\s*/g, ' ') };
}

/** Code between braces, of an attribute or of a text. */
const JSX_CODE = /(=?)\{(\{[^{}]*\}|\/\*(?:[^*]|\*(?!\/))*\*\/|[^{}]*)\}/g;

function writeJsxCode(_: string, isValue: string, code: string): string {
  const words = escapeHtml(stringInCode(code.trim()) ?? '');
  return isValue === '' ? words : `="${words}"`;
}

/** MDX's `<pre>{`…`}</pre>`. */
function readHeldCode(text: string, start: number, end: number): Found | undefined {
  const [, open, held, closing] =
    /^(<[a-z]+(?:[^<>{}]|\{\{[^{}]{0,300}\}\}){0,300}>)\s{0,9}\{\s{0,9}`([^`]{0,5000})`\s{0,9}\}\s{0,9}(<\/[a-z]+\s*>)$/.exec(
      text.slice(start, Math.min(end, start + 6000)),
    ) ?? [];
  if (held === undefined || open === undefined) return undefined;
  const tag = open.replace(/\s[\w-]{1,40}=\{\{[^{}]*\}\}/g, '');
  return { end, markdown: `${tag}${escapeHtml(stringInCode(`\`${held}\``) ?? held)}${closing}` };
}

/** Reads `[TOC]` and the heading above it; undefined if it is part of a paragraph or refers to a definition. */
function readContentsMark({ start, end }: Token, { source: { text, next } }: ReadContext): Found | undefined {
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
