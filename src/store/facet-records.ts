import { FACETS, type Facet } from '../facets.ts';
import type { FacetRecord } from './facet-values-format.ts';
import type { ArticleMetadata } from './metadata.ts';

/**
 * The listed articles by what they can be chosen by. Of the spellings of a value, the one that most articles have is its
 * label; articles that come later may change it, but not before they come.
 *
 * @param articles by number
 */
export function facetRecords(articles: readonly ArticleMetadata[]): Record<Facet, FacetRecord[]> {
  const records = FACETS.map((facet) => [facet, recordsOf(articles, facet)]);
  return Object.fromEntries(records) as Record<Facet, FacetRecord[]>; // one for each of FACETS
}

interface Counted {
  readonly counts: Map<string, number>;
  readonly labels: { from: number; label: string }[];
  readonly members: number[];
}

function recordsOf(articles: readonly ArticleMetadata[], facet: Facet): FacetRecord[] {
  const found = new Map<string, Counted>();
  for (const [number, { listed, values }] of articles.entries()) {
    if (!listed) continue;
    for (const { key, label } of values[facet]) {
      const value = found.get(key) ?? { counts: new Map<string, number>(), labels: [], members: [] };
      found.set(key, value);
      value.members.push(number);
      count(value, number, label);
    }
  }
  return [...found].map(([key, { labels, members }]) => ({ key, labels, members }));
}

/** Of labels that equally many articles have, the first in the order of their letters. */
function count({ counts, labels }: Counted, article: number, label: string): void {
  const own = (counts.get(label) ?? 0) + 1;
  counts.set(label, own);
  const last = labels.at(-1)?.label;
  if (last === label) return;
  const most = last === undefined ? 0 : (counts.get(last) ?? 0);
  if (own > most || (own === most && label < (last ?? ''))) labels.push({ from: article, label });
}
