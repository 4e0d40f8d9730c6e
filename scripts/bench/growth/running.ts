import { measureRounds } from '../workers/rounds.ts';
import type { Slice, Subject } from '../workers/slice.ts';
import type { Stand } from '../workers/stand.ts';
import { type Heap, measureHeap, measureStarts, type Start, type Starter } from './starts.ts';

/** What a worker costs that is there. */
export interface Running {
  readonly starts: readonly Start[];
  readonly heap: Heap;
  /** Of each question, one for each round. */
  readonly slices: readonly (readonly Slice[])[];
}

/** Starts take longer than slices. */
export const MAX_STARTS = 7;

/** Measures workers side by side; gives the figures of each. */
export async function measureRunning(
  stand: Stand,
  starters: readonly Starter[],
  rounds: number,
): Promise<Running[]> {
  const starts = await measureStarts(stand, starters, Math.min(rounds, MAX_STARTS));
  const heaps: Heap[] = [];
  for (const starter of starters) heaps.push(await measureHeap(stand, starter));

  const subjects: Subject[] = [];
  // A workerd each, so that nobody collects another one's garbage.
  for (const { made, questions } of starters)
    for (const question of questions) subjects.push({ question, server: await stand.serve(made) });
  const slices = await measureRounds(subjects, rounds);

  return starters.map(({ questions }, index) => {
    const first = subjects.findIndex(({ question }) => question === questions[0]);
    return {
      starts: starts[index] ?? [],
      heap: heaps[index] as Heap, // one for each starter
      slices: slices.slice(first, first + questions.length),
    };
  });
}
