import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { FEED_FORMATS, feedPath, formatNames } from '../src/routes.ts';
import { deploySettings, ROOT } from './deploy-settings.ts';
import { buildOptions } from './options.ts';

const options = buildOptions(process.argv.slice(2), process.env);
const [seeds, out] = [resolve(options.seeds), resolve(options.out)];
const port = process.env.PORT ?? '8787';
const address = `http://127.0.0.1:${port}`;

const place = ['--ip', '127.0.0.1', '--port', port];
const preview = spawn('wrangler', ['dev', '--config', writeConfiguration(), ...place, ...variables()], {
  env: {
    ...process.env,
    SEEDS_DIR: seeds,
    OUT_DIR: out,
    PREVIEW: '1',
    WRANGLER_SEND_METRICS: 'false',
    // What Cloudflare would say of a request is asked from the network, and nobody needs it here.
    CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  },
  stdio: 'inherit',
});
preview.on('error', (error) => {
  console.error(`Cannot start wrangler: ${error.message}; run "npm ci" first and start with "npm start"`);
  process.exitCode = 1;
});
preview.on('exit', (code) => process.exit(code ?? 0));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => preview.kill(signal));

await printAddresses();

/** What `wrangler.toml` says, of these seeds: wrangler watches no folders but those that its configuration names. */
function writeConfiguration(): string {
  const { main, assets, ...settings } = deploySettings();
  const watched = [seeds, join(ROOT, 'src')];
  const configuration = {
    ...settings,
    main: join(ROOT, String(main)),
    alias: { '#store': join(out, 'store.js') },
    assets: { ...Object(assets), directory: join(out, 'assets') },
    build: {
      command: 'npm run --silent build',
      cwd: ROOT,
      watch_dir: watched.map((path) => relative(out, path)),
    },
  };
  const path = join(out, 'wrangler.json');
  mkdirSync(out, { recursive: true });
  writeFileSync(path, JSON.stringify(configuration, undefined, 2));
  return path;
}

/** Wrangler looks for them beside its configuration. */
function variables(): string[] {
  const file = ['.dev.vars', '.env'].map((name) => join(ROOT, name)).find(existsSync);
  return file === undefined ? [] : ['--env-file', file];
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
  console.log(`Whatever changes in ${options.seeds} or src shows at once. Ctrl-C stops.\n`);
}
