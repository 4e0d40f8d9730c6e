import { env } from 'cloudflare:workers';
import store from '#store';
import { openApp } from './app/app.ts';
import { partPath } from './routes/paths.ts';
import { site } from './site.ts';

async function readAsset(digest: string): Promise<ArrayBuffer | undefined> {
  // To the binding only the path counts.
  const response = await env.ASSETS.fetch(`https://assets.invalid${partPath(digest)}`);
  return response.ok ? response.arrayBuffer() : undefined;
}

export default openApp(site, store, { clock: Date.now, readAsset });
