import type { BlobRef } from './blob-ref.ts';
import type { SavedIndex } from './cache-index.ts';

/** What a builder that stays knows of its last build, and need not read again. */
export interface WarmCache {
  /** What that build remembers. */
  remembered?: SavedIndex | undefined;
  /** What was kept, as it was before it was serialised. */
  readonly values: WeakMap<BlobRef, unknown>;
}
