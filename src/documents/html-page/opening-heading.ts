import { type Node, textOf } from './tree.ts';

/** The words of the heading with which a text begins. */
export function openingHeading(content: readonly Node[]): string | undefined {
  const first = content.find((node) => textOf(node) !== '');
  if (typeof first !== 'object') return undefined;
  if (/^h[1-6]$/.test(first.name)) return textOf(first);
  return /^(?:div|section|article|header)$/.test(first.name) ? openingHeading(first.children) : undefined;
}
