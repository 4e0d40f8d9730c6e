import type { Matches } from './matches.ts';

/** The numbers of the articles that answer best, the best first; of equals the newest, the one with the highest number. */
export function rank(matches: Matches, count: number): Uint32Array {
  const size = Math.min(count, matches.articles.length);
  // A heap of places in the matches, the worst of those that are kept on top.
  const heap = new Uint32Array(size);
  let kept = 0;
  for (let candidate = 0; candidate < matches.articles.length; candidate++) {
    if (kept < size) {
      let at = kept++;
      for (
        let parent = (at - 1) >>> 1;
        at > 0 && isWorse(candidate, heap[parent] ?? 0);
        parent = (at - 1) >>> 1
      ) {
        heap[at] = heap[parent] ?? 0;
        at = parent;
      }
      heap[at] = candidate;
    } else if (size > 0 && isWorse(heap[0] ?? 0, candidate)) {
      sink(candidate);
    }
  }
  return heap.sort((a, b) => (isWorse(a, b) ? 1 : -1)).map((place) => matches.articles[place] ?? 0);

  function isWorse(a: number, b: number): boolean {
    const difference = (matches.scores[a] ?? 0) - (matches.scores[b] ?? 0);
    return difference < 0 || (difference === 0 && a < b);
  }

  /** Puts another in the place of the top. */
  function sink(candidate: number): void {
    let at = 0;
    for (let child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && isWorse(heap[child + 1] ?? 0, heap[child] ?? 0)) child++;
      if (!isWorse(heap[child] ?? 0, candidate)) break;
      heap[at] = heap[child] ?? 0;
      at = child;
    }
    heap[at] = candidate;
  }
}
