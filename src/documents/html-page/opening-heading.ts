import type { ElementContent } from '../../html/tree.ts';
import { textOf } from './tree.ts';

/** The words of the heading with which a text begins. */
export function openingHeading(content: readonly ElementContent[]): string | undefined {
  const first = content.find((node) => textOf(node) !== '');
  if (first?.type !== 'element') return undefined;
  if (/^h[1-6]$/.test(first.tagName)) return textOf(first);
  return /^(?:div|section|article|header)$/.test(first.tagName) ? openingHeading(first.children) : undefined;
}
