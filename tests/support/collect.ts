import type { Article, Instant } from '../../src/article.ts';
import { makeArticle } from '../../src/articles/make-article.ts';
import type { Generator, GeneratorName } from '../../src/config/generator.ts';
import type { Site } from '../../src/config/site.ts';
import { type Collection, collectDocuments } from '../../src/corpus/collect.ts';
import type { Outcome } from '../../src/corpus/resolve-documents.ts';
import { readDocument } from '../../src/documents/read-document.ts';
import type { SourceFile } from '../../src/documents/stated.ts';
import { renderArticle } from '../../src/pipeline/render.ts';
import { makeGenerator, makeSite, NOW, type SeedFiles, seedFiles } from './app.ts';
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
  for (const document of collection.documents) {
    const file = files.documents.find(({ path }) => path === document.path);
    const reading = file && readDocument(file, site, document.boilerplate);
    if (reading?.status !== 'read') throw new Error(`no article of ${document.path}`);
    articles.set(document.path, makeArticle(reading.content, document, site));
    warnings.push(...renderArticle(reading.content, document, site).warnings);
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

/** The articles of documents of a generator; undefined: of none. */
export async function articlesOf(
  files: readonly SourceFile[],
  name: GeneratorName | undefined,
  more: Partial<Generator> = {},
): Promise<readonly Article[]> {
  const generator = name && makeGenerator(name, more);
  const { articles } = await collectArticles(seedFiles(files), { ...makeSite(), generator }, NOW);
  return articles;
}
