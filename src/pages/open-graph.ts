import type { Article, Media } from '../article.ts';
import type { Podcast, Site } from '../config/site.ts';
import { likelyLocale } from '../locale.ts';
import { articlePath, paths } from '../routes/paths.ts';
import { HOLES } from '../templates/holes.ts';
import { type Html, html } from './html.ts';

/** The preview picture of the site, drawn by pictures/card.ts. */
export const CARD = { width: 1200, height: 630 } as const;

/** The link preview of an article: Open Graph, and the Twitter card type. Twitter takes the rest from Open Graph. */
export function articleCard(article: Article, site: Site): Html {
  const { title, summary, slug, published, updated, tags, collection, image, language, isPage } = article;
  const optional: [string, string][] = [
    ...(updated > published ? [['article:modified_time', iso(updated)] satisfies [string, string]] : []),
    ...(collection === undefined ? [] : [['article:section', collection] satisfies [string, string]]),
    ...tags.map((tag): [string, string] => ['article:tag', tag]),
  ];
  return properties([
    ['og:type', isPage ? 'website' : 'article'],
    ['og:title', title],
    ['og:description', summary],
    ['og:url', HOLES.origin + articlePath(slug)],
    ['og:locale', locale(language)],
    ...(isPage ? [] : [['article:published_time', iso(published)] satisfies [string, string], ...optional]),
    ...picture(image, site),
  ]);
}

/** The link preview of a page about the site. */
export function siteCard(site: Site): Html {
  return properties([
    ['og:type', 'website'],
    ['og:title', site.title],
    ['og:description', site.description],
    ['og:locale', locale(site.language)],
    ...picture(undefined, site),
  ]);
}

/** The link preview of the page of a podcast. */
export function showCard(site: Site, podcast: Podcast, artwork: Media | undefined): Html {
  return properties([
    ['og:type', 'website'],
    ['og:title', podcast.title],
    ['og:description', podcast.description],
    ['og:locale', locale(podcast.language)],
    ...picture(artwork, site),
  ]);
}

function picture(image: Media | undefined, site: Site): [string, string][] {
  const { url, width, height, type } = image ?? {
    url: HOLES.origin + paths.card,
    type: 'image/png',
    ...CARD,
  };
  return [
    ['og:image', url],
    ...(width === undefined ? [] : [['og:image:width', String(width)] satisfies [string, string]]),
    ...(height === undefined ? [] : [['og:image:height', String(height)] satisfies [string, string]]),
    ['og:image:type', type],
    ['og:image:alt', image === undefined ? site.title : (image.title ?? '')],
  ];
}

function properties(pairs: readonly (readonly [string, string])[]): Html {
  const rows = pairs
    .filter(([, content]) => content !== '')
    .map(([property, content]) => html`<meta property="${property}" content="${content}">\n`);
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
