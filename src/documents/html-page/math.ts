import { descendants, type Element, h, text } from '../../html/tree.ts';
import { attribute, textOf } from './tree.ts';

/**
 * A formula as what it was written in, for feed readers show no MathML and run no MathJax or KaTeX: TeX as code, else
 * its characters; undefined for what is no formula.
 */
export function findFormula(element: Element): Element | undefined {
  const isScript = element.tagName === 'script' && /^math\/tex/i.test(attribute(element, 'type') ?? '');
  const isFormula =
    element.tagName === 'math' || element.tagName === 'mjx-container' || hasClass(element, 'katex');
  if (!isScript && !isFormula) return undefined;
  const inside = [element, ...descendants(element)];
  const annotation = inside.find((part) => attribute(part, 'encoding') === 'application/x-tex');
  const tex = isScript
    ? textOf(element.children)
    : ((annotation && textOf(annotation)) ?? inside.map((part) => attribute(part, 'alttext')).find(Boolean));
  const math = inside.find(({ tagName }) => tagName === 'math') ?? element;
  return tex === undefined || tex === ''
    ? h('span', {}, [text(textOf(math))])
    : h('code', { className: ['language-tex'] }, [text(tex)]);
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
