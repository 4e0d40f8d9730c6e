import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');

test('a preview of another folder shows what changes in it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tidings-'));
  const seeds = join(folder, 'seeds');
  const write = (title: string): Promise<void> =>
    writeFile(join(seeds, 'a.md'), `---\ntitle: ${title}\ndate: 2021-02-03\n---\n\nThe harbour is closed.\n`);
  await mkdir(seeds);
  await write('High water');
  const port = await freePort();
  const preview = spawn('npm', ['start', '--silent'], {
    cwd: ROOT,
    env: {
      ...process.env,
      SEEDS_DIR: seeds,
      OUT_DIR: join(folder, 'out'),
      CACHE_DIR: join(folder, 'cache'),
      PORT: String(port),
    },
    stdio: 'ignore',
    // With all that it starts.
    detached: true,
  });
  try {
    const feed = `http://127.0.0.1:${port}/feed.json`;
    const shows = async (title: string): Promise<void> => {
      for (;;) {
        const text = await fetch(feed).then(
          (response) => response.text(),
          () => '',
        );
        if (text.includes(`"${title}"`)) return;
        await wait(100);
      }
    };
    await shows('High water');
    await write('Low water');
    await shows('Low water');
    expect(preview.exitCode).toBeNull();
  } finally {
    if (preview.pid !== undefined) process.kill(-preview.pid);
    await rm(folder, { recursive: true, force: true });
  }
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('expected a port');
  return address.port;
}
