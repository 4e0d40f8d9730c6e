import { FEED_FORMATS, paths } from '../routes.ts';
import type { Site } from '../settings.ts';
import { HOLES } from '../store/template.ts';
import { type Html, html } from './html.ts';
import { page } from './layout.ts';
import { FEED_HOLES } from './slice.ts';

/** The page to search on: before a search, with what it found, and when it found nothing. */
export function searchPages(site: Site): { searchForm: string; search: string; searchNothing: string } {
  const feeds = FEED_FORMATS.map((format) => ({ format, path: FEED_HOLES[format], title: HOLES.title }));
  const of = (main: Html, ownFeeds: typeof feeds): string =>
    page({
      title: HOLES.title,
      language: site.language,
      canonicalPath: HOLES.ownPath,
      feeds: ownFeeds,
      main: html`<h1>Search</h1>
<form action="${paths.search}" role="search"><input type="search" name="q" aria-label="Words" value="${HOLES.words}"> <button>Search</button></form>
${main}`,
    });
  return {
    searchForm: of(html``, []),
    search: of(html`<ol class="articles">\n${HOLES.list}</ol>\n${HOLES.pager}`, feeds),
    searchNothing: of(html`<p>No article has these words.</p>`, feeds),
  };
}
