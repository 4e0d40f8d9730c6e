import type { ResolvedDocument } from '../corpus/resolve-documents.ts';
import { byFacet, type FacetValue } from '../facets.ts';
import type { BlobRef } from './blobs.ts';
import type { ArticleReport } from './render.ts';
import type { ArticleBlobs } from './tasks.ts';

/**
 * Replaces equal parts of results by one object, because results of other threads and of the cache are copies. In a
 * large archive this saves more than a kilobyte of memory for each document.
 */
export interface Sharing {
  ref(ref: BlobRef): BlobRef;
  blobs(blobs: ArticleBlobs): ArticleBlobs;
  /** The report of a document, with its own id and slug. */
  report(report: ArticleReport, document: Pick<ResolvedDocument, 'identity'>): ArticleReport;
}

const NONE: readonly never[] = [];

function sharedEmpty<Item>(items: readonly Item[]): readonly Item[] {
  return items.length === 0 ? NONE : items;
}

export function createSharing(): Sharing {
  const files = new Map<string, string>();
  const values = new Map<string, FacetValue>();
  const sharedValue = (value: FacetValue): FacetValue => {
    const name = `${value.key}/${value.label}`;
    const known = values.get(name) ?? value;
    values.set(name, known);
    return known;
  };
  const sharedValues = (own: readonly FacetValue[]): readonly FacetValue[] =>
    own.length === 0 ? NONE : own.map(sharedValue);
  const ref = (own: BlobRef): BlobRef => {
    const file = files.get(own.file) ?? own.file;
    files.set(file, file);
    return { ...own, file };
  };
  return {
    ref,
    blobs: ({ report, record, textFormats, postings }) => ({
      report: ref(report),
      record: ref(record),
      textFormats: ref(textFormats),
      postings: ref(postings),
    }),
    report({ metadata, warnings, bytes }, { identity: { id, slug } }) {
      const values = byFacet((facet) => sharedValues(metadata.values[facet]));
      const renditionStarts = sharedEmpty(metadata.renditionStarts);
      return {
        metadata: { ...metadata, id, slug, renditionStarts, values },
        warnings: sharedEmpty(warnings),
        bytes,
      };
    },
  };
}
