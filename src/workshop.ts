import type { Place } from './documents/collect.ts';
import type { SourceFile } from './documents/document.ts';
import { type Content, type ReadDocument, readDocument } from './documents/reading.ts';
import type { Amend } from './documents/settle-together.ts';
import type { Amendment } from './documents/template-claims.ts';
import { type RenderedArticle, renderArticle } from './render.ts';
import type { DocumentTerms } from './search/document-terms.ts';
import { encodeSearch, type SearchIndex } from './search/encode-search.ts';
import type { Site } from './settings.ts';

/** Where documents are worked on that need not know of each other: each is read, and its article rendered. */
export interface Workshop {
  /** Reads every document; in any order. */
  readAll(): Promise<readonly ReadDocument[]>;
  /** Reads some again, by what is known of them from others. */
  readonly amend: Amend;
  /** Renders articles of documents that were read, in the order of `places`. */
  render(places: readonly Place[]): AsyncIterable<StoredArticle>;
  /** The search index over articles that were all rendered. */
  index(places: readonly Place[]): Promise<SearchIndex>;
}

/** What of an article goes into the store. */
export type StoredArticle = Pick<RenderedArticle, 'facts' | 'record' | 'forms' | 'warnings'>;

/** One document after the other, all that was read in memory: the right way for a few. */
export function workAlone(files: readonly SourceFile[], site: Site): Workshop {
  const contents = new Map<string, Content>();
  const terms = new Map<string, DocumentTerms>();
  const read = (file: SourceFile, amendment?: Amendment): ReadDocument => {
    const { path } = file;
    const reading = readDocument(file, site, amendment);
    if (reading.status !== 'read') return { path, ...reading };
    contents.set(path, reading.content);
    return { path, status: 'read', facts: reading.facts };
  };
  return {
    readAll: async () => files.map((file) => read(file)),
    amend: async (amendments) =>
      files.flatMap((file) => {
        const amendment = amendments.get(file.path);
        return amendment === undefined ? [] : [read(file, amendment)];
      }),
    async *render(places) {
      for (const place of places) {
        const content = contents.get(place.path);
        if (content === undefined) throw new Error(`Cannot render seeds/${place.path}: it was not read`);
        const article = renderArticle(content, place, site);
        terms.set(place.path, article.terms);
        yield article;
      }
    },
    async index(places) {
      return encodeSearch(places.flatMap(({ path }) => terms.get(path) ?? []));
    },
  };
}
