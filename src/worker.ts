import store from '#store';
import { createApp } from './app.ts';
import { site } from './site.ts';
import { decodeStore } from './store/format.ts';

export default createApp(site, decodeStore(store), Date.now);
