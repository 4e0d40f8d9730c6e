import { type Article, isRecording, type Media, type Person } from '../article.ts';
import type { Site } from '../config/site.ts';
import { keyOf, sliceOfValue } from '../facets.ts';
import { articlePath, paths } from '../routes/paths.ts';
import { slicePath } from '../routes/slice-paths.ts';
import { HOLES } from '../templates/holes.ts';
import { Html } from './html.ts';

type Thing = Readonly<Record<string, unknown>>;

/** The schema.org metadata of an article. */
export function structuredData(article: Article, site: Site): Html {
  return dataBlock(describe(article, site));
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

function describe(article: Article, site: Site): Thing {
  const { id, title, summary, slug, published, updated, language, tags, source, collection } = article;
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
    '@type': source === undefined ? 'BlogPosting' : 'NewsArticle',
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
    image: { '@type': 'ImageObject', url: pictureOf(article) },
    ...(recordings.length === 0
      ? {}
      : { associatedMedia: recordings.map((media) => recording(media, article)) }),
    ...(tags.length === 0 ? {} : { keywords: tags }),
    ...(collection === undefined ? {} : { articleSection: collection }),
    ...(source === undefined ? {} : { isBasedOn: originalOf(source) }),
    isAccessibleForFree: true,
  };
}

function publisherOf({ title }: Site): Thing {
  return {
    '@type': 'Organization',
    name: title,
    url: HOLES.origin + paths.home,
    logo: { '@type': 'ImageObject', url: HOLES.origin + paths.icon },
  };
}

function pictureOf({ image }: Article): string {
  return image?.url ?? HOLES.origin + paths.card;
}

/** Google requires a title, a picture and a date for videos. */
function recording({ url, type, duration, title }: Media, article: Article): Thing {
  return {
    '@type': type.startsWith('audio/') ? 'AudioObject' : 'VideoObject',
    contentUrl: url,
    encodingFormat: type,
    name: title ?? article.title,
    thumbnailUrl: pictureOf(article),
    uploadDate: new Date(article.published).toISOString(),
    ...(duration === undefined ? {} : { duration: `PT${duration}S` }),
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
function person({ name, uri }: Person, isListed: boolean): Thing {
  const key = keyOf(name);
  const here =
    isListed && key !== '' ? HOLES.origin + slicePath(sliceOfValue('author', key), 'page') : undefined;
  const url = uri ?? here;
  return { '@type': 'Person', name, ...(url === undefined ? {} : { url }) };
}

function organization(name: string, url?: string): Thing {
  return { '@type': 'Organization', name, ...(url === undefined ? {} : { url }) };
}

function originalOf({ title, uri, published }: NonNullable<Article['source']>): Thing {
  return {
    '@type': 'CreativeWork',
    publisher: organization(title),
    ...(uri === undefined ? {} : { url: uri }),
    ...(published === undefined ? {} : { datePublished: published }),
  };
}
