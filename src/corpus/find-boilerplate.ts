import type { Boilerplate, TemplateMetadata } from '../documents/boilerplate-metadata.ts';
import { divisionsOf, foldTitle } from '../documents/html-page/metadata.ts';
import { tally } from '../strings.ts';

interface DescribedPage {
  readonly path: string;
  /** Whether it lists articles: its first title may be that of one of them. */
  readonly isList?: boolean;
  readonly metadata: TemplateMetadata;
}

/** Fewer equal pages may be a coincidence. */
const MIN_PAGES = 5;
/** The minimum number of pages with the name of the site in their titles, besides being more than half. */
const MIN_NAMED = 3;
/** The home page, whose title is the name of the site, or begins with it. */
const HOME = /(?:^|\/)(?:index|default|home)(?:\.\w{3,4})?\.html?$/i;
/** The minimum share of pages with a title or a summary that is the template's. */
const MAX_SHARE = 0.2;
/** The same for tags and pictures, which pages on one subject may share. */
const MAX_COMMON_SHARE = 0.5;

/**
 * Finds the metadata that the template of an HTML archive repeats on every page: a title, a summary, keywords, a
 * picture. The page's own title is then the rarest of its other titles.
 *
 * @returns by path, for the pages that have some
 */
export function findBoilerplate(documents: readonly DescribedPage[]): Map<string, Boilerplate> {
  const pages = documents.filter(({ metadata }) => metadata.otherTitles !== undefined);
  const isShared = (keyOf: (metadata: TemplateMetadata) => string | undefined, share: number) => {
    const counts = tally(pages.flatMap(({ metadata, isList }) => (isList ? [] : (keyOf(metadata) ?? []))));
    return (key: string | undefined): boolean => {
      const count = counts.get(key ?? '') ?? 0;
      return count >= MIN_PAGES && count > pages.length * share;
    };
  };
  const isTitle = isShared(({ title }) => title, MAX_SHARE);
  const isSummary = isShared(({ summary }) => summary, MAX_SHARE);
  const isTags = isShared(joinedTags, MAX_COMMON_SHARE);
  const isImage = isShared(({ image }) => image?.url, MAX_COMMON_SHARE);
  const titles = tally(
    pages.flatMap(({ metadata: { title = '', otherTitles = [] } }) => [...new Set([title, ...otherTitles])]),
  );
  const withoutSite = siteRemover(pages);
  return new Map(
    pages.flatMap(({ path, metadata }): [string, Boilerplate][] => {
      const { title, summary, image, otherTitles = [] } = metadata;
      const own = isTitle(title) ? rarest(otherTitles, titles) : withoutSite(title);
      const fields = [
        ...(isSummary(summary) ? ['summary' as const] : []),
        ...(isTags(joinedTags(metadata)) ? ['tags' as const] : []),
        ...(isImage(image?.url) ? ['image' as const] : []),
      ];
      if (own === undefined && fields.length === 0) return [];
      return [[path, { ...(own === undefined ? {} : { title: own }), fields }]];
    }),
  );
}

/** Removes the name of the site from a title: what most titles have at one end and the home page has alone. */
function siteRemover(pages: readonly DescribedPage[]): (title: string | undefined) => string | undefined {
  const counts = tally(
    pages.flatMap(({ metadata: { title = '' } }) => {
      const parts = siteDivisions(title).flatMap(({ start, end }) => [start, end]);
      return [...new Set([title, ...parts].map(foldTitle))];
    }),
  );
  const homes = pages
    .filter(({ path }) => HOME.test(path))
    .flatMap(({ metadata: { title = '', otherTitles = [] } }) => [title, ...otherTitles].map(foldTitle));
  const isName = ([part, count]: readonly [string, number]): boolean =>
    count >= MIN_NAMED &&
    count * 2 > pages.length &&
    part !== '' &&
    homes.some((home) => `${home} `.startsWith(`${part} `));
  const names = new Set([...counts].filter(isName).map(([part]) => part));
  return (title = '') => {
    if (names.size === 0) return undefined;
    const parts = siteDivisions(title).flatMap(({ start, end }) =>
      names.has(foldTitle(start)) ? [end] : names.has(foldTitle(end)) ? [start] : [],
    );
    return parts.find((part) => foldTitle(part) !== '');
  };
}

/** The sides of each separator; the name of a site may also end with a full stop. */
function siteDivisions(title: string): { readonly start: string; readonly end: string }[] {
  const stop = title.indexOf('. ');
  const sentence = stop < 0 ? [] : [{ start: title.slice(0, stop), end: title.slice(stop + 2) }];
  return [...divisionsOf(title), ...sentence];
}

function joinedTags({ tags }: TemplateMetadata): string | undefined {
  return tags === undefined || tags.length === 0 ? undefined : tags.join('\n');
}

/** Of two that are as rare, the one within the other, which may have the name of the site beside it. */
function rarest(titles: readonly string[], counts: ReadonlyMap<string, number>): string | undefined {
  const countOf = (title: string): number => counts.get(title) ?? 0;
  const [first = ''] = titles.toSorted((one, other) => countOf(one) - countOf(other));
  return titles.findLast((title) => countOf(title) === countOf(first) && first.includes(title));
}
