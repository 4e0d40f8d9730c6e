import { join, resolve } from 'node:path';
import type { TestHarness } from 'wrangler';
import { importWrangler, projectFolder, readConfiguration } from './wrangler.ts';

/** Serves what a build wrote, in workerd, as it would be deployed; whoever asks for it closes it. */
export async function serveBuild(out: string): Promise<TestHarness> {
  // wrangler reads these when it is loaded: nothing on the console, nothing from or to the network, nothing in the home folder.
  Object.assign(process.env, {
    WRANGLER_LOG: 'none',
    WRANGLER_SEND_METRICS: 'false',
    CLOUDFLARE_CF_FETCH_ENABLED: 'false',
    XDG_CONFIG_HOME: resolve('node_modules/.cache'),
  });
  const { createTestHarness } = await importWrangler();
  const config = await readConfiguration();
  const harness = createTestHarness({
    root: projectFolder(),
    workers: [
      {
        config: {
          ...config,
          main: join(out, 'worker.js'),
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
