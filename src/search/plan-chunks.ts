/**
 * Where runs end: at the last multiple of each of these numbers of articles. So there are at most three runs, which
 * depend on nothing but the articles in them; an article that is added at the end changes the last one, every 64th the
 * last two, and only every 1024th all of them.
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
  /** Whether it is the newest one, which is read for nearly every word, so that it is one block. */
  readonly isOneBlock: boolean;
  /** Its articles, as they are worked on: each stretch alone. */
  readonly chunks: readonly Stretch[];
}

export function planRuns(articles: number): readonly PlannedRun[] {
  let start = 0;
  return RUN_BOUNDARIES.flatMap((boundary): PlannedRun[] => {
    const run = { start, end: articles - (articles % boundary) };
    start = run.end;
    return run.end > run.start ? [{ ...run, isOneBlock: boundary === 1, chunks: chunksOf(run) }] : [];
  });
}

/**
 * The chunks in which so many articles are indexed, in their order: full ones of 1024 from the beginning, then one up to
 * the last multiple of 64, then one with the rest.
 */
export function planChunks(articles: number): readonly Stretch[] {
  return planRuns(articles).flatMap(({ chunks }) => chunks);
}

function chunksOf({ start, end }: Stretch): readonly Stretch[] {
  return Array.from({ length: Math.ceil((end - start) / CHUNK_ARTICLES) }, (_, i) => ({
    start: start + i * CHUNK_ARTICLES,
    end: Math.min(start + (i + 1) * CHUNK_ARTICLES, end),
  }));
}
