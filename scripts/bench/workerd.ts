import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import type { Bundle } from './bundle.ts';

/** A worker in a workerd of its own. */
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
export async function serve(
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
  if (child.pid === undefined) throw new Error('Cannot start workerd');
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
  const settings = await readFile(join(import.meta.dirname, '../../wrangler.toml'), 'utf8');
  const date = /^compatibility_date = "([\d-]+)"$/m.exec(settings)?.[1];
  if (date === undefined) throw new Error('Cannot read wrangler.toml: expected a compatibility_date');
  return date;
}

/** Workerd writes a line of JSON to its control stream when it listens. */
async function listeningPort(child: ChildProcess): Promise<number> {
  const control = child.stdio[3] as Readable; // stdio says 'pipe'
  const said = await Promise.race([once(control, 'data'), once(child, 'exit').then(() => ['{}'])]);
  const { port }: { port?: number } = JSON.parse(String(said[0]));
  if (port === undefined) throw new Error('Cannot start workerd: it ended before it listened');
  return port;
}
