import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { PROGRESS_LINE } from '../../src/pipeline/progress.ts';

const ROOT = join(import.meta.dirname, '../..');

/** A slow build says how far it is, and how slow depends on the machine. */
const PROGRESS = new RegExp(PROGRESS_LINE.source.replace('$', '\\n'), 'gm');

/**
 * Runs `npm run build`'s script as a person would, and tells how it ended, but not how far it was meanwhile.
 *
 * @param prefix stands before the command, such as `setpriv …`
 */
export function runBuild(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  prefix: readonly string[] = [],
): Promise<{ code: number; stdout: string; stderr: string }> {
  const command = [...prefix, process.execPath, join(ROOT, 'src/bin.js'), 'build', ...args];
  const [program = '', ...rest] = command;
  // A build names files as its folder was given; tests call each such folder `seeds`.
  const flag = args.indexOf('--seeds');
  const folder = (flag < 0 ? environment.SEEDS_DIR : args[flag + 1]) || 'seeds';
  const named = (text: string): string => text.replaceAll(`${folder}/`, 'seeds/');
  return new Promise((resolve) => {
    execFile(program, rest, { cwd: ROOT, env: { ...process.env, ...environment } }, (error, stdout, stderr) =>
      resolve({
        code: Number(error?.code ?? 0),
        stdout: named(stdout),
        stderr: named(stderr.replace(PROGRESS, '')),
      }),
    );
  });
}
