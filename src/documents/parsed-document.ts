import { posix } from 'node:path';
import type { Instant, Person, Source } from '../article.ts';
import type { Site } from '../config/site.ts';
import { serialize } from '../html/canonical.ts';
import { plainText, textWithoutCode, textWithoutNotes } from '../html/plain-text.ts';
import { sanitize } from '../html/sanitize.ts';
import { sentenceCase } from '../html/sentence-case.ts';
import { plain, shorten } from '../html/text.ts';
import { attribute, contains, findAll, HEADINGS, type Parent, type RootContent } from '../html/tree.ts';
import { parseHttpUrl } from '../html/url.ts';
import { isRightToLeft } from '../locale.ts';
import { type StrippedDocument, stripDataUrls } from '../media/svg.ts';
import { type Boilerplate, removeBoilerplate, type TemplateMetadata } from './boilerplate-metadata.ts';
import { calendarDate, instantOf, type StatedInstant, statedInstant } from './dates/instant.ts';
import { findDate } from './dates/parse-date.ts';
import { transcode } from './decode/decode.ts';
import type { Draft } from './draft.ts';
import { type EmbeddedFile, type EmbeddedPicture, takeEmbeddedPictures } from './embedded-pictures.ts';
import { collectionOf, isSection, languageOfRoot } from './file-name.ts';
import { type Fingerprint, fingerprint } from './fingerprint.ts';
import type { StatedPerson } from './front-matter/authors.ts';
import { isMarkdown } from './kinds.ts';
import { languageOf } from './language/detect-language.ts';
import { parseLanguageTag } from './language/language-tag.ts';
import { writingOf } from './language/script.ts';
import { type OwnWords, ownLinks, readOwnWords } from './markdown/source-markdown.ts';
import { ownAddresses } from './own-addresses.ts';
import { makePageParts } from './page-parts.ts';
import { isHeldBack, parseDocument } from './parse.ts';
import { referenceLines } from './reference-lines.ts';
import { slugify } from './slug.ts';
import {
  EmptyDocumentError,
  refusalOf,
  type SourceFile,
  type StatedDate,
  type StatedSeries,
} from './stated.ts';
import { titleWithoutTex } from './tex.ts';

/** A title made of the first words is at most so long. */
const MAX_MADE_TITLE = 80;
/** Enough letters of a text to tell its script from that of its title. */
const MIN_TELLING = 5;
/** The blocks of other scripts than Latin. */
const OTHER_SCRIPT = /[\u0370-\u1fff\u2c00-\ud7ff]/;
const MEDIA: ReadonlySet<string> = new Set(['img', 'audio', 'video']);
const PICTURES: ReadonlySet<string> = new Set(['img']);
const CODE: ReadonlySet<string> = new Set(['pre', 'code']);
const NO_PARTS = { parts: [], warnings: [] } as const;
const HEADING_NAMES: ReadonlySet<string> = new Set(HEADINGS);

/** When an article is published. */
export interface Publication extends StatedInstant {
  /** Whether the document states it; else it was found in the file's name, or follows from another date. */
  readonly stated: boolean;
  /** Whether it is the date of something that has happened: of the original, or of a change. */
  readonly isPast: boolean;
}

/** A document as the others need it: to give each its identity, address and links. It is small. */
export interface ParsedDocument extends Pick<DocumentContent, 'title' | 'collection' | 'expires'> {
  /** The id that it had elsewhere, in the words of the document. */
  readonly id: string | undefined;
  readonly translationKey: string | undefined;
  /** The original publication. */
  readonly address: Draft['address'];
  /** Its title as a slug; empty when the title has no letter. */
  readonly headline: string;
  /** The slug that it pins. */
  readonly slug: string | undefined;
  /** The name that a plugin of Hexo gives it in its address. */
  readonly abbrlink: string | undefined;
  /** Its former addresses, as stated. */
  readonly aliases: readonly string[];
  /** Other names for it. */
  readonly names: readonly string[];
  readonly tags: readonly string[];
  readonly series: StatedSeries | undefined;
  /** Its title as pages show it. */
  readonly shownTitle: string;
  readonly role: Draft['role'];
  /** Paths of the documents that it imports, as components of MDX. */
  readonly imports: readonly string[];
  readonly listed: boolean;
  /** BCP 47: stated, else recognised, else the site's, or `und` if the text is in another script. */
  readonly language: string;
  /** The source of the language. */
  readonly languageBasis: 'stated' | 'text' | 'site';
  /** Undefined when neither the document nor its name nor its source has a date. */
  readonly published: Publication | undefined;
  /** Undefined when the document does not say. */
  readonly updated: StatedInstant | undefined;
  /** When the source published it. */
  readonly sourceDate: StatedInstant | undefined;
  /** Metadata that may come from the site's template; only for HTML pages. */
  readonly templateMetadata: TemplateMetadata | undefined;
  readonly fingerprint: Fingerprint;
  /** The URLs in its content that are relative, as stated. */
  readonly references: readonly string[];
  /** The first line of each of the first references; 0 if unknown. */
  readonly referenceLines: readonly number[];
  /** The URLs in its Markdown, as stated; of documents that may have relative ones. */
  readonly ownLinks: readonly string[];
  /** The URLs of its picture, attachments and what else belongs to it, as stated. */
  readonly attached: readonly string[];
  /** The URLs of its transcripts, as stated. */
  readonly transcripts: readonly string[];
  /** The names of its authors and of the people of its episode. */
  readonly people: readonly string[];
  /** The person whom it describes, and the words by which other documents refer to the person. */
  readonly person: (Person & Pick<StatedPerson, 'keys'> & { readonly hasWords: boolean }) | undefined;
  /** Pictures that it holds itself and that are published as files. */
  readonly embedded: readonly EmbeddedPicture[];
  /** The metadata removed from embedded pictures. */
  readonly stripped: Pick<StrippedDocument, 'pictures' | 'removed'> | undefined;
  /** Warnings about unusable parts, in the grammar of errors. */
  readonly warnings: readonly string[];
}

/** A document as its own article needs it. */
export interface DocumentContent {
  readonly draft: Omit<Draft, 'content' | 'markdown'>;
  readonly title: string;
  /** The folder at the top of the seeds folder that it is in. */
  readonly collection: string | undefined;
  /** Infinity when the document does not say. */
  readonly expires: Instant;
  readonly source: Source | undefined;
  /** Canonical HTML, in which relative URLs stand as stated. */
  readonly contentHtml: string;
  /** The replacements of some elements on pages, in canonical HTML, by the number in their `PART`. */
  readonly pageParts: readonly string[];
  /** Whether it has no relative URLs. */
  readonly isFinal: boolean;
  /** Whether most of its letters are written from right to left. */
  readonly isRightToLeft: boolean;
  /** Only for Markdown documents. */
  readonly words: OwnWords | undefined;
}

/** The result of reading a document alone. */
export type Reading =
  | {
      readonly status: 'read';
      readonly parsed: ParsedDocument;
      readonly content: DocumentContent;
      readonly embedded: readonly EmbeddedFile[];
    }
  | HeldBack
  | Refused;

/** A document that is not published. */
interface HeldBack {
  readonly status: 'draft' | 'excluded';
  /** Warnings about unusable parts, in the grammar of errors. */
  readonly warnings: readonly string[];
}

interface Refused {
  readonly status: 'refused';
  readonly reason: string;
}

/** A document after it was read, without its content. */
export type ReadDocument = { readonly path: string } & (
  | { readonly status: 'read'; readonly parsed: ParsedDocument }
  | HeldBack
  | Refused
);

/**
 * Reads a document; the same bytes under the same path always come to the same. Whatever goes wrong is the document's
 * refusal.
 *
 * @param boilerplate what others have shown not to be its own
 */
export function readDocument(source: SourceFile, site: Site, boilerplate?: Boilerplate): Reading {
  try {
    const stored = site.encoding === undefined ? source : transcode(source, site.encoding);
    const stripped = site.keepMetadata ? undefined : stripDataUrls(stored.bytes);
    const file = stripped === undefined ? stored : { path: stored.path, bytes: stripped.bytes };
    const stated = parseDocument(file, site.showsDrafts, site.generator);
    if (isHeldBack(stated)) return { status: stated.visibility, warnings: stated.warnings ?? [] };
    const tagged = withImpliedTags(stated, file.path, site);
    const draft = boilerplate === undefined ? tagged : removeBoilerplate(tagged, boilerplate);
    const { parsed, content, embedded } = completeDraft(draft, file, site);
    const counts = stripped && { pictures: stripped.pictures, removed: stripped.removed };
    return { status: 'read', parsed: { ...parsed, stripped: counts }, content, embedded };
  } catch (error) {
    return isLeftOut(error, source.path, site)
      ? { status: 'excluded', warnings: isSection(source.path) ? [] : [`${error.message}; left it out`] }
      : { status: 'refused', reason: refusalOf(source.path, error) };
  }
}

/** Pages of a site that a script may fill. */
const LIST_PAGE = /^(?:index|404|search|tags|categories|archives?|sitemap)\.html?$/i;

/** Whether a document is empty as those of generators are: lists that a template fills, and pages that redirect. */
function isLeftOut(error: unknown, path: string, { generator }: Site): error is EmptyDocumentError {
  if (!(error instanceof EmptyDocumentError)) return false;
  return (
    generator !== undefined ||
    isSection(path) ||
    LIST_PAGE.test(path) ||
    /: it (?:only leads to |is a feed)/.test(error.message)
  );
}

/**
 * Hashtags are tags in a vault, and in a document that states no tags. The folders above `_posts` are categories of
 * Jekyll.
 */
function withImpliedTags({ hashtags = [], hasWikilinks, ...draft }: Draft, path: string, site: Site): Draft {
  const { tags = [] } = draft;
  const { name, prefix = '' } = site.generator ?? {};
  const areTags = tags.length === 0 || hasWikilinks || name === 'Obsidian';
  const folders = name === 'Jekyll' ? (/^(.+)\/_posts\//.exec(prefix + path)?.[1] ?? '') : '';
  const implied = [...(areTags ? hashtags : []), ...folders.split('/').filter((folder) => folder !== '')];
  return implied.length > 0 ? { ...draft, tags: [...new Set([...tags, ...implied])] } : draft;
}

/**
 * Adds to a draft all that follows from it alone.
 *
 * @throws DocumentError when there is nothing to publish, or a date does not exist
 */
function completeDraft(
  draft: Draft,
  file: SourceFile,
  site: Site,
): { parsed: ParsedDocument; content: DocumentContent; embedded: readonly EmbeddedFile[] } {
  const { path } = file;
  const embedded = takeEmbeddedPictures(draft.content);
  const { content, references: relative, special } = sanitize(draft.content);
  const { parts, warnings } = special.length === 0 ? NO_PARTS : makePageParts(special, file);
  const text = plainText(content);
  const title = titleOf(draft, content, relative.length > 0, path, site);
  if (text === '' && isTitleAlone(draft, relative, site, path))
    throw new EmptyDocumentError(
      `Cannot publish seeds/${path}: it has a title and no text; expected a paragraph`,
    );
  const language = draft.language ?? languageOfRoot(path, site);
  const stated = language === undefined ? undefined : parseLanguageTag(language);
  const ownTitle = draft.title ?? '';
  const uncoded = contains(content, CODE) ? textWithoutCode(content) : text;
  // A document may be all code.
  const prose = /\p{L}/u.test(uncoded) ? uncoded : text;
  const whole = writingOf(`${ownTitle}\n${prose}`);
  // Any text may have a title in Latin letters.
  const body = whole?.script === 'Latn' && OTHER_SCRIPT.test(prose) ? writingOf(prose) : undefined;
  const isTelling = body !== undefined && body.script !== 'Latn' && body.letters >= MIN_TELLING;
  const writing = isTelling ? body : whole;
  const told = stated === undefined ? languageOf(prose, ownTitle, writing, site.language) : undefined;
  const dated = draft.published ?? dateInName(path);
  const published = dated ?? draft.source?.published ?? draft.updated;
  const { transcripts = [], people = [] } = draft.episode ?? {};
  const own = ownAddresses(content, file.bytes, site);
  const references = [...new Set([...relative, ...own])];
  // The words of an author keep absolute links as they are.
  const isOwn = isMarkdown(path) && own.length === 0 && embedded.length === 0;
  const words = isOwn ? readOwnWords(draft, relative, file) : undefined;
  const common = {
    title,
    collection: collectionOf(path, site),
    expires: draft.expires === undefined ? Number.POSITIVE_INFINITY : instantOf(draft.expires, site),
  };
  // Fields that no article needs any more are left out, since contents may be stored.
  const { content: _, markdown: __, ...rest } = draft;
  return {
    parsed: {
      ...common,
      id: draft.id,
      translationKey: draft.translationKey,
      address: draft.address,
      headline: slugify(title),
      slug: slugify(plain(draft.slug) ?? '') || undefined,
      abbrlink: draft.abbrlink,
      aliases: draft.aliases ?? [],
      names: draft.names ?? [],
      tags: draft.tags ?? [],
      series: seriesOf(draft),
      shownTitle: site.sentenceCase ? sentenceCase(title, text, stated ?? site.language) : title,
      role: draft.role ?? (isSection(path) ? 'page' : undefined),
      imports: importsOf(file),
      listed: draft.visibility !== 'unlisted',
      language: stated ?? told?.language ?? site.language,
      languageBasis: stated !== undefined ? 'stated' : told?.isTold ? 'text' : 'site',
      published: published && {
        ...statedInstant(published, site),
        stated: published === draft.published,
        isPast: dated === undefined,
      },
      updated: lastChange(draft, site),
      sourceDate: draft.source?.published && statedInstant(draft.source.published, site),
      templateMetadata: templateMetadataOf(draft),
      fingerprint: fingerprint(text || title),
      references,
      referenceLines: referenceLines(references, file.bytes),
      ownLinks: words !== undefined && mayHaveLinks(references, file) ? ownLinks(words, path) : [],
      attached: attachedTo(draft),
      transcripts: transcripts.map(({ url }) => url),
      people: [...draft.authors, ...people].map(({ name }) => name),
      person: personIn(draft, title, content),
      embedded: embedded.map(({ bytes: _, ...picture }) => picture),
      stripped: undefined,
      warnings: [...(draft.warnings ?? []), ...warnings],
    },
    content: {
      ...common,
      draft: rest,
      source: draft.source && sourceOf(draft.source),
      contentHtml: serialize(content),
      pageParts: parts,
      isFinal: references.length === 0,
      isRightToLeft: writing !== undefined && isRightToLeft(writing.script),
      words,
    },
    embedded,
  };
}

function seriesOf({ series }: Draft): StatedSeries | undefined {
  const name = plain(series?.name);
  return series === undefined || name === undefined ? undefined : { ...series, name };
}

/** The words of the document are a biography unless it states one. */
function personIn({ person, summary }: Draft, title: string, content: Parent): ParsedDocument['person'] {
  if (person === undefined) return undefined;
  const { name = title, biography = summary ?? firstParagraph(content), ...rest } = person;
  const line = plain(biography);
  return {
    ...rest,
    name: plain(name) ?? title,
    ...(line !== undefined && { biography: line }),
    hasWords: plainText(content) !== '',
  };
}

function firstParagraph({ children }: Parent): string {
  const first = children.find(
    (node) => node.type === 'element' && node.tagName === 'p' && plainText(node) !== '',
  );
  return first === undefined ? '' : plainText(first);
}

/** A correction changes the article. */
function lastChange({ updated, corrections = [] }: Draft, site: Site): StatedInstant | undefined {
  const changes = [updated, ...corrections.map(({ date }) => date)];
  return changes
    .flatMap((date) => (date === undefined ? [] : [statedInstant(date, site)]))
    .reduce<StatedInstant | undefined>(
      (last, each) => (last && last.instant >= each.instant ? last : each),
      undefined,
    );
}

/** Whether all that a generator's document has is a title and a template: a list, a search, an archive. */
function isTitleAlone(
  { published, image, enclosures = [], content, address, person }: Draft,
  references: readonly string[],
  { generator }: Site,
  path: string,
): boolean {
  // Front matter may be all that a generator has of a person.
  if (person !== undefined) return false;
  if (references.length > 0 || image !== undefined || enclosures.length > 0 || address !== undefined)
    return false;
  if (contains(content, MEDIA)) return false;
  // Others link to an empty note.
  const isVault = generator?.name === 'Obsidian' || generator?.name === 'Quartz';
  return isSection(path) || (generator !== undefined && !isVault && published === undefined);
}

/** @throws DocumentError when there is nothing to publish */
function titleOf(
  draft: Draft,
  content: Parent,
  hasReferences: boolean,
  path: string,
  { generator }: Site,
): string {
  const isPicture = hasReferences || contains(content, MEDIA);
  const words = firstWords(content);
  const title =
    plain(draft.title) ||
    (words !== '' && titleInGenerator(draft.slug ?? path, generator)) ||
    words ||
    firstAlternative(content) ||
    (isPicture ? titleOfName(draft.slug ?? path) : '');
  if (title !== '') return titleWithoutTex(title);
  throw new EmptyDocumentError(
    `Cannot publish seeds/${path}: it has no text; expected a headline or a paragraph`,
  );
}

/** The title by which a generator calls a document that has none; empty if it takes none from the name of the file. */
function titleInGenerator(path: string, generator: Site['generator']): string {
  const stem =
    path
      .split('/')
      .at(-1)
      ?.replace(/\.[^.]+$/, '') ?? '';
  if (!/\p{L}/u.test(stem) || /^_?(?:index|readme)$/i.test(stem)) return '';
  switch (generator?.name) {
    case 'Obsidian':
    case 'Quartz':
      return stem;
    case 'Bridgetown':
    case 'Jekyll':
    case 'MkDocs':
      return titleOfName(path).replace(/(?<!\S)\p{Ll}/gu, (letter) => letter.toUpperCase());
    default:
      return '';
  }
}

/** The first words up to a heading, or the heading if it begins the text. */
function firstWords(content: Parent): string {
  for (const part of partsOf(content)) {
    // Text that stands loose belongs together; else a block is not joined with the next.
    const isLoose = part.some((node) => node.type === 'text' && node.value.trim() !== '');
    const words = (isLoose ? [part] : part).map(textWithoutNotes).find((each) => each !== '');
    if (words !== undefined) return shorten(words, MAX_MADE_TITLE);
  }
  return '';
}

/** The words in the place of the first picture that has any. */
function firstAlternative(content: Parent): string {
  const words = findAll(content, PICTURES).map((picture) => plain(attribute(picture, 'alt')));
  return shorten(words.find((each) => each !== undefined) ?? '', MAX_MADE_TITLE);
}

/** A content split at its headings. */
function* partsOf({ children }: Parent): Generator<readonly RootContent[]> {
  let part: RootContent[] = [];
  for (const child of children) {
    if (child.type !== 'element' || !(HEADINGS.includes(child.tagName) || contains(child, HEADING_NAMES))) {
      part.push(child);
      continue;
    }
    yield part;
    part = [];
    if (HEADINGS.includes(child.tagName)) yield [child];
    else yield* partsOf(child);
  }
  yield part;
}

/** The words of a file's name, for what has none of its own: a picture, a recording. */
function titleOfName(path: string): string {
  const name =
    path
      .replace(/(?:\/index)?\.[^./]+$/, '')
      .split('/')
      .at(-1) ?? '';
  return plain(name.replace(/[-_]+/g, ' ')) ?? '';
}

function dateInName(path: string): StatedDate | undefined {
  const date = /(?:^|[^\d])(\d{4}-\d{2}-\d{2})(?:[^\d]|$)/.exec(path.split('/').at(-1) ?? '')?.[1];
  return date === undefined ? undefined : findDate(date, `the name of seeds/${path}`);
}

/** The source of an article; named by its host if it has no other name. */
export function sourceOf({ title, uri, published }: NonNullable<Draft['source']>): Source | undefined {
  const address = parseHttpUrl(uri);
  const name = plain(title) ?? (address && new URL(address).hostname.replace(/^www\./, ''));
  if (name === undefined) return undefined;
  return {
    title: name,
    ...(address === undefined ? {} : { uri: address }),
    ...(published === undefined ? {} : { published: calendarDate(published).toString() }),
  };
}

/** Without relative URLs in the content there are none, but in definitions that nothing refers to. */
function mayHaveLinks(references: readonly string[], { bytes }: SourceFile): boolean {
  return references.length > 0 || Buffer.from(bytes).includes(']:');
}

function templateMetadataOf({
  title,
  otherTitles,
  summary,
  tags,
  image,
}: Draft): TemplateMetadata | undefined {
  if (otherTitles === undefined) return undefined;
  return {
    otherTitles,
    ...(title === undefined ? {} : { title }),
    ...(summary === undefined ? {} : { summary }),
    ...(tags === undefined ? {} : { tags }),
    ...(image === undefined ? {} : { image }),
  };
}

function attachedTo({ image, enclosures = [], episode = {}, authors, person }: Draft): string[] {
  const { transcripts = [], people = [] } = episode;
  const files = [image, ...enclosures, episode.image, ...transcripts, episode.chaptersFile];
  return [
    ...files.flatMap((file) => file?.url ?? []),
    ...[...authors, ...people, person].flatMap((each) => each?.image ?? []),
  ];
}

function importsOf({ path, bytes }: SourceFile): string[] {
  if (!path.endsWith('.mdx')) return [];
  const text = Buffer.from(bytes).toString('utf8');
  const found = text.matchAll(/^import\s[^;'"]{0,200}?from\s{1,10}['"](\.{1,2}\/[^'"]+\.mdx?)['"]/gm);
  return [...found].map(([, target = '']) => posix.join(posix.dirname(path), target));
}
