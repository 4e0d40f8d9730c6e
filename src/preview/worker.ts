import { env } from 'cloudflare:workers';
import { createApp, type Environment, openApp } from '../app/app.ts';
import { partPath } from '../routes/paths.ts';
import { decodeStore, type StoreIndex } from '../store/format.ts';
import { StoreError } from '../store/integrity.ts';

/*
 * The worker of a preview: the deployed worker, except that it fetches its store on each request. So it need not
 * restart when a document changes. Its links lead to itself, whatever the site's URL. Open pages reload after each
 * build.
 */

declare global {
  namespace Cloudflare {
    interface Env {
      /** See serve.ts. */
      readonly BUILDS: Fetcher;
      readonly PREVIEW: { readonly showsFuture: boolean; readonly banner: string };
    }
  }
}

/** The binding uses only the path. */
const BUILDS = 'https://builds.invalid';
/** The same as in serve.ts, which runs in Node. */
const EVENTS = '/__tidings/builds';

let current: { readonly tag: string; readonly app: ReturnType<typeof openApp> } | undefined;

async function fetchAsset(name: string): Promise<Response | undefined> {
  const response = await env.BUILDS.fetch(BUILDS + partPath(name));
  return response.ok ? response : undefined;
}

const assets = {
  readAsset: async (digest: string) => (await fetchAsset(digest))?.arrayBuffer(),
  openAsset: async (name: string) => (await fetchAsset(name))?.body ?? undefined,
};

function openPreviewApp(store: ArrayBuffer): ReturnType<typeof openApp> {
  if (env.PREVIEW.showsFuture) {
    try {
      const index = decodeStore(store);
      const end = showFuture(index, Date.now());
      return createApp(index, { clock: () => Math.max(end, Date.now()), ...assets });
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
    }
  }
  return openApp(store, { clock: Date.now, ...assets });
}

/** Returns an instant at which everything is published; articles that expire later than now stay visible. */
function showFuture({ published, expires }: StoreIndex, now: number): number {
  for (const [article, end] of expires.entries()) if (end > now) expires[article] = Number.POSITIVE_INFINITY;
  return (published.at(-1) ?? 0) + 1000;
}

const script = `{
  let shown;
  new EventSource(${JSON.stringify(EVENTS)}).onmessage = ({ data }) => {
    if (shown !== undefined && shown !== data) location.reload();
    shown = data;
  };
  const banner = ${JSON.stringify(env.PREVIEW.banner)};
  if (banner !== '') {
    const element = document.createElement('p');
    element.textContent = banner;
    element.style.cssText = 'margin:0;padding:.5rem 1rem;background:#b45309;color:#fff;font:600 1rem sans-serif;text-align:center';
    document.body.prepend(element);
  }
}`;

/** Adds the reload script to a page, and allows it in the content security policy. */
async function withScript(response: Response): Promise<Response> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(script));
  const source = `'sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}'`;
  const headers = new Headers(response.headers);
  const policy = headers.get('Content-Security-Policy') ?? '';
  headers.set('Content-Security-Policy', policy.replace('script-src', `script-src ${source}`));
  headers.set('Cache-Control', 'no-store');
  for (const name of ['Content-Length', 'ETag', 'Last-Modified']) headers.delete(name);
  const page = `${await response.text()}<script>${script}</script>`;
  return new Response(page, { status: response.status, headers });
}

export default {
  async fetch(request, _, context) {
    if (new URL(request.url).pathname === EVENTS) return env.BUILDS.fetch(BUILDS + EVENTS);
    const store = await env.BUILDS.fetch(BUILDS, { headers: { 'If-None-Match': current?.tag ?? '' } });
    if (store.ok) {
      const app = openPreviewApp(await store.arrayBuffer());
      current = { tag: store.headers.get('etag') ?? '', app };
    }
    if (current === undefined) return store;
    const respond = (sent: Request) => current?.app.fetch(sent, { SITE_URL: '' }, context) ?? store;
    // Only a browser that navigates to a page sends this header; all other clients get the site's exact response.
    if (request.method !== 'GET' || request.headers.get('Sec-Fetch-Dest') !== 'document')
      return respond(request);
    const headers = new Headers(request.headers);
    for (const name of ['Accept-Encoding', 'If-None-Match', 'If-Modified-Since']) headers.delete(name);
    const response = await respond(new Request(request.url, { headers }));
    return /^text\/html/.test(response.headers.get('Content-Type') ?? '') ? withScript(response) : response;
  },
} satisfies ExportedHandler<Environment>;
