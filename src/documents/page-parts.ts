import { serialize } from '../html/canonical.ts';
import { shorten } from '../html/text.ts';
import { type Element, rawText, root } from '../html/tree.ts';
import { convertTex } from './tex.ts';

/** The attribute with the number of the part that a page shows in an element's place; no article holds it. */
export const PART = 'data-part';

const MAX_QUOTED = 60;
/** So many formulas are reported one by one. */
const MAX_WARNINGS = 20;

/** What pages show otherwise than feeds, whose readers cannot. */
interface PageParts {
  /** In canonical HTML, by their numbers. */
  readonly parts: readonly string[];
  /** What could not be converted, in the grammar of errors. */
  readonly warnings: readonly string[];
}

/**
 * Makes what pages show in the place of elements: formulas in MathML, and code with its file name.
 *
 * @param elements get `PART`
 * @param file in which they stand
 */
export function makePageParts(
  elements: readonly Element[],
  file: { readonly path: string; readonly bytes: Uint8Array },
): PageParts {
  const formulas = elements.flatMap((element) => {
    const { formula } = element.data ?? {};
    return formula === undefined
      ? []
      : [{ element, tex: rawText(element).trim(), isBlock: formula === 'block' }];
  });
  const converted = convertTex(formulas);
  const results = new Map(formulas.map(({ element }, index) => [element, converted[index]]));
  const parts: string[] = [];
  const failed: { readonly tex: string; readonly reason: string }[] = [];
  for (const element of elements) {
    const { mathml, title, lines } = element.data ?? {};
    const result = results.get(element);
    if (typeof result === 'string' && mathml === undefined) {
      failed.push({ tex: rawText(element).trim(), reason: result });
      continue;
    }
    const { properties } = element;
    const code = { ...element, properties: { ...properties, 'data-title': title, 'data-lines': lines } };
    properties[PART] = String(parts.length);
    const shown = (typeof result === 'string' ? undefined : result) ?? mathml ?? code;
    parts.push(isEmpty(shown) ? '' : serialize(root([shown]), shown === code));
  }
  return { parts, warnings: failed.length === 0 ? [] : formulaWarnings(failed, file) };
}

/** Of a formula that holds nothing but definitions. */
function isEmpty({ tagName, children }: Element): boolean {
  return tagName === 'math' && children.length === 0;
}

function formulaWarnings(
  failed: readonly { readonly tex: string; readonly reason: string }[],
  { path, bytes }: { readonly path: string; readonly bytes: Uint8Array },
): string[] {
  const source = new TextDecoder().decode(bytes);
  const warnings = failed.slice(0, MAX_WARNINGS).map(({ tex, reason }) => {
    const at = source.indexOf(tex.split('\n', 1)[0] ?? '');
    const place = at < 0 ? '' : `:${source.slice(0, at).split('\n').length}`;
    const quoted = shorten(tex.replace(/\s+/g, ' '), MAX_QUOTED);
    return `Cannot convert "${quoted}" in seeds/${path}${place}: expected LaTeX, but ${reason}; its TeX is shown`;
  });
  const left = failed.length - warnings.length;
  if (left > 0)
    warnings.push(
      `Cannot convert ${left} more formulas in seeds/${path}: expected LaTeX; their TeX is shown`,
    );
  return warnings;
}
