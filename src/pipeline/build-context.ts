import { deserialize } from 'node:v8';
import type { Kept } from './blob-ref.ts';
import type { Cache } from './cache.ts';
import type { RememberedDocument } from './cache-index.ts';
import type { ArticleReport } from './inline-pipeline.ts';
import { batchesOf, inOrder } from './map-ordered.ts';
import type { Progress } from './progress.ts';
import type { Recollection } from './warm-cache.ts';
import type { Crew } from './worker-pool.ts';

/** How many documents are handed over at once. */
const BATCH = 32;

/** What is known of a document in this build. */
export interface Known extends RememberedDocument {
  readonly content?: Kept;
}

/** What all that is done in a build has in common. */
export interface Desk {
  readonly cache: Cache;
  readonly crew: Crew;
  readonly progress: Progress;
  /** How many orders may be under way or done and not yet taken. */
  readonly ahead: number;
  /** By path. */
  readonly known: Map<string, Known>;
  /** What was remembered of articles, by path; to be taken if they are what they were. */
  readonly reports: Map<string, ArticleReport>;
  /** Absent in a build after which there is no other. */
  readonly recollection?: Recollection;
}

/** What was kept of that type; undefined when it is not as it was. */
export function recall<Value>({ cache, recollection }: Desk, kept: Kept | undefined): Value | undefined {
  if (kept === undefined) return undefined;
  const known = recollection?.values.get(kept);
  if (known !== undefined) return known as Value; // as memory.ts says, and below
  const bytes = cache.read(kept);
  if (bytes === undefined) return undefined;
  const value: Value = deserialize(bytes);
  recollection?.values.set(kept, value);
  return value;
}

/** Has work done on some items after the others, and shows how far it is. */
export async function workThrough<Item>(
  { ahead, progress }: Desk,
  what: string,
  items: readonly Item[],
  work: (batch: readonly Item[]) => Promise<void>,
): Promise<void> {
  progress.begin(what, items.length);
  const workAndTell = async (batch: readonly Item[]): Promise<void> => {
    await work(batch);
    progress.advance(batch.length);
  };
  for await (const _ of inOrder(batchesOf(items, BATCH), workAndTell, ahead));
}

export function lost(path: string): Error {
  return new Error(`Cannot publish seeds/${path}: what was made of it is lost; build again`);
}
