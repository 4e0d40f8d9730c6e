import type { Mention, SeriesPlace } from '../article.ts';
import type { ParsedDocument } from '../documents/parsed-document.ts';
import { keyOf } from '../facets.ts';
import { mentionOf } from './related.ts';

interface Document {
  readonly path: string;
  readonly parsed: Pick<ParsedDocument, 'series' | 'listed' | 'language' | 'shownTitle'>;
  readonly identity: { readonly slug: string; readonly published: number };
  readonly pageReason: string | undefined;
}

/** An article and all parts of its series, visible or not. */
export interface SeriesMember {
  readonly name: string;
  readonly slug: string;
  /** In the order of the series. */
  readonly parts: readonly Mention[];
}

/**
 * The series that documents state, each in one language, in the order of the numbers that they state, and of their
 * publication.
 *
 * @returns by path
 */
export function findSeries(documents: readonly Document[]): Map<string, SeriesMember> {
  const stated = documents.filter(
    ({ parsed, pageReason }) => parsed.series !== undefined && parsed.listed && pageReason === undefined,
  );
  const groups = Map.groupBy(
    stated,
    ({ parsed: { series, language } }) => `${keyOf(series?.name ?? '')} ${language.split('-', 1)[0]}`,
  );
  return new Map(
    [...groups.values()].flatMap((group) => {
      const ordered = group.toSorted(
        (a, b) =>
          (a.parsed.series?.part ?? Number.POSITIVE_INFINITY) -
            (b.parsed.series?.part ?? Number.POSITIVE_INFINITY) ||
          a.identity.published - b.identity.published ||
          (a.path < b.path ? -1 : 1),
      );
      const parts = ordered.map(mentionOf);
      return ordered.map(({ path, parsed, identity }): [string, SeriesMember] => [
        path,
        { name: parsed.series?.name ?? '', slug: identity.slug, parts },
      ]);
    }),
  );
}

/** The place of an article among the visible parts of its series. */
export function placeInSeries(
  { name, slug, parts }: SeriesMember,
  isVisible: (slug: string) => boolean,
): SeriesPlace {
  const visible = parts.filter((part) => part.slug === slug || isVisible(part.slug));
  const index = visible.findIndex((part) => part.slug === slug);
  return {
    name,
    part: index + 1,
    parts: visible.length,
    previous: visible[index - 1],
    next: visible[index + 1],
  };
}
