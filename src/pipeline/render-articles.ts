import { setImmediate } from 'node:timers/promises';
import type { Place } from '../corpus/collect.ts';
import { askEach, tooLarge } from './ask-each.ts';
import { type Desk, lost, recall, workThrough } from './build-context.ts';
import type { RememberedArticle } from './cache-index.ts';
import { articleName } from './cache-key.ts';
import type { ArticleReport, Rendering } from './inline-pipeline.ts';
import { valueSharer } from './intern.ts';
import type { Unrendered } from './render.ts';
import type { RenderingJob, RenderingResult } from './task-requests.ts';

/** Renders the articles at their places, but those that are known; tells of all in their order. */
export async function render(desk: Desk, places: readonly Place[]): Promise<Rendering> {
  const reports = new Map<Place, ArticleReport>();
  const refused = new Map<string, string>();
  const shareValues = valueSharer();
  const take = (place: Place, report: ArticleReport): void => {
    reports.set(place, shareValues(report, place.identity));
  };
  const renderAll = (some: readonly Place[]): Promise<void> =>
    workThrough(desk, 'Rendering', some, async (batch) => {
      for (const [place, made] of await make(desk, batch)) {
        if ('refused' in made) refused.set(place.path, made.refused);
        else take(place, made);
      }
    });

  const [same, others] = partition(places, (place) => isRemembered(desk, place));
  const rendering = renderAll(others);
  const lost = same.filter((place) => {
    const report = desk.reports.get(place.path) ?? recallReport(desk, place.path);
    if (report !== undefined) take(place, report);
    return report === undefined;
  });
  desk.reports.clear();
  await rendering;
  if (lost.length > 0) await renderAll(lost);
  return { reports: places.flatMap((place) => reports.get(place) ?? []), refused };
}

/** Fetches what is remembered of articles, most of which will be what they were. */
export async function recallReports(desk: Desk): Promise<void> {
  // Orders go out first.
  await setImmediate();
  for (const path of desk.known.keys()) {
    const report = recallReport(desk, path);
    if (report !== undefined) desk.reports.set(path, report);
  }
}

function recallReport(desk: Desk, path: string): ArticleReport | undefined {
  return recall<ArticleReport>(desk, desk.known.get(path)?.rendered?.report);
}

function isRemembered(desk: Desk, place: Place): boolean {
  return desk.known.get(place.path)?.rendered?.name === nameOf(desk, place);
}

function partition<Item>(items: readonly Item[], isOne: (item: Item) => boolean): [Item[], Item[]] {
  const parts: [Item[], Item[]] = [[], []];
  for (const item of items) parts[isOne(item) ? 0 : 1].push(item);
  return parts;
}

async function make(desk: Desk, places: readonly Place[]): Promise<[Place, ArticleReport | Unrendered][]> {
  const { crew, known } = desk;
  const jobs = places.map((place) => jobOf(desk, place));
  const results = await askEach(
    crew,
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
    known.set(place.path, { ...rest, rendered: { name: nameOf(desk, place), ...result.kept } });
    return [place, result.report];
  });
}

function jobOf({ known }: Desk, place: Place): RenderingJob {
  const { digest = '', content } = known.get(place.path) ?? {};
  return { place, digest, ...(content && { content }) };
}

function nameOf({ known }: Desk, place: Place): string {
  return articleName(known.get(place.path)?.digest ?? '', place);
}

/** What was rendered, in the order of their places. */
export function rendered({ known }: Desk, places: readonly Place[]): RememberedArticle[] {
  return places.map((place) => {
    const article = known.get(place.path)?.rendered;
    if (article === undefined) throw lost(place.path);
    return article;
  });
}

/** Renders again what was lost. */
export async function repair(desk: Desk, places: readonly Place[]): Promise<void> {
  const damaged = places.filter((place) => {
    const { record, forms, terms } = desk.known.get(place.path)?.rendered ?? {};
    return [record, forms, terms].some((part) => part === undefined || desk.cache.read(part) === undefined);
  });
  // Others may not see what this thread still sees.
  for (const [, made] of await make(desk, damaged.length > 0 ? damaged : places))
    if ('refused' in made) throw new Error(made.refused);
}
