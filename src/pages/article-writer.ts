import type { Article } from '../article.ts';
import type { Site } from '../config/site.ts';
import { articlePage } from './article.ts';
import { datesIn } from './dates.ts';
import { mention } from './neighbours.ts';
import { dayHeading, summary, teaser } from './teaser.ts';

/** What pages show of an article: texts with the marks of store/template.ts. */
export interface ArticleTexts {
  readonly page: string;
  readonly teaser: string;
  /** The heading of its day. */
  readonly day: string;
  /** What stands in the teaser, unless it is a passage that was searched for. */
  readonly summary: string;
  /** A link to it. */
  readonly mention: string;
}

/** Writes what pages show of the articles of a site. */
export function articleWriter(site: Site): (article: Article) => ArticleTexts {
  const dates = datesIn(site);
  return (article) => ({
    page: articlePage(article, site, dates),
    teaser: teaser(article, dates),
    day: dayHeading(article, site, dates),
    summary: summary(article),
    mention: mention(article),
  });
}
