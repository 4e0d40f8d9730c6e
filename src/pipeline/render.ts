import type { Article, Source } from '../article.ts';
import { examineEpisode, missingRecordings } from '../articles/episode.ts';
import { normalize } from '../articles/normalize.ts';
import { sourceOf } from '../articles/outline.ts';
import type { Content } from '../articles/parsed-document.ts';
import type { LinkResolver } from '../articles/resolved-links.ts';
import type { Podcast, Site } from '../config/site.ts';
import type { Place } from '../corpus/collect.ts';
import { linkResolver } from '../corpus/resolve-links.ts';
import { ownWords } from '../documents/markdown/source-markdown.ts';
import { refusalOf } from '../documents/refusal.ts';
import { valuesOf } from '../facets.ts';
import { feedWriters } from '../feeds/writers.ts';
import { textWithoutNotes } from '../html/plain-text.ts';
import { articleWriter } from '../pages/article.ts';
import { languageName } from '../pages/language.ts';
import { newsEntry } from '../pages/sitemap.ts';
import { type DocumentPostings, invertDocument } from '../search/document-postings.ts';
import type { ArticleMetadata } from '../store/metadata.ts';
import { encodeArticle, encodeTextFormats } from '../store/record-format.ts';
import { llmsLine } from '../text-formats/llms.ts';
import { markdownForm } from '../text-formats/markdown.ts';
import { textForm } from '../text-formats/text.ts';
import { codec } from './codec.ts';

/** An article as the store takes it. */
export interface RenderedArticle {
  readonly facts: ArticleMetadata;
  /** See store/record-format.ts. */
  readonly record: Uint8Array;
  /** The record of its other textFormats. */
  readonly textFormats: Uint8Array;
  /** The words of the article, for the search index. */
  readonly terms: DocumentPostings;
  /** What keeps it from being all that it should be, in the grammar of errors. */
  readonly warnings: readonly string[];
}

/** What the store's index and the plan of segments need of a rendered article. */
export interface ArticleReport extends Pick<RenderedArticle, 'facts' | 'warnings'> {
  /** Of its record. */
  readonly bytes: number;
}

/** An article that cannot be rendered, and why. */
export interface Unrendered {
  readonly refused: string;
}

/** The same as `renderArticle`; whatever goes wrong is the document's refusal. */
export function tryRender(content: Content, place: Place, site: Site): RenderedArticle | Unrendered {
  try {
    return renderArticle(content, place, site);
  } catch (error) {
    return { refused: refusalOf(place.path, error) };
  }
}

/** Makes the article of a document's content and its place among the others; the same always come to the same. */
export function renderArticle(content: Content, place: Place, site: Site): RenderedArticle {
  const article = makeArticle(content, place, site);
  const renditions: Renditions = [
    article,
    ...place.later.map(({ links }) => makeArticle(content, { ...place, links }, site)),
  ];
  return {
    facts: factsOf(article, place, site),
    record: encodeRecord(renditions, site),
    textFormats: encodeFormRecord(renditions, site),
    terms: termsOf(article),
    warnings: examine(article, content, place, site),
  };
}

export function makeArticle(content: Content, place: Place, site: Site): Article {
  const { draft, outline } = content;
  const { identity, language, isFromAddress, hasSourceDate } = place;
  const around = linksOf(content, place, site);
  const stated = isFromAddress ? sourceOf({ ...draft.address, ...draft.source }) : outline.source;
  const source = hasSourceDate ? stated : stated && withoutDate(stated);
  const article = normalize(draft, { ...outline, language, source }, identity, around);
  const { words } = content;
  return words === undefined
    ? article
    : { ...article, sourceMarkdown: ownWords(words, place.path, article, around) };
}

function withoutDate({ published: _, ...source }: Source): Source {
  return source;
}

function examine(article: Article, content: Content, place: Place, site: Site): string[] {
  const podcast = podcastOf(content, site);
  return podcast === undefined
    ? missingRecordings(place.path, content.draft, linksOf(content, place, site))
    : examineEpisode(place.path, article, podcast);
}

function linksOf(content: Content, place: Place, site: Site): LinkResolver {
  const { identity, links } = place;
  return linkResolver(links, identity.slug, podcastOf(content, site));
}

function podcastOf({ outline }: Content, { podcasts }: Site): Podcast | undefined {
  return podcasts.find(({ collection }) => collection === outline.collection);
}

const writers = new WeakMap<Site, ReturnType<typeof articleWriter>>();

/** Making a writer takes much longer than using it. */
function pagesOf(site: Site): ReturnType<typeof articleWriter> {
  const writer = writers.get(site) ?? articleWriter(site);
  writers.set(site, writer);
  return writer;
}

/** What the index is to know of an article. */
function factsOf(article: Article, { later, renewed = 0 }: Place, site: Site): ArticleMetadata {
  const { id, slug, published, updated, added = 0, expires, listed, indexed, contentHtml } = article;
  return {
    id,
    slug,
    published,
    changed: Math.max(updated, added, renewed),
    expires,
    listed,
    indexed,
    size: Buffer.byteLength(contentHtml),
    renditionStarts: later.map(({ from }) => from),
    values: valuesOf(article, site.timeZone, (tag) => languageName(tag, site.language)),
  };
}

type Renditions = readonly [Article, ...Article[]];

/** All that is laid out and compressed of an article, from itself alone. */
function encodeRecord(renditions: Renditions, site: Site): Uint8Array<ArrayBuffer> {
  const textsOf = pagesOf(site);
  const fragments = renditions.map((article) => ({
    body: article.contentHtml,
    rss: feedWriters.rss.entry(article, site),
    atom: feedWriters.atom.entry(article, site),
    json: feedWriters.json.entry(article, site),
    ...textsOf(article),
  }));
  return encodeArticle(renditions[0].slug, fragments, codec);
}

/** An article in its other textFormats, and as it stands in lists for machines. */
function encodeFormRecord(renditions: Renditions, site: Site): Uint8Array<ArrayBuffer> {
  const fragments = renditions.map((article) => ({
    markdown: markdownForm(article),
    text: textForm(article, site),
    line: llmsLine(article),
    news: newsEntry(article, site),
  }));
  return encodeTextFormats(renditions[0].slug, fragments, codec);
}

/** The words of an article, for the search index. */
export function termsOf({ title, content, tags, authors, source }: Article): DocumentPostings {
  return invertDocument({
    title,
    text: textWithoutNotes(content),
    tags,
    authors: authors.map(({ name }) => name),
    source: source?.title,
  });
}
