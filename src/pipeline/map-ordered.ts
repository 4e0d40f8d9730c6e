/** Works on several at once; what comes of them comes in order. */
export async function* mapOrdered<Job, Result>(
  jobs: Iterable<Job>,
  work: (job: Job) => Promise<Result>,
  ahead: number,
): AsyncIterable<Result> {
  const running: Promise<Result>[] = [];
  for (const job of jobs) {
    const result = work(job);
    // Whoever waits for it hears of a failure; until then nobody does.
    result.catch(() => {});
    running.push(result);
    if (running.length >= ahead) yield (await running.shift()) as Result; // there is one
  }
  for (const result of running) yield await result;
}

export function* batchesOf<Item>(items: readonly Item[], size: number): Iterable<Item[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}
