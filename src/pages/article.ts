import type { Article } from '../article.ts';
import type { Site } from '../config/site.ts';
import { articlePath, paths } from '../routes/paths.ts';
import { HOLES } from '../templates/template.ts';
import { attachmentList, firstPicture, leadPicture } from './attachments.ts';
import { byline } from './byline.ts';
import { pageContent } from './content.ts';
import type { Dates } from './dates.ts';
import { formatLinks } from './format-links.ts';
import { html } from './html.ts';
import { structuredData } from './json-ld.ts';
import { languageAttributes } from './language-attributes.ts';
import { page } from './layout.ts';
import { messagesFor } from './messages/messages-for.ts';
import { articleCard } from './open-graph.ts';
import { related } from './related.ts';
import { alternateLinks, translationLinks } from './translations.ts';

/** A longer title is set smaller; UTF-16 code units. */
const LONG_TITLE = 80;

/** Search engines and tabs show less; UTF-16 code units. */
const MAX_DOCUMENT_TITLE = 70;

/** The permalink page of an article, with holes for its content and for the articles before and after it. */
export function articlePage(article: Article, site: Site, dates: Dates): string {
  const { title, summary, language, direction, slug, indexed } = article;
  const words = messagesFor(language, site.language);
  const lead = leadPicture(article);
  return page({
    title: documentTitle(title, site),
    description: summary,
    language,
    direction,
    canonicalPath: articlePath(slug),
    indexed,
    head: html`${alternateLinks(article)}${formatLinks(slug)}${lead === undefined ? firstPicture(article) : undefined}${articleCard(article, site)}${structuredData(article, site)}`,
    main: html`<article class="h-entry" lang="${language}" dir="${direction}">
<header>
<h1 class="${title.length > LONG_TITLE ? 'p-name long' : 'p-name'}">${title}</h1>
<div class="meta">
${byline(article, words, dates)}${translationLinks(article, site)}</div>
</header>
${lead}<div class="content e-content">${pageContent(article)}</div>
${attachmentList(article, words)}<footer>
${related(article, site, words, dates)}<p class="aside"><a href="${paths.feeds}"${languageAttributes(words, language)}>${words.subscribeTo(site.title)}</a></p>
</footer>
</article>
<nav class="around" aria-label="${words.around}"${languageAttributes(words, language)}>${HOLES.neighbours}</nav>`,
  });
}

/** The title that tabs and search engines show, with the name of the site where there is room for it. */
function documentTitle(title: string, site: Site): string {
  const full = `${title} – ${site.title}`;
  return full.length > MAX_DOCUMENT_TITLE ? title : full;
}
