import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { temporaryFolder } from './support/folder.ts';

const ROOT = join(import.meta.dirname, '..');

test('a preview of another folder shows what changes in it', async () => {
  const titled = (title: string): string =>
    `---\ntitle: ${title}\ndate: 2021-02-03\n---\n\nThe harbour is closed.\n`;
  const { path: folder, remove } = await temporaryFolder({ 'seeds/a.md': titled('High water') });
  const port = await freePort();
  const preview = spawn('npm', ['start', '--silent'], {
    cwd: ROOT,
    env: {
      ...process.env,
      SEEDS_DIR: join(folder, 'seeds'),
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
    await writeFile(join(folder, 'seeds/a.md'), titled('Low water'));
    await shows('Low water');
    expect(preview.exitCode).toBeNull();
  } finally {
    if (preview.pid !== undefined) process.kill(-preview.pid);
    await remove();
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
