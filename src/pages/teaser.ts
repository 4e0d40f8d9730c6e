import type { Article } from '../article.ts';
import type { Site } from '../config/site.ts';
import { articlePath } from '../routes/paths.ts';
import { HOLES } from '../templates/holes.ts';
import { shortByline } from './byline.ts';
import type { Dates } from './dates.ts';
import { type Html, html } from './html.ts';
import { valueLink, values } from './related.ts';

/** An article in a list. */
export function teaser(article: Article, dates: Dates): string {
  const { title, slug, language, direction } = article;
  return html`<article class="h-entry" lang="${language}" dir="${direction}">
<h3 class="p-name"><a class="u-url" href="${articlePath(slug)}">${title}</a></h3>
<p class="meta">${shortByline(article, dates)}</p>
<p class="p-summary">${HOLES.summary}</p>
${tagLine(article)}</article>
`.markup;
}

/** The body of a teaser. */
export function summary(article: Article): string {
  return html`${article.summary}`.markup;
}

function tagLine({ tags }: Article): Html | undefined {
  const links = values(tags).map((value) => valueLink('tag', value));
  return links.length === 0 ? undefined : html`<p class="meta tags">${links}</p>\n`;
}

/** The heading above the articles of one day. */
export function dayHeading({ published }: Article, { language }: Site, dates: Dates): string {
  return html`<h2 class="day"><time datetime="${dates.calendarDay(published)}">${dates.words(published, language)}</time></h2>
`.markup;
}
