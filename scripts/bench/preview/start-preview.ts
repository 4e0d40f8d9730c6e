import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { PACKAGE_ROOT as ROOT } from '../../../src/package.ts';
import { freePort } from './free-port.ts';

interface RunningPreview {
  /** Such as `http://127.0.0.1:8787`. */
  readonly address: string;
  stop(): Promise<void>;
}

/**
 * Previews documents, and keeps all that comes of them in a folder.
 *
 * @returns once it says where the site is
 */
export async function startPreview(folder: string, seeds: string): Promise<RunningPreview> {
  const port = await freePort();
  const child = spawn(process.execPath, [join(ROOT, 'src/bin.js'), 'start'], {
    cwd: ROOT,
    env: {
      ...process.env,
      SEEDS_DIR: seeds,
      OUT_DIR: join(folder, 'out'),
      CACHE_DIR: join(folder, 'cache'),
      PORT: String(port),
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.kill()) await once(child, 'exit');
  };
  process.once('exit', () => child.kill());
  const address = `http://127.0.0.1:${port}`;
  await new Promise<void>((resolve, reject) => {
    // All of it is read, so that the preview does not wait for a reader.
    createInterface(child.stdout).on('line', (line) => {
      if (line.includes(address)) resolve();
    });
    child.once('exit', () => reject(new Error('Cannot start the preview: it has ended')));
  });
  return { address, stop };
}
