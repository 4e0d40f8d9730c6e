import type { Article } from '../article.ts';
import type { Site } from '../config/site.ts';
import { keyOf, sliceOf, sliceOfValue } from '../facets.ts';
import { FEED_FORMATS, feedPath, formatNames, formatPath, paths } from '../routes/paths.ts';
import { slicePath } from '../routes/slice-paths.ts';
import { HOLES } from '../templates/holes.ts';
import { markdownLine, markdownText } from './markdown.ts';

/** The description of the site for language models (llmstxt.org), with holes for its newest articles and the older ones. */
export function llmsTxt(site: Site): string {
  const feeds = FEED_FORMATS.map((format) =>
    link(formatNames[format], feedPath(format), 'the newest articles, whole'),
  );
  const podcasts = site.podcasts.map(({ title, collection, description }) => {
    const path = slicePath(sliceOfValue('collection', keyOf(collection)), 'rss');
    return link(markdownText(title), path, `the podcast, as RSS: ${markdownText(description)}`);
  });
  return `# ${markdownText(site.title)}

> ${markdownText(site.description)}

Every article is at its address as a page, with \`.md\` behind it as Markdown, with \`.txt\` as plain text, with \`.json\` as an item of JSON Feed. \`${slicePath(sliceOf([], 'words'), 'json')}\` finds the articles with these words.

## Articles

${HOLES.list}
## Feeds

${feeds.join('')}${podcasts.join('')}${link('All feeds', paths.opml, 'by tag, source, author, language and year, as OPML')}
## Optional

${HOLES.pager}${link('Sitemap', paths.sitemap, 'every article')}`;
}

/** The link to older articles if there are any, with a hole for the path. */
export function llmsOlder(): string {
  return link('Older articles', HOLES.ownPath, 'page by page');
}

/** An article in that list. */
export function llmsLine({ title, slug, summary }: Article): string {
  const url = HOLES.origin + formatPath(slug, 'markdown');
  return `- ${markdownLine({ text: title, url }, summary)}\n`;
}

function link(name: string, path: string, notes: string): string {
  return `- [${name}](${HOLES.origin}${path}): ${notes}\n`;
}
