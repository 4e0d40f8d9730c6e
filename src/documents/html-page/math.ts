import { readMathMl, TEX } from '../../html/mathml.ts';
import { parseHtml } from '../../html/parse.ts';
import { plain, shiftedNumber } from '../../html/text.ts';
import {
  descendants,
  type Element,
  type ElementContent,
  findAll,
  h,
  isElement,
  rawText,
  text,
} from '../../html/tree.ts';
import { trimOf, wordMap, wordSet } from '../../strings.ts';
import { splitTex } from '../markdown/read-math.ts';
import { embedData } from './embeds.ts';
import { firstAttribute, trimmedAttribute } from './tree.ts';

/** The classes of rendered formulas of KaTeX, and of MediaWiki, which hides MathML beside a picture. */
const RENDERED: ReadonlySet<unknown> = new Set(['katex', 'mwe-math-element']);
/** Classes of elements with TeX for a script: of Pandoc and Sphinx, MkDocs, GitLab, MathJax. */
const UNRENDERED = wordSet('math arithmatex js-render-math mathjax_process tex2jax_process');
/** Scripts that convert TeX, and configurations with single dollars as delimiters. */
const CONVERTER = /mathjax|katex|renderMathInElement/i;
const DOLLARS = /(["'])\$\1/;
/** TeX between the delimiters of MathJax and KaTeX. */
const MARKED = /^(?:\\\((.*)\\\)|(\\\[|\$\$)(.*)(?:\\\]|\$\$)|\$(.*)\$)$/s;
/** The wrapper of every formula in MediaWiki. */
const DISPLAY_STYLE = /^\{\\displaystyle (.*)\}$/s;
/** An alternative text in words, not in TeX. */
const SPOKEN = /\s\p{L}{2,40}(?:\s|$)|^\p{L}{2,40}\s/u;
const TEX_MARK = /[\\^_{}]/;
/** CDATA markers, in comments of TeX, around formulas for scripts in XHTML. */
const CDATA = /^\s*%\s*<!\[CDATA\[|%\s*\]\]>\s*$/g;

/**
 * A formula for feed readers, which show no MathML and run no MathJax or KaTeX: its TeX as code, otherwise its
 * characters; undefined for any other element. The form for pages is in its data.
 */
export function findFormula(element: Element): Element | undefined {
  const { tagName, properties } = element;
  if (tagName.endsWith(':math')) return findFormula(withoutPrefix(element));
  const classes: readonly unknown[] = Array.isArray(properties.className) ? properties.className : [];
  if (tagName === 'script' && /^math\/mml/i.test(trimmedAttribute(element, 'type') ?? '')) {
    const [math] = findAll(parseHtml(rawText(element)) ?? h('div', {}), 'math');
    return math && findFormula(math);
  }
  if (tagName === 'script' && isTexScript(element))
    return texCode(
      rawText(element).replace(CDATA, ''),
      /mode=display/i.test(trimmedAttribute(element, 'type') ?? ''),
    );
  if (tagName === 'code' && classes.includes('language-math'))
    return texCode(rawText(element), classes.includes('math-display'));
  if (tagName === 'd-math') return texCode(rawText(element), 'block' in properties);
  const substack = classes.includes('latex-rendered') && embedData(element).persistentExpression;
  if (typeof substack === 'string') return texCode(substack, true);
  if (tagName === 'math-renderer' || classes.some((name) => UNRENDERED.has(String(name))))
    return unrenderedFormula(element, classes);
  if (tagName !== 'math' && tagName !== 'mjx-container' && !classes.some((name) => RENDERED.has(name)))
    return undefined;
  // MediaWiki and others have TeX in this element.
  if (
    tagName === 'math' &&
    element.children.every((child) => child.type === 'text') &&
    rawText(element).trim() !== ''
  )
    return texCode(rawText(element), trimmedAttribute(element, 'display') === 'block');
  const inside = [element, ...descendants(element)];
  const annotation = inside.find((part) => trimmedAttribute(part, 'encoding') === TEX);
  const tex =
    (annotation && rawText(annotation)) ??
    inside
      .map((part) => firstAttribute(part, 'alttext', 'data-latex'))
      .find((stated) => stated !== undefined && (TEX_MARK.test(stated) || !SPOKEN.test(stated)));
  const math = inside.find((part) => part.tagName === 'math');
  const mathml = math && readMathMl(math, tex || undefined);
  const isBlock =
    trimmedAttribute(element, 'display') === 'true' ||
    (math && trimmedAttribute(math, 'display')) === 'block';
  const formula =
    tex === undefined || tex.trim() === ''
      ? h('span', {}, [text(lineOfMath(mathml ?? math ?? element))])
      : texCode(tex.replace(DISPLAY_STYLE, '$1'), isBlock);
  formula.data = { ...formula.data, mathml };
  return formula;
}

/** The index of the first child of an unclosed `math` that is text of the page; -1 without any. */
export function strayText({ children }: Element): number {
  return children.findIndex((child) => child.type === 'text' && child.value.trim() !== '');
}

/** An element such as `<m:math>` without its prefix. */
function withoutPrefix(element: Element): Element {
  const children = element.children.map((child) => (child.type === 'element' ? withoutPrefix(child) : child));
  return { ...element, tagName: element.tagName.replace(/^\w+:/, ''), children };
}

function texCode(tex: string, isBlock: boolean): Element {
  const code = h('code', { className: ['language-tex'] }, [text(tex.trim())]);
  code.data = { formula: isBlock ? 'block' : 'inline' };
  return code;
}

/** Undefined if it has any content other than TeX. */
function unrenderedFormula(element: Element, classes: readonly unknown[]): Element | undefined {
  const number = element.children.find((child) => isElement(child, 'span') && hasClass(child, 'eqno'));
  const children = element.children.filter((child) => child !== number);
  const words = rawText({ ...element, children }).trim();
  const isText = children.every((child) => child.type === 'text' || isElement(child, 'code'));
  const [marked, inline, display, block, dollars] = MARKED.exec(words) ?? [];
  const isNamed =
    classes.includes('js-render-math') ||
    (classes.includes('math') &&
      (classes.includes('inline') || classes.includes('display') || /[\\^_{]/.test(words)));
  if (!isText || words === '' || (marked === undefined && !isNamed)) return undefined;
  const isBlock =
    display !== undefined ||
    classes.includes('display') ||
    trimmedAttribute(element, 'data-math-style') === 'display';
  const tex = inline ?? block ?? dollars ?? words;
  const tag = number && /\(([^()]{1,20})\)/.exec(rawText(number))?.[1];
  return texCode(tag === undefined || tex.includes('\\tag') ? tex : `${tex} \\tag{${tag}}`, isBlock);
}

export type ReadText = (value: string) => ElementContent[];

/** Reads TeX in the text of a page: between dollars only if the page has a script that converts it. */
export function texReader(page: Element): ReadText {
  const scripts = findAll(page, 'script');
  const sources = scripts.map((script) => trimmedAttribute(script, 'src') ?? rawText(script));
  const isConverted = sources.some((source) => CONVERTER.test(source));
  const hasDollars = sources.some((source) => DOLLARS.test(source));
  // Brackets with a backslash are formulas without a script, too.
  const opening = !isConverted
    ? /\$(?=latex\s)|\\[([]|\\begin\{/g
    : hasDollars
      ? /\$|\\[([]|\\begin\{/g
      : /\$(?=\$|latex\s)|\\[([]|\\begin\{/g;
  return (value) => {
    if (!/\$|\\[([b]/.test(value)) return [text(value)];
    return splitTex(value, opening, isConverted).map((part) => {
      // Unlike in Markdown, two dollars are always a block.
      return typeof part === 'string'
        ? text(part)
        : texCode(part.tex, part.isBlock || part.source.startsWith('$$'));
    });
  };
}

/** Whether a script holds a formula for MathJax. */
export function isTexScript(script: Element): boolean {
  return /^math\/tex/i.test(trimmedAttribute(script, 'type') ?? '');
}

/** Whether an element is the output of MathJax beside its source. */
export function isRenderedFormula(element: Element): boolean {
  return ['MathJax', 'MathJax_Preview', 'MathJax_Display', 'MathJax_SVG', 'MathJax_CHTML'].some((name) =>
    hasClass(element, name),
  );
}

function hasClass(element: Element, name: string): boolean {
  return trimmedAttribute(element, 'class')?.split(/\s+/).includes(name) === true;
}

/** Accents over one letter, as characters that combine with it. */
const ACCENTS = wordMap(
  `¯=\u0304 ‾=\u0304 ―=\u0304 _=\u0304 ^=\u0302 ˆ=\u0302 ~=\u0303 ˜=\u0303 ˙=\u0307 ¨=\u0308 →=\u20d7
  ⃗=\u20d7`,
);
const ROOTS = wordMap('2=√ 3=∛ 4=∜');
/** Invisible operators. */
const INVISIBLE = /^[\u2061-\u2064]$/;

/** MathML in one line that keeps its meaning, such as `(a + b)/2`, `x^2`, `√16` and `[1, 2; 3, 4]`. */
export function lineOfMath(math: Element): string {
  return plain(formulaInLine(math).replaceAll('\u2060', '')) ?? '';
}

function formulaInLine(node: ElementContent): string {
  if (node.type === 'text') return node.value.trim();
  if (node.type !== 'element' || /^annotation|^mphantom$/.test(node.tagName)) return '';
  // Each child is read once: formulas nest.
  const drawn = node.tagName === 'span' ? lineOfDrawn(node) : undefined;
  if (drawn !== undefined) return drawn;
  const lines = node.children.map(formulaInLine);
  const elements = lines.filter((_, index) => node.children[index]?.type === 'element');
  const [first = '', second = '', third = ''] = elements;
  switch (node.tagName) {
    case 'mo':
      return INVISIBLE.test(rawText(node).trim()) ? '' : joined(lines);
    case 'mfrac':
      return /^0/.test(trimmedAttribute(node, 'linethickness') ?? '')
        ? `${bracketed(first)} choose ${bracketed(second)}`
        : `${bracketed(first)}/${bracketed(second)}`;
    case 'msqrt':
      return `√${bracketed(joined(lines))}`;
    case 'mroot':
      return rootOf(first, second);
    case 'msup':
      return based(first) + (isMark(second) ? second.replace('∘', '°') : script('^', second));
    case 'mover':
      return accented(first, second) ?? based(first) + script('^', second);
    case 'msub':
    case 'munder':
      return based(first) + script('_', second);
    case 'msubsup':
    case 'munderover':
      return based(first) + script('_', second) + (isMark(third) ? third : script('^', third));
    case 'mmultiscripts':
      return multiscripts(node, elements);
    case 'mtr':
    case 'mlabeledtr':
      return trimOf(elements.join(', '), /[, ]/);
    case 'mtable':
      return elements.join('; ');
    case 'span':
      return hasClass(node, 'mspace') ? ' ' : lines.join('').replaceAll('\u200b', '');
    default:
      return joined(lines);
  }
}

/** The output of KaTeX without MathML: indices, fractions and limits are rows, lowest first; otherwise undefined. */
function lineOfDrawn(drawn: Element): string | undefined {
  const kind = ['msupsub', 'mfrac', 'sqrt', 'op-limits', 'mtable'].find((name) => hasClass(drawn, name));
  if (kind === undefined) return undefined;
  const children = drawn.children.filter((child) => child.type === 'element');
  if (kind === 'mtable') {
    const [first = [], ...others] = children.map(rowsOf).filter((column) => column.length > 0);
    return first
      .map((cell, row) => [cell, ...others.map((column) => column[row] ?? '')].join(', '))
      .join('; ');
  }
  if (kind === 'sqrt') {
    // The index of a root precedes it.
    const [index, body] = children.length > 1 ? children : [undefined, children[0]];
    return rootOf((body && rowsOf(body)[0]) ?? '', index === undefined ? '2' : formulaInLine(index));
  }
  const [lower = '', upper, top] = rowsOf(drawn);
  const has = (name: string): boolean => findAll(drawn, 'span').some((span) => hasClass(span, name));
  if (kind === 'mfrac')
    return `${bracketed(upper ?? '')}${has('frac-line') ? '/' : ' choose '}${bracketed(lower)}`;
  if (kind === 'op-limits')
    return `${upper ?? ''}_${bracketed(lower)}${top === undefined ? '' : `^${bracketed(top)}`}`;
  if (upper !== undefined) return `_${bracketed(lower)}^${bracketed(upper)}`;
  return isMark(lower) ? lower : `${has('vlist-t2') ? '_' : '^'}${bracketed(lower)}`;
}

function rowsOf(drawn: Element): string[] {
  const list = findAll(drawn, 'span').find((span) => hasClass(span, 'vlist'));
  return list?.children.map(formulaInLine).filter((row) => row !== '') ?? [];
}

function joined(parts: readonly string[]): string {
  return parts
    .filter((part) => part !== '')
    .join(' ')
    .replace(/(?<=[([⟨]) | (?=[)\],;⟩\u2060])/g, '');
}

/** What has indices; in chemical formulas these stand behind nothing, and belong to what is before that. */
function based(base: string): string {
  return base === '' ? '\u2060' : bracketed(base);
}

function script(sign: string, part: string): string {
  return part === '' ? '' : sign + bracketed(part);
}

/** Primes and degrees are raised without markup. */
function isMark(part: string): boolean {
  return /^(?:[′″‴'∘°]|'')$/.test(part);
}

function rootOf(radicand: string, index: string): string {
  const sign = ROOTS.get(index);
  if (sign !== undefined) return sign + bracketed(radicand);
  const raised = shiftedNumber('sup', index) ?? (index === 'n' && 'ⁿ');
  return raised ? `${raised}√${bracketed(radicand)}` : `${bracketed(radicand)}^(1/${bracketed(index)})`;
}

function accented(base: string, mark: string): string | undefined {
  const accent = ACCENTS.get(mark);
  if (accent === undefined) return undefined;
  return [...base].length === 1 ? base + accent : undefined;
}

/** Indices before and after a letter, such as `^14_6 C`. */
function multiscripts({ children }: Element, [base, ...scripts]: readonly string[]): string {
  const [, ...elements] = children.filter((child) => child.type === 'element');
  const at = elements.findIndex(({ tagName }) => tagName === 'mprescripts');
  const written = (parts: readonly string[]): string =>
    parts.map((part, index) => script(index % 2 === 0 ? '_' : '^', part)).join('');
  const before = at < 0 ? [] : scripts.slice(at + 1);
  // The upper one comes first in speech and in TeX.
  const [lower, upper] = [written(before.slice(0, 1)), written(before).replace(/^_[^^]*/, '')];
  const behind = written(at < 0 ? scripts : scripts.slice(0, at));
  const front = upper + lower;
  return `${front}${front === '' ? '' : ' '}${base === undefined ? '' : bracketed(base)}${behind}`;
}

function bracketed(part: string): string {
  return /^(?:[\p{L}\p{N}\p{M}.,]+|.)$/u.test(part) || isBracketed(part) ? part : `(${part})`;
}

/** Whether the first bracket closes at the end. */
function isBracketed(part: string): boolean {
  if (!part.startsWith('(') || !part.endsWith(')')) return false;
  let depth = 0;
  for (let at = 0; at < part.length; at++) {
    if (part[at] === '(') depth++;
    if (part[at] === ')' && --depth === 0) return at === part.length - 1;
  }
  return false;
}
