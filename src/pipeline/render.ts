import type { Article } from '../article.ts';
import { articleWarnings, makeArticle } from '../articles/make-article.ts';
import type { Site } from '../config/site.ts';
import type { ResolvedDocument } from '../corpus/resolve-documents.ts';
import type { DocumentContent } from '../documents/parsed-document.ts';
import { refusalOf } from '../documents/stated.ts';
import { valuesOf } from '../facets.ts';
import { feedWriters } from '../feeds/writers.ts';
import { textWithoutNotes } from '../html/text.ts';
import { memoized } from '../memo.ts';
import { articleWriter } from '../pages/article.ts';
import { languageName } from '../pages/language.ts';
import { messagesFor } from '../pages/messages/messages-for.ts';
import { newsEntry } from '../pages/sitemap.ts';
import { valueName } from '../pages/value-names.ts';
import { byFormat } from '../routes/paths.ts';
import { type DocumentPostings, invertDocument } from '../search/document-postings.ts';
import type { ArticleMetadata } from '../store/metadata.ts';
import { ARTICLE_FRAGMENTS, encodeRecord, TEXT_FORMAT_FRAGMENTS } from '../store/record-format.ts';
import { pinOrigin } from '../templates/holes.ts';
import { articleMarkdown, llmsLine } from '../text-formats/markdown.ts';
import { articleText } from '../text-formats/text.ts';
import { codec } from './compression.ts';

/** An article, encoded for the store. */
interface RenderedArticle {
  readonly metadata: ArticleMetadata;
  /** See store/record-format.ts. */
  readonly record: Uint8Array;
  /** The record of its text formats. */
  readonly textFormats: Uint8Array;
  /** The words of the article, for the search index. */
  readonly terms: DocumentPostings;
  /** Warnings about what was left out of it. */
  readonly warnings: readonly string[];
}

/** The metadata of a rendered article that the store's index and the plan of segments need. */
export interface ArticleReport extends Pick<RenderedArticle, 'metadata' | 'warnings'> {
  /** The length of its record. */
  readonly bytes: number;
}

/** An article that cannot be rendered, and why. */
export interface Unrendered {
  readonly refused: string;
}

/** The same as `renderArticle`; any exception becomes the document's refusal. */
export function tryRender(
  content: DocumentContent,
  document: ResolvedDocument,
  site: Site,
): RenderedArticle | Unrendered {
  try {
    return renderArticle(content, document, site);
  } catch (error) {
    return { refused: refusalOf(document.path, error) };
  }
}

/** Renders the article of a document; equal content and document give equal results. */
export function renderArticle(
  content: DocumentContent,
  document: ResolvedDocument,
  site: Site,
): RenderedArticle {
  const article = makeArticle(content, document, site);
  const renditions: Renditions = [
    article,
    ...document.later.map(({ links }) => makeArticle(content, { ...document, links }, site)),
  ];
  return {
    metadata: storedFacts(article, document, site),
    record: encodeFragments(renditions, site),
    textFormats: encodeTextFormats(renditions, site),
    terms: termsOf(article),
    warnings: articleWarnings(article, content, document, site),
  };
}

/** Creating a writer takes much longer than using it. */
const pagesOf = memoized(articleWriter, new WeakMap());

/** An article's metadata for the store's index. */
function storedFacts(
  article: Article,
  { later, renewed = 0 }: ResolvedDocument,
  site: Site,
): ArticleMetadata {
  const {
    id,
    slug,
    published,
    updated,
    added = 0,
    expires,
    listed,
    indexed,
    mapped,
    isPinned,
    contentHtml,
  } = article;
  const interfaceLanguage = messagesFor(article.language, site.language).language;
  return {
    id,
    slug,
    published,
    changed: Math.max(updated, added, renewed),
    expires,
    listed,
    indexed,
    mapped,
    ...(isPinned && { isPinned }),
    ...(interfaceLanguage !== messagesFor(site.language).language && { interfaceLanguage }),
    size: Buffer.byteLength(contentHtml),
    renditionStarts: later.map(({ from, isPageOnly }) => ({ from, isPageOnly })),
    values: valuesOf(article, site.timeZone, {
      valueName: (facet, label) => valueName(site, facet, label),
      languageName: (tag) => languageName(tag, site.language),
    }),
  };
}

type Renditions = readonly [Article, ...Article[]];

/** The fragments of an article, laid out and compressed. */
function encodeFragments(renditions: Renditions, site: Site): Uint8Array<ArrayBuffer> {
  const textsOf = pagesOf(site);
  const fragments = renditions.map((article) =>
    pinOrigin(
      {
        body: article.contentHtml,
        ...byFormat((format) => feedWriters[format].entry(article, site)),
        ...textsOf(article),
      },
      site.url,
    ),
  );
  return encodeRecord(renditions[0].slug, ARTICLE_FRAGMENTS, fragments, codec);
}

/** The text formats of an article, and its lines in lists for machines. */
function encodeTextFormats(renditions: Renditions, site: Site): Uint8Array<ArrayBuffer> {
  const fragments = renditions.map((article) =>
    pinOrigin(
      {
        markdown: articleMarkdown(article),
        text: articleText(article, site),
        line: llmsLine(article),
        news: newsEntry(article, site),
      },
      site.url,
    ),
  );
  return encodeRecord(renditions[0].slug, TEXT_FORMAT_FRAGMENTS, fragments, codec);
}

/** The words of an article, for the search index. */
function termsOf({ title, content, tags, authors, source }: Article): DocumentPostings {
  return invertDocument({
    title,
    text: textWithoutNotes(content),
    tags,
    authors: authors.map(({ name }) => name),
    source: source?.title,
  });
}
