import { measureSlice, type Slice, type Subject } from './slice.ts';

const WARM_UP_SECONDS = 0.8;
export const SLICE_SECONDS = 0.1;
const FIRST_REQUESTS = 100;
const MIN_REQUESTS = 16;

/**
 * Measures subjects side by side: each gets a short slice in every round, and every round starts with a different
 * subject, so that interference affects all subjects equally.
 *
 * @returns the slices of each subject, one per round
 */
export async function measureRounds(subjects: readonly Subject[], rounds: number): Promise<Slice[][]> {
  const counts: number[] = [];
  for (const subject of subjects) counts.push(await warmUp(subject));
  const slices: Slice[][] = subjects.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < subjects.length; turn++) {
      const index = (round + turn) % subjects.length;
      const subject = subjects[index] as Subject; // index is in range, here and below
      slices[index]?.push(await measureSlice(subject, counts[index] as number));
    }
  }
  return slices;
}

/** Warms up the just-in-time compiler; returns the number of requests per slice. */
async function warmUp(subject: Subject): Promise<number> {
  for (let count = FIRST_REQUESTS, spent = 0; ; count *= 2) {
    const { seconds } = await measureSlice(subject, count);
    spent += count * seconds;
    if (spent >= WARM_UP_SECONDS) return Math.max(MIN_REQUESTS, Math.round(SLICE_SECONDS / seconds));
  }
}
