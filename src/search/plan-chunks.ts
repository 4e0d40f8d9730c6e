/**
 * Where runs end: at the last multiple of each of these numbers of published articles. So there are at most three runs,
 * which depend on nothing but the articles in them; an article that is added at the end changes the last one, every 64th
 * the last two, and only every 1024th all of them. Scheduled articles have a run of their own, which is not read before
 * one of them appears: no word of theirs moves the border of a block that is read until then.
 */
const RUN_BOUNDARIES = [1024, 64, 1];
const CHUNK_ARTICLES = 1024;

/** Articles by their numbers, from `start` to before `end`. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Articles that are indexed as one. */
export interface PlannedRun extends Stretch {
  /** Whether it is one of the newest, which are read for nearly every word, so that it is one block. */
  readonly isOneBlock: boolean;
  /** Its articles, as they are worked on: each stretch alone. */
  readonly chunks: readonly Stretch[];
}

/** @param scheduled how many of the articles, the last ones, are not published yet */
export function planRuns(articles: number, scheduled = 0): readonly PlannedRun[] {
  const published = articles - scheduled;
  let start = 0;
  const runs = RUN_BOUNDARIES.map((boundary) => {
    const run = { start, end: published - (published % boundary), isOneBlock: boundary === 1 };
    start = run.end;
    return run;
  });
  runs.push({ start: published, end: articles, isOneBlock: scheduled <= CHUNK_ARTICLES });
  return runs.flatMap((run) => (run.end > run.start ? [{ ...run, chunks: chunksOf(run) }] : []));
}

/**
 * The chunks in which so many articles are indexed, in their order: full ones of 1024 from the beginning, then one up to
 * the last multiple of 64, then one with the rest, then those that are scheduled.
 */
export function planChunks(articles: number, scheduled = 0): readonly Stretch[] {
  return planRuns(articles, scheduled).flatMap(({ chunks }) => chunks);
}

function chunksOf({ start, end }: Stretch): readonly Stretch[] {
  return Array.from({ length: Math.ceil((end - start) / CHUNK_ARTICLES) }, (_, i) => ({
    start: start + i * CHUNK_ARTICLES,
    end: Math.min(start + (i + 1) * CHUNK_ARTICLES, end),
  }));
}
