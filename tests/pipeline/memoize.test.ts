import { describe, expect, test } from 'vitest';
import { type MemoizedTask, memoize } from '../../src/pipeline/memoize.ts';

interface Doubling extends MemoizedTask<number, number> {
  readonly batches: (readonly number[])[];
  readonly repaired: number[];
  /** The most batches that were running at once. */
  readonly most: () => number;
}

/**
 * Doubles numbers.
 *
 * @param cached results by job; undefined if lost
 * @param lacking jobs that lack an input, and how many repairs bring it back
 */
function doubling(
  cached: ReadonlyMap<number, number | undefined> = new Map(),
  lacking: Map<number, number> = new Map(),
): Doubling {
  const batches: (readonly number[])[] = [];
  const repaired: number[] = [];
  let [running, most] = [0, 0];
  return {
    label: 'Doubling',
    batchSize: 2,
    batches,
    repaired,
    most: () => most,
    isCached: (job) => cached.has(job),
    load: (job) => cached.get(job),
    async compute(jobs) {
      batches.push(jobs);
      most = Math.max(most, ++running);
      // The later ones are done first.
      for (let turn = 0; turn < 50 - (jobs[0] ?? 0); turn++) await undefined;
      running--;
      return jobs.map((job) => ((lacking.get(job) ?? 0) > 0 ? undefined : 2 * job));
    },
    async repair(job) {
      repaired.push(job);
      lacking.set(job, (lacking.get(job) ?? 0) - 1);
    },
  };
}

function run(task: Doubling, jobs: readonly number[], lookahead = 2) {
  const progress: string[] = [];
  const values = memoize(jobs, task, {
    progress: {
      begin: (label, total) => void progress.push(`${label} ${total}`),
      advance: (count) => void progress.push(`+${count}`),
      end() {},
    },
    lookahead,
  });
  return { values, progress };
}

describe('a memoized task', () => {
  test('computes what is not remembered, in batches, and gives all in order', async () => {
    const task = doubling(
      new Map([
        [2, 4],
        [5, 10],
      ]),
    );
    const { values, progress } = run(task, [1, 2, 3, 4, 5, 6, 7]);
    expect(await values).toEqual([2, 4, 6, 8, 10, 12, 14]);
    expect(task.batches).toEqual([[1, 3], [4, 6], [7]]);
    expect(progress).toEqual(['Doubling 5', '+2', '+2', '+1']);
    expect(task.repaired).toEqual([]);
  });

  test('runs no more batches at once than it may', async () => {
    for (const lookahead of [1, 2, 3]) {
      const task = doubling();
      const jobs = Array.from({ length: 20 }, (_, index) => index);
      expect(await run(task, jobs, lookahead).values).toEqual(jobs.map((job) => 2 * job));
      expect(task.most()).toBe(lookahead);
    }
  });

  test('computes again what is lost, and repairs what that needs', async () => {
    const task = doubling(new Map([[1, undefined]]), new Map([[3, 1]]));
    expect(await run(task, [1, 2, 3]).values).toEqual([2, 4, 6]);
    expect(task.batches).toEqual([[2, 3], [3], [1]]);
    expect(task.repaired).toEqual([3]);
  });

  test('fails if that cannot be repaired', async () => {
    const task = doubling(new Map(), new Map([[3, 2]]));
    await expect(run(task, [1, 2, 3]).values).rejects.toThrow(
      'Cannot read back the results of a task; build again',
    );
  });

  test('with nothing to compute shows no progress', async () => {
    const { values, progress } = run(doubling(new Map([[1, 2]])), [1]);
    expect([await values, progress]).toEqual([[2], []]);
  });
});
