import type { Article } from '../article.ts';
import { articlePath } from '../routes.ts';
import type { Site } from '../settings.ts';
import { HOLES } from '../store/template.ts';
import { type Html, html } from './html.ts';
import { day, page } from './layout.ts';

/** The permalink page of an article. */
export function articlePage(article: Article, site: Site): string {
  return page({
    title: `${article.title} – ${site.title}`,
    description: article.summary,
    language: article.language,
    canonicalPath: articlePath(article.slug),
    main: html`<article class="h-entry">
<h1 class="p-name">${article.title}</h1>
<p class="meta">${byline(article, site)}</p>
<div class="content e-content">${HOLES.body}</div>
${attachments(article)}${tagList(article)}</article>
${HOLES.neighbours}`,
  });
}

function attachments({ enclosures }: Article): Html | undefined {
  if (enclosures.length === 0) return undefined;
  const items = enclosures.map(({ url, type, title }) => {
    const name = title ?? fileName(url);
    const link = html`<a href="${url}" type="${type}">${name}</a>`;
    if (type.startsWith('audio/'))
      return html`<li><audio controls preload="none" src="${url}"></audio> ${link}</li>\n`;
    if (type.startsWith('video/'))
      return html`<li><video controls preload="none" src="${url}"></video> ${link}</li>\n`;
    return html`<li>${link}</li>\n`;
  });
  return html`<ul class="attachments">
${items}</ul>
`;
}

function fileName(url: string): string {
  const name = url.split('/').at(-1) ?? url;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function tagList({ tags }: Article): Html | undefined {
  if (tags.length === 0) return undefined;
  return html`<p class="tags">${tags.map((tag) => html`<span class="p-category">${tag}</span> `)}</p>
`;
}

/** An article as an item of a list of articles. */
export function teaser(article: Article, site: Site): string {
  return html`<li lang="${article.language}"><article class="h-entry">
<h2 class="p-name"><a class="u-url" href="${articlePath(article.slug)}">${article.title}</a></h2>
<p class="meta">${byline(article, site)}</p>
<p class="p-summary">${HOLES.summary}</p>
</article></li>
`.markup;
}

/** What stands in the teaser for the article's content. */
export function summary(article: Article): string {
  return html`${article.summary}`.markup;
}

/** An article as it is mentioned on the pages of others. */
export function mention({ slug, title, language }: Article): string {
  return html`<a href="${articlePath(slug)}" hreflang="${language}" lang="${language}">${title}</a>`.markup;
}

function byline({ published, language, authors, source }: Article, { timeZone }: Site): Html {
  const parts = [
    day({ iso: new Date(published).toISOString(), instant: published }, language, timeZone, 'dt-published'),
    ...authors.map(({ name }) => html`<span class="p-author">${name}</span>`),
    ...(source === undefined ? [] : [sourceLine(source, language)]),
  ];
  return html`${parts.map((part, index) => html`${index > 0 ? ' · ' : ''}${part}`)}`;
}

function sourceLine({ title, uri, published }: NonNullable<Article['source']>, language: string): Html {
  const name =
    uri === undefined
      ? html`<cite>${title}</cite>`
      : html`<a class="u-syndication" href="${uri}"><cite>${title}</cite></a>`;
  if (published === undefined) return name;
  return html`${name}, ${day({ iso: published, instant: Date.parse(published) }, language, 'UTC')}`;
}
