import { join } from 'node:path';
import type { TestHarness } from 'wrangler';

const ROOT = join(import.meta.dirname, '../..');

/** Serves what a build wrote, in workerd, as it would be deployed; whoever asks for it closes it. */
export async function serveBuild(out: string): Promise<TestHarness> {
  // wrangler reads these when it is loaded: nothing on the console, nothing from or to the network, nothing in the home folder.
  Object.assign(process.env, {
    WRANGLER_LOG: 'none',
    WRANGLER_SEND_METRICS: 'false',
    CLOUDFLARE_CF_FETCH_ENABLED: 'false',
    XDG_CONFIG_HOME: join(ROOT, 'node_modules/.cache'),
  });
  const { createTestHarness, experimental_readRawConfig } = await import('wrangler');
  const { rawConfig } = experimental_readRawConfig({ config: join(ROOT, 'wrangler.toml') });
  const { build: _, ...config } = rawConfig;
  const harness = createTestHarness({
    root: ROOT,
    workers: [
      {
        config: {
          ...config,
          alias: { ...config.alias, '#store': join(out, 'store.js') },
          assets: { ...config.assets, directory: join(out, 'assets') },
          // The preview is the site: its links lead to itself.
          vars: { ...config.vars, SITE_URL: '' },
        },
      },
    ],
  });
  await harness.listen();
  return harness;
}
