import type { Site } from '../config/site.ts';
import type { Readers, ResolvedDocument } from '../corpus/collect.ts';
import type { Boilerplate } from '../documents/boilerplate-metadata.ts';
import { type DocumentContent, type ReadDocument, readDocument } from '../documents/parsed-document.ts';
import type { SourceFile } from '../documents/stated.ts';
import { encodePartialIndexes } from '../search/index-writer.ts';
import type { EmitAsset } from '../store/asset.ts';
import { type PackedSegment, packSegment, type SegmentPlan } from '../store/plan-segments.ts';
import { encodeSegment } from '../store/segments-format.ts';
import type { SearchParts } from '../store/write-store.ts';
import { codec } from './codec.ts';
import { type RenderedArticle, tryRender } from './render.ts';
import { searchParts } from './search-parts.ts';

/** Where documents are worked on that need not know of each other, and where what comes of them is put together. */
export interface BuildPipeline extends Readers {
  /** Renders articles of documents that were read. */
  render(places: readonly ResolvedDocument[]): Promise<Rendering>;
  /** Packs articles that were all rendered into segments, which are told in their order. */
  pack(places: readonly ResolvedDocument[], plans: readonly SegmentPlan[]): Promise<readonly PackedSegment[]>;
  /**
   * The search index over articles that were all rendered.
   *
   * @param scheduled how many of them, the last ones, are not published yet
   */
  index(places: readonly ResolvedDocument[], scheduled: number): Promise<SearchParts>;
  /** Takes what is published beside the worker. */
  readonly publish: EmitAsset;
}

/** What came of rendering articles. */
export interface Rendering {
  /** What is to be known of each, in the order of their places; without those that are refused. */
  readonly reports: readonly ArticleReport[];
  /** Why documents cannot be published, by path. */
  readonly refused: ReadonlyMap<string, string>;
}

/** What has to be known of a rendered article to find a place for it. */
export interface ArticleReport extends Pick<RenderedArticle, 'facts' | 'warnings'> {
  /** Of its record. */
  readonly bytes: number;
}

/** One document after the other, all in memory: the right way for a few. */
export function inlinePipeline(files: readonly SourceFile[], site: Site, publish: EmitAsset): BuildPipeline {
  const contents = new Map<string, DocumentContent>();
  const amended = new Set<string>();
  const rendered = new Map<string, RenderedArticle>();
  const read = (file: SourceFile, boilerplate?: Boilerplate): ReadDocument => {
    const { path } = file;
    const reading = readDocument(file, site, boilerplate);
    if (reading.status !== 'read') return { path, ...reading };
    contents.set(path, reading.content);
    return { path, status: 'read', facts: reading.facts };
  };
  const articleOf = ({ path }: ResolvedDocument): RenderedArticle => {
    const article = rendered.get(path);
    if (article === undefined) throw new Error(`Cannot pack seeds/${path}: it was not rendered`);
    return article;
  };
  return {
    readAll: async () => files.map((file) => read(file)),
    amend: async (boilerplates) =>
      files.flatMap((file) => {
        const boilerplate = boilerplates.get(file.path);
        if (boilerplate === undefined) {
          // What was amended before is not any more.
          if (amended.delete(file.path)) read(file);
          return [];
        }
        amended.add(file.path);
        return [read(file, boilerplate)];
      }),
    async render(places) {
      const refused = new Map<string, string>();
      const reports = places.flatMap((place): ArticleReport[] => {
        const content = contents.get(place.path);
        if (content === undefined) throw new Error(`Cannot render seeds/${place.path}: it was not read`);
        const article = tryRender(content, place, site);
        if ('refused' in article) {
          refused.set(place.path, article.refused);
          return [];
        }
        rendered.set(place.path, article);
        return [{ facts: article.facts, warnings: article.warnings, bytes: article.record.length }];
      });
      return { reports, refused };
    },
    pack: async (places, plans) =>
      plans.map(({ start, end, mayBeBundled }) => {
        const articles = places.slice(start, end).map(articleOf);
        const segmentOf = (records: readonly Uint8Array[]) => encodeSegment(records, codec);
        const records = segmentOf(articles.map(({ record }) => record));
        const forms = segmentOf(articles.map((article) => article.forms));
        return packSegment(records, forms, mayBeBundled, codec, publish);
      }),
    index: async (places, scheduled) => {
      const terms = places.map((place) => articleOf(place).terms);
      return searchParts(encodePartialIndexes(terms, scheduled), scheduled, publish);
    },
    publish,
  };
}
