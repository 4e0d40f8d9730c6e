import { env } from 'cloudflare:workers';
import store from '#store';
import { createApp } from './app/app.ts';
import { partPath } from './routes/paths.ts';
import { site } from './site.ts';
import { decodeStore } from './store/format.ts';

async function readPart(digest: string): Promise<ArrayBuffer | undefined> {
  // To the binding only the path counts.
  const response = await env.ASSETS.fetch(`https://assets.invalid${partPath(digest)}`);
  return response.ok ? response.arrayBuffer() : undefined;
}

export default createApp(site, decodeStore(store), { clock: Date.now, readPart });
