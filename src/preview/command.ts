import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { UsageError } from '../config/errors.ts';
import { buildOptions } from '../pipeline/options.ts';
import { FEED_FORMATS, feedPath, formatNames } from '../routes/paths.ts';
import { openPreview } from './preview.ts';

const HOST = '127.0.0.1';
/** The number of consecutive ports to try. */
const MAX_PORTS = 100;

/**
 * The command `tidings start`.
 *
 * @returns the exit code, once the preview is stopped
 */
export async function start(args: readonly string[]): Promise<number> {
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
  const preview = await openPreview({ args: rest, seeds, out, port, showsDrafts, showsFuture });
  printAddresses(`http://${HOST}:${port}`, options.seeds);
  await stopped();
  await preview.close();
  if (scratch !== undefined) rmSync(scratch, { recursive: true, force: true });
  // Exit even if workerd or wrangler still has open handles.
  process.exit();
}

const FLAGS = {
  port: { type: 'string' },
  drafts: { type: 'boolean' },
  future: { type: 'boolean' },
} as const;

interface Flags {
  readonly port: string | undefined;
  readonly showsDrafts: boolean;
  readonly showsFuture: boolean;
  /** The arguments of the build. */
  readonly rest: readonly string[];
}

function takeFlags(args: readonly string[]): Flags {
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
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return `${pid} ${stat.slice(stat.lastIndexOf(')')).split(' ')[2]}`;
  } catch {
    return String(pid);
  }
}

function printAddresses(address: string, seeds: string): void {
  console.log(`\nThe site is at ${address}/ and its feeds at`);
  for (const format of FEED_FORMATS)
    console.log(`  ${formatNames[format].padEnd(10)}${address}${feedPath(format)}`);
  console.log(`Changes in ${seeds} are shown at once. Press Ctrl-C to stop.\n`);
}
