import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { createTestHarness, type TestHarness, unstable_readConfig } from 'wrangler';

const ROOT = join(import.meta.dirname, '../..');

/** Runs `npm run build`'s script as a person would, and tells how it ended. */
export function runBuild(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  user: { uid?: number } = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(ROOT, 'scripts/build.ts'), ...args],
      { cwd: ROOT, env: { ...process.env, ...environment }, ...user },
      (error, stdout, stderr) => resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}

/** The worker as it is deployed, in workerd, with the store that a build wrote to `out`. */
export async function serve(out: string): Promise<TestHarness> {
  const { name, main, compatibility_date, alias } = unstable_readConfig({
    config: join(ROOT, 'wrangler.toml'),
  });
  const harness = createTestHarness({
    root: ROOT,
    workers: [
      {
        config: {
          name,
          main,
          compatibility_date,
          alias: { ...alias, '#store': join(out, 'store.js') },
          assets: { directory: join(out, 'assets') },
        },
      },
    ],
  });
  await harness.listen();
  return harness;
}
