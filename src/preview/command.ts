import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildOptions, UsageError } from '../pipeline/options.ts';
import { FEED_FORMATS, feedPath, formatNames } from '../routes/paths.ts';
import { openPreview } from './preview.ts';

const HOST = '127.0.0.1';
/** So many ports are tried one after another. */
const MAX_PORTS = 100;

/**
 * The command `tidings start`.
 *
 * @returns the exit code, once the preview is stopped
 */
export async function start(args: readonly string[]): Promise<number> {
  // wrangler reads these when it is loaded: nothing from the network, and nothing sent there.
  Object.assign(process.env, { WRANGLER_SEND_METRICS: 'false', WRANGLER_LOG: 'warn' });
  const { port: stated, rest } = takePort(args);
  const options = buildOptions(rest, process.env);
  const [seeds, out] = [resolve(options.seeds), resolve(options.out)];
  const wanted = parsePort(stated || process.env.PORT || '8787');
  const port = await freePort(wanted);
  if (port !== wanted) console.log(`Port ${wanted} is taken: using ${port}`);
  const preview = await openPreview({ args: rest, seeds, out, port });
  printAddresses(`http://${HOST}:${port}`, options.seeds);
  await stopped();
  await preview.close();
  // What workerd or wrangler still holds must not keep the process.
  process.exit();
}

/** The port, and the arguments of the build. */
function takePort(args: readonly string[]): { port: string | undefined; rest: string[] } {
  const { tokens } = parseArgs({
    args: [...args],
    options: { port: { type: 'string' } },
    strict: false,
    tokens: true,
  });
  const token = tokens.find((each) => each.kind === 'option' && each.name === 'port');
  if (token?.kind !== 'option') return { port: undefined, rest: [...args] };
  const rest = args.toSpliced(token.index, token.inlineValue ? 1 : 2);
  return { port: token.value ?? '', rest };
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

/** A signal, or the end of the process that started this one: `npm` may be killed without a signal for us. */
function stopped(): Promise<void> {
  const parent = process.ppid;
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
    setInterval(() => {
      if (process.ppid !== parent) resolve();
    }, 500).unref();
  });
}

function printAddresses(address: string, seeds: string): void {
  console.log(`\nThe site is at ${address}/ and its feeds at`);
  for (const format of FEED_FORMATS)
    console.log(`  ${formatNames[format].padEnd(10)}${address}${feedPath(format)}`);
  console.log(`Whatever changes in ${seeds} shows at once. Ctrl-C stops.\n`);
}
