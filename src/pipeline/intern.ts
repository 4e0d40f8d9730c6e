import type { FacetValue } from '../facets.ts';
import type { Identity } from '../identity/reconcile.ts';
import type { ArticleReport } from './inline-pipeline.ts';

const NO_VALUES: readonly FacetValue[] = [];

/** Makes of equal values one, since articles by the thousand have the same, and takes the strings that are there already. */
export function internValues(): (report: ArticleReport, identity: Identity) => ArticleReport {
  const lists = new Map<string, readonly FacetValue[]>();
  const share = (list: readonly FacetValue[]): readonly FacetValue[] => {
    if (list.length === 0) return NO_VALUES;
    let name = '';
    for (const { key, label } of list) name += `${key}\0${label}\0`;
    const known = lists.get(name) ?? list;
    lists.set(name, known);
    return known;
  };
  return ({ facts, ...report }, { id, slug }) => {
    const { tag, source, author, language, year, collection } = facts.values;
    const values = {
      tag: share(tag),
      source: share(source),
      author: share(author),
      language: share(language),
      year: share(year),
      collection: share(collection),
    };
    return { ...report, facts: { ...facts, id, slug, values } };
  };
}
