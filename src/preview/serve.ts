import { join } from 'node:path';
import type * as Esbuild from 'esbuild';
import type * as Miniflare from 'miniflare';
import { MODULE_ENDING } from '../package.ts';
import { type Builds, handleWorkerRequest } from './builds.ts';
import { importWithWrangler, importWrangler, wranglerConfiguration } from './wrangler.ts';

export interface PreviewServer {
  /** Restarts the worker with the current sources and external files. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

export interface ServeOptions {
  readonly port: number;
  /** The folder of the external files. */
  readonly assets: string;
  readonly builds: Builds;
  /** Whether scheduled articles are shown. */
  readonly showsFuture: boolean;
  /** The notice on every page of the preview; may be empty. */
  readonly banner: string;
}

/**
 * Serves the worker of a preview in workerd, with the files outside it as Cloudflare serves them by `wrangler.toml`.
 *
 * @throws Error if the port is taken, or the sources do not compile
 */
export async function servePreview({
  port,
  assets,
  builds,
  showsFuture,
  banner,
}: ServeOptions): Promise<PreviewServer> {
  const [{ unstable_getMiniflareWorkerOptions }, library] = await Promise.all([
    importWrangler(),
    importWithWrangler<typeof Miniflare>('miniflare'),
  ]);
  const { workerOptions } = unstable_getMiniflareWorkerOptions(wranglerConfiguration(), undefined, {
    overrides: { assets: { directory: assets } },
  });
  const options = async () =>
    library.convertV4MiniflareOptions({
      host: '127.0.0.1',
      port,
      // Cloudflare's request properties would be fetched from the network, and the preview does not need them.
      cf: false,
      workers: [
        {
          ...workerOptions,
          modules: [{ type: 'ESModule', path: 'worker.js', contents: await bundle() }],
          bindings: { PREVIEW: { showsFuture, banner } },
          serviceBindings: {
            BUILDS: async (request) => handleWorkerRequest(request, builds, library),
          },
        },
      ],
    });
  const miniflare = new library.Miniflare(await options());
  await miniflare.ready.catch((error: Error) => {
    if (!/in use/.test(error.message)) throw error;
    throw new Error(`Cannot listen on 127.0.0.1:${port}: another program does; expected a free port in PORT`);
  });
  return {
    reload: async () => miniflare.setOptions(await options()),
    close: () => miniflare.dispose(),
  };
}

/** Bundles the worker as wrangler does for a deploy. */
async function bundle(): Promise<string> {
  const { build } = await importWithWrangler<typeof Esbuild>('esbuild');
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, `worker${MODULE_ENDING}`)],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2024',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*'],
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
}
