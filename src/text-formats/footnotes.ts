/** The addresses that a text refers to, in the order in which they come up. */
export interface Footnotes {
  /** What stands behind the words of a link: a number in brackets; nothing for a place in the text itself. */
  mark(url: string): string;
  lines(): string[];
}

/** @param own the address of the text itself */
export function footnotes(own: string): Footnotes {
  const numbers = new Map<string, number>();
  return {
    mark(url) {
      if (url.startsWith(`${own}#`)) return '';
      const number = numbers.get(url) ?? numbers.size + 1;
      numbers.set(url, number);
      return `[${number}]`;
    },
    lines: () => [...numbers].map(([url, number]) => `[${number}] ${url}`),
  };
}
