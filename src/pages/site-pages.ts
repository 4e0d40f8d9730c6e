import type { Site } from '../config/site.ts';
import { neighbourLinks } from './article.ts';
import { ERROR_PAGES, errorPage, errorParts } from './error.ts';
import { facetIndexPage } from './facet-index.ts';
import { type SharedStyle, sharedParts } from './layout.ts';
import { articleScript } from './scripts.ts';
import { searchPages } from './search.ts';
import { archivePage, emptyHomePage, homePage, pagerLinks, slicePage } from './slice.ts';
import { feedsPage, subscribePage } from './subscribe.ts';

/**
 * The pages other than articles, and the parts that pages share, by the names that compose.ts uses: texts with the
 * markers of templates/holes.ts.
 *
 * @param languages of the pages of articles, other than that of the site
 */
export function sitePages(
  site: Site,
  style: SharedStyle,
  languages: readonly string[],
): Readonly<Record<string, string>> {
  return {
    ...sharedParts(site, style, languages),
    ...pagerLinks(site),
    ...neighbourLinks,
    ...errorParts(site),
    articleScript: `<script>${articleScript}</script>\n`,
    home: homePage(site, style.logo),
    homeEmpty: emptyHomePage(site, style.logo),
    slice: slicePage(site),
    archive: archivePage(site),
    feeds: feedsPage(site),
    facetIndex: facetIndexPage(site),
    ...searchPages(site),
    subscribe: subscribePage(site),
    ...Object.fromEntries(ERROR_PAGES.map((name) => [name, errorPage(site, name)])),
  };
}
