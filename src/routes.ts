/** The formats in which every feed is served. */
export const FEED_FORMATS = ['rss', 'atom', 'json'] as const;
export type FeedFormat = (typeof FEED_FORMATS)[number];

/**
 * The URL contract: the one place that knows paths. The first path of a list is canonical; the others answer with the
 * same bytes, since feed readers guess them and do not follow redirects while they guess.
 */
export const paths = {
  home: '/',
  rss: ['/rss.xml', '/feed', '/feed/', '/rss', '/rss/', '/feed.xml', '/index.xml', '/index.rss', '/feed.rss'],
  atom: ['/atom.xml', '/feed.atom', '/atom'],
  json: ['/feed.json'],
  article: '/articles/:slug',
  articleSlash: '/articles/:slug/',
  media: '/media/:digest/:name',
  icon: '/icon.png',
  favicon: '/favicon.ico',
} as const;

/** Media types as registered, or as the format's specification names them. */
export const mediaTypes = {
  rss: 'application/rss+xml; charset=utf-8',
  atom: 'application/atom+xml; charset=utf-8',
  json: 'application/feed+json',
  html: 'text/html; charset=utf-8',
  problem: 'application/problem+json',
  text: 'text/plain; charset=utf-8',
} as const;

/** What people call the formats. */
export const formatNames: Readonly<Record<FeedFormat, string>> = {
  rss: 'RSS',
  atom: 'Atom',
  json: 'JSON Feed',
};

export function feedPath(format: FeedFormat): string {
  return paths[format][0];
}

/** @param slug not percent-encoded */
export function articlePath(slug: string): string {
  return paths.article.replace(':slug', encodeURIComponent(slug));
}

/** The slug of a permalink, percent-encoded as it stands there; undefined for every other path. */
export function slugOfPath(path: string): string | undefined {
  const before = paths.article.replace(':slug', '');
  const slug = path.replace(/\/$/, '').slice(before.length);
  return path.startsWith(before) && /^[^/]+$/.test(slug) ? slug : undefined;
}

/** @param name of the file, not percent-encoded */
export function mediaPath(digest: string, name: string): string {
  return paths.media.replace(':digest', digest).replace(':name', () => encodeURIComponent(name));
}

/** A media type without its parameters. */
export function bareMediaType(mediaType: string): string {
  return mediaType.replace(/;.*/, '');
}
