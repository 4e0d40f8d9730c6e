import { env } from 'cloudflare:workers';
import { openApp } from './app/app.ts';
import { partPath } from './routes/paths.ts';

declare global {
  namespace Cloudflare {
    interface Env {
      /** The binding in wrangler.toml for the files beside the worker. */
      readonly ASSETS: Fetcher;
    }
  }
}

async function fetchAsset(name: string): Promise<Response | undefined> {
  // The binding uses only the path.
  const response = await env.ASSETS.fetch(`https://assets.invalid${partPath(name)}`);
  return response.ok ? response : undefined;
}

/** The worker of a publication; the build writes a module that calls this. */
export function createWorker(store: ArrayBuffer): ExportedHandler<Cloudflare.Env> {
  return openApp(store, {
    clock: Date.now,
    readAsset: async (digest) => (await fetchAsset(digest))?.arrayBuffer(),
    openAsset: async (name) => (await fetchAsset(name))?.body ?? undefined,
  });
}
