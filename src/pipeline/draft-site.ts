import type { Instant } from '../article.ts';
import { decodeStore } from '../store/format.ts';
import { openStore, type Store } from '../store/store.ts';
import type { AssetStore } from './files.ts';

/** The site as the worker serves it at the instant of the build. */
export interface DraftSite {
  readonly store: Store;
  /** The response to a GET request; undefined if it is an error or a redirect. */
  get(path: string): Promise<DraftResponse | undefined>;
}

interface DraftResponse {
  readonly headers: Headers;
  readonly body: Uint8Array<ArrayBuffer>;
}

/**
 * @param draft the store, without its search index
 * @param url the pinned address
 */
export async function openDraftSite(
  draft: Uint8Array<ArrayBuffer>,
  url: string,
  now: Instant,
  readAsset: AssetStore['read'],
): Promise<DraftSite> {
  const index = decodeStore(draft.buffer);
  // Only builds with a pinned address load the modules of the worker.
  const { createApp } = await import('../app/app.ts');
  const app = createApp(index, {
    clock: () => now,
    readAsset: async (digest) => readAsset(digest)?.buffer,
  });
  return {
    store: openStore(index, now),
    async get(path) {
      const response = await app.fetch(new Request(new URL(path, url)));
      if (response.status !== 200) return undefined;
      return { headers: response.headers, body: new Uint8Array(await response.arrayBuffer()) };
    },
  };
}
