import type { Kept } from './blob-ref.ts';
import type { Remembered } from './cache-index.ts';

/** What a builder that stays knows of its last build, and need not read again. */
export interface Recollection {
  /** What that build remembers. */
  remembered?: Remembered | undefined;
  /** What was kept, as it was before it was serialised. */
  readonly values: WeakMap<Kept, unknown>;
}
