import type { Article, Media, Person } from '../article.ts';
import type { Site } from '../config/site.ts';
import { articlePath, paths } from '../routes/paths.ts';
import { unlessEmpty } from '../strings.ts';
import { HOLES } from '../templates/holes.ts';
import { shownImage } from './episode.ts';
import { feedUrls } from './metadata.ts';

/**
 * An item of JSON Feed 1.1, with holes for the origin, the body, and the additional members of an item outside a feed.
 */
export function jsonItem(article: Article): string {
  const { source } = article;
  const members = JSON.stringify({
    id: article.id,
    url: HOLES.origin + articlePath(article.slug),
    external_url: source?.uri,
    title: article.title,
    summary: article.summary,
    ...(article.contentHtml === '' ? { content_text: article.summary } : { content_html: HOLES.body }),
    image: shownImage(article)?.url,
    date_published: new Date(article.published).toISOString(),
    date_modified: new Date(article.updated).toISOString(),
    authors: unlessEmpty(article.authors.map(author)),
    tags: unlessEmpty(article.tags),
    language: article.language,
    attachments: unlessEmpty(article.enclosures.map(attachment)),
    _source: source && { name: source.title, url: source.uri, date_published: source.published },
  });
  return `${members.slice(0, -1)}${HOLES.alone}}`;
}

/**
 * The additional members of an item outside a feed: its publisher and its other formats (an extension, JSON Feed 1.1
 * "Extensions").
 */
export function jsonAlone(
  { title, language }: Site,
  origin: string,
  forms: Readonly<Record<string, string>>,
): string {
  const publication = {
    title,
    home_page_url: origin + paths.home,
    feed_url: origin + paths.json[0],
    icon: origin + paths.icon,
    language,
  };
  return `,"_publication":${JSON.stringify(publication)},"_forms":${JSON.stringify(forms)}`;
}

/** A JSON Feed 1.1, with holes for values that are known only at request time. */
export function jsonEnvelope(site: Site): string {
  const members = JSON.stringify(
    {
      version: 'https://jsonfeed.org/version/1.1',
      title: HOLES.title,
      home_page_url: HOLES.origin + HOLES.homePath,
      feed_url: feedUrls.json,
      description: HOLES.description,
      icon: HOLES.origin + paths.icon,
      favicon: HOLES.origin + paths.icon,
      authors: site.authors.map(author),
      language: HOLES.language,
      _copyright: site.copyright === undefined ? undefined : { notice: site.copyright },
    },
    null,
    1,
  );
  return `${members.slice(0, -2)},${HOLES.history}\n "items": [\n${HOLES.list}\n]}\n`;
}

function author({ name, uri, image }: Person): Record<string, string> {
  return {
    name,
    ...(uri === undefined ? {} : { url: uri }),
    ...(image === undefined ? {} : { avatar: image }),
  };
}

function attachment({ url, type, title, length, duration }: Media): object {
  return { url, mime_type: type, title, size_in_bytes: length, duration_in_seconds: duration };
}
