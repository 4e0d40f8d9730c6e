import { type Converted, escapeHtml, type Found } from './piece.ts';
import type { Range, SourceText } from './source-text.ts';
import { convertTemplate, readCall } from './template-code.ts';

/** Template code is no longer than this, and has no blank line in it. */
const MAX_LENGTH = 5000;

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
];
/** Blocks whose content only running the code would make. */
const GENERATED = /^(?:for|tablerow|capture|macro|asyncEach|asyncAll)\b|^set\s[^=]*$/;
/** The ends and the turns of blocks whose beginning is reported. */
const FOLLOWERS = /^(?:end\w*|else|elsif|elseif|elif|when)\b/;

/** The state of reading template code in one document. */
export interface TemplateScope {
  /** As stated. */
  readonly title: string | undefined;
  /** Up to here Liquid's `raw` reaches. */
  rawEnd: number;
  /** The end of the last expression. */
  expressionEnd: number;
}

/** Reads the Liquid, Nunjucks or shortcode that begins at `start`; undefined when that is none. */
export function readTemplate(source: SourceText, start: number, scope: TemplateScope): Found | undefined {
  const { text, next } = source;
  const [opening, closing] = MARKS.find(([mark]) => text.startsWith(mark, start)) ?? [];
  const close = closing && next(closing, start + (opening?.length ?? 0));
  const blankLine = next(/\n[ \t]*\n/, start);
  if (opening === undefined || close === undefined || close.end - start > MAX_LENGTH) return undefined;
  if (blankLine !== undefined && blankLine.start < close.start) return undefined;
  const inside = text
    .slice(start + opening.length, close.start)
    .replace(/^[-~]|[-~]$/g, '')
    .trim();
  if (opening.startsWith('{{')) {
    const isSure = /[<%]$/.test(opening) || start === scope.expressionEnd;
    const before = isSure ? '' : text.slice(Math.max(0, start - 20), start);
    if (!isExpression(inside, before)) return undefined;
    scope.expressionEnd = close.end;
  }
  const range = { start, end: close.end };
  const code = text.slice(start, close.end);
  if (start < scope.rawEnd) return { end: close.end, piece: { html: escapeHtml(code), url: code } };
  if (opening === '{%') return readTag(source, range, inside, scope);
  if (opening === '{{<' || opening === '{{%') return readShortcode(source, range, inside, scope);
  if (opening.startsWith('{{') && !/^(?:!--|\/\*)/.test(inside)) {
    return { end: close.end, piece: convertTemplate(inside, scope.title) ?? {} };
  }
  const isMarker = /^(?:truncate|more|excerpt)$/i.test(inside);
  return isMarker
    ? { end: close.end, markdown: `<!-- ${inside} -->` }
    : { end: close.end, piece: { isSilent: true } };
}

/** Neither a formula such as `x^{{2}}`, nor `${{ secret }}` of a workflow, nor braces in a sentence. */
function isExpression(inside: string, before: string): boolean {
  const code = inside.replace(/"[^"]*"|'[^']*'/g, '""');
  return /^[^[\]]/.test(code) && !code.includes('{{') && !/(?:[$}]|[\w)\]}][_^]|\\[A-Za-z]+)$/.test(before);
}

function readTag(source: SourceText, { start, end }: Range, inside: string, scope: TemplateScope): Found {
  const [name = ''] = /^\w+/.exec(inside) ?? [];
  const endOf = (opened: string): Range | undefined =>
    source.next(new RegExp(`\\{%-?\\s*end${opened}\\s*-?%\\}`), end);
  if (name === 'raw') {
    scope.rawEnd = endOf('raw')?.start ?? end;
    return { end, piece: { isSilent: true } };
  }
  const quoted = /^(?:block)?quote$/.test(name) ? endOf(name) : undefined;
  if (quoted !== undefined)
    return { end: quoted.end, markdown: blockquote(source.text.slice(end, quoted.start), inside) };
  const isHighlight = /^(?:highlight|codeblock|code)$/.test(name);
  const close = isHighlight || name === 'comment' || GENERATED.test(inside) ? endOf(name) : undefined;
  if (close === undefined) {
    return {
      end,
      piece: FOLLOWERS.test(inside) ? { isSilent: true } : (convertTemplate(inside, scope.title) ?? {}),
    };
  }
  if (!isHighlight) return { end: close.end, piece: { isSilent: name === 'comment' } };
  const language = (/\blang:([\w+#.-]+)/.exec(inside) ?? /^highlight\s+["']?([\w+#.-]+)/.exec(inside))?.[1];
  return { end: close.end, piece: codeBlock(source, { start: end, end: close.start }, language, start) };
}

/** Hexo's `blockquote`, with whom it quotes and where that stands. */
function blockquote(content: string, inside: string): string {
  const words = inside.replace(/^\w+/, '').trim();
  const url = /\bhttps?:\/\/\S+/.exec(words)?.[0];
  const credit = (url === undefined ? words : words.replace(url, '')).trim();
  const shown = url === undefined ? credit : `[${credit || url}](<${url}>)`;
  const lines = [...content.trim().split('\n'), ...(shown === '' ? [] : ['', `— ${shown}`])];
  return `\n${lines.map((line) => `> ${line}`.trimEnd()).join('\n')}\n`;
}

function readShortcode(
  source: SourceText,
  { start, end }: Range,
  inside: string,
  scope: TemplateScope,
): Found {
  const code = source.text.slice(start, end);
  const shown = /^\/\*([\s\S]*)\*\/$/.exec(inside)?.[1];
  if (shown !== undefined) return { end, piece: { html: escapeHtml(code.replace(inside, () => shown)) } };
  if (inside.startsWith('/')) return { end, piece: { isSilent: true } };
  const call = readCall(inside);
  if (call?.name === 'rawhtml' || call?.name === 'raw-html') return { end, piece: { isSilent: true } };
  const isPaired = !inside.endsWith('/') && (call?.name === 'highlight' || call?.name === 'comment');
  const close = isPaired
    ? source.next(new RegExp(`\\{\\{[<%]\\s*/\\s*${call.name}\\s*[>%]\\}\\}`, 'i'), end)
    : undefined;
  if (close === undefined || call === undefined) {
    return { end, piece: convertTemplate(inside.replace(/\/$/, ''), scope.title) ?? {} };
  }
  if (call.name === 'comment') return { end: close.end, piece: { isSilent: true } };
  const language = call.named.get('lang') ?? call.positional[0];
  return { end: close.end, piece: codeBlock(source, { start: end, end: close.start }, language, start) };
}

/** @param opening where the tag stands whose indentation the code shares */
function codeBlock(
  source: SourceText,
  range: Range,
  language: string | undefined,
  opening: number,
): Converted {
  const indent = new RegExp(`^[ \\t]{0,${source.columnOf(opening)}}`, 'gm');
  const code = source.text
    .slice(range.start, range.end)
    .replace(/^[ \t]*\n/, '')
    .trimEnd()
    .replace(indent, '');
  const languageClass = language === undefined ? '' : ` class="language-${escapeHtml(language)}"`;
  return { blockHtml: `<pre><code${languageClass}>${escapeHtml(code)}\n</code></pre>` };
}
