import type { Instant } from '../article.ts';
import { liesAhead } from '../documents/dates/instant.ts';
import type { ParsedDocument } from '../documents/parsed-document.ts';

/** The date of publication that a document states. */
export function statedPublication(
  { published }: Pick<ParsedDocument, 'published'>,
  now: Instant,
): Instant | undefined {
  return published?.isPast && liesAhead(published, now) ? now : published?.instant;
}

/** Whether that is in the future. */
export function isToCome(parsed: Pick<ParsedDocument, 'published'>, now: Instant): boolean {
  const published = statedPublication(parsed, now);
  return published !== undefined && published > now;
}

interface Document {
  readonly path: string;
}

/**
 * Derives a value of each document from all of them without influence of scheduled documents on the others: everything
 * that is published before their instants must be the same with and without them.
 *
 * @param derive gives it by paths
 */
export function deriveFromAll<D extends Document, Value>(
  documents: readonly D[],
  isScheduled: (document: D) => boolean,
  derive: (documents: readonly D[]) => ReadonlyMap<string, Value>,
): ReadonlyMap<string, Value> {
  const scheduled = documents.filter(isScheduled);
  if (scheduled.length === 0) return derive(documents);
  const derived = new Map(derive(documents.filter((document) => !isScheduled(document))));
  const ofAll = derive(documents);
  for (const { path } of scheduled) {
    const value = ofAll.get(path);
    if (value !== undefined) derived.set(path, value);
  }
  return derived;
}
