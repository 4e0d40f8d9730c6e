import type { Article, Correction, Media, Person, Source } from '../article.ts';
import type { Site } from '../config/site.ts';
import type { ResolvedDocument } from '../corpus/resolve-documents.ts';
import { type LinkResolver, linkResolver } from '../corpus/resolve-links.ts';
import { calendarDate } from '../documents/dates/instant.ts';
import { ownWords } from '../documents/markdown/source-markdown.ts';
import { type DocumentContent, sourceOf } from '../documents/parsed-document.ts';
import type { StatedMedia } from '../documents/stated.ts';
import { readCanonical, serialize } from '../html/canonical.ts';
import { firstPicture } from '../html/plain-text.ts';
import { addFallbackLink, playersIn } from '../html/recordings.ts';
import { resolveLinks } from '../html/sanitize.ts';
import { plain } from '../html/text.ts';
import { attribute, type Element, findAll, isElement, type Root } from '../html/tree.ts';
import { parseHttpUrl } from '../html/url.ts';
import { directionOf } from '../locale.ts';
import { addAnchors, listHeadings, missingParts, unlinkParts } from './anchors.ts';
import { addCorrections } from './corrections.ts';
import { episodeOf, examineEpisode, missingRecordings, recordingElsewhere } from './episode.ts';
import { takeMarks, withParts } from './page-parts.ts';
import { summaryOf } from './summary.ts';

/**
 * Makes the article of a document from its content and its relations to the others, with every fallback. The same input
 * always gives the same article.
 */
export function makeArticle(content: DocumentContent, document: ResolvedDocument, site: Site): Article {
  const { draft, title, words } = content;
  const { identity, language } = document;
  const around = linksOf(content, document, site);
  const tree = readCanonical(content.contentHtml);
  if (!content.isFinal) resolveLinks(tree, around);
  const marked = takeMarks(tree, content.pageParts);
  const contentHtml = content.isFinal && marked.size === 0 ? content.contentHtml : serialize(tree);
  const { id, iri, slug, published, updated, added } = identity;
  const listed = draft.visibility !== 'unlisted';
  const image = leadImage(draft.image, tree, around);
  const players = playersIn(tree);
  const files = [...(draft.enclosures ?? []), ...players.flatMap(statedRecording)].flatMap(
    (stated) => around.file(stated) ?? recordingElsewhere(stated, around.podcast) ?? [],
  );
  const enclosures = distinct(files, ({ url }) => url);
  const article = { title, content: tree, contentHtml };
  const ownMarkdown = words && ownWords(words, document.path, article, around);
  const summary = plain(draft.summary) ?? (summaryOf(tree) || title);
  // Ids for links of other documents are not part of the author's Markdown.
  if (document.anchors.length > 0) addAnchors(tree, document.anchors);
  const headings = listHeadings(tree);
  const missing = content.isFinal ? [] : missingParts(content.contentHtml, tree);
  unlinkParts(tree, new Set(missing.flatMap((fragment) => around.link(`#${fragment}`) ?? [])));
  const corrections = correctionsOf(draft);
  const sourceMarkdown = addCorrections(corrections, tree, ownMarkdown, [language, site.language]);
  const direction = draft.direction ?? (content.isRightToLeft ? 'rtl' : directionOf(language));
  const hasTurnedCode = direction === 'rtl' && turnCode(tree);
  players.forEach(addFallbackLink);
  const isChanged =
    document.anchors.length + headings.length + missing.length + corrections.length + players.length > 0 ||
    hasTurnedCode;
  return {
    ...article,
    ...(isChanged && { contentHtml: serialize(tree) }),
    headings,
    pictures: around.pictures,
    pageContent: marked.size === 0 ? undefined : withParts(tree, marked),
    id,
    iri,
    slug,
    published,
    updated,
    added,
    collection: content.collection,
    summary,
    sourceMarkdown,
    expires: content.expires,
    listed: listed && !document.isPage,
    indexed: listed && draft.noindex !== true,
    isPage: document.isPage,
    isPinned: draft.pinned === true && listed && !document.isPage,
    language,
    direction,
    translations: around.translations,
    authors: distinct(
      draft.authors.flatMap((author) => around.person(author.name) ?? authorOf(author, around)),
      ({ name }) => name.toLowerCase(),
    ),
    tags: distinct(
      (draft.tags ?? []).flatMap((tag) => plain(tag) ?? []),
      (tag) => tag.toLowerCase(),
    ),
    series: around.series,
    related: around.related,
    corrections,
    source: sourceIn(content, document),
    image,
    enclosures,
    episode: episodeOf(draft.episode, enclosures, image, around),
  };
}

const CODE: ReadonlySet<string> = new Set(['pre']);

/**
 * Code runs from left to right also where the text around it does not.
 *
 * @returns whether there is any
 */
function turnCode(content: Root): boolean {
  const blocks = findAll(content, CODE).filter(({ properties }) => properties.dir === undefined);
  for (const { properties } of blocks) properties.dir = 'ltr';
  return blocks.length > 0;
}

/** The maximum number of missing parts to report for a document. */
const MAX_MISSING = 20;

/** Warnings about what an article lacks, in the grammar of errors. */
export function articleWarnings(
  article: Article,
  content: DocumentContent,
  document: ResolvedDocument,
  site: Site,
): string[] {
  const around = linksOf(content, document, site);
  const missing = content.isFinal ? [] : missingParts(content.contentHtml, article.content);
  return [
    ...missing
      .slice(0, MAX_MISSING)
      .map(
        (fragment) =>
          `Cannot find "#${fragment}" of seeds/${document.path}: expected a heading or an element of that id; its words stand without a link`,
      ),
    ...(around.podcast === undefined
      ? missingRecordings(document.path, content.draft, around)
      : examineEpisode(document.path, article, around.podcast)),
  ];
}

function linksOf(
  { collection }: DocumentContent,
  { identity, links }: ResolvedDocument,
  { podcasts }: Site,
): LinkResolver {
  const podcast = podcasts.find((each) => each.collection === collection);
  return linkResolver(links, identity.slug, podcast);
}

function sourceIn(
  { draft, source }: DocumentContent,
  { isFromAddress, hasSourceDate }: ResolvedDocument,
): Source | undefined {
  const stated = isFromAddress ? sourceOf({ ...draft.address, ...draft.source }) : source;
  if (hasSourceDate || stated === undefined) return stated;
  const { published: _, ...undated } = stated;
  return undated;
}

function correctionsOf({ corrections = [] }: DocumentContent['draft']): Correction[] {
  return corrections
    .flatMap((stated): Correction[] => {
      const text = plain(stated.text);
      const date = stated.date && calendarDate(stated.date).toString();
      return text === undefined ? [] : [{ text, ...(date !== undefined && { date }) }];
    })
    .sort((a, b) => ((a.date ?? '') < (b.date ?? '') ? -1 : 1));
}

/** The stated picture, else the first of the content. */
function leadImage(stated: StatedMedia | undefined, content: Root, around: LinkResolver): Media | undefined {
  const first = firstPicture(content);
  const image =
    (stated && around.file(stated)) ?? (first === undefined ? undefined : around.file({ url: first }));
  return image?.type.startsWith('image/') ? image : undefined;
}

function authorOf({ name, uri, email, image, biography }: Person, around: LinkResolver): Person[] {
  const named = plain(name);
  if (named === undefined) return [];
  const isAddress = email !== undefined && /^[^\s@<>"]+@[^\s@<>"]+$/.test(email);
  const webAddress = parseHttpUrl(uri);
  const picture = image === undefined ? undefined : around.file({ url: image });
  const line = plain(biography);
  return [
    {
      name: named,
      ...(webAddress === undefined ? {} : { uri: webAddress }),
      ...(isAddress ? { email } : {}),
      ...(picture === undefined ? {} : { image: smallestUrl(picture) }),
      ...(line === undefined ? {} : { biography: line }),
    },
  ];
}

/** Portraits are shown small. */
function smallestUrl({ url, variants = [] }: Media): string {
  return variants[0]?.url ?? url;
}

/** Keeps the first of the items with the same key. */
function distinct<Value>(values: readonly Value[], keyOf: (value: Value) => string): Value[] {
  const seen = new Set<string>();
  return values.filter((value) => !seen.has(keyOf(value)) && seen.add(keyOf(value)));
}

/** The first source of a player. */
function statedRecording(player: Element): StatedMedia[] {
  const own = attribute(player, 'src');
  const source = own === undefined ? player.children.find((child) => isElement(child, 'source')) : player;
  const url = source && attribute(source, 'src');
  const type = (own === undefined && source && attribute(source, 'type')) || '';
  if (url === undefined) return [];
  return [{ url, ...(/^(?:audio|video)\//.test(type) && { type: bare(type) }) }];
}

/** Without parameters such as `codecs`. */
function bare(type: string): string {
  return (type.split(';', 1)[0] ?? '').trimEnd().toLowerCase();
}
