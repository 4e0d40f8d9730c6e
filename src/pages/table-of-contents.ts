import type { Article, Heading } from '../article.ts';
import { type Html, html } from './html.ts';
import { languageAttributes } from './language.ts';
import type { Messages } from './messages/messages.ts';

/** The table of contents of a long article. */
export function tableOfContents({ headings, language }: Article, messages: Messages): Html | undefined {
  if (headings.length === 0) return undefined;
  return html`<nav class="toc" aria-labelledby="tidings_toc">
<p id="tidings_toc"${languageAttributes(messages, language)}>${messages.contents}</p>
${list(headings)}</nav>
`;
}

/** Headings of the second level, each with those below it. */
function list(headings: readonly Heading[]): Html {
  const items: Html[] = [];
  for (let at = 0; at < headings.length; ) {
    const [heading] = headings.slice(at, at + 1);
    let end = at + 1;
    while ((headings[end]?.level ?? 0) > (heading?.level ?? 0)) end++;
    const inner = headings.slice(at + 1, end);
    const { id = '', title = '' } = heading ?? {};
    items.push(
      html`<li><a href="#${id}">${title}</a>${inner.length === 0 ? undefined : html`\n${list(inner)}`}</li>\n`,
    );
    at = end;
  }
  return html`<ol>
${items}</ol>
`;
}
