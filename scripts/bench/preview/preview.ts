import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeDocuments } from '../corpus/documents.ts';
import { extremes, type Figures, grouped, markdownTable, median } from '../figures/figures.ts';
import type { BenchOptions } from '../options.ts';
import { editAndWait, startPreview } from './start-preview.ts';

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
export async function preview({ rounds = ROUNDS, sizes = SIZES }: BenchOptions): Promise<Figures> {
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
  const markdown = [
    TITLE,
    `\`npm start\` with documents of about 5 KB of Markdown: from its start, with nothing left of former builds, until it says that it is ready; and from the moment at which an edit of one document is written until the article’s plain text, asked for again and again, has it: the first edit, and median and extremes of ${rounds - 1} more.`,
    markdownTable(['documents'], FIGURES, rows),
  ].join('\n\n');
  return { markdown };
}

async function measure(size: number, rounds: number): Promise<Seconds> {
  const folder = mkdtempSync(join(tmpdir(), 'tidings-preview-'));
  const leave = (): void => rmSync(folder, { recursive: true, force: true });
  process.once('exit', leave);
  const seeds = join(folder, 'seeds');
  await writeDocuments(seeds, size);
  const began = performance.now();
  const { address, stop } = await startPreview(folder, seeds);
  const start = (performance.now() - began) / 1000;
  try {
    const edits: number[] = [];
    for (let round = 0; round < rounds; round++) edits.push(await editAndWait(seeds, address, round));
    return { start, edits };
  } finally {
    await stop();
    leave();
    process.off('exit', leave);
  }
}
