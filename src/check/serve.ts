import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { serveBuild } from '../preview/serve-build.ts';
import type { Finding } from './finding.ts';

export interface Preview {
  readonly origin: string;
  /** What the build complained of. */
  readonly findings: readonly Finding[];
  /** What the worker has complained of since it was served. */
  readonly complaints: () => Finding[];
  readonly close: () => Promise<void>;
}

const ROOT = join(import.meta.dirname, '../..');

/**
 * Builds the seeds into a folder of its own and serves them in workerd, as they would be deployed.
 *
 * @throws Error when the build wrote nothing that can be served
 */
export async function servePreview(): Promise<Preview> {
  const out = await mkdtemp(join(tmpdir(), 'tidings-check-'));
  const remove = (): Promise<void> => rm(out, { recursive: true, force: true });
  try {
    const findings = await build(out);
    const { origin, complaints, close } = await serve(out);
    return { origin, findings, complaints, close: () => close().finally(remove) };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** @throws Error when it did not come to its end */
async function build(out: string): Promise<Finding[]> {
  const script = join(ROOT, 'scripts/build.js');
  const child = spawn(process.execPath, [script, '--out', out], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PREVIEW: '1' },
  });
  const [report, complaints] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  if (report === '') throw new Error(complaints.trim());
  return complaints
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('warning: '))
    .map((message) => ({ severity: 'error', rule: 'build/refused', message }));
}

async function serve(out: string): Promise<Omit<Preview, 'findings'>> {
  const harness = await serveBuild(out);
  const { url } = await harness.listen();
  return {
    origin: url.origin,
    complaints: () => {
      const errors = harness.getLogs().filter(({ level }) => level === 'error');
      const messages = new Set(errors.map(({ message }) => message));
      return [...messages].map((message) => ({ severity: 'error', rule: 'worker/log', message }));
    },
    close: () => harness.close(),
  };
}
