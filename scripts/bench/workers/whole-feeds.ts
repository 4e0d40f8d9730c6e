import store from '#store';
import { createApp } from '../../../src/app/app.ts';
import { site } from '../../../src/site.ts';
import { decodeStore } from '../../../src/store/format.ts';

/** Our worker with as many entries in a feed as the peer has, whatever they weigh. */
export default createApp({ ...site, feedBytes: 100_000_000 }, decodeStore(store), {
  clock: Date.now,
  readAsset: async () => undefined,
});
