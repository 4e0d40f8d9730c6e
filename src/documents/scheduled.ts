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
