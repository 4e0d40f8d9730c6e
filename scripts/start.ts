import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { FEED_FORMATS, feedPath, formatNames } from '../src/routes.ts';
import { buildOptions } from './options.ts';

/** The folder that wrangler.toml has watched. */
const WATCHED_SEEDS = 'seeds';
/** Editors write a file in several steps; milliseconds. */
const SETTLING_TIME = 150;

const { seeds, out } = buildOptions(process.argv.slice(2), process.env);
const port = process.env.PORT ?? '8787';
const address = `http://127.0.0.1:${port}`;
const environment = {
  ...process.env,
  SEEDS_DIR: seeds,
  OUT_DIR: out,
  PREVIEW: '1',
  WRANGLER_SEND_METRICS: 'false',
  // What Cloudflare would say of a request is asked from the network, and nobody needs it here.
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
};

const output = resolve(out);
const preview = spawn(
  'wrangler',
  [
    'dev',
    '--ip',
    '127.0.0.1',
    '--port',
    port,
    '--alias',
    `#store:${output}/store.js`,
    '--assets',
    `${output}/assets`,
  ],
  { env: environment, stdio: 'inherit' },
);
preview.on('error', (error) => {
  console.error(`Cannot start wrangler: ${error.message}; run "npm ci" first and start with "npm start"`);
  process.exitCode = 1;
});
preview.on('exit', (code) => process.exit(code ?? 0));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => preview.kill(signal));

if (resolve(seeds) !== resolve(WATCHED_SEEDS)) rebuildOnChange(seeds);
await printAddresses();

function rebuildOnChange(folder: string): void {
  let timer: NodeJS.Timeout | undefined;
  watch(folder, { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      spawn(process.execPath, [join(import.meta.dirname, 'build.js')], {
        env: environment,
        stdio: 'inherit',
      });
    }, SETTLING_TIME);
  });
}

async function printAddresses(): Promise<void> {
  for (;;) {
    await wait(250);
    const response = await fetch(address).catch(() => undefined);
    if (response?.ok) break;
  }
  console.log(`\nThe site is at ${address}/ and its feeds at`);
  for (const format of FEED_FORMATS)
    console.log(`  ${formatNames[format].padEnd(10)}${address}${feedPath(format)}`);
  console.log(`Whatever changes in ${seeds} or src shows at once. Ctrl-C stops.\n`);
}
