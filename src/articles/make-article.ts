import type { Article, Correction, Media, Person, Source } from '../article.ts';
import type { Site } from '../config/site.ts';
import { type LinkResolver, linkResolver } from '../corpus/link-resolver.ts';
import type { ResolvedDocument } from '../corpus/resolve-documents.ts';
import { calendarDate } from '../documents/instant.ts';
import { sourceMarkdownOf } from '../documents/markdown/source-markdown.ts';
import { PART } from '../documents/page-parts.ts';
import type { DocumentContent } from '../documents/parsed-document.ts';
import { sourceOf } from '../documents/read-document.ts';
import { defined, type StatedMedia } from '../documents/stated.ts';
import { readCanonical, serialize } from '../html/canonical.ts';
import { resolveLinks } from '../html/resolve-links.ts';
import { addFallbackLink, firstPicture, identifyHeadings, plain, playersIn } from '../html/text.ts';
import {
  attribute,
  descendants,
  type Element,
  type ElementContent,
  findAll,
  HEADINGS,
  h,
  isElement,
  type Root,
  rawText,
  text,
  withReplaced,
} from '../html/tree.ts';
import { parseHttpUrl } from '../html/url.ts';
import { directionOf, RIGHT_TO_LEFT_LETTERS } from '../locale.ts';
import { distinctBy } from '../strings.ts';
import { listHeadings, missingAnchors, missingParts, unlinkParts } from './anchors.ts';
import { episodeOf, episodeWarnings, missingRecordingWarnings, recordingElsewhere } from './episode.ts';
import { summaryOf } from './summary.ts';

/**
 * Makes the article of a document from its content and its relations to the others, with every fallback. The same input
 * always gives the same article.
 */
export function makeArticle(content: DocumentContent, document: ResolvedDocument, site: Site): Article {
  const { draft, title, ownMarkdown } = content;
  const { identity, language } = document;
  const resolver = resolverOf(content, document, site);
  const tree = readCanonical(content.contentHtml);
  if (!content.isFinal) resolveLinks(tree, resolver);
  const marked = takeMarks(tree, content.pageParts);
  const contentHtml = content.isFinal && marked.size === 0 ? content.contentHtml : serialize(tree);
  const { id, iri, slug, published, updated, added } = identity;
  const listed = draft.visibility !== 'unlisted';
  const image = leadImage(draft.image, tree, resolver);
  const players = playersIn(tree);
  const files = [...(draft.enclosures ?? []), ...players.flatMap(statedRecording)].flatMap(
    (stated) => resolver.file(stated) ?? recordingElsewhere(stated, resolver.podcast) ?? [],
  );
  const enclosures = distinctBy(files, ({ url }) => url);
  const article = { title, content: tree, contentHtml };
  const portable = ownMarkdown && sourceMarkdownOf(ownMarkdown, article, resolver);
  // The excerpts of WordPress end in `[…]`.
  const stated = plain(draft.summary)?.replace(/[\s.…]{0,9}\[(?:…|\.{3})\]$/u, '…');
  const summary = stated ?? (summaryOf(tree) || title);
  // Ids for links of other documents are not part of the author's Markdown.
  identifyHeadings(
    tree,
    document.anchors.filter((id) => /^[\p{L}\p{M}\p{N}_.:/-]+$/u.test(id)),
  );
  const headings = listHeadings(tree);
  const missing = content.isFinal ? [] : missingParts(content.contentHtml, tree);
  unlinkParts(tree, new Set(missing.flatMap((fragment) => resolver.link(`#${fragment}`) ?? [])));
  const corrections = correctionsOf(draft);
  const sourceMarkdown = addCorrections(corrections, tree, portable, [language, site.language]);
  const direction = draft.direction ?? (content.isRightToLeft ? 'rtl' : directionOf(language));
  const hasStated =
    (direction === 'rtl' || contentHtml.search(RIGHT_TO_LEFT_LETTERS) >= 0) &&
    stateDirections(tree, direction);
  players.forEach(addFallbackLink);
  const isChanged =
    document.anchors.length + headings.length + missing.length + corrections.length + players.length > 0 ||
    hasStated;
  return {
    ...article,
    ...(isChanged && { contentHtml: serialize(tree) }),
    headings,
    pictures: resolver.pictures,
    pageContent: marked.size === 0 ? undefined : withReplaced(tree, (element) => marked.get(element)),
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
    mapped: listed && draft.noindex !== true && draft.unmapped !== true,
    isPage: document.isPage,
    isPinned: draft.pinned === true && listed && !document.isPage,
    language,
    direction,
    translations: resolver.translations,
    authors: distinctBy(
      draft.authors.flatMap((author) => authorOf(author, resolver)),
      ({ name }) => name.toLowerCase(),
    ),
    tags: distinctBy(
      (draft.tags ?? []).flatMap((tag) => plain(tag) ?? []),
      (tag) => tag.toLowerCase(),
    ),
    series: resolver.series,
    related: resolver.related,
    corrections,
    source: sourceIn(content, document),
    image,
    enclosures,
    episode: episodeOf(draft.episode, enclosures, image, resolver),
  };
}

/** A shorter text in another script, such as a name, keeps the direction of the article. */
const MIN_OTHER_WORDS = 3;

/**
 * Sets `dir` where the direction differs from that of the article: on code, which always runs from left to right, and
 * on paragraphs and headings in scripts of the other direction.
 *
 * @returns whether any element got it
 */
function stateDirections(content: Root, direction: 'ltr' | 'rtl'): boolean {
  const other = direction === 'rtl' ? 'ltr' : 'rtl';
  const blocks = findAll(content, 'pre', 'p', ...HEADINGS).filter((block) => {
    if (block.properties.dir !== undefined) return false;
    if (block.tagName === 'pre') return direction === 'rtl';
    const words = rawText(block);
    const letters = words.match(/\p{L}/gu)?.length ?? 0;
    const turned = words.match(RIGHT_TO_LEFT_LETTERS)?.join('').length ?? 0;
    const isOther = direction === 'rtl' ? turned === 0 && letters > 0 : turned * 2 > letters;
    return isOther && words.trim().split(/\s+/u, MIN_OTHER_WORDS).length === MIN_OTHER_WORDS;
  });
  for (const { properties } of blocks) properties.dir = other;
  return blocks.length > 0;
}

const MAX_MISSING = 20;

export function articleWarnings(
  article: Article,
  content: DocumentContent,
  document: ResolvedDocument,
  site: Site,
): string[] {
  const resolver = resolverOf(content, document, site);
  const missing = content.isFinal ? [] : missingParts(content.contentHtml, article.content);
  const wanted = missingAnchors(document.anchors, article.content).filter((id) => !missing.includes(id));
  return [
    ...wanted
      .slice(0, MAX_MISSING)
      .map(
        (id) =>
          `Cannot find "#${id}" in seeds/${document.path}, to which another document links: expected a heading or an element with this id; the link leads to the top`,
      ),
    ...missing
      .slice(0, MAX_MISSING)
      .map(
        (fragment) =>
          `Cannot find "#${fragment}" of seeds/${document.path}: expected a heading or an element with this id; kept the text without the link`,
      ),
    ...(resolver.podcast === undefined
      ? missingRecordingWarnings(document.path, content.draft, resolver)
      : episodeWarnings(document.path, article, resolver.podcast, content.draft, resolver)),
  ];
}

function resolverOf(
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
function leadImage(
  stated: StatedMedia | undefined,
  content: Root,
  resolver: LinkResolver,
): Media | undefined {
  const first = firstPicture(content);
  const image =
    (stated && resolver.file(stated)) ?? (first === undefined ? undefined : resolver.file({ url: first }));
  return image?.type.startsWith('image/') ? image : undefined;
}

function authorOf({ name, uri, email, image, biography }: Person, resolver: LinkResolver): Person[] {
  const known = resolver.person(name);
  // What the document itself states takes precedence.
  if (known !== undefined) return [{ ...known, ...defined({ uri: parseHttpUrl(uri) }) }];
  const named = plain(name);
  if (named === undefined) return [];
  const isAddress = email !== undefined && /^[^\s@<>"]+@[^\s@<>"]+$/.test(email);
  const picture = image === undefined ? undefined : resolver.file({ url: image });
  const stated = {
    name: named,
    uri: parseHttpUrl(uri),
    email: isAddress ? email : undefined,
    // Portraits are shown small.
    image: picture?.variants?.[0]?.url ?? picture?.url,
    biography: plain(biography),
  };
  return [defined(stated)];
}

/** The first source of a player, as the document states it. */
function statedRecording(player: Element): StatedMedia[] {
  const own = attribute(player, 'src');
  const source = own === undefined ? player.children.find((child) => isElement(child, 'source')) : player;
  const url = source && attribute(source, 'src');
  const type = (own === undefined && source && attribute(source, 'type')) || '';
  if (url === undefined) return [];
  // Without parameters such as `codecs`.
  const [bare = ''] = type.split(';', 1);
  return [{ url, ...(/^(?:audio|video)\//.test(type) && { type: bare.trimEnd().toLowerCase() }) }];
}

/** The id of the section, unless a heading of the document has it. */
const SECTION = 'corrections';

/**
 * Appends the corrections, each after its day, so that every format has them, feeds included.
 *
 * @param content is changed
 * @param markdown the same content as its author wrote it
 * @param languages in which to write days, the best first; BCP 47
 * @returns the Markdown with the corrections
 */
function addCorrections(
  corrections: readonly Correction[],
  content: Root,
  markdown: string | undefined,
  languages: readonly string[],
): string | undefined {
  if (corrections.length === 0) return markdown;
  const days = new Intl.DateTimeFormat([...languages, 'en'], { dateStyle: 'long', timeZone: 'UTC' });
  const written = corrections.map(({ date, text: words }) => {
    return { date, day: date === undefined ? '' : days.format(Date.parse(date)), words };
  });
  const isTaken = descendants(content).some((element) => attribute(element, 'id') === SECTION);
  content.children.push(
    h(
      'section',
      isTaken ? {} : { id: SECTION },
      written.map(({ date, day, words }) =>
        h('p', {}, [
          ...(date === undefined ? [] : [h('time', { datetime: date }, [text(day)]), text(': ')]),
          text(words),
        ]),
      ),
    ),
  );
  if (markdown === undefined) return undefined;
  const lines = written.map(
    ({ day, words }) => `${day === '' ? '' : `${day}: `}${words.replace(/[\\`*_[\]<>&~|]/g, '\\$&')}`,
  );
  return `${markdown.trimEnd()}\n\n---\n\n${lines.join('\n\n')}\n`;
}

/**
 * Removes the attributes that number the page parts.
 *
 * @param content is changed
 * @returns the elements that had one, with their replacements on pages
 */
function takeMarks(content: Root, parts: readonly string[]): ReadonlyMap<Element, readonly ElementContent[]> {
  const marked = new Map<Element, readonly ElementContent[]>();
  if (parts.length === 0) return marked;
  for (const element of descendants(content)) {
    const part = parts[Number(element.properties[PART])];
    delete element.properties[PART];
    if (part !== undefined) marked.set(element, readCanonical(part).children as ElementContent[]); // no doctypes
  }
  return marked;
}
