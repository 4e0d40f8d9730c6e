import type { Article, Person } from '../article.ts';
import { articlePath, paths } from '../routes.ts';
import type { Site } from '../settings.ts';
import { HOLES } from '../store/template.ts';
import { Html } from './html.ts';

type Thing = Readonly<Record<string, unknown>>;

/** What machines are told of an article, in the words of schema.org; a data block, which no policy need allow. */
export function structuredData(article: Article, site: Site): Html {
  // `<` must not end the element, whatever follows it (HTML §4.12.1.3).
  const json = JSON.stringify(describe(article, site)).replaceAll('<', '\\u003c');
  return new Html(`<script type="application/ld+json">${json}</script>\n`);
}

function describe(article: Article, site: Site): Thing {
  const { id, title, summary, slug, published, updated, language, tags, source, collection, image } = article;
  const url = HOLES.origin + articlePath(slug);
  return {
    '@context': 'https://schema.org',
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
    publisher: {
      '@type': 'Organization',
      name: site.title,
      url: HOLES.origin + paths.home,
      logo: { '@type': 'ImageObject', url: HOLES.origin + paths.icon },
    },
    image: { '@type': 'ImageObject', url: image?.url ?? HOLES.origin + paths.card },
    ...(tags.length === 0 ? {} : { keywords: tags }),
    ...(collection === undefined ? {} : { articleSection: collection }),
    ...(source === undefined ? {} : { isBasedOn: originalOf(source) }),
    isAccessibleForFree: true,
  };
}

/** Google wants an author: without one, who published it first, else who publishes it here. */
function authorsOf({ authors, source }: Article, site: Site): readonly Thing[] {
  if (authors.length > 0) return authors.map(person);
  if (source !== undefined) return [organization(source.title)];
  return site.authors.map((author) =>
    author.name === site.title ? organization(author.name, author.uri) : person(author),
  );
}

function person({ name, uri }: Person): Thing {
  return { '@type': 'Person', name, ...(uri === undefined ? {} : { url: uri }) };
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
