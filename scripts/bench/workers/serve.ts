import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { PACKAGE_ROOT as ROOT } from '../../../src/package.ts';
import { readConfiguration } from '../../../src/preview/serve.ts';
import { type Pinning, pin } from './process.ts';

/** A worker in its own workerd. */
export interface Server {
  readonly port: number;
  readonly pid: number;
  /** The port of its inspector; undefined without one. */
  readonly inspector: number | undefined;
  stop(): void;
}

interface ServerOptions {
  /** Whether to start an inspector, which costs memory. */
  readonly isInspected?: boolean;
}

const require = createRequire(import.meta.url);

/**
 * Serves a bundle in bare workerd.
 *
 * @param launcher a command that runs workerd, such as `taskset -c 1`; may be empty
 */
async function serve(
  { folder, modules, assets, bindings = {} }: Bundle,
  launcher: readonly string[],
  { isInspected = false }: ServerOptions = {},
): Promise<Server> {
  for (const [name, json] of Object.entries(bindings)) await writeFile(join(folder, `${name}.json`), json);
  const config = join(folder, 'config.capnp');
  await writeFile(
    config,
    configuration(modules, Object.keys(bindings), resolve(assets), await compatibilityDate()),
  );

  // Not the command in node_modules/.bin, which may be a script that starts another process.
  const { default: binary }: { default: string } = require('workerd');
  const inspection = isInspected ? ['--inspector-addr=127.0.0.1:0'] : [];
  const served = [binary, 'serve', config, '--control-fd=3', ...inspection];
  const [command = binary, ...args] = [...launcher, ...served];
  const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit', 'pipe'] });
  const { listen: port, 'listen-inspector': inspector } = await listeningPorts(child);
  if (port === undefined || child.pid === undefined)
    throw new Error('Cannot start workerd: it ended before it listened');
  return { port, pid: child.pid, inspector, stop: () => child.kill() };
}

function configuration(
  modules: readonly string[],
  bindings: readonly string[],
  assets: string,
  date: string,
): string {
  const module = (name: string): string =>
    `(name = "${name}", ${name.endsWith('.js') ? 'esModule' : 'data'} = embed "${name}")`;
  const binding = (name: string): string => `(name = "${name}", json = embed "${name}.json")`;
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "assets", disk = (path = "${assets}")), (name = "main", worker = (
    modules = [${modules.map(module).join(', ')}],
    bindings = [(name = "ASSETS", service = "assets"), ${bindings.map(binding).join(', ')}],
    compatibilityDate = "${date}",
  ))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
`;
}

async function compatibilityDate(): Promise<string> {
  const { compatibility_date: date } = await readConfiguration();
  if (typeof date !== 'string') throw new Error('Cannot read wrangler.toml: expected a compatibility_date');
  return date;
}

/** workerd writes a line of JSON to its control stream for each port, that of the worker last. */
async function listeningPorts(child: ChildProcess): Promise<Readonly<Record<string, number>>> {
  const control = child.stdio[3] as Readable; // stdio says 'pipe'
  const ports: Record<string, number> = {};
  for await (const line of createInterface(control)) {
    const { event, port }: { event: string; port: number } = JSON.parse(line);
    ports[event] = port;
    if (event === 'listen') break;
  }
  return ports;
}

/** The environment in which workers are bundled and served. */
export interface BenchEnvironment {
  readonly folder: string;
  /** Pins this process and the served workers to separate cores; returns whether that is possible. */
  readonly pin: () => boolean;
  readonly serve: (worker: Bundle, options?: ServerOptions) => Promise<Server>;
}

/** Calls a function with a bench environment, and always cleans up afterwards. */
export async function withBenchEnvironment<Result>(
  use: (environment: BenchEnvironment) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'tidings-bench-'));
  const servers: Server[] = [];
  let pinning: Pinning | undefined;
  const clear = (): void => {
    for (const server of servers.splice(0)) server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', clear);
  try {
    return await use({
      folder,
      pin() {
        pinning ??= pin();
        return pinning.launcher.length > 0;
      },
      async serve(worker, options) {
        const server = await serve(worker, pinning?.launcher ?? [], options);
        servers.push(server);
        return server;
      },
    });
  } finally {
    pinning?.release();
    process.off('exit', clear);
    clear();
  }
}

/** A worker as `wrangler deploy` would upload it. */
export interface Bundle {
  readonly folder: string;
  /** The names of its modules, the entry first. */
  readonly modules: readonly string[];
  /** The folder of its external files. */
  readonly assets: string;
  /** JSON texts in its environment. */
  readonly bindings?: Readonly<Record<string, string>>;
}

/** The entry modules of the workers to compare with, in the repository. */
export const HELLO = 'scripts/bench/workers/hello.ts';
export const PEER = 'scripts/bench/workers/peer.ts';

/**
 * Bundles a worker.
 *
 * @param main its entry module
 * @param folder the output folder, which this function creates
 * @param assets the folder of its external files, if it has any
 * @throws Error with a one-line message; its cause has the output of wrangler
 */
async function bundle(main: string, folder: string, assets?: string): Promise<Bundle> {
  const [worker, config] = [join(folder, 'worker'), join(folder, 'wrangler.json')];
  await mkdir(folder, { recursive: true });
  const { assets: _, ...configuration } = await readConfiguration();
  const settings = {
    ...configuration,
    main: resolve(main),
    ...(assets !== undefined && { assets: { binding: 'ASSETS', directory: resolve(assets) } }),
  };
  await writeFile(config, JSON.stringify(settings));
  await promisify(execFile)('wrangler', ['deploy', '--dry-run', '--config', config, '--outdir', worker], {
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false' },
  }).catch(({ message }: Error) => {
    throw new Error(`Cannot bundle ${main}: wrangler failed`, { cause: new Error(message) });
  });
  const data = (await readdir(worker)).filter((name) => name.endsWith('.bin'));
  return {
    folder: worker,
    modules: [basename(main).replace(/\.ts$/, '.js'), ...data],
    assets: assets ?? worker,
  };
}

/** A worker to compare with. */
export function bundlePeer(entry: typeof HELLO | typeof PEER, folder: string): Promise<Bundle> {
  return bundle(join(ROOT, entry), folder);
}

/** @param out the output folder of a build */
export function bundleBuild(out: string, folder: string): Promise<Bundle> {
  return bundle(join(out, 'worker.js'), folder, join(out, 'assets'));
}

/** Bytes of a worker's modules, compressed as for its upload. */
export async function uploadSize({ folder, modules }: Bundle): Promise<number> {
  const contents = await Promise.all(modules.map((name) => readFile(join(folder, name))));
  return gzipSync(Buffer.concat(contents)).length;
}
