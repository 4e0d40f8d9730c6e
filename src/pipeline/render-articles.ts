import { setImmediate } from 'node:timers/promises';
import type { ResolvedDocument } from '../corpus/collect.ts';
import { askEach, tooLarge } from './ask-each.ts';
import { type BuildContext, loadCached, lost, mapBatches } from './build-context.ts';
import type { CachedArticle } from './cache-index.ts';
import { articleKey } from './cache-key.ts';
import type { ArticleReport, Rendering } from './inline-pipeline.ts';
import { internValues } from './intern.ts';
import type { Unrendered } from './render.ts';
import type { RenderingJob, RenderingResult } from './task-requests.ts';

/** Renders the articles at their places, but those that are known; tells of all in their order. */
export async function render(context: BuildContext, places: readonly ResolvedDocument[]): Promise<Rendering> {
  const reports = new Map<ResolvedDocument, ArticleReport>();
  const refused = new Map<string, string>();
  const shareValues = internValues();
  const take = (place: ResolvedDocument, report: ArticleReport): void => {
    reports.set(place, shareValues(report, place.identity));
  };
  const renderAll = (some: readonly ResolvedDocument[]): Promise<void> =>
    mapBatches(context, 'Rendering', some, async (batch) => {
      for (const [place, made] of await make(context, batch)) {
        if ('refused' in made) refused.set(place.path, made.refused);
        else take(place, made);
      }
    });

  const [same, others] = partition(places, (place) => isRemembered(context, place));
  const rendering = renderAll(others);
  const lost = same.filter((place) => {
    const report = context.reports.get(place.path) ?? recallReport(context, place.path);
    if (report !== undefined) take(place, report);
    return report === undefined;
  });
  context.reports.clear();
  await rendering;
  if (lost.length > 0) await renderAll(lost);
  return { reports: places.flatMap((place) => reports.get(place) ?? []), refused };
}

/** Fetches what is remembered of articles, most of which will be what they were. */
export async function recallReports(context: BuildContext): Promise<void> {
  // Orders go out first.
  await setImmediate();
  for (const path of context.known.keys()) {
    const report = recallReport(context, path);
    if (report !== undefined) context.reports.set(path, report);
  }
}

function recallReport(context: BuildContext, path: string): ArticleReport | undefined {
  return loadCached<ArticleReport>(context, context.known.get(path)?.rendered?.report);
}

function isRemembered(context: BuildContext, place: ResolvedDocument): boolean {
  return context.known.get(place.path)?.rendered?.name === nameOf(context, place);
}

function partition<Item>(items: readonly Item[], isOne: (item: Item) => boolean): [Item[], Item[]] {
  const parts: [Item[], Item[]] = [[], []];
  for (const item of items) parts[isOne(item) ? 0 : 1].push(item);
  return parts;
}

async function make(
  context: BuildContext,
  places: readonly ResolvedDocument[],
): Promise<[ResolvedDocument, ArticleReport | Unrendered][]> {
  const { pool, known } = context;
  const jobs = places.map((place) => jobOf(context, place));
  const results = await askEach(
    pool,
    'render',
    jobs,
    ({ place }): RenderingResult => ({
      refused: tooLarge(place.path),
    }),
  );
  return places.map((place, index) => {
    const document = known.get(place.path);
    const result = results[index];
    if (document === undefined || result === undefined) throw lost(place.path);
    if ('refused' in result) return [place, result];
    const { content: _, ...rest } = document;
    known.set(place.path, { ...rest, rendered: { name: nameOf(context, place), ...result.kept } });
    return [place, result.report];
  });
}

function jobOf({ known }: BuildContext, place: ResolvedDocument): RenderingJob {
  const { digest = '', content } = known.get(place.path) ?? {};
  return { place, digest, ...(content && { content }) };
}

function nameOf({ known }: BuildContext, place: ResolvedDocument): string {
  return articleKey(known.get(place.path)?.digest ?? '', place);
}

/** What was rendered, in the order of their places. */
export function rendered({ known }: BuildContext, places: readonly ResolvedDocument[]): CachedArticle[] {
  return places.map((place) => {
    const article = known.get(place.path)?.rendered;
    if (article === undefined) throw lost(place.path);
    return article;
  });
}

/** Renders again what was lost. */
export async function repair(context: BuildContext, places: readonly ResolvedDocument[]): Promise<void> {
  const damaged = places.filter((place) => {
    const { record, forms, terms } = context.known.get(place.path)?.rendered ?? {};
    return [record, forms, terms].some(
      (part) => part === undefined || context.cache.read(part) === undefined,
    );
  });
  // Others may not see what this thread still sees.
  for (const [, made] of await make(context, damaged.length > 0 ? damaged : places))
    if ('refused' in made) throw new Error(made.refused);
}
