import { join, resolve } from 'node:path';
import type { TestHarness } from 'wrangler';
import { importWrangler, projectFolder, readConfiguration } from './wrangler.ts';

/** Serves the output of a build in workerd, as deployed. The caller must close it. */
export async function serveBuild(out: string): Promise<TestHarness> {
  // wrangler reads these variables when it is loaded: no output, no network access, no files in the home folder.
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
          // Links lead to the preview itself.
          vars: { ...config.vars, SITE_URL: '' },
        },
      },
    ],
  });
  await harness.listen();
  return harness;
}
