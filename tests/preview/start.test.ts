import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { EMPTY_LEDGER } from '../../src/identity/ledger.ts';
import { writeLedger } from '../../src/identity/ledger-file.ts';
import { temporaryFolder } from '../support/folder.ts';
import { freePort } from '../support/free-port.ts';

const ROOT = join(import.meta.dirname, '../..');
const NO_ARTICLES = writeLedger(EMPTY_LEDGER);
const PICTURE = readFileSync(join(ROOT, 'tests/fixtures/media/a.png'));

function titled(title: string, body = 'The harbour is closed.'): string {
  return `---\ntitle: ${title}\ndate: 2021-02-03\n---\n\n${body}\n`;
}

interface Preview {
  write(path: string, content: string | Uint8Array): Promise<void>;
  /** What is answered there once it is what is wanted. */
  answerOf(path: string, isWanted: (response: Response, text: string) => boolean): Promise<string>;
  /** Which is to be there soon. */
  shows(title: string): Promise<string>;
  /** All that it said. */
  said(): string;
  readonly address: string;
  /** Of documents. */
  readonly folder: string;
  /** Ends npm, and nothing else, without a warning. */
  kill(): void;
}

async function withPreview(
  files: Readonly<Record<string, string>>,
  use: (preview: Preview) => Promise<void>,
  args: readonly string[] = [],
): Promise<void> {
  const { path: folder, remove } = await temporaryFolder(files);
  const port = await freePort();
  const seeds = join(folder, 'seeds');
  let said = '';
  const child = spawn('npm', ['start', '--silent', '--', ...args], {
    cwd: ROOT,
    env: {
      ...process.env,
      SEEDS_DIR: seeds,
      OUT_DIR: join(folder, 'out'),
      CACHE_DIR: join(folder, 'cache'),
      PORT: String(port),
    },
    // With all that it starts.
    detached: true,
  });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  const answerOf: Preview['answerOf'] = async (path, isWanted) => {
    for (;;) {
      const response = await fetch(`http://127.0.0.1:${port}${path}`).catch(() => undefined);
      const text = (await response?.text()) ?? '';
      if (response !== undefined && isWanted(response, text)) return text;
      await wait(50);
    }
  };
  try {
    await use({
      async write(path, content) {
        await mkdir(dirname(join(seeds, path)), { recursive: true });
        await writeFile(join(seeds, path), content);
      },
      answerOf,
      shows: (title) => answerOf('/feed.json', (_, text) => text.includes(`"${title}"`)),
      said: () => said,
      address: `http://127.0.0.1:${port}`,
      folder: seeds,
      kill: () => child.kill('SIGKILL'),
    });
    if (!child.killed) expect(child.exitCode).toBeNull();
  } finally {
    if (child.pid !== undefined && !child.killed) process.kill(-child.pid);
    await remove();
  }
}

test('a preview shows what changes in the folder, and in folders that are new', async () => {
  await withPreview({ 'seeds/a.md': titled('High water') }, async ({ write, answerOf, shows }) => {
    await shows('High water');
    await write('a.md', titled('Low water'));
    await shows('Low water');
    await write('2021/may/b.md', titled('Boats', '![A boat](boat.png)'));
    await shows('Boats');
    await write('2021/may/boat.png', PICTURE);
    const feed = await answerOf('/feed.json', (_, text) => text.includes('/media/'));
    const [picture = ''] = /\/media\/[\w./-]+/.exec(feed) ?? [];
    await answerOf(picture, ({ ok, headers }) => ok && headers.get('content-type') === 'image/png');
    await write('2021/may/b.md', titled('Ships'));
    await shows('Ships');
  });
});

test('a preview says what is wrong, and shows what was right until it is mended', async () => {
  const broken = { 'seeds/a.md': titled('High water'), 'seeds/ledger.json': '<<<<<<< HEAD\n' };
  await withPreview(broken, async ({ write, answerOf, shows, said }) => {
    await answerOf('/', ({ status }) => status === 503);
    expect(said()).toContain('seeds/ledger.json:1');
    await write('ledger.json', NO_ARTICLES);
    await shows('High water');
    await write('ledger.json', '=======\n');
    await write('b.md', titled('Boats'));
    while (said().split('ledger.json:1').length < 3) await wait(50);
    expect(await shows('High water')).not.toContain('Boats');
    await write('ledger.json', NO_ARTICLES);
    await shows('Boats');
  });
});

test('a preview tells what changed, with its address, and an open page of it', async () => {
  const files = { 'seeds/a.md': titled('High water'), 'seeds/b.md': titled('Boats') };
  await withPreview(files, async ({ write, answerOf, shows, said, address, folder }) => {
    await shows('Boats');
    const page = await fetch(`${address}/`, { headers: { 'Sec-Fetch-Dest': 'document' } });
    const [, script = ''] = /<script>(\{\s+let shown;.*?)<\/script>$/s.exec(await page.text()) ?? [];
    const digest = createHash('sha256').update(script).digest('base64');
    expect(page.headers.get('content-security-policy')).toContain(`script-src 'sha256-${digest}' `);
    const [, path = ''] = /new EventSource\("(.*?)"\)/.exec(script) ?? [];
    const events = await fetch(address + path);
    const reader = events.body?.pipeThrough(new TextDecoderStream()).getReader();
    const first = (await reader?.read())?.value;
    expect(first).toMatch(/^data: \d+\n\n$/);
    const before = said().length;
    await write('b.md', titled('Ships'));
    const second = (await reader?.read())?.value;
    expect(second).toMatch(/^data: \d+\n\n$/);
    expect(second).not.toBe(first);
    await reader?.cancel();
    while (!said().slice(before).includes(' s\n')) await wait(50);
    const news = said().slice(before);
    expect(news).toContain(`published  ${join(folder, 'b.md')}  ${address}/articles/`);
    expect(news).toMatch(/2 documents: 2 published, 0 scheduled, 0 refused; built in [\d.]+ s\n/);
    expect(news).not.toContain('a.md');
    expect(await answerOf('/', ({ ok }) => ok)).not.toContain('EventSource("/__');
  });
});

test('a preview with --drafts and --future has both, and says so on every page', async () => {
  const files = {
    'seeds/a.md': titled('High water'),
    'seeds/b.md': titled('Boats').replace('---\n', '---\ndraft: true\n'),
    'seeds/_drafts/c.md': titled('Nets'),
    'seeds/d.md': titled('Fog').replace('2021', '2099'),
  };
  await withPreview(
    files,
    async ({ shows, address }) => {
      const feed = await shows('Fog');
      for (const title of ['High water', 'Boats', 'Nets']) expect(feed).toContain(`"${title}"`);
      const page = await fetch(`${address}/`, { headers: { 'Sec-Fetch-Dest': 'document' } });
      expect(await page.text()).toContain(
        'Preview with drafts and scheduled articles, which are not published',
      );
    },
    ['--drafts', '--future'],
  );
});

test('a preview takes the next port if its own is taken, and ends with npm', async () => {
  await withPreview({ 'seeds/a.md': titled('High water') }, async ({ shows, address, kill }) => {
    await shows('High water');
    const port = new URL(address).port;
    let said = '';
    const other = spawn(
      process.execPath,
      ['src/bin.js', 'start', '--port', port, '--seeds', '/there/is/none'],
      {
        cwd: ROOT,
      },
    );
    other.stdout.on('data', (text) => (said += text));
    await new Promise((resolve) => other.once('close', resolve));
    expect(said).toContain(`Port ${port} is taken: using ${Number(port) + 1}`);
    kill();
    while (await fetch(address).then(Boolean, () => false)) await wait(50);
  });
});

test.each([
  [{ SEEDS_DIR: '/there/is/none' }, 'Cannot read the folder of seeds'],
  [{ PORT: 'eighty' }, 'Cannot use PORT "eighty": expected a number from 1 to 65535'],
])('a preview that cannot be opened ends with what is wanted: %j', async (environment, message) => {
  const child = spawn('npm', ['start', '--silent'], { cwd: ROOT, env: { ...process.env, ...environment } });
  let said = '';
  child.stderr.on('data', (text) => (said += text));
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect(code).not.toBe(0);
  expect(said).toContain(message);
});
