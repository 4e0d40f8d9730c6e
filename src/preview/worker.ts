import { env } from 'cloudflare:workers';
import { type Environment, openApp } from '../app/app.ts';
import { partPath } from '../routes/paths.ts';

/*
 * The worker of a preview: what is deployed, but for its store, which it asks for at each request. So it need not start
 * again when a document has changed, and its links lead to itself, wherever the site will be.
 */

declare global {
  namespace Cloudflare {
    interface Env {
      /** See builds.ts. */
      readonly BUILDS: Fetcher;
    }
  }
}

/** To the binding only the path counts. */
const BUILDS = 'https://builds.invalid';

let current: { readonly tag: string; readonly app: ReturnType<typeof openApp> } | undefined;

async function readAsset(digest: string): Promise<ArrayBuffer | undefined> {
  const response = await env.BUILDS.fetch(BUILDS + partPath(digest));
  return response.ok ? response.arrayBuffer() : undefined;
}

export default {
  async fetch(request, _, context) {
    const store = await env.BUILDS.fetch(BUILDS, { headers: { 'If-None-Match': current?.tag ?? '' } });
    if (store.ok) {
      const app = openApp(await store.arrayBuffer(), { clock: Date.now, readAsset });
      current = { tag: store.headers.get('etag') ?? '', app };
    }
    if (current === undefined) return store;
    return current.app.fetch(request, { SITE_URL: '' }, context);
  },
} satisfies ExportedHandler<Environment>;
