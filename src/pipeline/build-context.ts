import { deserialize } from 'node:v8';
import type { BlobRef } from './blob-ref.ts';
import type { Cache } from './cache.ts';
import type { CachedDocument } from './cache-index.ts';
import type { ArticleReport } from './inline-pipeline.ts';
import { batchesOf, mapOrdered } from './map-ordered.ts';
import type { Progress } from './progress.ts';
import type { WarmCache } from './warm-cache.ts';
import type { WorkerPool } from './worker-pool.ts';

/** How many documents are handed over at once. */
const BATCH = 32;

/** What is known of a document in this build. */
export interface DocumentState extends CachedDocument {
  readonly content?: BlobRef;
}

/** What all that is done in a build has in common. */
export interface BuildContext {
  readonly cache: Cache;
  readonly pool: WorkerPool;
  readonly progress: Progress;
  /** How many orders may be under way or done and not yet taken. */
  readonly ahead: number;
  /** By path. */
  readonly known: Map<string, DocumentState>;
  /** What was remembered of articles, by path; to be taken if they are what they were. */
  readonly reports: Map<string, ArticleReport>;
  /** Absent in a build after which there is no other. */
  readonly warm?: WarmCache;
}

/** What was kept of that type; undefined when it is not as it was. */
export function loadCached<Value>(
  { cache, warm }: BuildContext,
  kept: BlobRef | undefined,
): Value | undefined {
  if (kept === undefined) return undefined;
  const known = warm?.values.get(kept);
  if (known !== undefined) return known as Value; // as memory.ts says, and below
  const bytes = cache.read(kept);
  if (bytes === undefined) return undefined;
  const value: Value = deserialize(bytes);
  warm?.values.set(kept, value);
  return value;
}

/** Has work done on some items after the others, and shows how far it is. */
export async function mapBatches<Item>(
  { ahead, progress }: BuildContext,
  what: string,
  items: readonly Item[],
  work: (batch: readonly Item[]) => Promise<void>,
): Promise<void> {
  progress.begin(what, items.length);
  const workAndTell = async (batch: readonly Item[]): Promise<void> => {
    await work(batch);
    progress.advance(batch.length);
  };
  for await (const _ of mapOrdered(batchesOf(items, BATCH), workAndTell, ahead));
}

export function lost(path: string): Error {
  return new Error(`Cannot publish seeds/${path}: what was made of it is lost; build again`);
}
