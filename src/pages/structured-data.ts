import { type Article, type Correction, isRecording, type Media, type Person } from '../article.ts';
import type { Podcast, Site } from '../config/site.ts';
import { keyOf } from '../facets.ts';
import { likelyLocale } from '../locale.ts';
import { articlePath, paths, valuePath } from '../routes/paths.ts';
import { unlessEmpty } from '../strings.ts';
import { HOLES } from '../templates/holes.ts';
import { episodeRecording, podcastOf, showPath } from './enclosures.ts';
import { Html, html } from './html.ts';
import { valueName } from './value-names.ts';

/** The preview picture of the site, drawn by pictures/drawings.ts. */
export const CARD = { width: 1200, height: 630 } as const;

/** The link preview of an article: Open Graph, and the Twitter card type. Twitter takes the rest from Open Graph. */
export function articleCard(article: Article, site: Site): Html {
  const { title, summary, slug, published, updated, tags, collection, image, language, isPage } = article;
  const details: readonly Property[] = [
    ['article:published_time', iso(published)],
    ['article:modified_time', updated > published ? iso(updated) : undefined],
    ['article:section', collection],
    ...tags.map((tag): Property => ['article:tag', tag]),
  ];
  return properties([
    ['og:type', isPage ? 'website' : 'article'],
    ['og:title', title],
    ['og:description', summary],
    ['og:url', HOLES.origin + articlePath(slug)],
    ['og:locale', locale(language)],
    ...(isPage ? [] : details),
    ...picture(image, site),
  ]);
}

/** The link preview of a page about the site, or about a podcast with its artwork. */
export function siteCard(site: Site, subject: Site | Podcast = site, artwork?: Media): Html {
  return properties([
    ['og:type', 'website'],
    ['og:title', subject.title],
    ['og:description', subject.description],
    ['og:locale', locale(subject.language)],
    ...picture(artwork, site),
  ]);
}

function picture(image: Media | undefined, site: Site): readonly Property[] {
  const { url, width, height, type } = image ?? {
    url: HOLES.origin + paths.card,
    type: 'image/png',
    ...CARD,
  };
  return [
    ['og:image', url],
    ['og:image:width', width?.toString()],
    ['og:image:height', height?.toString()],
    ['og:image:type', type],
    ['og:image:alt', image === undefined ? site.title : (image.title ?? '')],
  ];
}

/** Without a content, it is left out. */
type Property = readonly [name: string, content: string | undefined];

function properties(pairs: readonly Property[]): Html {
  const rows = pairs.flatMap(([name, content]) =>
    content ? html`<meta property="${name}" content="${content}">\n` : [],
  );
  return html`${rows}<meta name="twitter:card" content="summary_large_image">
`;
}

/** `tr_TR` (Open Graph, optional metadata): a language with the territory where most people speak it. */
function locale(language: string): string {
  const { language: name, region } = likelyLocale(language);
  return region === undefined ? name : `${name}_${region}`;
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}

/** JSON leaves out what is undefined. */
type Thing = Readonly<Record<string, unknown>>;

/** The schema.org metadata of an article. */
export function structuredData(article: Article, site: Site): Html {
  return html`${dataBlock(articleThing(article, site))}${breadcrumbs(article, site)}`;
}

/** The schema.org metadata of a podcast. */
export function podcastData(site: Site, podcast: Podcast, artwork: Media | undefined): Html {
  const { description, author, language } = podcast;
  return dataBlock({
    ...seriesOf(podcast),
    description,
    inLanguage: language,
    author: author === site.title ? organization(author) : { '@type': 'Person', name: author },
    webFeed: HOLES.origin + HOLES.rssPath,
    image: artwork && imageObject(artwork),
    publisher: publisherOf(site),
  });
}

function seriesOf(podcast: Podcast): Thing {
  const url = HOLES.origin + showPath(podcast);
  return { '@type': 'PodcastSeries', '@id': url, url, name: podcast.title };
}

/** The breadcrumb trail from the home page to an article. */
function breadcrumbs({ title, slug, collection, listed }: Article, site: Site): Html {
  const key = listed ? keyOf(collection ?? '') : '';
  const list = {
    name: valueName(site, 'collection', collection ?? ''),
    url: valuePath('collection', key),
  };
  const steps = [
    { name: site.title, url: paths.home },
    ...(key === '' ? [] : [list]),
    { name: title, url: articlePath(slug) },
  ];
  return dataBlock({
    '@type': 'BreadcrumbList',
    itemListElement: steps.map(({ name, url }, index) => {
      return {
        '@type': 'ListItem',
        position: index + 1,
        name,
        item: { '@type': 'WebPage', '@id': HOLES.origin + url },
      };
    }),
  });
}

/** The schema.org metadata of the site. */
export function siteData(site: Site): Html {
  const url = HOLES.origin + paths.home;
  return dataBlock({
    '@type': 'WebSite',
    '@id': url,
    url,
    name: site.title,
    description: site.description,
    inLanguage: site.language,
    publisher: publisherOf(site),
  });
}

/** A data block; a content security policy need not allow it. */
function dataBlock(thing: Thing): Html {
  const json = JSON.stringify({ '@context': 'https://schema.org', ...thing });
  // `<` must not end the element, whatever follows it (HTML §4.12.1.3).
  return new Html(`<script type="application/ld+json">${json.replaceAll('<', '\\u003c')}</script>\n`);
}

function articleThing(article: Article, site: Site): Thing {
  const { id, title, summary, slug, published, updated, language, tags, source, image, corrections } =
    article;
  const url = HOLES.origin + articlePath(slug);
  if (article.isPage) {
    const home = HOLES.origin + paths.home;
    const isPartOf = { '@type': 'WebSite', '@id': home, url: home, name: site.title };
    return {
      '@type': 'WebPage',
      '@id': url,
      url,
      name: title,
      description: summary,
      inLanguage: language,
      isPartOf,
    };
  }
  const recordings = article.enclosures.filter(isRecording);
  return {
    ...typeOf(article, site),
    '@id': url,
    url,
    mainEntityOfPage: url,
    identifier: id,
    headline: title,
    description: summary,
    inLanguage: language,
    datePublished: new Date(published).toISOString(),
    dateModified: new Date(updated).toISOString(),
    author: authorsOf(article, site),
    publisher: publisherOf(site),
    image: image === undefined ? { '@type': 'ImageObject', url: imageUrl(article) } : imageObject(image),
    associatedMedia: unlessEmpty(recordings.map((media) => recording(media, article))),
    keywords: unlessEmpty(tags),
    correction: unlessEmpty(corrections.map(correctionOf)),
    isBasedOn: source && originalOf(source),
    isAccessibleForFree: true,
  };
}

/** In schema.org, an episode of a podcast is not an article. */
function typeOf(article: Article, site: Site): Thing {
  const { source, collection, title, episode } = article;
  const podcast = podcastOf(article, site);
  if (podcast === undefined || episodeRecording(article) === undefined)
    return { '@type': source === undefined ? 'BlogPosting' : 'NewsArticle', articleSection: collection };
  const { number, season } = episode ?? {};
  return {
    '@type': 'PodcastEpisode',
    name: title,
    partOfSeries: seriesOf(podcast),
    episodeNumber: number,
    partOfSeason: season === undefined ? undefined : { '@type': 'PodcastSeason', seasonNumber: season },
  };
}

function correctionOf({ text, date }: Correction): Thing {
  return { '@type': 'CorrectionComment', text, datePublished: date };
}

function imageObject({ url, caption }: Media): Thing {
  return { '@type': 'ImageObject', url, caption };
}

function publisherOf({ title }: Site): Thing {
  return {
    '@type': 'Organization',
    name: title,
    url: HOLES.origin + paths.home,
    logo: { '@type': 'ImageObject', url: HOLES.origin + paths.icon },
  };
}

function imageUrl({ image }: Article): string {
  return image?.url ?? HOLES.origin + paths.card;
}

/** Google requires a title, a picture and a date for videos. */
function recording({ url, type, duration, title }: Media, article: Article): Thing {
  return {
    '@type': type.startsWith('audio/') ? 'AudioObject' : 'VideoObject',
    contentUrl: url,
    encodingFormat: type,
    name: title ?? article.title,
    thumbnailUrl: imageUrl(article),
    uploadDate: new Date(article.published).toISOString(),
    duration: duration === undefined ? undefined : `PT${duration}S`,
  };
}

/** Google requires an author: falls back to the original publisher, then to this site's publisher. */
function authorsOf({ authors, source, listed }: Article, site: Site): readonly Thing[] {
  if (authors.length > 0) return authors.map((author) => person(author, listed));
  if (source !== undefined) return [organization(source.title)];
  return site.authors.map((author) =>
    author.name === site.title ? organization(author.name, author.uri) : person(author, false),
  );
}

/** A person, with the URL of the home page, or else of the author's articles on this site. */
function person({ name, uri, image, biography }: Person, isListed: boolean): Thing {
  const key = keyOf(name);
  const here = isListed && key !== '' ? HOLES.origin + valuePath('author', key) : undefined;
  return { '@type': 'Person', name, url: uri ?? here, image, description: biography };
}

function organization(name: string, url?: string): Thing {
  return { '@type': 'Organization', name, url };
}

function originalOf({ title, uri, published }: NonNullable<Article['source']>): Thing {
  return {
    '@type': 'CreativeWork',
    publisher: organization(title),
    url: uri,
    datePublished: published,
  };
}
