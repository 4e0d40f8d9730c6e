import { readMathMl, TEX } from '../../html/mathml.ts';
import { plain } from '../../html/text.ts';
import { descendants, type Element, type ElementContent, h, text } from '../../html/tree.ts';
import { attribute, textOf } from './tree.ts';

/**
 * A formula as what it was written in, for feed readers show no MathML and run no MathJax or KaTeX: TeX as code, else
 * its characters; undefined for what is no formula. What pages show is in its data.
 */
export function findFormula(element: Element): Element | undefined {
  const { tagName } = element;
  const type = tagName === 'script' ? attribute(element, 'type') : undefined;
  const isScript = type !== undefined && /^math\/tex/i.test(type);
  if (tagName === 'code' && hasClass(element, 'language-math'))
    return { ...element, data: { formula: hasClass(element, 'math-display') ? 'block' : 'inline' } };
  const isFormula = tagName === 'math' || tagName === 'mjx-container' || hasClass(element, 'katex');
  if (!isScript && !isFormula) return undefined;
  const inside = [element, ...descendants(element)];
  const annotation = inside.find((part) => attribute(part, 'encoding') === TEX);
  const tex = isScript
    ? textOf(element.children)
    : ((annotation && textOf(annotation)) ?? inside.map((part) => attribute(part, 'alttext')).find(Boolean));
  const math = inside.find((part) => part.tagName === 'math');
  const isBlock =
    /mode=display/i.test(type ?? '') ||
    attribute(element, 'display') === 'true' ||
    (math !== undefined && attribute(math, 'display') === 'block');
  const mathml = math && readMathMl(math, tex || undefined);
  const formula =
    tex === undefined || tex === ''
      ? h('span', {}, [text(plain(lineOf(math ?? element)) ?? '')])
      : h('code', { className: ['language-tex'] }, [text(tex)]);
  formula.data = { mathml, ...(formula.tagName === 'code' && { formula: isBlock ? 'block' : 'inline' }) };
  return formula;
}

/** MathML in one line that keeps its meaning, such as `(a + b)/2`, `x^2`, `√16` and `[1, 2; 3, 4]`. */
function lineOf(node: ElementContent): string {
  if (node.type === 'text') return node.value.trim();
  if (node.type !== 'element' || /^annotation/.test(node.tagName)) return '';
  const parts = node.children.map(lineOf).filter((part) => part !== '');
  const [first = '', second = '', third = ''] = parts;
  switch (node.tagName) {
    case 'mfrac':
      return `${grouped(first)}/${grouped(second)}`;
    case 'msqrt':
      return `√${grouped(parts.join(' '))}`;
    case 'mroot':
      return `${grouped(second)}√${grouped(first)}`;
    case 'msup':
    case 'mover':
      return `${grouped(first)}^${grouped(second)}`;
    case 'msub':
    case 'munder':
      return `${grouped(first)}_${grouped(second)}`;
    case 'msubsup':
    case 'munderover':
      return `${grouped(first)}_${grouped(second)}^${grouped(third)}`;
    case 'mfenced':
      return `${attribute(node, 'open') ?? '('}${parts.join(', ')}${attribute(node, 'close') ?? ')'}`;
    case 'mtr':
      return parts.join(', ');
    case 'mtable':
      return parts.join('; ');
    case 'mtext':
      return ` ${parts.join(' ')} `;
    default:
      return parts.join(' ');
  }
}

function grouped(part: string): string {
  return /^(?:[\p{L}\p{N}.,]+|.)$/u.test(part) ? part : `(${part})`;
}

/** Whether an element is what MathJax shows beside the formula that it leaves in the page. */
export function isRenderedFormula(element: Element): boolean {
  return ['MathJax', 'MathJax_Preview', 'MathJax_Display', 'MathJax_SVG', 'MathJax_CHTML'].some((name) =>
    hasClass(element, name),
  );
}

function hasClass(element: Element, name: string): boolean {
  return attribute(element, 'class')?.split(/\s+/).includes(name) === true;
}
