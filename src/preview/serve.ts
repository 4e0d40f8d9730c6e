import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Esbuild from 'esbuild';
import type * as Miniflare from 'miniflare';
import type { TestHarness, Unstable_RawConfig } from 'wrangler';
import { WRANGLER_FILES } from '../config/wrangler-file.ts';
import { attempt } from '../memo.ts';
import { IS_PUBLISHED, modulePath, PACKAGE_ROOT } from '../package.ts';
import { paths } from '../routes/paths.ts';

export interface PreviewServer {
  /** Restarts the worker with the current sources and external files. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

interface ServeOptions {
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
          modules: [{ type: 'ESModule', path: 'worker.js', contents: await workerSource() }],
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
    throw new Error(`Cannot listen on 127.0.0.1:${port}: it is taken; expected a free port in PORT`);
  });
  return {
    reload: async () => miniflare.setOptions(await options()),
    close: () => miniflare.dispose(),
  };
}

/** How wrangler bundles a worker for a deploy. */
export const WORKER_BUNDLE = {
  bundle: true,
  format: 'esm',
  target: 'es2024',
  conditions: ['workerd', 'worker', 'browser'],
  external: ['cloudflare:*'],
  logLevel: 'error',
} as const satisfies Esbuild.BuildOptions;

async function workerSource(): Promise<string> {
  const path = modulePath('preview/worker');
  if (IS_PUBLISHED) return readFile(path, 'utf8');
  const { build } = await importWithWrangler<typeof Esbuild>('esbuild');
  const { outputFiles } = await build({ ...WORKER_BUNDLE, entryPoints: [path], write: false });
  return outputFiles[0]?.text ?? '';
}

/** The output of a build, for the worker of a preview. */
export interface Built {
  /** The folder of the external files. */
  readonly assets: string;
  readonly store: Uint8Array<ArrayBuffer>;
  /** Unique to the build. */
  readonly number: number;
}

/** The successive builds of a preview. */
export interface Builds {
  /** The last successful build, if any. */
  latest(): Promise<Built | undefined>;
  /** @returns a function that unsubscribes */
  subscribe(listener: (built: Built) => void): () => void;
}

const PARTS = paths.part.replace(':digest', '');
/** The path of the event stream for open pages: one event per build. */
const EVENTS = '/__tidings/builds';

/**
 * Handles requests of the worker: responds with the store, unless the worker already has it, with an external part of
 * the store, or with a stream of events.
 */
async function handleWorkerRequest(
  { url, headers }: Miniflare.Request,
  builds: Builds,
  { Response }: Pick<typeof Miniflare, 'Response'>,
): Promise<Miniflare.Response> {
  const { pathname } = new URL(url);
  const built = await builds.latest();
  if (pathname === EVENTS)
    return new Response(eventsOf(builds, built), { headers: { 'Content-Type': 'text/event-stream' } });
  if (built === undefined)
    return new Response('There is no build to show: see the terminal for the reason.\n', { status: 503 });
  if (pathname.startsWith(PARTS)) {
    const part = await readFile(join(built.assets, pathname)).catch(() => undefined);
    return part === undefined ? new Response(null, { status: 404 }) : new Response(part);
  }
  const tag = `"${built.number}"`;
  if (headers.get('if-none-match') === tag) return new Response(null, { status: 304 });
  return new Response(built.store, { headers: { ETag: tag } });
}

/** A stream with the number of the last build and of each later one. */
function eventsOf(builds: Builds, last: Built | undefined): ReadableStream<Uint8Array> {
  let end = (): void => {};
  return new ReadableStream({
    start(controller) {
      const send = ({ number }: Pick<Built, 'number'>): void =>
        controller.enqueue(new TextEncoder().encode(`data: ${number}\n\n`));
      send(last ?? { number: 0 });
      end = builds.subscribe(send);
    },
    cancel: () => end(),
  });
}

/** Serves the output of a build in workerd, as deployed. The caller must close it. */
export async function serveBuild(out: string): Promise<TestHarness> {
  // wrangler reads these variables when it is loaded: no output, no network access, no files in the home folder.
  Object.assign(process.env, {
    WRANGLER_LOG: 'none',
    WRANGLER_SEND_METRICS: 'false',
    CLOUDFLARE_CF_FETCH_ENABLED: 'false',
    XDG_CONFIG_HOME: resolve('node_modules/.cache'),
  });
  const { createTestHarness } = await importWrangler();
  const config = await readWranglerConfiguration();
  const harness = createTestHarness({
    root: process.cwd(),
    workers: [
      {
        config: {
          ...config,
          main: join(out, 'worker.js'),
          assets: { ...config.assets, directory: join(out, 'assets') },
          // Links lead to the preview itself.
          vars: { ...config.vars, SITE_URL: '' },
        },
      },
    ],
  });
  await harness.listen();
  return harness;
}

/** The publication's wrangler configuration; for a bare folder of documents, the built-in one. */
function wranglerConfiguration(): string {
  const own = WRANGLER_FILES.map((name) => join(process.cwd(), name)).find((path) => existsSync(path));
  return own ?? join(PACKAGE_ROOT, 'wrangler.toml');
}

/** The publication's wrangler. */
function importWrangler(): Promise<typeof import('wrangler')> {
  return importWithWrangler('wrangler');
}

/** A dependency of wrangler, in the version that wrangler uses. */
async function importWithWrangler<Library>(name: string): Promise<Library> {
  const path = createRequire(findWrangler()).resolve(name);
  return import(pathToFileURL(resolve(path)).href);
}

function findWrangler(): string {
  for (const folder of [process.cwd(), PACKAGE_ROOT]) {
    const path = attempt(() => createRequire(join(folder, 'package.json')).resolve('wrangler/package.json'));
    if (path !== undefined) return path;
  }
  throw new Error(
    'Cannot find wrangler: expected it among the packages; run "npm install --save-dev wrangler"',
  );
}

/** The configuration without its build command. */
export async function readWranglerConfiguration(): Promise<Unstable_RawConfig> {
  const { experimental_readRawConfig } = await importWrangler();
  const { build: _, ...config } = experimental_readRawConfig({ config: wranglerConfiguration() }).rawConfig;
  return config;
}
