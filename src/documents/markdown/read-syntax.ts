import { trimEndOf } from '../../strings.ts';
import { readAttributeList } from './attributes.ts';
import { type OpenAdmonition, readAdmonition } from './containers.ts';
import { stringInCode } from './jsx.ts';
import {
  readBracketCode,
  readCritic,
  readCrossReference,
  readDirective,
  readEmbed,
  readEmptyLink,
  readKeys,
  readRole,
} from './read-directive.ts';
import { readMath, readMathShortcode } from './read-math.ts';
import { type MdxScope, readExpression, readHeldCode, readModuleCode, readTag } from './read-mdx.ts';
import { readTemplate, type TemplateScope } from './read-template.ts';
import {
  type CodeRanges,
  escapeHtml,
  type Found,
  INDENT,
  isDefined,
  matchAt,
  matchesIn,
  type Range,
  readChunk,
  type SourceText,
  shownCode,
} from './source-text.ts';
import { CONTENTS_HEADING } from './title.ts';
import { nameLink, readWikilink } from './wikilinks.ts';

/*
 * The syntax of generators within Markdown: its readers, and the table of its patterns.
 */

/** What the readers of one text share. */
export interface ReadContext {
  readonly source: SourceText;
  readonly code: CodeRanges;
  readonly templates: TemplateScope;
  readonly mdx: MdxScope;
  readonly admonitions: OpenAdmonition[];
  /** The long forms of short words, added by readers. */
  readonly abbreviations: Map<string, string>;
  /** Whether labels of footnotes may be those that inline notes get. */
  readonly hasNotes: boolean;
  /** The inline notes up to here, as footnotes. */
  readonly notes: string[];
  /** The number of the last inline note, and where it ends. */
  lastNote: number;
  noteEnd: number;
}

/** The beginning of a syntax, or all of it. */
interface Token extends Range {
  /** The text of the group that is named as the syntax is. */
  readonly text: string;
  readonly groups: Readonly<Record<string, string | undefined>>;
}

/** Undefined: the token begins something else. */
type ReadSyntax = (token: Token, context: ReadContext) => Found | undefined;

const readFence: ReadSyntax = ({ start, end, text: fence }, { source: { text }, code }) => {
  const fenceEnd = code.fenceEnd(text.slice(start, end - fence.length), fence, end);
  // A table of contents of GitLab and Obsidian
  if (/^(?:toc|table-of-contents)[ \t]*\n/.test(text.slice(end, end + 30)))
    return { end: fenceEnd, markdown: '' };
  // A query of Obsidian's plugins
  if (/^(?:dataview(?:js)?|tasks)[ \t]*\n/.test(text.slice(end, end + 20)))
    return { end: fenceEnd, markdown: '', leftOut: [trimEndOf(text.slice(end, fenceEnd), /[`~\s]/)] };
  const chunk = text.startsWith('{', end) ? readChunk(text.slice(start, fenceEnd)) : undefined;
  return chunk === undefined ? asCode(text, start, fenceEnd) : { end: fenceEnd, markdown: chunk };
};

function asCode(text: string, start: number, end: number): Found {
  const shown = shownCode(text.slice(start, end));
  return shown.length === end - start ? { end } : { end, markdown: shown };
}

const readCodeSpan: ReadSyntax = ({ start, end, text: ticks }, { source: { text }, code }) => {
  const spanEnd = code.spanEnd(start, ticks.length) ?? end;
  if (INLINE_QUERY.test(text.slice(end, end + 20))) return { end: spanEnd, piece: {} };
  return readRawSpan(text, { start, end: spanEnd }, ticks.length) ?? asCode(text, start, spanEnd);
};

/** Keeps a comment from ending a paragraph, and an unclosed one from hiding everything after it. */
const readComment: ReadSyntax = ({ start, end }, { source: { text, next, columnOf } }) => {
  const close = next(/-->/, start);
  if (close === undefined) return { end, piece: { html: '&lt;!--', url: '<!--' } };
  // Behind words, Markdown ends one at a blank line, and a block at the end of the comment before it.
  const isInText = /\S/.test(text.slice(start - Math.min(columnOf(start), 1000), start));
  const isLong = isInText && text.slice(start, close.end).includes('\n');
  return isLong ? { end: close.end, markdown: '' } : { end: close.end };
};

const readVerbatim: ReadSyntax = (token, { source, mdx }) => {
  const { start, end, text: name } = token;
  const lone = readLoneTag(token, source);
  if (lone !== undefined) return lone;
  const close = source.next(new RegExp(`</${name}\\s*>`), end)?.end ?? end;
  const held = mdx.isMdx ? readHeldCode(source.text, start, close) : undefined;
  return held ?? asCode(source.text, start, close);
};

/** Tags of elements whose content is not read as words. */
const HOLDING_TAG =
  /<(button|dialog|iframe|math|noframes|script|select|style|svg|template|textarea|title)(\s[^<>]{0,2000})?(?<!\/)>/iy;
const NESTS = /^(?:dialog|math|svg|template)$/;

/**
 * Keeps `<title>` in a sentence, which has no end, from hiding everything after it: it is text. A tag with attributes
 * is closed.
 *
 * @returns undefined when it has an end
 */
function readLoneTag({ start }: Range, { text, next, columnOf }: SourceText): Found | undefined {
  const [tag, stated = '', attributes = ''] = matchAt(HOLDING_TAG, text, start);
  if (tag === undefined) return undefined;
  const name = stated.toLowerCase();
  const end = start + tag.length;
  const close = next(new RegExp(`</${name}\\s*>`, 'i'), end);
  const isInText = /\S/.test(text.slice(start - Math.min(columnOf(start), 1000), start));
  const another = NESTS.test(name) || !isInText ? undefined : next(new RegExp(`<${name}[\\s>]`, 'i'), end);
  if (close !== undefined && (another?.start ?? close.end) > close.start) return undefined;
  return attributes.trim() === ''
    ? { end, piece: { html: escapeHtml(tag), url: tag } }
    : { end, markdown: `${tag}</${name}>` };
}

/** `<https://…>` */
const AUTOLINK = /<(?!svelte:)[a-zA-Z][a-zA-Z\d+.-]{1,31}:[^\s<>{}]*>/y;

const readTagOrAutolink: ReadSyntax = ({ start }, { source, mdx }) => {
  const [autolink] = matchAt(AUTOLINK, source.text, start);
  if (autolink !== undefined) return { end: start + autolink.length };
  return (mdx.isMdx ? undefined : readLoneTag({ start, end: start }, source)) ?? readTag(source, start, mdx);
};

const readBrace: ReadSyntax = ({ start }, { source, templates, mdx }) => {
  return (
    readCritic(source.text, start) ??
    readRole(source, start) ??
    readMathShortcode(source, start) ??
    readAttributeList(source, start) ??
    readTemplate(source, start, templates) ??
    readExpression(source, start, mdx)
  );
};

/** `^[text]`, as Pandoc and Obsidian write it, as a footnote whose label nothing else has. */
const readInlineNote: ReadSyntax = ({ start, end }, context) => {
  const { source, hasNotes, notes, noteEnd } = context;
  if (start < noteEnd) return undefined;
  do context.lastNote++;
  while (hasNotes && source.text.includes(`[^note-${context.lastNote}]`));
  const label = `[^note-${context.lastNote}]`;
  context.noteEnd = end;
  const write = (words: string): string => {
    notes.push(`\n\n${label}: ${words.replace(/\n[ \t]*/g, ' ')}`);
    return label;
  };
  return { end, enclosed: { start: start + '^['.length, end: end - ']'.length, write } };
};

/** Words between doubled marks, which may contain other syntax, but not half of a code span. */
function readDoubled(name: 'ins' | 'mark'): ReadSyntax {
  return ({ start, end, text }) => {
    if (text.split('`').length % 2 === 0) return undefined;
    const write = (words: string): string => `<${name}>${words}</${name}>`;
    return { end, enclosed: { start: start + 2, end: end - 2, write } };
  };
}

const readAbbreviation: ReadSyntax = ({ end, text: short, groups }, { abbreviations }) => {
  abbreviations.set(short, groups.long?.trim() ?? '');
  return { end, piece: { html: '', isMarkdown: true } };
};

/** A query of Dataview in a line. */
const INLINE_QUERY = /^(?:\$= ?dv\.|= ?this\.)/;

/** Pandoc's `` `<b>a</b>`{=html} ``, and what is for other formats, which is left out. */
function readRawSpan(text: string, { start, end }: Range, ticks: number): Found | undefined {
  if (!text.startsWith('{=', end)) return undefined;
  const [attribute = '', format] = /^\{=(\w{1,20})\}/.exec(text.slice(end, end + 30)) ?? [];
  if (format === undefined) return undefined;
  const raw = /^html/.test(format) ? text.slice(start + ticks, end - ticks).trim() : '';
  return { end: end + attribute.length, markdown: raw };
}

/** Pandoc's `H~2~O` and `x^2^`; undefined in an address. */
function readShifted(name: 'sub' | 'sup'): ReadSyntax {
  return ({ start, end, text: words }, { source: { text, columnOf } }) => {
    const before = text.slice(start - Math.min(columnOf(start), 200), start);
    return /:\/\/\S*$/.test(before) ? undefined : { end, markdown: `<${name}>${words}</${name}>` };
  };
}

/** The characters around marks of emphasis; empty for blanks. */
const EMPHASIS = /(?<=(\S?))(?<![*~\\])(\*+|~~)(?![*~])(?=(\S?))/g;

/** Lets `**要点：**続き` and `点**「要」**` be emphasis: an empty comment is punctuation beside the stars. */
const readTightEmphasis: ReadSyntax = ({ start, end, text: stars }, { source: { text } }) => {
  const paragraph =
    text
      .slice(Math.max(0, start - 2000), start)
      .split(/\n(?:[ \t>]*\n|(?=[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]))/)
      .at(-1) ?? '';
  let isOpen = false;
  for (const [, before, run, behind] of paragraph.replace(/`[^`\n]*`/g, '`').matchAll(EMPHASIS)) {
    if (run === stars) isOpen = isOpen ? before === '' : behind !== '';
  }
  const isBehindPunctuation = /[^\p{L}\p{M}]/u.test(text.charAt(start - 1));
  if (isOpen !== isBehindPunctuation) return undefined;
  return { end, markdown: isOpen ? `${stars}<!---->` : `<!---->${stars}` };
};

/** What includes other files, which may define the labels of links. */
const inclusionsIn = matchesIn(/(\{%-?\s*include|\{\{[<%]\s*include|^[ \t]*-+8<-+|<!--\s*@include)/gm);

/** The end of `[words][label]` whose definition stands in a file that it includes: its words stay. */
const readReference: ReadSyntax = ({ end, text, groups }, { source }) => {
  const label = text || (groups.words ?? '');
  if (label.startsWith('^') || inclusionsIn(source).size === 0 || isDefined(source, label)) return undefined;
  return { end, markdown: `](${nameLink(label.replace(/\s+/g, ' '))})` };
};

/**
 * Puts a drawing or a formula in tags on one line, since Markdown ends one at a blank line, or at a tag that begins a
 * block.
 *
 * @returns undefined when it is not closed or holds components
 */
const readDrawing: ReadSyntax = ({ start, end }, { source, mdx: { isMdx } }) => {
  const { text, next } = source;
  const close = next(text.startsWith('<svg', start) ? /<\/svg\s*>/i : /<\/math\s*>/i, end);
  const written = text.slice(start, close?.end ?? start);
  if (close === undefined) return isMdx ? undefined : readLoneTag({ start, end }, source);
  if (isMdx && /<[A-Z]/.test(written)) return undefined;
  const html = isMdx ? written.replace(JSX_CODE, writeJsxCode) : written;
  return { end: close.end, markdown: html.replace(/\n\s*/g, ' ') };
};

/** Code between braces, of an attribute or of a text. */
const JSX_CODE = /(=?)\{(\{[^{}]*\}|\/\*(?:[^*]|\*(?!\/))*\*\/|[^{}]*)\}/g;

function writeJsxCode(_: string, isValue: string, code: string): string {
  const words = escapeHtml(stringInCode(code.trim()) ?? '');
  return isValue === '' ? words : `="${words}"`;
}

/** The number of characters to search above a table-of-contents marker. */
const MAX_ABOVE = 300;
const CONTENTS_ABOVE = new RegExp(
  `(?<=^|\\n) {0,3}(?:#{1,6}[ \\t]+|\\*\\*|__)${CONTENTS_HEADING}[ \\t#:*_]*\\n\\s*$`,
  'iu',
);

/** Reads `[TOC]` and the heading above it; undefined if it is part of a paragraph or refers to a definition. */
const readContentsMark: ReadSyntax = ({ start, end }, { source: { text, next } }) => {
  const above = text.slice(Math.max(0, start - MAX_ABOVE), start);
  const heading = CONTENTS_ABOVE.exec(above)?.[0] ?? '';
  const isAlone =
    (heading !== '' || /(?:^\s*|\n[ \t]*\n|(?:^|\n)#{1,6}[ \t][^\n]*\n)[ \t]*$/.test(above)) &&
    /^[ \t]*(?:$|\n[ \t]*(?:$|\n|#))/.test(text.slice(end, end + MAX_ABOVE));
  if (!isAlone || next(/^ {0,3}\[toc\]:/im, 0) !== undefined) return undefined;
  return { start: start - heading.length, end, markdown: '' };
};

/** Markers of generators for a table of contents, such as `[TOC]`, `[[_TOC_]]` and `${toc}`. */
const CONTENTS_MARK =
  '(?:@?\\[{1,2}[!_]?[Tt][Oo][Cc](?:_?\\]{1,2}|[ \\t][^\\]\\n]*\\]{1,2})|\\$?\\{[Tt][Oo][Cc]\\})(?:\\([^)\\n]*\\)|\\{[^}\\n]*\\})?|__(?:NO|FORCE)?TOC__|\\\\tableofcontents|\\.\\. contents::(?:[ \\t]\\w{1,40}){0,9}';
/** For a character class: digits, letters, and little else. */
const LETTER = '\\w\\u00aa-\\u1fff\\u2c00-\\uffff';
/** Punctuation except `*`, `~` and `\\`; letters of scripts without spaces, and Hangul, which attaches particles. */
const PUNCTUATION =
  '[!-)+-/:-@[\\]-`{-}\\u00ab\\u00bb\\u2010-\\u2027\\u2030-\\u205e\\u3001-\\u3003\\u3008-\\u3020\\uff01-\\uff0f\\uff1a-\\uff20\\uff3b-\\uff40\\uff5b-\\uff65]';
const UNSPACED =
  '[\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3040-\\u30ff\\u3400-\\u9fff\\uac00-\\ud7af]';
const WIDE_PUNCTUATION = '[\\u3001-\\u3003\\u3008-\\u3020\\uff01-\\uff0f\\uff1a-\\uff20]';
/** Emphasis between punctuation and such a letter, or wide punctuation and any, where CommonMark expects a space. */
const TIGHT_EMPHASIS = [
  [PUNCTUATION, UNSPACED],
  [UNSPACED, `\\\\?${PUNCTUATION}`],
  [WIDE_PUNCTUATION, '[A-Za-z\\d]'],
  ['[A-Za-z\\d]', WIDE_PUNCTUATION],
]
  .map(([before, behind]) => `(?<=${before})(?:\\*{1,3}|~~)(?=${behind})`)
  .join('|');

/** Patterns, each with a group of the same name, and their readers. If several match, the first counts. */
const SYNTAXES: Readonly<Record<string, readonly [pattern: string, read: ReadSyntax]>> = {
  // Of Franklin
  raw: ['~~~(?<raw><[^\\n]{1,1000}?>)~~~', ({ end, text }) => ({ end, markdown: text })],
  fence: [`^${INDENT}(?<fence>\`{3,}(?=[^\`\\n]*$)|~{3,})`, readFence],
  mark: [`(?<=^ {0,3})(?<mark>${CONTENTS_MARK})[ \\t]*$`, readContentsMark],
  math: [
    '(?<math>\\$[$`]|(?<![\\w$\\\\])\\$(?=\\S| \\\\[A-Za-z]{2}| [A-Za-z][- +=<>^_/*])|(?<=(?<!\\w)_{1,2})\\$(?=[^\\s\\d])|\\$(?=\\\\[a-zA-Z]|[A-Za-z][_^]\\{)|\\\\{1,2}[([]|\\\\(?:begin|(?:eq)?ref)\\{)',
    ({ start }, { source }) => readBracketCode(source, start) ?? readMath(source, start),
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
  // In MyST, it gets the words of its target.
  empty: [
    '\\[(?<!^#{1,6} .{0,300}\\[)\\]\\((?<empty>#[\\w:./-]{1,80}|[^()\\s#:]{1,200}\\.md)\\)',
    ({ end, text }, { source }) => {
      const markdown = readEmptyLink(source, text);
      return markdown === undefined ? undefined : { end, markdown };
    },
  ],
  // The Markdown parser reads it, in a link and in a definition.
  destination: [
    '(?<destination>\\](?:\\(|(?=:)(?<=^[ \\t>]{0,12}\\[[^\\^\\]\\n][^\\]\\n]{0,300}\\]):[ \\t]{0,9})<(?!%)[^<>{}\\n]{0,2000}>)',
    ({ end }) => ({ end }),
  ],
  spaced: [
    '(?<=[^\\s[]|!\\[)\\]\\((?<spaced>[^()<>{}"\'\\s]{1,100}(?: [^()<>{}"\'\\s]{1,100}){1,20}(?<=\\.[A-Za-z\\d]{2,8}))\\)',
    // Only within angle brackets a destination may have spaces.
    ({ end, text }) => ({ end, markdown: `](<${text}>)` }),
  ],
  aside: [
    '(?<aside>^%%\\[[\\w -]{1,60}\\][ \\t]*$|(?<![\\w%])%%(?!%)(?:[^%]|%(?!%)){1,2000}%%(?![\\w%]))',
    // Hashnode's widgets, too
    ({ end }) => ({ end, piece: { isSilent: true } }),
  ],
  highlight: [
    '(?<highlight>(?<![=\\w])==(?=[^\\s=])(?:[^=\\n]|=(?!=)|\\n(?![ \\t]*\\n)){1,500}(?<=[^\\s=])==(?![=\\w]))',
    readDoubled('mark'),
  ],
  // Of PyMdown; `(^^)` and `^^;` are faces.
  inserted: [
    `(?<inserted>(?<![\\^)${LETTER}])\\^\\^(?=["'(*[\`${LETTER}])(?:[^^\\n]|\\^(?!\\^)){1,500}(?<=["')*.\\]\`${LETTER}])\\^\\^(?![\\^);${LETTER}]))`,
    readDoubled('ins'),
  ],
  sized: [
    '(?<sized>\\]\\([^()<>{}\\s]{1,500}(?: "[^"\\n]{0,200}")?) (?:=\\d{0,5}%?x\\d{0,5}%?|(?:(?:align|height|width)="[^"\\n]{0,40}" ?){1,3})\\)',
    // `![a](b.png =100x200)` of markdown-it-imsize, `![a](b.png align="left")` of Hashnode.
    ({ end, text }) => ({ end, markdown: `${text})` }),
  ],
  note: [
    '(?<!\\\\)(?:(?<!\\w)|(?=\\^\\[[^\\]\\n]{1,200} ))(?<note>\\^\\[(?=\\S)(?:[^[\\]\\n]|\\n(?![ \\t]*\\n)|\\[(?:[^[\\]\\n]|\\[[^[\\]\\n]*\\])*\\]){1,1000}\\])(?![(:[])',
    readInlineNote,
  ],
  noted: [
    // A note within the words of a picture or a link goes behind it.
    '(?<=\\[[^[\\]\\n]{1,500})(?<noted>\\[\\^[\\w-]{1,60}\\])(?<tail>[^[\\]\\n]{0,300}\\]\\([^()\\s]{1,500}(?: "[^"\\n]{0,200}")?\\))',
    ({ end, text, groups }) => ({ end, markdown: `${groups.tail}${text}` }),
  ],
  snippet: [
    // The code of a file that is missing (VitePress).
    '^[ \\t]{0,12}(?<snippet><<<)[ \\t]{1,5}[^\\s{}[\\]#]{1,200}\\.\\w{1,9}(?=[\\s#{[])[^\\n]{0,100}$',
    ({ end }) => ({ end, piece: {} }),
  ],
  keys: [
    '(?<![\\w+])\\+\\+(?<keys>(?:(?:[a-z]|f?\\d{1,2}|ctrl|control|alt|shift|cmd|command|option|meta|win|fn|enter|return|tab|esc|escape|space|backspace|del(?:ete)?|ins(?:ert)?|home|end|page-(?:up|down)|(?:arrow-)?(?:up|down|left|right)|"[^"\\n]{1,20}")(?:\\+(?!\\+)|(?=\\+\\+))){1,6})\\+\\+(?![\\w+])',
    ({ end, text }) => readKeys(text, end),
  ],
  // Between columns of Hugo Book
  gap: ['^[ \\t]*(?<gap><--->)[ \\t]*$', ({ end }) => ({ end, piece: { isSilent: true } })],
  block: [
    '(?<=\\s)(?<block>\\^(?=[a-z0-9-]*[a-z])[a-z0-9-]{3,80})[ \\t]*$',
    ({ end, text }) => ({ end, markdown: `<a id="${text}"></a>` }),
  ],
  crossed: [
    // Of Quarto; in brackets, words may precede it, and a hyphen leaves its own out.
    '(?<crossed>(?<![\\w@/.-])@(?=[FfTtEeSsLl])|\\[(?=(?:-|[^\\[\\]\\n@]{1,40} )?@(?:[Ff]ig|[Tt]bl|[Ee]q|[Ss]ec|[Ll]st)[-:]))',
    ({ start }, { source }) => readCrossReference(source, start),
  ],
  embed: [
    '(?<embed>(?<![\\w\\])])(?:@\\[[A-Za-z]|![A-Za-z][\\w-]{0,20}\\[|\\[![a-z]|%\\[https?:))',
    ({ start }, { source }) => readEmbed(source, start),
  ],
  bracket: [
    '(?<bracket>\\[(?:\\/?(?:embed|video|audio|youtube|vimeo|caption|latex|tex|gallery|playlist|code|sourcecode)[ =\\]]|\\/[a-z]|[a-z]{2,10}[-_]|[a-z][\\w-]{1,40} [\\w-]{1,40}=))',
    ({ start }, { source }) => readBracketCode(source, start),
  ],
  server: ['(?<server><%)', ({ start }, { source, templates }) => readTemplate(source, start, templates)],
  directive: [
    '(?<![\\w:\\])}])(?<directive>::?(?=[a-z][\\w-]{0,40}[[{]))',
    ({ start }, { source }) => readDirective(source, start),
  ],
  icon: [
    '(?<![\\w:])(?<icon>:(?:material|octicons|fontawesome|simple)-[a-z\\d-]{1,80}:)(?:\\{[^{}\\n]{0,200}\\})?',
    ({ end }) => ({ end, piece: { isSilent: true } }),
  ],
  emphasis: [`(?<emphasis>${TIGHT_EMPHASIS})`, readTightEmphasis],
  short: ['^\\*\\[(?<short>[^\\]\\n]{1,60})\\]:[ \\t]*(?<long>[^\\n]*)', readAbbreviation],
  lowered: [`(?<=[${LETTER})\\]])~(?<lowered>[^\\s^~<>[\\]\`\\\\]{1,30})~(?!~)`, readShifted('sub')],
  raised: [
    `(?<=[${LETTER})\\]])\\^(?<raised>[A-Za-z\\d+(\\u00aa-\\uffff-][^\\s^~<>[\\]\`\\\\]{0,29})\\^(?![${LETTER}(])`,
    readShifted('sup'),
  ],
  label: [
    '^\\((?<label>[\\w:./-]{1,80})\\)=[ \\t]*$',
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
/** Where syntax begins. */
export const TOKEN = new RegExp(READERS.map(([, [pattern]]) => pattern).join('|'), 'gm');

export function readToken(match: RegExpExecArray, context: ReadContext): Found | undefined {
  const { index: start, 0: whole, groups = {} } = match;
  for (const [name, [, read]] of READERS) {
    const text = groups[name];
    if (text !== undefined) return read({ start, end: start + whole.length, text, groups }, context);
  }
  return undefined;
}
