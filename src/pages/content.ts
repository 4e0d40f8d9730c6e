import type { Article } from '../article.ts';
import { HOLES } from '../templates/holes.ts';
import { Html } from './html.ts';

/**
 * The content has its own place in the store, unless a page shows it otherwise: a table that scrolls is to be reached by
 * keyboard, its columns are set by the stylesheet, and headings below the title leave no level out.
 */
export function pageContent({ contentHtml }: Article): Html {
  const tables = contentHtml.includes('<table')
    ? contentHtml
        .replaceAll('<table', "<table tabindex='0'")
        .replaceAll(/(?<=<t[dh](?: [^<>]*)?) align='(left|center|right)'/g, " class='$1'")
    : contentHtml;
  const content = levelHeadings(tables);
  return new Html(content === contentHtml ? HOLES.body : content);
}

/** Each heading is one level below the last one before it that stands above it, whatever levels the author left out. */
function levelHeadings(html: string): string {
  const above: number[] = [];
  return html.replace(/<(\/?)h([2-6])(?=[ >])/g, (_, close: string, stated: string) => {
    const level = Number(stated);
    if (close === '') {
      while ((above.at(-1) ?? 0) >= level) above.pop();
      above.push(level);
    }
    return `<${close}h${above.length + 1}`;
  });
}
