import { execFile } from 'node:child_process';
import { join } from 'node:path';

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
      [join(ROOT, 'scripts/build.js'), ...args],
      { cwd: ROOT, env: { ...process.env, ...environment }, ...user },
      (error, stdout, stderr) => resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}
