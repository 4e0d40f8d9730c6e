import type { Instant } from '../article.ts';
import { liesAhead } from '../documents/dates/instant.ts';
import type { ParsedDocument } from '../documents/parsed-document.ts';

/** When a document says that it is published; the date of something that has happened cannot lie ahead. */
export function statedPublication(
  { published }: Pick<ParsedDocument, 'published'>,
  now: Instant,
): Instant | undefined {
  return published?.isPast && liesAhead(published, now) ? now : published?.instant;
}

/** Whether that is still to come. */
export function isToCome(facts: Pick<ParsedDocument, 'published'>, now: Instant): boolean {
  const published = statedPublication(facts, now);
  return published !== undefined && published > now;
}

interface Document {
  readonly path: string;
}

/**
 * Derives something of each document from all of them, such that a scheduled document influences none of the others: what
 * is published before its instant must be the same with it and without it.
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
