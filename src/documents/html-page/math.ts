import { readMathMl, TEX } from '../../html/mathml.ts';
import {
  descendants,
  type Element,
  type ElementContent,
  h,
  isElement,
  rawText,
  text,
} from '../../html/tree.ts';
import { splitTex } from '../markdown/read-math.ts';
import { lineOfMath } from './math-line.ts';
import { trimmedAttribute } from './tree.ts';

/** The class of what KaTeX makes, and MediaWiki, which hides MathML beside a picture. */
const RENDERED: ReadonlySet<unknown> = new Set(['katex', 'mwe-math-element']);
/** Classes of what holds TeX for a script to convert: of Pandoc and Sphinx, MkDocs, GitLab, MathJax. */
const UNRENDERED: ReadonlySet<unknown> = new Set([
  'math',
  'arithmatex',
  'js-render-math',
  'mathjax_process',
  'tex2jax_process',
]);
/** Scripts that convert TeX, and those that know it between single dollars, too. */
const CONVERTER = /mathjax|katex|renderMathInElement/i;
const DOLLARS = /(["'])\$\1/;
/** TeX between the marks that MathJax and KaTeX look for. */
const MARKED = /^(?:\\\((.*)\\\)|(\\\[|\$\$)(.*)(?:\\\]|\$\$)|\$(.*)\$)$/s;
/** What MediaWiki puts around every formula. */
const DISPLAY_STYLE = /^\{\\displaystyle (.*)\}$/s;
/** Around what is a formula for a script, but is none in XML. */
const CDATA = /^\s*%\s*<!\[CDATA\[|%\s*\]\]>\s*$/g;

/**
 * A formula as what it was written in, for feed readers show no MathML and run no MathJax or KaTeX: TeX as code, else
 * its characters; undefined for what is no formula. What pages show is in its data.
 */
export function findFormula(element: Element): Element | undefined {
  const { tagName, properties } = element;
  if (tagName.endsWith(':math')) return findFormula(withoutPrefix(element));
  const classes: readonly unknown[] = Array.isArray(properties.className) ? properties.className : [];
  const type = tagName === 'script' ? trimmedAttribute(element, 'type') : undefined;
  if (type !== undefined && /^math\/tex/i.test(type))
    return texCode(rawText(element).replace(CDATA, ''), /mode=display/i.test(type));
  if (tagName === 'code' && classes.includes('language-math'))
    return { ...element, data: { formula: classes.includes('math-display') ? 'block' : 'inline' } };
  const attributes = classes.includes('latex-rendered') ? trimmedAttribute(element, 'data-attrs') : undefined;
  const substack = /"persistentExpression":("(?:[^"\\]|\\.){1,5000}")/.exec(attributes ?? '')?.[1];
  if (substack !== undefined) return texCode(JSON.parse(substack), true);
  if (tagName === 'math-renderer' || classes.some((name) => UNRENDERED.has(name)))
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
    inside.map((part) => trimmedAttribute(part, 'alttext')).find(Boolean);
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

/** Where text begins that an unclosed `math` has taken in; -1 without any. */
export function strayText({ children }: Element): number {
  return children.findIndex((child) => child.type === 'text' && child.value.trim() !== '');
}

/** `<m:math>`, as XML has it. */
function withoutPrefix(element: Element): Element {
  const children = element.children.map((child) => (child.type === 'element' ? withoutPrefix(child) : child));
  return { ...element, tagName: element.tagName.replace(/^\w+:/, ''), children };
}

function texCode(tex: string, isBlock: boolean): Element {
  const code = h('code', { className: ['language-tex'] }, [text(tex.trim())]);
  code.data = { formula: isBlock ? 'block' : 'inline' };
  return code;
}

/** Undefined if it holds anything else than TeX. */
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

/** Reads a text as nodes. */
export type ReadText = (value: string) => ElementContent[];

/** Reads TeX in the text of a page: between dollars only if the page has a script that converts it. */
export function texReader(page: Element): ReadText {
  const scripts = [...descendants(page)].filter(({ tagName }) => tagName === 'script');
  const sources = scripts.map((script) => trimmedAttribute(script, 'src') ?? rawText(script));
  const isConverted = sources.some((source) => CONVERTER.test(source));
  const hasDollars = sources.some((source) => DOLLARS.test(source));
  // Brackets with a backslash are formulas without a script, too.
  const opening = !isConverted
    ? /\\[([]|\\begin\{/g
    : hasDollars
      ? /\$|\\[([]|\\begin\{/g
      : /\$\$|\\[([]|\\begin\{/g;
  return (value) => {
    if (!/\$|\\[([b]/.test(value)) return [text(value)];
    return splitTex(value, opening).map((part) => {
      // Unlike in Markdown, two dollars are always a block.
      return typeof part === 'string'
        ? text(part)
        : texCode(part.tex, part.isBlock || part.source.startsWith('$$'));
    });
  };
}

/** Whether an element is what MathJax shows beside the formula that it leaves in the page. */
export function isRenderedFormula(element: Element): boolean {
  return ['MathJax', 'MathJax_Preview', 'MathJax_Display', 'MathJax_SVG', 'MathJax_CHTML'].some((name) =>
    hasClass(element, name),
  );
}

function hasClass(element: Element, name: string): boolean {
  return trimmedAttribute(element, 'class')?.split(/\s+/).includes(name) === true;
}
