import { DIMENSIONS, type Dimension } from '../facets.ts';
import type { ValueRecord } from './facet-values-format.ts';
import type { ArticleFacts } from './metadata.ts';

/**
 * The listed articles by what they can be chosen by. Of the spellings of a value, the most frequent is its label.
 *
 * @param articles by number
 */
export function valueRecords(articles: readonly ArticleFacts[]): Record<Dimension, ValueRecord[]> {
  const records = DIMENSIONS.map((dimension) => [dimension, recordsOf(articles, dimension)]);
  return Object.fromEntries(records) as Record<Dimension, ValueRecord[]>; // one for each of DIMENSIONS
}

function recordsOf(articles: readonly ArticleFacts[], dimension: Dimension): ValueRecord[] {
  const found = new Map<string, { labels: Map<string, number>; members: number[] }>();
  for (const [number, { listed, values }] of articles.entries()) {
    if (!listed) continue;
    for (const { key, label } of values[dimension]) {
      const record = found.get(key) ?? { labels: new Map<string, number>(), members: [] };
      record.labels.set(label, (record.labels.get(label) ?? 0) + 1);
      record.members.push(number);
      found.set(key, record);
    }
  }
  return [...found].map(([key, { labels, members }]) => ({ key, label: mostFrequent(labels), members }));
}

function mostFrequent(counts: ReadonlyMap<string, number>): string {
  const [[label] = ['']] = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return label;
}
