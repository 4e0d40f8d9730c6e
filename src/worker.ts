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

async function readAsset(digest: string): Promise<ArrayBuffer | undefined> {
  // The binding uses only the path.
  const response = await env.ASSETS.fetch(`https://assets.invalid${partPath(digest)}`);
  return response.ok ? response.arrayBuffer() : undefined;
}

/** The worker of a publication; the build writes a module that calls this. */
export function createWorker(store: ArrayBuffer): ExportedHandler<Cloudflare.Env> {
  return openApp(store, { clock: Date.now, readAsset });
}
