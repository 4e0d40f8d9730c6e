import { escapeHtml, type Found } from './piece.ts';
import type { SourceText } from './source-text.ts';

/** A longer formula is none. */
const MAX_LENGTH = 5000;
/** GitHub's form, and dollars that are no prices: no space inside of them, and no word or digit beside them. */
const INLINE =
  /\$`([^`\n]{1,500})`\$|(?<![\w$\\])\$(?![\s$])((?:\\[^\n]|[^\\$\n]){1,500})(?<![\s])\$(?![\p{L}\d$])/uy;
const OPENING = /\$\$|\\\(|\\\[|\\begin\{([a-zA-Z]{1,20}\*?)\}/y;
/** Other escaped brackets are prose. */
const FORMULA = /[\\^_={}+]|^\s*\p{L}\s*$/u;

/** Reads a formula in TeX as code; undefined when `start` begins none. */
export function readMath({ text, next, columnOf }: SourceText, start: number): Found | undefined {
  INLINE.lastIndex = start;
  const [inline, quoted, dollars] = INLINE.exec(text) ?? [];
  if (inline !== undefined) return formula(start + inline.length, quoted ?? dollars ?? '', inline);
  OPENING.lastIndex = start;
  const [opening, environment] = OPENING.exec(text) ?? [];
  if (opening === undefined) return undefined;
  const inside = start + opening.length;
  const close = next(closingOf(opening, environment), inside);
  if (close === undefined || close.end - start > MAX_LENGTH) return undefined;
  // Dollars that stand on lines of their own may hold blank lines.
  const isFenced = opening === '$$' && /^[ \t]*\n/.test(text.slice(inside, inside + 100));
  const blankLine = next(/\n[ \t]*\n/, start);
  if (!isFenced && blankLine !== undefined && blankLine.start < close.start) return undefined;
  const isQuoted = text
    .slice(start - columnOf(start), start)
    .trimStart()
    .startsWith('>');
  const stated = text.slice(start, close.end);
  const whole = isQuoted ? stated.replace(/\n[ \t]*(?:>[ \t]?)+/g, '\n') : stated;
  const tex = environment === undefined ? whole.slice(opening.length, close.start - close.end) : whole;
  const isFormula = opening.startsWith('$') ? /\S/.test(tex) : FORMULA.test(tex) && !tex.includes('://');
  return isFormula ? formula(close.end, tex, whole) : undefined;
}

function closingOf(opening: string, environment: string | undefined): RegExp {
  if (environment !== undefined) return new RegExp(`\\\\end\\{${environment.replace('*', '\\*')}\\}`);
  return opening === '$$' ? /\$\$/ : opening === '\\(' ? /\\\)/ : /\\\]/;
}

function formula(end: number, tex: string, source: string): Found {
  const code = `<code class="language-tex">${escapeHtml(tex.trim())}</code>`;
  const isBlock = !/^(?:\$(?!\$)|\\\()/.test(source);
  return {
    end,
    piece: {
      html: code,
      ...(isBlock && { blockHtml: `<pre>${code}</pre>` }),
      // Two dollars within a line are how kramdown writes a formula that stands in it.
      formula: isBlock && (!source.startsWith('$') || source.includes('\n')) ? 'block' : 'inline',
      url: source,
      isMarkdown: true,
    },
  };
}
