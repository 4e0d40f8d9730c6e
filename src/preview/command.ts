import { fork } from 'node:child_process';
import { type FSWatcher, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, watch } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { UsageError } from '../config/errors.ts';
import { attempt } from '../memo.ts';
import { IS_PUBLISHED, MODULES, modulePath } from '../package.ts';
import { ensureThreadFlags } from '../pipeline/node-flags.ts';
import { buildOptions } from '../pipeline/options.ts';
import { listSeeds } from '../pipeline/scan-sources.ts';
import { FEED_FORMATS, feedPath, formatNames } from '../routes/paths.ts';
import type { BuildMessage } from './builder.ts';
import type { Builds, Built, PreviewServer } from './serve.ts';

const HOST = '127.0.0.1';
/** The number of consecutive ports to try. */
const MAX_PORTS = 100;

/**
 * The command `tidings start`.
 *
 * @returns the exit code, once the preview is stopped
 */
export async function start(args: readonly string[]): Promise<number> {
  // The process that builds gets the same flags.
  ensureThreadFlags();
  // wrangler reads these variables when it is loaded: no network access, no telemetry.
  Object.assign(process.env, { WRANGLER_SEND_METRICS: 'false', WRANGLER_LOG: 'warn' });
  const { rest, ...flags } = takeFlags(args);
  const options = buildOptions(rest, process.env);
  const { showsDrafts, showsFuture } = flags;
  // With drafts, build into a temporary folder: a deploy must never upload drafts.
  const scratch = showsDrafts ? mkdtempSync(join(tmpdir(), 'tidings-preview-')) : undefined;
  const [seeds, out] = [options.seeds, scratch ?? resolve(options.out)];
  const wanted = parsePort(flags.port || process.env.PORT || '8787');
  const port = await freePort(wanted);
  if (port !== wanted) console.log(`Port ${wanted} is taken: using ${port}`);
  const closePreview = await openPreview({ args: rest, seeds, out, port, showsDrafts, showsFuture });
  printAddresses(`http://${HOST}:${port}`, options.seeds);
  await stopped();
  await closePreview();
  if (scratch !== undefined) rmSync(scratch, { recursive: true, force: true });
  // Exit even if workerd or wrangler still has open handles.
  process.exit();
}

const FLAGS = {
  port: { type: 'string' },
  drafts: { type: 'boolean' },
  future: { type: 'boolean' },
} as const;

/** @returns `rest`: the arguments of the build */
function takeFlags(args: readonly string[]) {
  const { values, tokens } = parseArgs({ args: [...args], options: FLAGS, strict: false, tokens: true });
  const own = tokens.flatMap((token) => {
    if (token.kind !== 'option' || !Object.hasOwn(FLAGS, token.name)) return [];
    return token.value === undefined || token.inlineValue ? [token.index] : [token.index, token.index + 1];
  });
  return {
    port: typeof values.port === 'string' ? values.port : undefined,
    showsDrafts: values.drafts === true,
    showsFuture: values.future === true,
    rest: args.filter((_, index) => !own.includes(index)),
  };
}

function parsePort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65536) return port;
  throw new UsageError(`Cannot use PORT "${text}": expected a number from 1 to 65535`);
}

/** @throws Error if none of the ports from the first on is free */
async function freePort(first: number): Promise<number> {
  const last = Math.min(first + MAX_PORTS, 65536) - 1;
  for (let port = first; port <= last; port++) if (await isFree(port)) return port;
  throw new Error(
    `Cannot listen on ${HOST}: the ports ${first} to ${last} are taken; expected a free port in PORT`,
  );
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, HOST, () => server.close(() => resolve(true)));
  });
}

/** Waits for a signal, or for the exit of `npm`, which may be killed without forwarding a signal. */
function stopped(): Promise<void> {
  const parents = parentsOf(process.ppid);
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
    if (process.env.npm_lifecycle_event === undefined) return;
    setInterval(() => {
      if (parentsOf(process.ppid) !== parents) resolve();
    }, 500).unref();
  });
}

/** The ids of a process and its parent: there may be a shell between npm and this process that outlives npm. */
function parentsOf(pid: number): string {
  const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, 'latin1'));
  return stat === undefined ? String(pid) : `${pid} ${stat.slice(stat.lastIndexOf(')')).split(' ')[2]}`;
}

function printAddresses(address: string, seeds: string): void {
  console.log(`\nThe site is at ${address}/ and its feeds at`);
  for (const format of FEED_FORMATS)
    console.log(`  ${formatNames[format].padEnd(10)}${address}${feedPath(format)}`);
  console.log(`Changes in ${seeds} are shown at once. Press Ctrl-C to stop.\n`);
}

interface PreviewOptions {
  /** The arguments of a build. */
  readonly args: readonly string[];
  /** The absolute folders of a build. */
  readonly seeds: string;
  readonly out: string;
  readonly port: number;
  readonly showsDrafts: boolean;
  readonly showsFuture: boolean;
}

/** How long a request waits for a running build, in milliseconds. */
const DELAY = 2000;

/**
 * Builds and serves a site, and rebuilds it whenever documents or sources change.
 *
 * @returns a function that ends the preview
 * @throws Error if the folder of documents does not exist, or the port is taken
 */
async function openPreview(options: PreviewOptions): Promise<() => Promise<void>> {
  const { args, seeds, out, port, showsDrafts, showsFuture } = options;
  listSeeds(seeds);
  const assets = join(out, 'assets');
  const spawn = () =>
    spawnBuilder([...args, '--seeds', seeds, '--out', out], {
      PREVIEW_DRAFTS: showsDrafts ? '1' : '',
      PREVIEW_ADDRESS: `http://127.0.0.1:${port}`,
    });
  let builder = spawn();
  let server: PreviewServer | undefined;
  let built: Built | undefined;
  let served = '';
  let working: Promise<void> | undefined;
  const subscribers = new Set<(built: Built) => void>();
  const changed = { seeds: true, sources: false };

  const buildAgain = async (restarts: boolean): Promise<void> => {
    if (restarts) builder.terminate();
    if (restarts || !builder.isRunning()) builder = spawn();
    if (!(await builder.build())) return;
    built = { assets, store: new Uint8Array(readFileSync(join(out, 'store.bin'))), number: Date.now() };
    const files = externalFiles(out);
    const hasNewFiles = files !== served;
    served = files;
    if (restarts || hasNewFiles) await server?.reload();
    for (const notify of subscribers) notify(built);
  };
  const work = async (): Promise<void> => {
    while (changed.seeds || changed.sources) {
      const restarts = changed.sources;
      changed.seeds = false;
      changed.sources = false;
      // Keep serving the last successful build.
      await buildAgain(restarts).catch(({ message }: Error) => console.error(message));
    }
    working = undefined;
  };
  const onChange = (what: keyof typeof changed) => (): void => {
    changed[what] = true;
    working ??= work();
  };

  mkdirSync(assets, { recursive: true });
  const watching = [watchFolder(seeds, onChange('seeds'))];
  // For the developers of Tidings.
  if (!IS_PUBLISHED) watching.push(watchFolder(MODULES, onChange('sources')));
  const close = async (): Promise<void> => {
    for (const end of watching) end();
    builder.terminate();
    await server?.close();
  };
  try {
    working = work();
    // Loading it takes as long as building a small site.
    const [{ servePreview }] = await Promise.all([import('./serve.ts'), working]);
    const builds: Builds = {
      async latest() {
        await Promise.race([working, wait(DELAY, undefined, { ref: false })]);
        return built;
      },
      subscribe(listener) {
        subscribers.add(listener);
        return () => void subscribers.delete(listener);
      },
    };
    server = await servePreview({ port, assets, builds, showsFuture, banner: bannerOf(options) });
  } catch (error) {
    await close();
    throw error;
  }
  return close;
}

function bannerOf({ showsDrafts, showsFuture }: PreviewOptions): string {
  const shown = [...(showsDrafts ? ['drafts'] : []), ...(showsFuture ? ['scheduled articles'] : [])];
  return shown.length === 0 ? '' : `Preview with ${shown.join(' and ')}, which are not published`;
}

/** Lists the external files except parts of the store, whose names are content hashes. */
function externalFiles(out: string): string {
  const pictures = readFileSync(join(out, 'pictures.txt'), 'utf8');
  const media = join(out, 'assets/media');
  return [pictures, ...readdirSync(media, { recursive: true, encoding: 'utf8' }).sort()].join('\n');
}

/** The debounce delay in milliseconds: editors write a file in several steps. */
const QUIET = 20;

/**
 * Reports that something in a folder has changed, but not what. Ignores hidden folders.
 *
 * @returns a function that stops watching
 */
function watchFolder(folder: string, changed: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  // On Linux, Node's recursive watch would watch each file separately.
  const watchers = new Map<string, FSWatcher>();
  const onEvent = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      changed();
      // Files may have been added to a new folder before it was watched.
      if (watchAll()) changed();
    }, QUIET);
  };
  /** Returns whether there are new folders. */
  const watchAll = (): boolean => {
    const folders = new Set([folder, ...foldersIn(folder)]);
    for (const [path, watcher] of watchers) {
      if (folders.has(path)) continue;
      watcher.close();
      watchers.delete(path);
    }
    const before = watchers.size;
    for (const path of folders) if (!watchers.has(path)) watchOne(path);
    return watchers.size > before;
  };
  const watchOne = (path: string): void => {
    try {
      const watcher = watch(path, onEvent);
      // The folder is gone, and the watch of its parent reports that; here and below.
      watcher.on('error', () => {});
      watchers.set(path, watcher);
    } catch {}
  };
  watchAll();
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers.values()) watcher.close();
  };
}

function foldersIn(folder: string): string[] {
  const entries = attempt(() => readdirSync(folder, { withFileTypes: true })) ?? [];
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .flatMap(({ name }) => [join(folder, name), ...foldersIn(join(folder, name))]);
}

/** A child process that builds. */
interface Builder {
  /** Builds, and returns whether there is something new to show. Wait for one build to end before you start another. */
  build(): Promise<boolean>;
  /** Whether the process is running; it may have exited by itself. */
  isRunning(): boolean;
  terminate(): void;
}

/** @param args the arguments of a build */
function spawnBuilder(args: readonly string[], environment: Readonly<Record<string, string>>): Builder {
  const child = fork(modulePath('preview/builder'), args, {
    env: { ...process.env, ...environment, PREVIEW: '1' },
  });
  return {
    build: () =>
      new Promise((resolve) => {
        const end = (isBuilt: boolean): void => {
          child.off('message', onMessage).off('exit', onExit);
          resolve(isBuilt);
        };
        const onMessage = (message: unknown): void => end((message as BuildMessage).isBuilt); // builder.ts sends nothing else
        const onExit = (): void => end(false);
        child.on('message', onMessage).on('exit', onExit);
        if (child.connected) child.send('build');
        else onExit();
      }),
    isRunning: () => child.connected,
    terminate: () => void child.kill(),
  };
}
