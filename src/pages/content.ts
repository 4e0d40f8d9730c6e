import type { Article } from '../article.ts';
import { serialize } from '../html/canonical.ts';
import { HOLES } from '../templates/holes.ts';
import { MATH_STYLE } from './content-styles.ts';
import { Html, html } from './html.ts';

/**
 * The content of an article, adapted for its page: scrolling tables, code and formulas can be focused by keyboard, the
 * stylesheet sizes columns, and headings below the title skip no level. Unchanged content is not stored twice.
 */
export function contentMarkup({ contentHtml, pageContent }: Article): Html {
  const shown = pageContent === undefined ? contentHtml : withFocus(serialize(pageContent));
  const scrolling = /<(?:table|pre)\b/.test(shown)
    ? shown
        .replaceAll(/<(?:table|pre)\b/g, "$& tabindex='0'")
        .replaceAll(/(?<=<t[dh](?: [^<>]*)?) align='(left|center|right)'/g, " class='$1'")
    : shown;
  const content = levelHeadings(scrolling);
  return new Html(content === contentHtml ? HOLES.body : content);
}

function withFocus(markup: string): string {
  return markup.replaceAll("<math display='block'", "<math display='block' tabindex='0'");
}

/** The rules for what few contents hold, for the `head` of their pages. */
export function contentStyles({ markup }: Html): Html | undefined {
  return markup.includes('<math') ? html`<style>${new Html(MATH_STYLE)}</style>\n` : undefined;
}

/** Puts each heading one level below its parent, whatever levels the author skipped. */
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
