import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { attempt } from '../../../src/memo.ts';
import { PACKAGE_ROOT as ROOT } from '../../../src/package.ts';
import { readWranglerConfiguration } from '../../../src/preview/serve.ts';
import { type BenchSettings, writeSettings } from '../corpus.ts';
import { tempFolder } from '../measure.ts';

/** A worker in its own workerd. */
export interface Server {
  readonly port: number;
  readonly pid: number;
  stop(): void;
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
): Promise<Server> {
  for (const [name, json] of Object.entries(bindings)) await writeFile(join(folder, `${name}.json`), json);
  const config = join(folder, 'config.capnp');
  await writeFile(
    config,
    configuration(modules, Object.keys(bindings), resolve(assets), await compatibilityDate()),
  );

  // Not the command in node_modules/.bin, which may be a script that starts another process.
  const { default: binary }: { default: string } = require('workerd');
  const [command = binary, ...args] = [...launcher, binary, 'serve', config, '--control-fd=3'];
  const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit', 'pipe'] });
  const port = await listeningPort(child);
  if (port === undefined || child.pid === undefined)
    throw new Error('Cannot start workerd: it ended before it listened');
  return { port, pid: child.pid, stop: () => child.kill() };
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
  const { compatibility_date: date } = await readWranglerConfiguration();
  if (typeof date !== 'string') throw new Error('Cannot read wrangler.toml: expected a compatibility_date');
  return date;
}

/** workerd writes a line of JSON to its control stream when it listens. */
async function listeningPort(child: ChildProcess): Promise<number | undefined> {
  const control = child.stdio[3] as Readable; // stdio says 'pipe'
  for await (const line of createInterface(control)) {
    const { event, port }: { event: string; port: number } = JSON.parse(line);
    if (event === 'listen') return port;
  }
  return undefined;
}

/** The environment in which workers are bundled and served. */
export interface BenchEnvironment {
  readonly folder: string;
  /** Pins this process and the served workers to separate cores; returns whether that is possible. */
  readonly pin: () => boolean;
  readonly serve: (worker: Bundle) => Promise<Server>;
}

/** Calls a function with a bench environment, and always cleans up afterwards. */
export async function withBenchEnvironment<Result>(
  use: (environment: BenchEnvironment) => Promise<Result>,
): Promise<Result> {
  const folder = tempFolder();
  const servers: Server[] = [];
  let pinning: Pinning | undefined;
  const clear = (): void => {
    for (const server of servers.splice(0)) server.stop();
  };
  process.once('exit', clear);
  try {
    return await use({
      folder,
      pin() {
        pinning ??= pin();
        return pinning.launcher.length > 0;
      },
      async serve(worker) {
        const server = await serve(worker, pinning?.launcher ?? []);
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
  const { assets: _, ...configuration } = await readWranglerConfiguration();
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

/**
 * Builds documents, and bundles the worker; `dist` and the caches of other builds stay untouched.
 *
 * @param home the folder of the site, with its documents in `seeds`
 * @throws Error if a document is refused
 */
export async function bundleSite(home: string, settings: BenchSettings): Promise<Bundle> {
  const seeds = join(home, 'seeds');
  const out = join(home, 'out');
  await writeSettings(seeds, settings);
  const args = ['build', '--seeds', seeds, '--out', out, '--cache', join(home, 'cache')];
  await promisify(execFile)(process.execPath, [join(ROOT, 'src/bin.js'), ...args], { cwd: ROOT });
  return bundleBuild(out, join(home, 'worker'));
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

/** Whether `cpuTime` works here: it needs Linux. */
export const hasCpuTime = existsSync('/proc/self/schedstat');
export const NO_CPU_TIME = 'Skipped: there is no `/proc/PID/schedstat` to read CPU time from.';

/** CPU time that all threads of a process have used, in nanoseconds. */
export function cpuTime(pid: number): number {
  const tasks = `/proc/${pid}/task`;
  return readdirSync(tasks).reduce(
    (sum, task) => sum + Number.parseInt(readFileSync(`${tasks}/${task}/schedstat`, 'latin1'), 10),
    0,
  );
}

/** The private memory of a process in bytes, without mapped files such as its executable. */
export function residentMemory(pid: number): number {
  const kilobytes = /^RssAnon:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
  return Number(kilobytes) * 1024;
}

interface Pinning {
  /** A command prefix that pins a process to the last core, such as `taskset -c 1`; empty if that is not possible. */
  readonly launcher: readonly string[];
  /** Lets this process and its children use every core again. */
  readonly release: () => void;
}

/** Pins this process to its first core. Does nothing without `taskset`, or with only one core. */
function pin(): Pinning {
  const before = attempt(affinity) ?? '';
  const cores = before.match(/\d+/g) ?? [];
  const [first = '', last] = [cores[0], cores.at(-1)];
  if (last === undefined || first === last) return { launcher: [], release: () => {} };
  setAffinity(first);
  return { launcher: ['taskset', '-c', last], release: () => setAffinity(before) };
}

/** The cores that this process may use, such as `0,2-3`. */
function affinity(): string {
  const output = execFileSync('taskset', ['-c', '-p', String(process.pid)], { encoding: 'utf8' });
  return output.slice(output.lastIndexOf(':') + 1).trim();
}

function setAffinity(list: string): void {
  execFileSync('taskset', ['-a', '-p', '-c', list, String(process.pid)]);
}
