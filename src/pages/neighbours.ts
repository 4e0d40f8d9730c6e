import type { Article } from '../article.ts';
import type { Site } from '../config/site.ts';
import { articlePath } from '../routes/paths.ts';
import { HOLES } from '../templates/template.ts';
import { html } from './html.ts';
import { messagesFor } from './messages/messages-for.ts';

/** Links to the articles before and after an article, with a hole for each. */
export function neighbourLinks(site: Site): { previous: string; next: string } {
  const words = messagesFor(site.language);
  const attributes = html`lang="${words.language}" dir="${words.direction}"`;
  return {
    previous: html`<p class="older"><small ${attributes}>${words.previous}</small> ${HOLES.mention}</p>`
      .markup,
    next: html`<p class="newer"><small ${attributes}>${words.next}</small> ${HOLES.mention}</p>`.markup,
  };
}

/** An article as it is mentioned on the pages of others. */
export function mention({ slug, title, language, direction }: Article): string {
  return html`<a href="${articlePath(slug)}" hreflang="${language}" lang="${language}" dir="${direction}">${title}</a>`
    .markup;
}
