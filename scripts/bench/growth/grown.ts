import { uploadSize } from '../workers/bundle.ts';
import { measureRounds } from '../workers/rounds.ts';
import type { Slice, Subject } from '../workers/slice.ts';
import type { Stand } from '../workers/stand.ts';
import { type Assets, countAssets } from './assets.ts';
import type { Contender } from './contender.ts';
import { type Heap, measureHeap } from './heap.ts';
import { measureStarts, type Start, type Starter } from './starts.ts';

/** All that was measured of an archive of one size. */
export interface Grown {
  readonly contender: Contender;
  /** Bytes, compressed. */
  readonly upload: number;
  readonly assets: Assets;
  readonly starts: readonly Start[];
  /** Those of its hello, in the same rounds. */
  readonly helloStarts: readonly Start[];
  readonly heap: Heap;
  /** Of each question, one for each round. */
  readonly slices: readonly (readonly Slice[])[];
}

/** Starts take longer than slices. */
export const MAX_STARTS = 7;

/**
 * Measures archives side by side.
 *
 * @returns also the slices of a bare hello
 */
export async function measureContenders(
  stand: Stand,
  contenders: readonly Contender[],
  hello: Starter,
  rounds: number,
): Promise<{ readonly all: readonly Grown[]; readonly helloSlices: readonly Slice[] }> {
  const starts = await measureStarts(
    stand,
    contenders.flatMap((contender) => [contender, contender.hello]),
    Math.min(rounds, MAX_STARTS),
  );
  const heaps: Heap[] = [];
  for (const contender of contenders) heaps.push(await measureHeap(stand, contender));
  const [[helloSlices = []] = [], ...slices] = await measureQuestions(stand, [hello, ...contenders], rounds);
  const all: Grown[] = [];
  for (const [index, contender] of contenders.entries()) {
    const { made } = contender;
    all.push({
      contender,
      upload: await uploadSize(made),
      assets: await countAssets(made.assets),
      starts: starts[2 * index] ?? [],
      helloStarts: starts[2 * index + 1] ?? [],
      heap: heaps[index] as Heap, // one for each contender
      slices: slices[index] ?? [],
    });
  }
  return { all, helloSlices };
}

/** Gives the slices of each question of each starter. */
async function measureQuestions(
  stand: Stand,
  starters: readonly Starter[],
  rounds: number,
): Promise<Slice[][][]> {
  const subjects: Subject[] = [];
  // A workerd each, so that nobody collects another one's garbage.
  for (const { made, questions } of starters)
    for (const question of questions) subjects.push({ question, server: await stand.serve(made) });
  const slices = await measureRounds(subjects, rounds);
  return starters.map(({ questions }) => {
    const first = subjects.findIndex(({ question }) => question === questions[0]);
    return slices.slice(first, first + questions.length);
  });
}
