import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PROGRESS_LINE } from '../../src/pipeline/progress.ts';
import { writeFiles } from './folder.ts';

const ROOT = join(import.meta.dirname, '../..');

/** The progress lines of a slow build; which builds are slow depends on the machine. */
const PROGRESS = new RegExp(PROGRESS_LINE.source.replace('$', '\\n'), 'gm');

/** Settings for builds whose title does not matter: the same title gives the same pictures. */
export const SETTINGS = { 'site.toml': 'title = "Example News"\n' };

/** What a build draws for a site, by path below the output folder. */
let pictures: Readonly<Record<string, Uint8Array>> | undefined;

/** Drawing takes longer than everything else in a small build, so pictures of an earlier build are reused. */
async function withPictures<Result>(out: string, build: () => Promise<Result>): Promise<Result> {
  const isNew = await readdir(out).then(
    (names) => names.length === 0,
    () => false,
  );
  if (isNew && pictures !== undefined) await writeFiles(out, pictures);
  const result = await build();
  if (isNew) pictures ??= await picturesIn(out);
  return result;
}

async function picturesIn(out: string): Promise<typeof pictures> {
  const names = await readdir(join(out, 'assets')).catch(() => []);
  const paths = names.filter((name) => /\.(?:ico|png|svg|webmanifest)$/.test(name));
  const contents = ['pictures.txt', ...paths.map((name) => `assets/${name}`)].map(
    async (path) => [path, await readFile(join(out, path))] as const,
  );
  return Promise.all(contents).then(Object.fromEntries, () => undefined);
}

/**
 * Runs the build command; returns its exit code and its output without progress lines.
 *
 * @param prefix stands before the command, such as `setpriv …`
 */
export function runBuild(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  prefix: readonly string[] = [],
): Promise<{ code: number; stdout: string; stderr: string }> {
  // With the flags of this process, the command need not start itself again.
  const command = [
    ...prefix,
    process.execPath,
    ...process.execArgv,
    join(ROOT, 'src/bin.js'),
    'build',
    ...args,
  ];
  const [program = '', ...rest] = command;
  // Messages contain the folder as it was given; tests expect `seeds`.
  const flag = args.indexOf('--seeds');
  const folder = (flag < 0 ? environment.SEEDS_DIR : args[flag + 1]) || 'seeds';
  const named = (text: string): string => text.replaceAll(`${folder}/`, 'seeds/');
  const run = () =>
    new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
      const options = { cwd: ROOT, env: { ...process.env, ...environment } };
      execFile(program, rest, options, (error, stdout, stderr) =>
        resolve({
          code: Number(error?.code ?? 0),
          stdout: named(stdout),
          stderr: named(stderr.replace(PROGRESS, '')),
        }),
      );
    });
  const out = args[args.indexOf('--out') + 1];
  return args.includes('--out') && out !== undefined ? withPictures(out, run) : run();
}
