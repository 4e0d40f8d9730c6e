import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { PROGRESS_LINE } from '../pipeline/progress.ts';
import { serveBuild } from '../preview/serve-build.ts';
import type { Issue } from './report.ts';

export interface Preview {
  readonly origin: string;
  /** Diagnostics of the build. */
  readonly issues: readonly Issue[];
  /** Diagnostics of the worker since it started. */
  readonly diagnostics: () => Issue[];
  readonly close: () => Promise<void>;
}

/**
 * Builds the seeds into a temporary folder and serves them in workerd, as deployed.
 *
 * @param args the arguments of the build
 * @throws Error if the build produced nothing that can be served
 */
export async function servePreview(args: readonly string[]): Promise<Preview> {
  const out = await mkdtemp(join(tmpdir(), 'tidings-check-'));
  const remove = (): Promise<void> => rm(out, { recursive: true, force: true });
  try {
    const issues = await build(args, out);
    const { origin, diagnostics, close } = await serve(out);
    return { origin, issues, diagnostics, close: () => close().finally(remove) };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** @throws Error if the build did not complete */
async function build(args: readonly string[], out: string): Promise<Issue[]> {
  const command = join(import.meta.dirname, '../bin.js');
  const child = spawn(process.execPath, [...process.execArgv, command, 'build', ...args, '--out', out], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PREVIEW: '1' },
  });
  const [report, diagnostics] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  if (report === '') throw new Error(diagnostics.trim());
  return diagnostics
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('warning: ') && !PROGRESS_LINE.test(line))
    .map((message) => ({ severity: 'error', rule: 'build/refused', message }));
}

async function serve(out: string): Promise<Omit<Preview, 'issues'>> {
  const harness = await serveBuild(out);
  const { url } = await harness.listen();
  return {
    origin: url.origin,
    diagnostics: () => {
      const errors = harness.getLogs().filter(({ level }) => level === 'error');
      const messages = new Set(errors.map(({ message }) => message));
      return [...messages].map((message) => ({ severity: 'error', rule: 'worker/log', message }));
    },
    close: () => harness.close(),
  };
}
