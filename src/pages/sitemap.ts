import type { Article, Instant } from '../article.ts';
import type { Site } from '../config/site.ts';
import { likelyLocale, UNDETERMINED } from '../locale.ts';
import { articlePath, paths } from '../routes/paths.ts';
import { HOLES } from '../templates/holes.ts';
import { html } from './html.ts';

const NAMESPACE = 'http://www.sitemaps.org/schemas/sitemap/0.9';

interface SitemapEntry {
  /** The path of an article, not percent-encoded. */
  readonly slug: string;
  readonly changed: Instant;
}

/** A sitemap (sitemaps.org protocol): other pages, then articles. */
export function sitemap(origin: string, pages: readonly string[], articles: readonly SitemapEntry[]): string {
  const urls = [
    ...pages.map((path) => html`<url><loc>${origin}${path}</loc></url>\n`),
    ...articles.map(
      ({ slug, changed }) =>
        html`<url><loc>${origin}${articlePath(slug)}</loc><lastmod>${new Date(changed).toISOString()}</lastmod></url>\n`,
    ),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="${NAMESPACE}">\n${html`${urls}`.markup}</urlset>\n`;
}

/** A sitemap index, with the last modification of each sitemap. */
export function sitemapIndex(
  origin: string,
  parts: readonly { readonly path: string; readonly changed: Instant }[],
): string {
  const sitemaps = parts.map(
    ({ path, changed }) =>
      html`<sitemap><loc>${origin}${path}</loc><lastmod>${new Date(changed).toISOString()}</lastmod></sitemap>\n`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="${NAMESPACE}">\n${html`${sitemaps}`.markup}</sitemapindex>\n`;
}

const NEWS_NAMESPACE = 'http://www.google.com/schemas/sitemap-news/0.9';

/** A news sitemap (Google Search Central, "News sitemap"), with a hole for the articles. */
export function newsSitemap(): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="${NAMESPACE}" xmlns:news="${NEWS_NAMESPACE}">\n${HOLES.list}</urlset>\n`;
}

/** An article in the news sitemap, with a hole for the origin. */
export function newsEntry({ title, slug, published, language }: Article, site: Site): string {
  return html`<url><loc>${HOLES.origin}${articlePath(slug)}</loc><news:news><news:publication><news:name>${site.title}</news:name><news:language>${newsLanguage(language === UNDETERMINED ? site.language : language)}</news:language></news:publication><news:publication_date>${new Date(published).toISOString()}</news:publication_date><news:title>${title}</news:title></news:news></url>
`.markup;
}

/** ISO 639; Chinese by script. */
function newsLanguage(tag: string): string {
  const { language, script } = likelyLocale(tag);
  if (language !== 'zh') return language;
  return script === 'Hant' ? 'zh-tw' : 'zh-cn';
}

/** robots.txt (RFC 9309): disallows search results, but not the search page. */
export function robots(origin: string): string {
  return `User-agent: *\nDisallow: ${paths.search}?\n\nSitemap: ${origin}${paths.sitemap}\nSitemap: ${origin}${paths.newsSitemap}\n`;
}
