import { resolve } from 'node:path';
import { buildOptions, UsageError } from '../src/pipeline/options.ts';
import { openPreview } from '../src/preview/preview.ts';
import { FEED_FORMATS, feedPath, formatNames } from '../src/routes/paths.ts';

// What serves reads these when it is loaded: nothing from the network, and nothing sent there.
Object.assign(process.env, { WRANGLER_SEND_METRICS: 'false', WRANGLER_LOG: 'warn' });

try {
  const args = process.argv.slice(2);
  const options = buildOptions(args, process.env);
  const [seeds, out] = [resolve(options.seeds), resolve(options.out)];
  const port = portOf(process.env.PORT || '8787');
  const preview = await openPreview({ args, seeds, out, port });
  const close = (): void => void preview.close().finally(() => process.exit());
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, close);
  printAddresses(`http://127.0.0.1:${port}`, options.seeds);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}

function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65536) return port;
  throw new UsageError(`Cannot use PORT "${text}": expected a number from 1 to 65535`);
}

function printAddresses(address: string, seeds: string): void {
  console.log(`\nThe site is at ${address}/ and its feeds at`);
  for (const format of FEED_FORMATS)
    console.log(`  ${formatNames[format].padEnd(10)}${address}${feedPath(format)}`);
  console.log(`Whatever changes in ${seeds} or src shows at once. Ctrl-C stops.\n`);
}
