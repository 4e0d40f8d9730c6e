import { decodeReferences } from '../../html/parse.ts';
import {
  type Converted,
  escapeHtml,
  type Found,
  matchAt,
  matchesIn,
  openSource,
  type SourceText,
  wantedIn,
  withoutEscapes,
} from './source-text.ts';

/** A longer formula is none. */
const MAX_LENGTH = 5000;
const MAX_INLINE = 500;
/** GitHub's form. */
const QUOTED = /\$`([^`\n]{1,500})`\$/y;
/** Brackets may have a second backslash: Markdown reads two as one. */
const OPENING = /\$\$|\\\\?[([]|\\begin\{([a-zA-Z]{1,20}\*?)\}/y;
const REFERENCE = /\\(?:eq)?ref\{([^{}\n]{1,99})\}/y;
/** Without these, escaped brackets, and dollars on two lines, are prose. */
const FORMULA = /[\\^_={}+]/;
/** Escaped brackets around code, emphasis, addresses, other brackets and ends of formulas are prose, too. */
const PROSE = /:\/\/|`|\*\*|(?<!\\)\\[[(]|^\$/;
/** So is the box of a task: `\[x\]`. */
const LETTER = /^\s*\p{L}\s*$/u;
const INLINE = /^(?:\$(?!\$)|\\\\?\()/;
/** A command or an index without spaces. */
const TOUCHING = /^\$(?:\\|[A-Za-z][_^]\{)[\w^{}.,+=*\\-]+(?<![.,+=*\\-])\$(?!\$)/;
const MAX_TOUCHING = 40;
/** A dollar after these is that of a price. */
const CURRENCY = /^(?:US|AU|CA|NZ|HK|NT|MX)$/;
/** A number and words: from `$5 to 10$`. */
const PRICE = /^\d[\d.,kKmMbn]{0,20};?\s(?=.{0,200}\p{L}{2})/su;
/** The end of a sentence, and two words after it. */
const SENTENCES = /\p{L}[.!?]\s\p{Lu}\p{L}*\s\p{L}{2}/u;
/** Scripts without spaces between words, and Hangul, whose particles are attached. */
const SPACELESS =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
/** English, French and Spanish endings of ordinals. */
const ENDING = /^(?:th|st|nd|rd|s|e|es|ème|er)(?![\p{L}\d])/u;
const SHORTCODE = /\{(?:\{[<%]|%-?)\s{0,3}(katex|latex|mathjax|math|tex)\b([^{}%>]{0,100})[>%]\}{1,2}/y;
const MARKED = /^(?:\$\$([^$]*)\$\$|\$([^$]*)\$|\\\[(.*)\\\]|\\\((.*)\\\))$/s;

interface FoundTex {
  readonly tex: string;
  readonly isBlock: boolean;
  /** The source, including its delimiters. */
  readonly source: string;
  readonly end: number;
}

/** Reads a formula in TeX as code; undefined if `start` begins none. */
export function readMath(text: SourceText, start: number): Found | undefined {
  const found = findTex(text, start);
  if (found === undefined) return undefined;
  const id = /\{#([\w:.-]+)\}$/.exec(text.text.slice(start, found.end))?.[1];
  const anchor = id !== undefined && wantedIn(text).has(id) ? { markdown: `<a id="${id}"></a>\n` } : {};
  return { end: found.end, ...anchor, piece: { ...pieceOf(found), isMarkdown: true } };
}

/** An inline formula. */
export function texPiece(tex: string, source: string): Converted {
  return pieceOf(formula(0, tex, source));
}

/** Reads `{{< katex >}}…{{< /katex >}}` and `{% katex %}…{% endkatex %}`; undefined if it has several formulas. */
export function readMathShortcode({ text, next }: SourceText, start: number): Found | undefined {
  const [opening, name = '', options = ''] = matchAt(SHORTCODE, text, start);
  if (opening === undefined) return undefined;
  const inside = start + opening.length;
  const close = next(
    new RegExp(`\\{(?:\\{[<%]|%-?)\\s{0,3}(?:/\\s?|end)${name}\\b[^{}]{0,20}\\}{1,2}`),
    inside,
  );
  if (close === undefined || close.end - start > MAX_LENGTH) return undefined;
  const stated = text.slice(inside, close.start).trim();
  const [, dollars, display, brackets, inline] = MARKED.exec(stated) ?? [];
  const tex = dollars ?? display ?? brackets ?? inline ?? stated;
  if (tex === '' || /\$|\\[([]/.test(tex)) return undefined;
  const isBlock =
    (dollars ?? brackets) !== undefined || stated.includes('\n') || /display|block/.test(options);
  const source = text.slice(start, close.end);
  return { end: close.end, piece: pieceOf({ tex: tex.trim(), isBlock, source, end: close.end }) };
}

function pieceOf({ tex, isBlock, source }: FoundTex): Converted {
  const code = `<code class="language-tex">${escapeHtml(tex)}</code>`;
  return {
    html: code,
    ...(!INLINE.test(source) && { blockHtml: `<pre>${code}</pre>` }),
    formula: isBlock ? 'block' : 'inline',
    url: source,
  };
}

/**
 * Reads a formula in TeX; undefined if `start` begins none.
 *
 * @param isSure whether whatever stands between brackets is one
 */
function findTex(source: SourceText, start: number, isSure = false): FoundTex | undefined {
  const { text } = source;
  const [quoted, quotedTex = ''] = matchAt(QUOTED, text, start);
  if (quoted !== undefined) return formula(start + quoted.length, quotedTex, quoted);
  if (text.startsWith('$', start) && text[start + 1] !== '$') return readDollars(source, start);
  const [reference, label] = matchAt(REFERENCE, text, start);
  // MathJax knows references in prose, too.
  if (reference !== undefined)
    return labelsIn(source).has(label ?? '')
      ? formula(start + reference.length, reference, `$${reference}$`)
      : undefined;
  const [opening, environment] = matchAt(OPENING, text, start);
  return opening === undefined ? undefined : readBetween(source, start, opening, environment, isSure);
}

/** A text, and the formulas in it, which begin where a pattern says. */
export function splitTex(value: string, opening: RegExp, isSure = false): (string | FoundTex)[] {
  const source = openSource(value, 1);
  const parts: (string | FoundTex)[] = [];
  let end = 0;
  for (const { index } of value.matchAll(opening)) {
    const found = index < end ? undefined : findTex(source, index, isSure);
    if (found === undefined) continue;
    parts.push(value.slice(end, index), found);
    end = found.end;
  }
  return [...parts, value.slice(end)];
}

/** A line of Markdown whose formulas are code, in which Markdown has no meaning. */
export function texAsCode(line: string): string {
  const parts = splitTex(line, /\$|\\[([]/g).map((part) => {
    if (typeof part === 'string') return part;
    const tex = part.tex.replace(/[!-/:-@[-`{-~]/g, (sign) => `&#${sign.charCodeAt(0)};`);
    return `<code class="language-math">${tex}</code>`;
  });
  return parts.join('');
}

/** The names of the equations in a text. */
const labelsIn = matchesIn(/\\label\{([^{}\n]{1,99})\}/g);

function readBetween(
  { text, next, columnOf }: SourceText,
  start: number,
  opening: string,
  environment: string | undefined,
  isSure: boolean,
): FoundTex | undefined {
  const inside = start + opening.length;
  const close = next(closingOf(opening, environment), inside);
  if (close === undefined || close.end - start > MAX_LENGTH) return undefined;
  // Environments and delimiters on their own lines may contain blank lines.
  const isFenced = environment !== undefined || /^[ \t]*\n/.test(text.slice(inside, inside + 100));
  const blankLine = next(/\n[ \t]*\n/, start);
  if (!isFenced && blankLine !== undefined && blankLine.start < close.start) return undefined;
  const before = text.slice(start - columnOf(start), start);
  const whole = withoutQuoteMarks(text.slice(start, close.end), before);
  const stated = environment === undefined ? whole.slice(opening.length, close.start - close.end) : whole;
  const tex = opening.startsWith('\\\\') ? withoutEscapes(stated) : stated;
  const isLetter = opening.endsWith('(') && LETTER.test(tex);
  const isFormula = opening.startsWith('$')
    ? /^(?![$),.;:?])\s*\S/.test(tex) &&
      text[start - 1] !== '$' &&
      text[close.end] !== '$' &&
      !isAcrossCells(tex, before)
    : isSure || ((isLetter || FORMULA.test(tex)) && !PROSE.test(tex));
  return isFormula ? formula(close.end + labelBehind(text, close.end, whole), tex, whole) : undefined;
}

/** Whether it begins in one cell of a table and ends in another, as the space between two prices does. */
function isAcrossCells(tex: string, before: string): boolean {
  return before.trimStart().startsWith('|') && / \| /.test(tex.replace(/[([{][^()[\]{}]*[)\]}]/g, ''));
}

/** The length of the label behind a block, as in MyST and Quarto: `$$ (eq:tide)`, `$$ {#eq-tide}`. */
function labelBehind(text: string, end: number, whole: string): number {
  const [label = ''] = LABEL.exec(text.slice(end, end + 120)) ?? [];
  return /\n[ \t]*\$\$$/.test(whole) ? label.length : 0;
}

const LABEL = /^[ \t]?(?:\([A-Za-z][\w.]{0,50}[:_-][\w:.-]{0,50}\)|\{#[\w:.-]{1,100}\})(?=[ \t]*(?:\n|$))/;
/** The end of an element: between two prices of HTML. */
const MARKUP = /<\/(?:a|b|dd|div|em|h\d|i|li|p|span|strong|td|th)>/i;

/**
 * A formula between dollars, not two prices: there is no space inside unless it has a command, and no word or digit
 * beside them. Around a command, such as in `2$\times$4`, and before an ending, such as in `$n$th`, they may touch a
 * word.
 */
function readDollars(source: SourceText, start: number): FoundTex | undefined {
  const { text, columnOf } = source;
  const touching = TOUCHING.exec(text.slice(start, start + MAX_TOUCHING))?.[0];
  if (touching !== undefined && !/[$\\]/.test(text[start - 1] ?? ''))
    return formula(start + touching.length, touching.slice(1, -1), touching);
  // An underscore may begin emphasis.
  if (/[^\W_]_{0,2}$|[$\\]$/.test(text.slice(Math.max(0, start - 3), start))) return undefined;
  if (/^(?:\s(?! ?\\[A-Za-z]{2}|[A-Za-z][- +=<>^_/*])|$)/.test(text.slice(start + 1, start + 6)))
    return undefined;
  let depth = 0;
  for (let at = start + 1; at < Math.min(start + MAX_INLINE, text.length); at++) {
    const character = text[at];
    if (character === '\\' && text[at + 1] !== '\n') at++;
    else if (character === '{') depth++;
    else if (character === '}') depth--;
    // Code begins.
    else if (character === '`' && text[at + 1] === '$') return undefined;
    else if (character === '\n') {
      // A paragraph ends.
      if (/^[ \t]*(?:\n|[-*+#|]|\d+[.)])/.test(text.slice(at + 1, at + 20))) return undefined;
    } else if (character === '$' && depth <= 0) {
      if (at === start + 1) return undefined;
      if (/\s/.test(text[at - 1] ?? '') && !isFormulaWithSpaces(source, text.slice(start + 1, at)))
        return undefined;
      const behind = text.slice(at + 1, at + 9);
      if (/^[\p{L}\d$]/u.test(behind) && !ENDING.test(behind) && !SPACELESS.test(behind)) return undefined;
      if (/^ ?\d/.test(behind) && CURRENCY.test(text.slice(at - 2, at))) return undefined;
      const before = text.slice(start - columnOf(start), start);
      const whole = withoutQuoteMarks(text.slice(start, at + 1), before);
      const tex = whole.slice(1, -1);
      if (MARKUP.test(tex) || SENTENCES.test(tex) || isAcrossCells(tex, before)) return undefined;
      if (
        (PRICE.test(tex) || (/^\d/.test(tex) && SPACELESS.test(tex.replace(/^[\d.,]+/, '')))) &&
        !FORMULA.test(tex)
      )
        return undefined;
      return formula(at + 1, tex, whole);
    }
  }
  return undefined;
}

const SPACED = /^ [A-Za-z](?: ?[-+=<>^_/*] ?[A-Za-z\d]{1,3}(?![A-Za-z\d])){0,9} $/;
const pricesIn = matchesIn(/(\$ ?\d)/g);

/**
 * Whether it has a command or a group, and is not a price and words before them, or letters with signs between them in
 * a text without prices.
 */
function isFormulaWithSpaces(source: SourceText, tex: string): boolean {
  if (SPACED.test(tex)) return pricesIn(source).size === 0;
  return /\\[A-Za-z]{2}|[_^]\{/.test(tex) && !PRICE.test(tex.replace(/\\[A-Za-z]+/g, ''));
}

/** A formula in a quotation without the marks of its lines. */
function withoutQuoteMarks(formula: string, before: string): string {
  return before.trimStart().startsWith('>') ? formula.replace(/\n[ \t]*(?:>[ \t]?)+/g, '\n') : formula;
}

function closingOf(opening: string, environment: string | undefined): RegExp {
  if (environment !== undefined) return new RegExp(`\\\\end\\{${environment.replace('*', '\\*')}\\}`);
  if (opening === '$$') return /\$\$/;
  const close = opening.endsWith('(') ? '\\)' : '\\]';
  return new RegExp(`${opening.length > 2 ? '\\\\' : ''}\\\\\\${close.slice(1)}`);
}

const LOOKS = /(?:&(?:s|fg|bg)=-?\w{1,8}){1,3}\s*$/;

function formula(end: number, stated: string, source: string): FoundTex {
  // In WordPress, a word follows the dollar, and sizes and colours may end the formula.
  const [word = ''] = /^\s*latex\s+/.exec(stated) ?? [];
  const words = word === '' ? stated.trim() : stated.slice(word.length).replace(LOOKS, '').trim();
  // In some generators, Markdown takes these backslashes away before a script reads the formula.
  const tex = words
    .replace(/&(?:lt|gt|amp);/g, decodeReferences)
    .replace(words.includes('\\_{') ? /(?<!\\text[a-z]{0,2}\{[^{}]{0,99})\\([\\*_])/g : /\\(\*)/g, '$1');
  // In kramdown, two dollars within a line enclose an inline formula.
  const isBlock = !INLINE.test(source) && (!source.startsWith('$') || source.includes('\n'));
  return { tex, isBlock, source, end };
}
