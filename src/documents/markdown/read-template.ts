import { splitTrimmed } from '../../strings.ts';
import {
  type Fields,
  fieldItems,
  fieldMap,
  fieldText,
  findText,
  foldFieldName,
} from '../front-matter/fields.ts';
import { defined } from '../stated.ts';
import { closeContainer, givenWords, isQuotation, type OpenContainer, readContainer } from './containers.ts';
import {
  type Converted,
  escapeHtml,
  type Found,
  openSource,
  type Range,
  type SourceText,
} from './source-text.ts';
import { convertTemplate, figure, readCall, type TemplateCall, type TemplateData } from './template-code.ts';

/** The maximum length of template code, which has no blank lines, except between the arguments of an include. */
const MAX_LENGTH = 5000;

const INCLUDE = /^\{%-?\s*(?:include|render)\s/;
/** The delimiters of template code; the first match wins. */
const MARKS: readonly (readonly [string, RegExp])[] = [
  ['{{<', />\}\}/],
  ['{{%', /%\}\}/],
  ['{{{', /\}\}\}/],
  ['{{', /\}\}/],
  ['{%', /%\}/],
  ['{# ', /#\}/],
  ['{#-', /#\}/],
  ['{/*', /\*\/\}/],
  // Of ERB, EJS and Templater
  ['<%', /%>/],
];
/** Blocks whose content depends on running the code. */
const GENERATED = /^(?:for|tablerow|capture|macro|asyncEach|asyncAll)\b|^set\s[^=]*$/;
const CAPTURE = /^capture\s+["']?([\w-]+)/;
/** A name alone, or with filters. */
const CAPTURED = /^([\w-]+)\s{0,9}(?:\||$)/;
/** The ends and branches of blocks; only their beginnings are reported. */
const FOLLOWERS = /^(?:(?:end|\/\s?)\w*|else|elsif|elseif|elif|when)\b/;

/** The branches for a false condition: conditions are assumed to be true. */
const OTHERWISE = /^(?:else|elsif|elseif|elif)\b/;
const CONDITION = /\{%-?\s*(end_?|\/\s?)?(?:if|unless|ifequal|ifchanged)\b/g;

/** The start of the tag that ends the condition around an offset; undefined if there is none. */
function endOfBlock(text: string, start: number): number | undefined {
  let depth = 1;
  for (const { index, 1: isEnd } of text.slice(start, start + MAX_LENGTH).matchAll(CONDITION)) {
    depth += isEnd ? -1 : 1;
    if (depth === 0) return start + index;
  }
  return undefined;
}

export interface TemplateScope extends TemplateData {
  /** The end of the current `raw` block of Liquid. */
  rawEnd: number;
  /** The end of the last piece of template code. */
  expressionEnd: number;
  /** The open shortcodes whose closing tags are converted. */
  readonly open: OpenContainer[];
  /** Names of text blocks in Liquid's `capture`, which are kept in place. */
  readonly captured: Set<string>;
}

/** Fields and values by which Jekyll, Hexo and Eleventy run no template code in a document. */
const RAW = [
  ['renderwithliquid', 'false'],
  ['disablenunjucks', 'true'],
  ['templateengineoverride', 'md'],
] as const;

export function openTemplateScope(text: string, { title, fields }: TemplateData): TemplateScope {
  const isRaw = RAW.some(([name, value]) => fieldText(fields.get(name)) === value);
  return { title, fields, rawEnd: isRaw ? text.length : 0, expressionEnd: 0, open: [], captured: new Set() };
}

/** Reads the Liquid, Nunjucks or shortcode that begins at `start`; undefined if that is none. */
export function readTemplate(source: SourceText, start: number, scope: TemplateScope): Found | undefined {
  const { text, next } = source;
  const [opening, closing] = MARKS.find(([mark]) => text.startsWith(mark, start)) ?? [];
  const close = closing && next(closing, start + (opening?.length ?? 0));
  const blankLine = next(/\n[ \t]*\n/, start);
  if (opening === undefined || close === undefined || close.end - start > MAX_LENGTH) return undefined;
  if (
    blankLine !== undefined &&
    blankLine.start < close.start &&
    !INCLUDE.test(text.slice(start, start + 50))
  )
    return undefined;
  const inside = text
    .slice(start + opening.length, close.start)
    .replace(/^[-~]|[-~]$/g, '')
    .trim();
  if (opening.startsWith('{{')) {
    const isSure = /[<%]$/.test(opening) || start === scope.expressionEnd;
    const before = isSure ? '' : text.slice(Math.max(0, start - 20), start);
    if (!isExpression(inside, before)) return undefined;
  }
  const { end } = close;
  scope.expressionEnd = end;
  const code = text.slice(start, end);
  if (start < scope.rawEnd) return { end, piece: { html: escapeHtml(code), url: code } };
  // ERB of Middleman and Bridgetown.
  if (opening === '<%')
    return { end, piece: (inside.startsWith('=') && convertTemplate(inside.slice(1), scope)) || {} };
  const tag: TemplateTag = { source, start, end, inside, scope };
  if (opening === '{%') return readLiquidTag(tag);
  if (opening === '{{<' || opening === '{{%') return readShortcode(tag);
  const isCaptured = scope.captured.has(CAPTURED.exec(inside)?.[1] ?? '');
  if (opening.startsWith('{{') && !isCaptured && !/^(?:!--|\/\*)/.test(inside))
    return { end, piece: convertTemplate(inside, scope) ?? {} };
  const isMarker = !isCaptured && /^(?:truncate|more|excerpt)$/i.test(inside);
  return isMarker ? { end, markdown: `<!-- ${inside} -->` } : { end, piece: { isSilent: true } };
}

/** Whether it is an expression: not a formula such as `x^{{2}}`, `${{ secret }}` of a workflow, or braces in prose. */
function isExpression(inside: string, before: string): boolean {
  const code = inside.replace(/"[^"]*"|'[^']*'/g, '""');
  return /^[^[\]]/.test(code) && !code.includes('{{') && !/(?:[$}]|[\w)\]}][_^]|\\[A-Za-z]+)$/.test(before);
}

/** The code between its delimiters, and where it stands with them. */
interface TemplateTag extends Range {
  readonly inside: string;
  readonly source: SourceText;
  readonly scope: TemplateScope;
}

function readLiquidTag(tag: TemplateTag): Found {
  const { source, end, inside, scope } = tag;
  const [name = ''] = /^[\w-]+/.exec(inside) ?? [];
  const endOf = (opened: string): Range | undefined =>
    source.next(new RegExp(`\\{%-?\\s*(?:end_?|/\\s?)${opened}\\s*-?%\\}`), end);
  // Markdoc's `{% #id .class %}` behind a heading
  const [annotation, headingId] = /^(?:#([\w-]+)|\.[\w-])/.exec(inside) ?? [];
  if (annotation !== undefined) return { end, piece: { isSilent: true, ...defined({ headingId }) } };
  if (name === 'raw') {
    scope.rawEnd = endOf('raw')?.start ?? end;
    return { end, piece: { isSilent: true } };
  }
  const otherwise = OTHERWISE.test(inside) ? endOfBlock(source.text, end) : undefined;
  if (otherwise !== undefined) return { end: otherwise, piece: {} };
  const [, closed = ''] = /^(?:end_?|\/\s?)?([\w-]*)/.exec(inside) ?? [];
  if (FOLLOWERS.test(inside)) return closeContainer(closed.toLowerCase(), scope.open, end);
  // Zola's `{% note() %}…{% end %}`
  const close = endOf(/^[\w:]+\([\s\S]*\)$/.test(inside) ? '' : name);
  const captured = CAPTURE.exec(inside)?.[1];
  const isBlock = (at: number): boolean =>
    /\S[^\S\n]*\n\s*\S|!\[|<(?:figure|img)\b/.test(source.text.slice(end, Math.min(at, end + MAX_LENGTH)));
  if (captured !== undefined && close !== undefined && isBlock(close.start)) {
    scope.captured.add(captured);
    return { end, piece: { isSilent: true } };
  }
  if (close !== undefined && GENERATED.test(inside)) return { end: close.end, piece: {} };
  return readCalled(tag, close);
}

const LISTED_PICTURES = /^include\s+(gallery|feature_row)\b(?:.{0,300}?\bid=["']?([\w-]+))?/;
const PICTURE_FIELDS = { src: 'imagepath', link: 'url', alt: 'alt', title: 'title', caption: 'excerpt' };

/** `{% include gallery %}` of Minimal Mistakes, whose pictures the front matter lists. */
function listedPictures(inside: string, fields: Fields): Converted | undefined {
  const [, kind = '', list = kind] = LISTED_PICTURES.exec(inside) ?? [];
  const figures = fieldItems(fields.get(foldFieldName(list))).flatMap((item) => {
    const named = Object.entries(PICTURE_FIELDS).flatMap(([name, field]) => {
      const value = findText(fieldMap(item), [field]);
      return value === undefined ? [] : [[name, value] as const];
    });
    return figure({ name: 'figure', positional: [], named: new Map(named) })?.blockHtml ?? [];
  });
  return figures.length === 0 ? undefined : { blockHtml: figures.join('') };
}

/** Reads a tag or a shortcode by its name: a container, or one that its arguments define. */
function readCalled(tag: TemplateTag, close: Range | undefined): Found {
  const { source, end, inside, scope } = tag;
  const call = readCall(inside);
  const name = call?.name ?? '';
  if (close !== undefined && name === 'comment') return { end: close.end, piece: { isSilent: true } };
  if (close !== undefined && PROTECTED.test(name)) return { end: close.end, markdown: '', leftOut: [name] };
  const held = call && close && readContainer(source, tag, hexoCall(call, inside), close, scope.open);
  if (held !== undefined) return held;
  const converted = listedPictures(inside, scope.fields) ?? convertTemplate(inside, scope);
  const words =
    converted === undefined && call !== undefined && close === undefined
      ? givenWords(call, source.isAlone(tag))
      : undefined;
  if (words !== undefined) return { end, markdown: words };
  // What it holds stays in its place.
  const isLayout = close !== undefined && LAYOUT.test(name);
  return { end, piece: converted ?? (isLayout ? { isSilent: true } : {}) };
}

/** Shortcodes that only arrange what they hold. */
const LAYOUT =
  /^(?:cards|cent(?:er|re)|columns?|container|content-ref|gallery|grid|lead|markdown|md|row|section|steps?|tabs|timeline|typeit|wrapper)$/;

/**
 * Hexo's `{% codeblock lang:js %}`, with the other words as its title, `{% blockquote Author, Source %}`, and folds, as
 * in Forem.
 */
function hexoCall(call: TemplateCall, inside: string): TemplateCall {
  if (call.name === 'codeblock') return { ...call, positional: [] };
  const [, name, stated] =
    /^(collapsible|details|folding|hideBlock|hideToggle|spoiler)\s([^"'=]+)$/.exec(inside) ?? [];
  if (name !== undefined && stated !== undefined) {
    const isList = /^(?:folding|hide)/.test(name);
    const title = isList ? splitTrimmed(stated, ',').at(name === 'folding' ? -1 : 0) : stated.trim();
    return { ...call, positional: [title ?? ''] };
  }
  if (!isQuotation(call.name) || /"|=\s?'/.test(inside)) return call;
  return { ...call, positional: inside.split(/\s+/).slice(1), named: new Map() };
}

function readShortcode(tag: TemplateTag): Found {
  const { source, start, end, inside, scope } = tag;
  const code = source.text.slice(start, end);
  const shown = /^\/\*([\s\S]*)\*\/$/.exec(inside)?.[1];
  if (shown !== undefined) return { end, piece: { html: escapeHtml(code.replace(inside, () => shown)) } };
  if (inside.startsWith('/')) return closeContainer(inside.slice(1).trim().toLowerCase(), scope.open, end);
  const call = readCall(inside);
  if (call?.name === 'rawhtml' || call?.name === 'raw-html') return { end, piece: { isSilent: true } };
  const isClosed = inside.endsWith('/') || call === undefined;
  const close = isClosed
    ? undefined
    : source.next(
        new RegExp(`\\{\\{[<%]\\s*/\\s*${call.name.replaceAll('.', '\\.')}\\s*[>%]\\}\\}`, 'i'),
        end,
      );
  return readCalled({ ...tag, inside: inside.replace(/\/$/, '') }, close);
}

/** Shortcodes whose content requires a password. */
const PROTECTED = /encrypt|^(?:password|protected|private|secret)$/i;

interface TemplateFree {
  readonly html: string;
  /** Code that would have to be run. */
  readonly leftOut: readonly { readonly code: string; readonly line: number }[];
}

/** Template code, and elements whose content is not text of the page. */
const TOKEN = /<(?<dropped>script|style)\b|\{[{%#/]/gi;
const MAX_TAG = 2000;

/**
 * Converts Liquid and shortcodes of site generators in HTML where the result is known without running them, and leaves
 * out the rest.
 */
export function withoutTemplateCode(text: string, stated: TemplateData): TemplateFree {
  const source = openSource(text, 1);
  const scope = openTemplateScope(text, stated);
  const leftOut: { code: string; line: number }[] = [];
  const token = new RegExp(TOKEN);
  let html = '';
  let written = 0;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const start = match.index;
    const dropped = match.groups?.dropped?.toLowerCase();
    if (dropped !== undefined) {
      token.lastIndex = source.next(new RegExp(`</${dropped}`, 'i'), start)?.end ?? text.length;
      continue;
    }
    const found = readTemplate(source, start, scope);
    if (found === undefined) continue;
    html += text.slice(written, start);
    const code = text.slice(start, found.end);
    const { piece } = found;
    const before = html.slice(-MAX_TAG);
    const shown =
      before.lastIndexOf('<') > before.lastIndexOf('>') ? piece?.url : (piece?.html ?? piece?.blockHtml);
    const isEnd = /^\{[{%][<%]?-?\s*(?:\/|end)/.test(code);
    if (shown === undefined && !isEnd && piece?.isSilent !== true)
      leftOut.push({ code, line: source.lineAt(start) });
    // Later lines keep their numbers.
    html += shown ?? code.replace(/[^\n]+/g, '');
    written = found.end;
    token.lastIndex = Math.max(found.end, start + 1);
  }
  return { html: html + text.slice(written), leftOut };
}
