import { appendFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { feedPath, formatEndings } from '../../../src/routes/paths.ts';
import { documentsIn } from '../corpus/documents.ts';
import type { Articles } from '../workers/peer.ts';

/** Milliseconds between one question and the next. */
const INTERVAL = 5;
/** A publisher does not write the next edit while the last one is being built. */
const PAUSE = 2000;
/** Milliseconds after which something is wrong. */
const TOO_LONG = 60_000;

/**
 * Edits the newest document and waits until its article says so.
 *
 * @returns seconds
 * @throws Error when it never does
 */
export async function editAndWait(seeds: string, address: string, round: number): Promise<number> {
  await wait(PAUSE);
  const feed = await fetch(address + feedPath('json'));
  const [newest] = ((await feed.json()) as Articles).items; // JSON Feed 1.1 §items
  const url = `${newest?.url}${formatEndings.text}`;
  const mark = `This was edited in round ${round}.`;
  const began = performance.now();
  await appendFile(documentsIn(seeds).at(-1) ?? '', `\n${mark}\n`);
  for (;;) {
    const answer = await fetch(url);
    const seconds = (performance.now() - began) / 1000;
    if ((await answer.text()).includes(mark)) return seconds;
    if (seconds * 1000 > TOO_LONG) throw new Error(`Cannot see the edit of ${url}`);
    await wait(INTERVAL);
  }
}
