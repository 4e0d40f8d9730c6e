import type { Draft } from '../documents/draft.ts';
import { HEADINGS, isElement, type Root, rawText } from '../html/tree.ts';

/** What a page says of itself that its template may have put there. */
export type Claims = Pick<Draft, 'title' | 'otherTitles' | 'summary' | 'tags' | 'image'>;

/** A page as far as it is needed here. */
interface Page {
  readonly path: string;
  readonly claims: Claims;
}

/** What of a page is not its own. */
export interface Amendment {
  /** The title that is its own; absent when that is the one it has. */
  readonly title?: string;
  /** What only its template says. */
  readonly drops: readonly ('summary' | 'tags' | 'image')[];
}

/** What fewer pages say alike may be a coincidence. */
const MIN_PAGES = 5;
/** A title or a summary that so many of all pages have is the template's. */
const MAX_SHARE = 0.2;
/** Pages about the same may share their tags and their picture; most of all pages do not. */
const MAX_COMMON_SHARE = 0.5;

/**
 * Tells what the template of an HTML archive says on every page: a title, a summary, keywords, a picture, which say
 * nothing of any article. The title is then the likeliest that is the page's own.
 *
 * @returns amendments by paths, of those pages that have other claims than their own
 */
export function findTemplateClaims(documents: readonly Page[]): Map<string, Amendment> {
  const pages = documents.filter(({ claims }) => claims.otherTitles !== undefined);
  const isShared = (keyOf: (claims: Claims) => string | undefined, share: number) => {
    const counts = new Map<string, number>();
    for (const { claims } of pages) {
      const key = keyOf(claims);
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
    pages.flatMap(({ path, claims }): [string, Amendment][] => {
      const { title, summary, image, otherTitles = [] } = claims;
      const own = isTitle(title) ? rarest(otherTitles, titles) : undefined;
      const drops = [
        ...(isSummary(summary) ? ['summary' as const] : []),
        ...(isTags(tagsOf(claims)) ? ['tags' as const] : []),
        ...(isImage(image?.url) ? ['image' as const] : []),
      ];
      if (own === undefined && drops.length === 0) return [];
      return [[path, { ...(own === undefined ? {} : { title: own }), drops }]];
    }),
  );
}

/** A draft without what is not its own. */
export function amendDraft(draft: Draft, { title, drops }: Amendment): Draft {
  const amended: { -readonly [Name in keyof Draft]: Draft[Name] } = { ...draft };
  for (const name of drops) delete amended[name];
  return title === undefined ? amended : { ...amended, title, content: withoutHeading(draft.content, title) };
}

function tagsOf({ tags }: Claims): string | undefined {
  return tags === undefined || tags.length === 0 ? undefined : tags.join('\n');
}

/** How many pages have each title among those that they could have. */
function countTitles(pages: readonly Page[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { claims } of pages) {
    for (const title of new Set([claims.title ?? '', ...(claims.otherTitles ?? [])]))
      counts.set(title, (counts.get(title) ?? 0) + 1);
  }
  return counts;
}

function rarest(titles: readonly string[], counts: ReadonlyMap<string, number>): string | undefined {
  return titles.toSorted((one, other) => (counts.get(one) ?? 0) - (counts.get(other) ?? 0))[0];
}

/** The content without the heading at its beginning that says its title. */
function withoutHeading(content: Root, title: string): Root {
  const first = content.children.find((child) => child.type !== 'text' || /\S/u.test(child.value));
  return isElement(first, ...HEADINGS) && essence(rawText(first)) === essence(title)
    ? { ...content, children: content.children.filter((child) => child !== first) }
    : content;
}

function essence(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, '');
}
