import type { Draft } from './document.ts';

/** A page as far as it is needed here. */
interface Page {
  readonly path: string;
  readonly draft: Draft;
}

/** What fewer pages say alike may be a coincidence. */
const MIN_PAGES = 5;
/** A title or a summary that so many of all pages have is the template's. */
const MAX_SHARE = 0.2;
/** Pages about the same may share their tags and their picture; most of all pages do not. */
const MAX_COMMON_SHARE = 0.5;

/**
 * Leaves out what the template of an HTML archive says on every page: a title, a summary, keywords, a picture, which say
 * nothing of any article. The title is then the likeliest that is the page's own.
 *
 * @returns drafts by paths, of those pages that are other than they were
 */
export function withoutTemplateClaims(documents: readonly Page[]): Map<string, Draft> {
  const pages = documents.filter(({ draft }) => draft.otherTitles !== undefined);
  const isShared = (keyOf: (draft: Draft) => string | undefined, share: number) => {
    const counts = new Map<string, number>();
    for (const { draft } of pages) {
      const key = keyOf(draft);
      if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return (key: string | undefined): boolean => {
      const count = counts.get(key ?? '') ?? 0;
      return count >= MIN_PAGES && count > pages.length * share;
    };
  };
  const isTitle = isShared(({ title }) => title, MAX_SHARE);
  const isSummary = isShared(({ summary }) => summary, MAX_SHARE);
  const isTags = isShared(tagsOf, MAX_COMMON_SHARE);
  const isImage = isShared(({ image }) => image?.url, MAX_COMMON_SHARE);
  const titles = countTitles(pages);
  return new Map(
    pages.flatMap(({ path, draft }): [string, Draft][] => {
      const { title, summary, tags, image, otherTitles = [], ...rest } = draft;
      const own = isTitle(title) ? rarest(otherTitles, titles) : undefined;
      const isOwn = [isTitle(title), isSummary(summary), isTags(tagsOf(draft)), isImage(image?.url)];
      if (!isOwn.includes(true)) return [];
      return [
        [
          path,
          {
            ...rest,
            ...((own ?? title) === undefined ? {} : { title: own ?? title }),
            ...(isSummary(summary) || summary === undefined ? {} : { summary }),
            ...(isTags(tagsOf(draft)) || tags === undefined ? {} : { tags }),
            ...(isImage(image?.url) || image === undefined ? {} : { image }),
            html: own === undefined ? rest.html : withoutHeading(rest.html, own),
          },
        ],
      ];
    }),
  );
}

function tagsOf({ tags }: Draft): string | undefined {
  return tags === undefined || tags.length === 0 ? undefined : tags.join('\n');
}

/** How many pages have each title among those that they could have. */
function countTitles(pages: readonly Page[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { draft } of pages) {
    for (const title of new Set([draft.title ?? '', ...(draft.otherTitles ?? [])]))
      counts.set(title, (counts.get(title) ?? 0) + 1);
  }
  return counts;
}

function rarest(titles: readonly string[], counts: ReadonlyMap<string, number>): string | undefined {
  return titles.toSorted((one, other) => (counts.get(one) ?? 0) - (counts.get(other) ?? 0))[0];
}

/** The content without the heading at its beginning that says its title. */
function withoutHeading(html: string, title: string): string {
  const [heading = '', , words = ''] = /^\s*<(h[1-6])\b[^>]*>(.*?)<\/\1>/s.exec(html) ?? [];
  return essence(words.replace(/<[^>]*>/g, '')) === essence(title) ? html.slice(heading.length) : html;
}

function essence(text: string): string {
  return text.replace(/&(?:#?\w+);/g, '').replace(/[^\p{L}\p{N}]+/gu, '');
}
