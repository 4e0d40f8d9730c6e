import type { Article } from '../article.ts';
import type { Site } from '../config/site.ts';
import { shorten } from '../html/text.ts';
import { articlePath } from '../routes/paths.ts';
import { HOLES } from '../templates/holes.ts';
import { shortByline } from './byline.ts';
import type { Dates } from './dates.ts';
import { episodeFacts, listPlayer } from './episode.ts';
import { type Html, html } from './html.ts';
import { messagesFor } from './messages/messages-for.ts';
import { pictureAttributes, SIZES } from './pictures.ts';
import { valueLink, values } from './related.ts';
import { valueName } from './value-names.ts';

/**
 * An article in a list. It is no `article` element: feed readers such as Liferea take a page of those for a feed, and
 * show every article twice.
 */
export function teaser(article: Article, site: Site, dates: Dates): string {
  const { title, slug, language, direction, image } = article;
  return html`<div class="h-entry" lang="${language}" dir="${direction}">
${image && HOLES.picture}<h3 class="p-name"><a class="u-url" href="${articlePath(slug)}">${title}</a></h3>
<p class="p-summary">${HOLES.summary}</p>
<p class="meta">${shortByline(article, episodeFacts(article, messagesFor(language, site.language)), dates)}${tagLinks(article, site)}</p>
${listPlayer(article)}</div>
`.markup;
}

/** Three lines on a wide screen; UTF-16 code units. */
const MAX_SUMMARY = 200;

/** The body of a teaser. */
export function summary(article: Article): string {
  return html`${shorten(article.summary, MAX_SUMMARY)}`.markup;
}

/**
 * The picture of a teaser; empty without one. The title beside it says the same, so assistive technology skips it.
 *
 * @param isLead whether it is at the top of the page
 */
export function listPicture({ image, slug }: Article, isLead: boolean): string {
  if (image === undefined) return '';
  const loading = isLead ? html` fetchpriority="high"` : html` loading="lazy" decoding="async"`;
  return html`<a class="picture" href="${articlePath(slug)}" tabindex="-1" aria-hidden="true"><img class="u-photo" ${pictureAttributes(image, isLead ? SIZES.lead : SIZES.list)} alt=""${loading}></a>
`.markup;
}

/** More tags than this are on the page of the article only. */
const MAX_TAGS = 5;

function tagLinks({ tags }: Article, site: Site): Html | undefined {
  const links = values(tags.slice(0, MAX_TAGS), (tag) => valueName(site, 'tag', tag)).map((value) =>
    valueLink('tag', value),
  );
  return links.length === 0 ? undefined : html`<span class="tags">${links}</span>`;
}

/** The heading above the articles of one day. */
export function dayHeading({ published }: Article, { language }: Site, dates: Dates): string {
  return html`<h2 class="day"><time datetime="${dates.calendarDay(published)}">${dates.words(published, language)}</time></h2>
`.markup;
}
