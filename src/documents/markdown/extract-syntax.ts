import { trimEndOf } from '../../strings.ts';
import { identifyBlocks, readAttributeList } from './attributes.ts';
import { fenceAdmonitions, type OpenAdmonition, readAdmonition } from './containers.ts';
import { readBracketCode, readDirective, readEmbed, readRole } from './read-directive.ts';
import { readMath, readMathShortcode } from './read-math.ts';
import { openMdxScope, readExpression, readModuleCode, readTag, unindentHtml } from './read-mdx.ts';
import { readTemplate, type TemplateScope } from './read-template.ts';
import {
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
const TOKEN = new RegExp(
  [
    `^${INDENT}(?<fence>\`{3,}(?=[^\`\\n]*$)|~{3,})`,
    `(?<=^ {0,3})(?<mark>${CONTENTS_MARK})[ \\t]*$`,
    '(?<math>\\$[$`]|(?:(?<![\\w$\\\\])|(?<=(?<!\\w)_{1,2}))\\$(?=\\S)|\\$(?=\\\\[a-zA-Z]|[A-Za-z][_^]\\{)|\\\\{1,2}[([]|\\\\(?:begin|(?:eq)?ref)\\{)',
    '(?<ticks>`+)',
    '(?<hash>\\\\#)(?=[^\\s\\d#])',
    '(?<escaped>\\\\[{[<`%\\\\])',
    '(?<comment><!--)',
    '<(?<drawing>svg|math)\\b',
    '<(?<verbatim>pre|code|kbd|samp|script|style|textarea)\\b',
    '(?<fragment><\\/?>)',
    // Behind `](`, it encloses an address with spaces.
    '(?<!\\]\\()(?<tag><\\/?[A-Za-z])',
    '(?<brace>\\{)',
    '(?<wikilink>!?\\[\\[)',
    '(?<=\\[(?<words>[^[\\]]{1,300}))\\]\\[(?<reference>[^[\\]]{0,200})\\]',
    '(?<destination>\\]\\(<[^<>{}\\n]{0,2000}>)',
    '(?<=[^\\s[]|!\\[)\\]\\((?<spaced>[^()<>{}"\'\\s]{1,100}(?: [^()<>{}"\'\\s]{1,100}){1,20}(?<=\\.[A-Za-z\\d]{2,8}))\\)',
    '(?<aside>(?<![\\w%])%%(?!%)(?:[^%]|%(?!%)){1,2000}%%(?![\\w%]))',
    '(?<highlight>(?<![=\\w])==(?=[^\\s=])(?:[^=\\n]|=(?!=)|\\n(?![ \\t]*\\n)){1,500}(?<=[^\\s=])==(?![=\\w]))',
    '(?<sized>\\]\\([^()<>{}\\s]{1,500}(?: "[^"\\n]{0,200}")?) =\\d{0,5}x\\d{0,5}\\)',
    '(?<!\\\\)(?:(?<!\\w)|(?=\\^\\[[^\\]\\n]{1,200} ))(?<note>\\^\\[(?=\\S)(?:[^[\\]\\n]|\\n(?![ \\t]*\\n)|\\[[^[\\]\\n]*\\]){1,1000}\\])(?![(:[])',
    '(?<=\\s)(?<block>\\^(?=[a-z0-9-]*[a-z])[a-z0-9-]{3,80})[ \\t]*$',
    '(?<embed>(?<![\\w\\])])(?:@\\[[A-Za-z]|![A-Za-z][\\w-]{0,20}\\[|\\[![a-z]|%\\[https?:))',
    '(?<bracket>\\[\\/?(?:embed|video|audio|youtube|vimeo|caption|latex|tex|gallery|playlist|code|sourcecode)[ =\\]])',
    '(?<server><%)',
    '(?<![\\w:\\])}])(?<directive>::?(?=[a-z][\\w-]{0,40}[[{]))',
    `(?<emphasis>${TIGHT_EMPHASIS})`,
    '^\\*\\[(?<short>[^\\]\\n]{1,60})\\]:[ \\t]*(?<long>[^\\n]*)',
    `(?<=[${LETTER})\\]])(?:~(?<lowered>[^\\s^~<>[\\]\`\\\\]{1,30})~(?!~)|\\^(?<raised>[A-Za-z\\d+(\\u00aa-\\uffff-][^\\s^~<>[\\]\`\\\\]{0,29})\\^(?![${LETTER}(]))`,
    '^\\((?<label>[\\w:.-]{1,80})\\)=[ \\t]*$',
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
  const flat = isMdx ? markdown : unindentHtml(markdown);
  const text = fenceAdmonitions(writeDirectives(identifyBlocks(writeBlocks(flat))));
  const word = unusedWord(text);
  const marks = new RegExp(`${word}(\\d+)x`, 'g');
  const source = openSource(text, firstLine);
  const abbreviations = new Map<string, string>();
  const read = createReader(source, title, isMdx, abbreviations);
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
  return { source: markdown, markdown: written.join(''), pieces, leftOut, marks, abbreviations };
}

type Groups = Readonly<Record<string, string | undefined>>;

function createReader(
  source: SourceText,
  title: string | undefined,
  isMdx: boolean,
  abbreviations: Map<string, string>,
): (groups: Groups, token: Range) => Found | undefined {
  const { text, next } = source;
  const code = findCodeRanges(source);
  const templates: TemplateScope = { title, rawEnd: 0, expressionEnd: 0, open: [] };
  const mdx = openMdxScope(text, isMdx, title);
  const admonitions: OpenAdmonition[] = [];
  let notes = 0;
  const hasNotes = text.includes('[^note-');
  /** `^[text]`, as Pandoc and Obsidian write it. */
  const readInlineNote = (note: string, end: number): Found => {
    for (notes++; hasNotes && text.includes(`[^note-${notes}]`); notes++);
    return {
      end,
      markdown: `[^note-${notes}]`,
      note: `[^note-${notes}]: ${note.slice(2, -1).replace(/\n[ \t]*/g, ' ')}`,
    };
  };
  const verbatim = (start: number, end: number): Found => {
    const shown = shownCode(text.slice(start, end));
    return shown.length === end - start ? { end } : { end, markdown: shown };
  };
  return (groups, { start, end }) => {
    if (groups.fence !== undefined) {
      const fenceEnd = code.fenceEnd(text.slice(start, end - groups.fence.length), groups.fence, end);
      // A query of Obsidian's plugins
      if (/^(?:dataview(?:js)?|tasks)[ \t]*\n/.test(text.slice(end, end + 20)))
        return {
          end: fenceEnd,
          markdown: '',
          leftOut: [trimEndOf(text.slice(end, fenceEnd), /[`~\s]/)],
        };
      const chunk = text.startsWith('{', end) ? readChunk(text.slice(start, fenceEnd)) : undefined;
      return chunk === undefined ? verbatim(start, fenceEnd) : { end: fenceEnd, markdown: chunk };
    }
    if (groups.math !== undefined) return readMath(source, start);
    if (groups.ticks !== undefined) {
      const spanEnd = code.spanEnd(start, groups.ticks.length) ?? end;
      if (INLINE_QUERY.test(text.slice(end, end + 20))) return { end: spanEnd, piece: {} };
      return readRawSpan(text, { start, end: spanEnd }, groups.ticks.length) ?? verbatim(start, spanEnd);
    }
    // It must not begin a tag.
    if (groups.hash !== undefined) return { end, piece: { html: '&#35;', url: '#' } };
    if (groups.comment !== undefined) {
      // An unclosed comment would hide everything after it.
      const close = next(/-->/, start);
      if (close === undefined) return { end, piece: { html: '&lt;!--', url: '<!--' } };
      // Behind words, Markdown ends one at a blank line, and a block at the end of the comment before it.
      const isInText = /\S/.test(text.slice(start - Math.min(source.columnOf(start), 1000), start));
      const isLong = isInText && text.slice(start, close.end).includes('\n');
      return isLong ? { end: close.end, markdown: '' } : { end: close.end };
    }
    if (groups.verbatim !== undefined) {
      const close = next(new RegExp(`</${groups.verbatim}\\s*>`), end)?.end ?? end;
      return (mdx.isMdx ? readHeldCode(text, start, close) : undefined) ?? verbatim(start, close);
    }
    if (groups.fragment !== undefined) return mdx.isMdx ? { end, piece: { isSilent: true } } : undefined;
    if (groups.drawing !== undefined) {
      const drawing = readDrawing(source, start, end, mdx.isMdx);
      if (drawing !== undefined || !mdx.isMdx) return drawing ?? { end };
    }
    // Markdown reads it.
    if (groups.destination !== undefined) return { end };
    const isSvelte = text.startsWith('<svelte:', start);
    const [address] = groups.tag === undefined || isSvelte ? [] : matchAt(AUTOLINK, text, start);
    if (address !== undefined) return { end: start + address.length };
    if (groups.tag !== undefined || groups.drawing !== undefined) return readTag(source, start, mdx);
    if (groups.brace !== undefined) {
      return (
        readCritic(text, start) ??
        readRole(source, start) ??
        readMathShortcode(source, start) ??
        readTemplate(source, start, templates) ??
        readAttributeList(source, start) ??
        readExpression(source, start, mdx)
      );
    }
    if (groups.reference !== undefined && groups.words !== undefined)
      return readReference(source, groups.reference || groups.words, end);
    if (groups.wikilink !== undefined) return readWikilink(source, start);
    // `![a](b.png =100x200)`, as markdown-it-imsize has it.
    if (groups.sized !== undefined) return { end, markdown: `${groups.sized})` };
    // Only within angle brackets a destination may have spaces.
    if (groups.spaced !== undefined) return { end, markdown: `](<${groups.spaced}>)` };
    if (groups.aside !== undefined) return { end, piece: { isSilent: true } };
    if (groups.highlight !== undefined)
      return { end, markdown: `<mark>${groups.highlight.slice(2, -2)}</mark>` };
    if (groups.note !== undefined) return readInlineNote(groups.note, end);
    if (groups.block !== undefined)
      return { end, markdown: text.includes(`#${groups.block}`) ? `<a id="${groups.block}"></a>` : '' };
    if (groups.embed !== undefined) return readEmbed(source, start);
    if (groups.bracket !== undefined) return readBracketCode(source, start);
    if (groups.server !== undefined) return readTemplate(source, start, templates);
    if (groups.directive !== undefined) return readDirective(source, start);
    if (groups.emphasis !== undefined) return readTightEmphasis(source, { start, end });
    if (groups.short !== undefined && groups.long !== undefined) {
      abbreviations.set(groups.short, groups.long.trim());
      return { end, piece: { html: '', isMarkdown: true } };
    }
    if (groups.lowered !== undefined) return shifted('sub', groups.lowered, source, { start, end });
    if (groups.raised !== undefined) return shifted('sup', groups.raised, source, { start, end });
    // MyST's name of what follows.
    if (groups.label !== undefined) return { end, markdown: `<a id="${groups.label}"></a>\n` };
    if (groups.module !== undefined) return readModuleCode(source, start, mdx);
    if (groups.contents !== undefined) return { end, markdown: '\n' };
    if (groups.mark !== undefined) return readContentsMark(source, start, end);
    if (groups.admonition !== undefined) return readAdmonition(source, start, admonitions);
    return undefined;
  };
}

/** A query of Dataview in a line. */
const INLINE_QUERY = /^(?:\$=|= ?this\.)/;

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
function shifted(
  name: 'sub' | 'sup',
  words: string,
  { text, columnOf }: SourceText,
  { start, end }: Range,
): Found | undefined {
  const before = text.slice(start - Math.min(columnOf(start), 200), start);
  return /:\/\/\S*$/.test(before) ? undefined : { end, markdown: `<${name}>${words}</${name}>` };
}

/** Lets `**要点：**続き` and `点**「要」**` be emphasis: an empty comment is punctuation beside the stars. */
function readTightEmphasis({ text }: SourceText, { start, end }: Range): Found | undefined {
  const stars = text.slice(start, end);
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
function readReference(source: SourceText, label: string, end: number): Found | undefined {
  if (label.startsWith('^') || inclusionsIn(source).size === 0 || isDefined(source, label)) return undefined;
  return { end, markdown: `](${nameLink(label.replace(/\s+/g, ' '))})` };
}

/** `<https://…>` */
const AUTOLINK = /<[a-zA-Z][a-zA-Z\d+.-]{1,31}:[^\s<>{}]*>/y;

/** A drawing or a formula in tags, on one line, since Markdown ends one at a blank line or at a tag of its head; undefined when it is not closed or holds components. */
function readDrawing(
  { text, next }: SourceText,
  start: number,
  end: number,
  isMdx: boolean,
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
