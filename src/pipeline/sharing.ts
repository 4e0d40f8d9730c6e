import type { ResolvedDocument } from '../corpus/resolve-documents.ts';
import { byFacet, type FacetValue } from '../facets.ts';
import type { BlobRef } from './blobs.ts';
import type { ArticleBlobs } from './document-tasks.ts';
import type { ArticleReport } from './render.ts';

export type Sharing = ReturnType<typeof createSharing>;

const NONE: readonly never[] = [];

function sharedEmpty<Item>(items: readonly Item[]): readonly Item[] {
  return items.length === 0 ? NONE : items;
}

/**
 * Replaces equal parts of results by one object, because results of other threads and of the cache are copies. In a
 * large archive this saves more than a kilobyte of memory for each document.
 */
export function createSharing() {
  const files = new Map<string, string>();
  const values = new Map<string, FacetValue>();
  const sharedValue = (value: FacetValue): FacetValue => {
    const name = `${value.key}/${value.label}`;
    const known = values.get(name) ?? value;
    values.set(name, known);
    return known;
  };
  const ref = (own: BlobRef): BlobRef => {
    const file = files.get(own.file) ?? own.file;
    files.set(file, file);
    return { ...own, file };
  };
  return {
    ref,
    blobs: ({ report, record, textFormats, postings }: ArticleBlobs): ArticleBlobs => ({
      report: ref(report),
      record: ref(record),
      textFormats: ref(textFormats),
      postings: ref(postings),
    }),
    /** The report of a document, with its own id and slug. */
    report(
      { metadata, warnings, bytes }: ArticleReport,
      { identity: { id, slug } }: Pick<ResolvedDocument, 'identity'>,
    ): ArticleReport {
      const values = byFacet((facet) => sharedEmpty(metadata.values[facet].map(sharedValue)));
      const renditionStarts = sharedEmpty(metadata.renditionStarts);
      return {
        metadata: { ...metadata, id, slug, renditionStarts, values },
        warnings: sharedEmpty(warnings),
        bytes,
      };
    },
  };
}
