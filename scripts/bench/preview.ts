import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { PACKAGE_ROOT as ROOT } from '../../src/package.ts';
import { feedPath, formatEndings } from '../../src/routes/paths.ts';
import { documentsIn, writeDocuments } from './corpus.ts';
import { type BenchOptions, extremes, grouped, markdownTable, median, tempFolder } from './measure.ts';
import type { Articles } from './workers/peer.ts';

const TITLE = '### Preview';
const SIZES = [100, 1000, 10_000];
const ROUNDS = 12;
const FIGURES = ['start, s', 'first edit, s', 'edit, s', 'min–max'];

interface Seconds {
  readonly start: number;
  /** In their order. */
  readonly edits: readonly number[];
}

/** Measures how soon `npm start` shows a change. */
export async function preview({ rounds = ROUNDS, sizes = SIZES }: BenchOptions): Promise<string> {
  const rows: string[][] = [];
  for (const size of sizes) {
    const { start, edits } = await measure(size, rounds);
    const [first = Number.NaN, ...others] = edits;
    const later = others.length > 0 ? others : edits;
    rows.push([
      grouped(size),
      ...[start, first, median(later)].map((seconds) => grouped(seconds, 2)),
      extremes(later, 2),
    ]);
    console.error(`${size} documents: ${edits.map((seconds) => seconds.toFixed(2)).join(' ')} s`);
  }
  return [
    TITLE,
    `\`npm start\` with documents of about 5 KB of Markdown: from its start without a cache until it says that it is ready; and from the moment at which an edit of one document is written until the article’s plain text, which is polled, shows it: the first edit, and median and extremes of ${rounds - 1} more.`,
    markdownTable(['documents'], FIGURES, rows),
  ].join('\n\n');
}

async function measure(size: number, rounds: number): Promise<Seconds> {
  const folder = tempFolder();
  const seeds = join(folder, 'seeds');
  await writeDocuments(seeds, size);
  const startedAt = performance.now();
  const { address, stop } = await startPreview(folder, seeds);
  const start = (performance.now() - startedAt) / 1000;
  try {
    const edits: number[] = [];
    for (let round = 0; round < rounds; round++) edits.push(await editAndWait(seeds, address, round));
    return { start, edits };
  } finally {
    await stop();
  }
}

interface RunningPreview {
  /** For example `http://127.0.0.1:8787`. */
  readonly address: string;
  stop(): Promise<void>;
}

/**
 * Previews documents, with all output in one folder.
 *
 * @returns when the preview has printed its URL
 */
async function startPreview(folder: string, seeds: string): Promise<RunningPreview> {
  const child = spawn(process.execPath, [join(ROOT, 'src/bin.js'), 'start'], {
    cwd: ROOT,
    env: {
      ...process.env,
      SEEDS_DIR: seeds,
      OUT_DIR: join(folder, 'out'),
      CACHE_DIR: join(folder, 'cache'),
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.kill()) await once(child, 'exit');
  };
  process.once('exit', () => child.kill());
  const address = await new Promise<string>((resolve, reject) => {
    // Read all output, so that the preview does not block on a full pipe.
    createInterface(child.stdout).on('line', (line) => {
      const printed = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
      if (printed !== undefined) resolve(printed);
    });
    child.once('exit', () => reject(new Error('Cannot start the preview: it has ended')));
  });
  return { address, stop };
}

/** The polling interval in milliseconds. */
const INTERVAL = 5;
/** The pause between edits, since a publisher does not edit during a build. */
const PAUSE = 2000;
/** The timeout in milliseconds. */
const TOO_LONG = 60_000;

/**
 * Edits the newest document and waits until its article shows the edit.
 *
 * @returns seconds
 * @throws Error if it does not before the timeout
 */
async function editAndWait(seeds: string, address: string, round: number): Promise<number> {
  await wait(PAUSE);
  const feed = await fetch(address + feedPath('json'));
  const [newest] = ((await feed.json()) as Articles).items; // JSON Feed 1.1 §items
  const url = `${newest?.url}${formatEndings.text}`;
  const sentence = `This was edited in round ${round}.`;
  const startedAt = performance.now();
  await appendFile(documentsIn(seeds).at(-1) ?? '', `\n${sentence}\n`);
  for (;;) {
    const response = await fetch(url);
    const seconds = (performance.now() - startedAt) / 1000;
    if ((await response.text()).includes(sentence)) return seconds;
    if (seconds * 1000 > TOO_LONG) throw new Error(`Cannot see the edit of ${url}`);
    await wait(INTERVAL);
  }
}
