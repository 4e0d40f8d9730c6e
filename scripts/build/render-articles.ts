import type { Place } from '../../src/documents/collect.ts';
import type { ArticleReport } from '../../src/workshop.ts';
import { type Desk, lost, recall, workThrough } from './desk.ts';
import type { RenderingJob } from './jobs.ts';
import type { RememberedArticle } from './memory.ts';
import { articleName } from './name.ts';
import { valueSharer } from './share-values.ts';

/** Renders the articles at their places, but those that are known; tells of all in their order. */
export async function render(desk: Desk, places: readonly Place[]): Promise<ArticleReport[]> {
  const { known } = desk;
  const reports = new Map<Place, ArticleReport>();
  const shareValues = valueSharer();
  for (const place of places) {
    const article = known.get(place.path)?.rendered;
    const report =
      article?.name === nameOf(desk, place) ? recall<ArticleReport>(desk, article.report) : undefined;
    if (report !== undefined) reports.set(place, shareValues(report, place.identity));
  }
  const missing = places.filter((place) => !reports.has(place));
  await workThrough(desk, 'Rendering', missing, async (batch) => {
    for (const [place, report] of await make(desk, batch))
      reports.set(place, shareValues(report, place.identity));
  });
  return places.flatMap((place) => reports.get(place) ?? []);
}

async function make(desk: Desk, places: readonly Place[]): Promise<[Place, ArticleReport][]> {
  const { crew, known } = desk;
  const results = await crew.ask(
    'render',
    places.map((place) => jobOf(desk, place)),
  );
  return places.map((place, index) => {
    const document = known.get(place.path);
    const result = results[index];
    if (document === undefined || result === undefined) throw lost(place.path);
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
  await make(desk, damaged.length > 0 ? damaged : places);
}
