import type { Article, Instant } from '../../src/article.ts';
import { makeArticle } from '../../src/articles/make-article.ts';
import type { Site } from '../../src/config/site.ts';
import { type Collection, collectDocuments } from '../../src/corpus/collect.ts';
import type { Outcome } from '../../src/corpus/resolve-documents.ts';
import { readDocument } from '../../src/documents/read-document.ts';
import { renderArticle } from '../../src/pipeline/render.ts';
import type { SeedFiles } from './app.ts';
import { memoryPipeline } from './pipeline.ts';

export interface CollectedArticles extends Omit<Collection, 'outcomes'> {
  /** In the order of their documents' paths. */
  readonly articles: readonly Article[];
  readonly outcomes: readonly (Outcome & { readonly article?: Article })[];
}

/** The articles that a folder holds, before they are rendered. */
export async function collectArticles(
  files: SeedFiles,
  site: Site,
  now: Instant,
): Promise<CollectedArticles> {
  const pipeline = memoryPipeline(files.documents, site);
  const { outcomes, ...collection } = await collectDocuments(pipeline, files, site, now);
  const articles = new Map<string, Article>();
  const warnings = [...collection.warnings];
  for (const place of collection.places) {
    const file = files.documents.find(({ path }) => path === place.path);
    const reading = file && readDocument(file, site, place.boilerplate);
    if (reading?.status !== 'read') throw new Error(`no article of ${place.path}`);
    articles.set(place.path, makeArticle(reading.content, place, site));
    warnings.push(...renderArticle(reading.content, place, site).warnings);
  }
  return {
    ...collection,
    warnings,
    articles: [...articles.values()],
    outcomes: outcomes.map((outcome) => {
      const article = articles.get(outcome.path);
      return article === undefined ? outcome : { ...outcome, article };
    }),
  };
}
