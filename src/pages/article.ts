import type { Article, Heading, Media, Person } from '../article.ts';
import type { Site } from '../config/site.ts';
import { plainText, sentenceCase, shorten } from '../html/text.ts';
import { commaOf, UNDETERMINED } from '../locale.ts';
import { articlePath, bareMediaType, formatPath, formatTypes } from '../routes/paths.ts';
import { HOLES } from '../templates/holes.ts';
import { contentMarkup, contentStyles, hasCode } from './content.ts';
import { type Dates, datesIn } from './dates.ts';
import {
  attachmentList,
  episodeDetails,
  episodeLine,
  episodePlayer,
  episodeRecording,
  listPlayer,
  names,
  podcastStyle,
} from './enclosures.ts';
import { dotted, type Html, html } from './html.ts';
import { alternateLinks, languageAttributes, translationLinks } from './language.ts';
import { page } from './layout.ts';
import type { Messages } from './messages/en.ts';
import { messagesFor } from './messages/messages-for.ts';
import { leadPicture, pictureAttributes, preloadFirstPicture, SIZES } from './pictures.ts';
import {
  articleFoot,
  authorUrl,
  mentionLink,
  portrait,
  relatedArticles,
  seriesLine,
  seriesLinks,
  valueLink,
  values,
} from './related.ts';
import { codeScript, playerScript } from './scripts.ts';
import { articleCard, structuredData } from './structured-data.ts';
import { valueName } from './value-names.ts';

/** Longer titles get a smaller font; UTF-16 code units. */
const LONG_TITLE = 80;

/** Search engines and tabs truncate longer titles; UTF-16 code units. */
const MAX_DOCUMENT_TITLE = 70;

/** The permalink page of an article, with holes for its content and for the articles before and after it. */
function articlePage(article: Article, site: Site, dates: Dates): string {
  const { title, summary, language, direction, slug, indexed } = article;
  const messages = messagesFor(language, site.language);
  const content = contentMarkup(article, messages);
  const isCode = hasCode(content);
  const recording = episodeRecording(article);
  const played = recording && names(article.contentHtml, recording.url) ? undefined : recording;
  const preload =
    article.isPage || leadPicture(article) !== undefined ? undefined : preloadFirstPicture(article);
  const attributes = isCode
    ? html` data-copy="${messages.copy}" data-copied="${messages.copied}" data-lang="${messages.language}"`
    : undefined;
  const body = html`<div class="content e-content"${attributes}>${content}</div>
${attachmentList(article, played, messages)}`;
  return page({
    title: documentTitle(title, site),
    description: summary,
    language,
    direction,
    canonicalPath: articlePath(slug),
    indexed,
    head: html`${alternateLinks(article)}${formatLinks(slug)}${preload}${articleCard(article, site)}${structuredData(article, site)}${contentStyles(content)}${recording && podcastStyle}`,
    scripts: [...(isCode ? [codeScript] : []), ...(recording === undefined ? [] : [playerScript])],
    main: article.isPage ? pageMain(article, body, site) : articleMain(article, body, played, site, dates),
  });
}

function articleMain(
  article: Article,
  body: Html,
  played: Media | undefined,
  site: Site,
  dates: Dates,
): Html {
  const { title, language, direction, authors } = article;
  const messages = messagesFor(language, site.language);
  const portraits = authors.flatMap(({ image }) => portrait(image) ?? []);
  return html`<article class="h-entry" lang="${language}" dir="${direction}">
<header>
${episodeLine(article, site, messages)}${seriesLine(article, messages)}<h1 class="${title.length > LONG_TITLE ? 'p-name long' : 'p-name'}">${title}</h1>
<div class="meta">
${portraits}<div>${byline(article, messages, dates)}${translationLinks(article, site)}</div>
</div>
</header>
${episodePlayer(article, played, messages)}${leadPicture(article)}${tableOfContents(article, messages)}${body}${articleFoot(article, site, messages)}</article>
${seriesLinks(article, messages)}${relatedArticles(article, messages)}<nav class="around" aria-label="${messages.neighbours}"${languageAttributes(messages, language)}>${HOLES.neighbours}</nav>`;
}

/** A page of the site: neither author, date nor neighbours. */
function pageMain(article: Article, body: Html, site: Site): Html {
  const { title, language, direction } = article;
  const translations = translationLinks(article, site);
  return html`<article lang="${language}" dir="${direction}">
<header>
<h1>${title}</h1>
${translations && html`<div class="meta">\n${translations}</div>\n`}</header>
${tableOfContents(article, messagesFor(language, site.language))}${body}</article>`;
}

function tableOfContents({ headings, language }: Article, messages: Messages): Html | undefined {
  if (headings.length === 0) return undefined;
  return html`<nav class="toc" aria-labelledby="tidings_toc">
<p id="tidings_toc"${languageAttributes(messages, language)}>${messages.contents}</p>
${headingList(headings)}</nav>
`;
}

/** Headings of the second level, each with those below it. */
function headingList(headings: readonly Heading[]): Html {
  const items: Html[] = [];
  for (let at = 0; at < headings.length; ) {
    const [heading] = headings.slice(at, at + 1);
    let end = at + 1;
    while ((headings[end]?.level ?? 0) > (heading?.level ?? 0)) end++;
    const inner = headings.slice(at + 1, end);
    const { id = '', title = '' } = heading ?? {};
    items.push(
      html`<li><a href="#${id}">${title}</a>${inner.length === 0 ? undefined : html`\n${headingList(inner)}`}</li>\n`,
    );
    at = end;
  }
  return html`<ol>
${items}</ol>
`;
}

/** The title for tabs and search engines, with the site's name if there is room. */
function documentTitle(title: string, site: Site): string {
  const full = `${title} – ${site.title}`;
  return full.length > MAX_DOCUMENT_TITLE ? title : full;
}

/** JSON is left out: feed readers take a link to `application/json` for a feed. */
const LINKED = ['markdown', 'text'] as const;

/** Links to the text formats of an article, for the `head` of its page. */
function formatLinks(slug: string): Html {
  const links = LINKED.map((format) => {
    const type = bareMediaType(formatTypes[format]);
    return html`<link rel="alternate" type="${type}" href="${formatPath(slug, format)}">\n`;
  });
  return html`${links}`;
}

/**
 * Links to the articles before and after an article, with a hole for each. The stylesheet gives them arrows, which need
 * no language: these parts are shared by articles in all languages.
 */
export const neighbourLinks = {
  previous: `<p class="older">${HOLES.mention}</p>`,
  next: `<p class="newer">${HOLES.mention}</p>`,
} as const;

/** The parts of pages that show an article: texts with the markers of templates/holes.ts. */
interface ArticleTexts {
  readonly page: string;
  readonly teaser: string;
  /** The heading of its day. */
  readonly day: string;
  /** The body of the teaser; search results show a snippet instead. */
  readonly summary: string;
  /** The picture of the teaser; empty without one. */
  readonly picture: string;
  /** The same for the article that leads the home page. */
  readonly leadPicture: string;
  /** A link to it. */
  readonly mention: string;
}

/** Renders the parts of pages that show articles. */
export function articleWriter(site: Site): (article: Article) => ArticleTexts {
  const dates = datesIn(site);
  return (stated) => {
    const article = site.sentenceCase ? withSentenceCase(stated) : stated;
    return {
      page: articlePage(article, site, dates),
      teaser: teaser(article, site, dates),
      day: dayHeading(article, site, dates),
      summary: summary(article),
      picture: listPicture(article, false),
      leadPicture: listPicture(article, true),
      mention: mentionLink(article).markup,
    };
  };
}

function withSentenceCase(article: Article): Article {
  const language = article.language === UNDETERMINED ? 'en' : article.language;
  return { ...article, title: sentenceCase(article.title, plainText(article.content), language) };
}

/** The authors of an article, its dates, and its original publication, in paragraphs. */
function byline(article: Article, messages: Messages, dates: Dates): Html {
  const { authors, source, slug, published, updated, language, corrections } = article;
  const isLater = dates.calendarDay(published) !== dates.calendarDay(updated);
  const comma = commaOf(language);
  const names = authors.map((author, index) => html`${index > 0 ? comma : ''}${authorLink(author, article)}`);
  const parts = [
    ...(names.length === 0 ? [] : [html`${label('by', messages, language)} ${names}`]),
    html`<a class="u-url u-uid" rel="bookmark" href="${articlePath(slug)}">${dates.day(published, language, 'dt-published')}</a>`,
    ...(isLater
      ? [html`${label('updated', messages, language)} ${dates.day(updated, language, 'dt-updated')}`]
      : []),
    ...(corrections.length > 0
      ? [html`<a href="#corrections"${languageAttributes(messages, language)}>${messages.corrections}</a>`]
      : []),
  ];
  return html`<p>${dotted(parts)}</p>
${source === undefined ? undefined : html`<p>${label('originallyIn', messages, language)} ${sourceLine(source, language, dates)}</p>\n`}`;
}

/**
 * The byline in one line, for lists.
 *
 * @param episode the place and the length of an episode
 */
function shortByline(
  { authors, source, published, language }: Article,
  episode: Html | undefined,
  dates: Dates,
): Html {
  const when = dates.day(published, language, 'dt-published');
  const rest = [
    ...authors.map(({ name }) => html`<span class="p-author">${name}</span>`),
    ...(source === undefined ? [] : [html`<cite>${source.title}</cite>`]),
    ...(episode === undefined ? [] : [episode]),
  ];
  return html`<span><span class="when">${when}${rest.length === 0 ? undefined : ' · '}</span>${dotted(rest)}</span>`;
}

/** A link to the author's articles on this site, or else to the author's home page. */
function authorLink(author: Person, article: Article): Html {
  const { name } = author;
  const address = authorUrl(author, article);
  return address === undefined
    ? html`<span class="p-author h-card" dir="auto">${name}</span>`
    : html`<a class="p-author h-card" dir="auto" rel="author" href="${address}">${name}</a>`;
}

function sourceLine(source: NonNullable<Article['source']>, language: string, dates: Dates): Html {
  const { title, uri, published } = source;
  const name = html`<cite>${title}</cite>`;
  const original =
    uri === undefined ? name : html`<a class="u-repost-of" rel="external" href="${uri}">${name}</a>`;
  return published === undefined ? original : html`${original}, ${dates.calendarDate(published, language)}`;
}

/** A label before a value, marked with its language where that differs from the text. */
function label(name: 'by' | 'updated' | 'originallyIn', messages: Messages, surrounding: string): Html {
  const attributes = languageAttributes(messages, surrounding);
  return attributes === undefined
    ? html`${messages[name]}`
    : html`<span${attributes}>${messages[name]}</span>`;
}

/**
 * An article in a list. It is no `article` element: feed readers such as Liferea take a page of those for a feed, and
 * show every article twice.
 */
function teaser(article: Article, site: Site, dates: Dates): string {
  const { title, slug, language, direction, image } = article;
  return html`<div class="h-entry" lang="${language}" dir="${direction}">
${image && HOLES.picture}<h3 class="p-name"><a class="u-url" href="${articlePath(slug)}">${title}</a></h3>
<p class="p-summary">${HOLES.summary}</p>
<p class="meta">${shortByline(article, episodeDetails(article, messagesFor(language, site.language)), dates)}${tagLinks(article, site)}</p>
${listPlayer(article)}</div>
`.markup;
}

/** Three lines on a wide screen; UTF-16 code units. */
const MAX_SUMMARY = 200;

/** The body of a teaser. */
function summary(article: Article): string {
  return html`${shorten(article.summary, MAX_SUMMARY)}`.markup;
}

/**
 * The picture of a teaser; empty without one. The title beside it says the same, so assistive technology skips it.
 *
 * @param isLead whether it is at the top of the page
 */
function listPicture({ image, slug }: Article, isLead: boolean): string {
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

function dayHeading({ published }: Article, { language }: Site, dates: Dates): string {
  return html`<h2 class="day"><time datetime="${dates.calendarDay(published)}">${dates.words(published, language)}</time></h2>
`.markup;
}
