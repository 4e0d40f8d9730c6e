import store from '#store';
import { createApp } from '../../../src/app/app.ts';
import { decodeStore } from '../../../src/store/format.ts';

/** Our worker with as many entries in a feed as the peer, without a size limit. */
const index = decodeStore(store);
const settings = { ...index.site.settings, feedBytes: 100_000_000 };
export default createApp(
  { ...index, site: { ...index.site, settings } },
  {
    clock: Date.now,
    readAsset: async () => undefined,
  },
);
