import type { Article } from '../article.ts';
import { serialize } from '../html/canonical.ts';
import { HOLES } from '../templates/holes.ts';
import { withCode } from './code.ts';
import { CODE_STYLE, MATH_STYLE } from './extra-styles.ts';
import { Html, html } from './html.ts';
import { languageAttributes } from './language.ts';
import type { Messages } from './messages/messages.ts';
import { withVersions } from './pictures.ts';

/** The beginning of code; articles cannot state this class. */
const CODE = "<figure class='code'>";

/** The beginning of the corrections, which only pages have a heading for. */
const CORRECTIONS = "<section id='corrections'>";

/** The maximum length of the markup of a formula that fits a small screen; UTF-16 code units. */
const MAX_NARROW = 400;

/**
 * The content of an article, adapted for its page: scrolling tables, code and formulas can be focused by keyboard, the
 * stylesheet sizes columns, and headings below the title skip no level. Unchanged content is not stored twice.
 */
export function contentMarkup(article: Article, messages: Messages): Html {
  const { content: tree, contentHtml, pictures, corrections, pageContent = tree } = article;
  const hasBlocks = contentHtml.includes('<pre');
  const shown =
    pageContent === tree && !hasBlocks
      ? contentHtml
      : withFocus(serialize(hasBlocks ? withCode(pageContent) : pageContent));
  const scrolling = /<(?:table|pre)\b/.test(shown)
    ? shown
        .replaceAll(/<(?:table|pre)\b/g, "$& tabindex='0'")
        .replaceAll(/(?<=<t[dh](?: [^<>]*)?) align='(left|center|right)'/g, " class='$1'")
    : shown;
  const titled = levelHeadings(
    corrections.length === 0
      ? scrolling
      : scrolling.replace(
          CORRECTIONS,
          `$&${html`<h2${languageAttributes(messages, article.language)}>${messages.corrections}</h2>`.markup}`,
        ),
  );
  const content = withVersions(titled, pictures);
  return new Html(content === contentHtml ? HOLES.body : content);
}

/** Formulas that may be wider than a small screen scroll, so they can be focused by keyboard. */
function withFocus(markup: string): string {
  let close = '';
  return markup.replaceAll(/<math(?: display='block')?>|<\/math>/g, (tag, at: number) => {
    if (tag === '</math>') return tag + close;
    const isLong = tag === '<math>' && markup.indexOf('</math>', at) - at > MAX_NARROW;
    const isScrolling = tag !== '<math>' || isLong;
    close = isScrolling ? '</span>' : '';
    return isScrolling ? `<span class='${isLong ? 'math-inline' : 'math'}' tabindex='0'>${tag}` : tag;
  });
}

/** The additional rules for a content, for the `head` of its page. */
export function contentStyles({ markup }: Html): Html | undefined {
  const styles = [
    ...(markup.includes('<math') ? [MATH_STYLE] : []),
    ...(hasCode({ markup }) ? [CODE_STYLE] : []),
  ];
  return styles.length === 0
    ? undefined
    : html`${styles.map((style) => html`<style>${new Html(style)}</style>\n`)}`;
}

/** Whether a content has code to copy. */
export function hasCode({ markup }: Html): boolean {
  return markup.includes(CODE);
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
