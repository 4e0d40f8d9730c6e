import { posix } from 'node:path';
import type { Source } from '../article.ts';
import type { Site } from '../config/site.ts';
import { dateError, findDate, type StatedDate } from '../dates/parse-date.ts';
import { serialize } from '../html/canonical.ts';
import { sanitize } from '../html/sanitize.ts';
import { plain, plainText, sentenceCase, textWithoutCode } from '../html/text.ts';
import { contains, isElement, type Parent } from '../html/tree.ts';
import { hostOf, parseHttpUrl, referenceLines } from '../html/url.ts';
import { languageOf, parseLanguageTag } from '../language/detect-language.ts';
import { isForeign, writingOf } from '../language/script.ts';
import { isRightToLeft } from '../locale.ts';
import { stripDataUrls } from '../media/svg.ts';
import { baseName } from '../strings.ts';
import { ownAddresses, slugify } from './addresses.ts';
import { type Boilerplate, removeBoilerplate, type TemplateMetadata } from './boilerplate-metadata.ts';
import { type EmbeddedFile, takeEmbeddedPictures } from './embedded-pictures.ts';
import {
  BUNDLE_PICTURE,
  collectionOf,
  isBundle,
  isSection,
  languageOfRoot,
  readFileName,
} from './file-name.ts';
import { fingerprint } from './fingerprint.ts';
import { calendarDate, instantOf, type StatedInstant, statedInstant } from './instant.ts';
import { isMarkdown, kindOf } from './kinds.ts';
import { showEmoji } from './markdown/post-process.ts';
import { ownLinks, readSourceMarkdown } from './markdown/source-markdown.ts';
import { makePageParts } from './page-parts.ts';
import { isHeldBack, parseDocument } from './parse.ts';
import type { DocumentContent, ParsedDocument, Reading } from './parsed-document.ts';
import { withoutTex } from './plain-formulas.ts';
import { readEmbargo } from './plain-text/labels.ts';
import { type Draft, transcode } from './source.ts';
import {
  DocumentError,
  defined,
  EmptyDocumentError,
  refusalOf,
  type SourceFile,
  type StatedSeries,
} from './stated.ts';
import { hasOnlyTitle, titleOf } from './title.ts';

/** Enough letters of a text to tell its script from that of its title. */
const MIN_TELLING = 5;
/** The blocks of other scripts than Latin. */
const OTHER_SCRIPT = /[\u0370-\u1fff\u2c00-\ud7ff]/;
const NO_PARTS = { parts: [], warnings: [] } as const;

/**
 * Reads a document. The same path and bytes always give the same result. A failure refuses only this document.
 *
 * @param boilerplate metadata that its template repeats on other pages
 */
export function readDocument(source: SourceFile, site: Site, boilerplate?: Boilerplate): Reading {
  try {
    const stored = site.encoding === undefined ? source : transcode(source, site.encoding);
    const stripped = site.keepMetadata ? undefined : stripDataUrls(stored.bytes);
    const file = stripped === undefined ? stored : { ...stored, bytes: stripped.bytes };
    const stated = parseDocument(file, site.showsDrafts, site.generator);
    if (isHeldBack(stated)) {
      const { visibility: status, leadsTo, warnings = [] } = stated;
      return { status, leadsTo, warnings };
    }
    const tagged = withImpliedTags(stated, file.path, site);
    const draft = boilerplate === undefined ? tagged : removeBoilerplate(tagged, boilerplate);
    const { parsed, content, embedded } = completeDraft(draft, file, site);
    const counts = stripped && { pictures: stripped.pictures, removed: stripped.removed };
    return { status: 'read', parsed: { ...parsed, stripped: counts }, content, embedded };
  } catch (error) {
    return isLeftOut(error, source.path, site)
      ? {
          status: 'excluded',
          isEmpty: true,
          leadsTo: error.leadsTo,
          warnings: isSection(source.path) ? [] : [`${error.message}; left it out`],
        }
      : { status: 'refused', reason: refusalOf(source.path, error) };
  }
}

/** Pages of a site that a script may fill. */
const LIST_PAGE = /^(?:index|404|search|tags|categories|archives?|sitemap)\.html?$/i;

/** Whether a document is empty because a generator would fill it, or because it redirects. */
function isLeftOut(error: unknown, path: string, { generator }: Site): error is EmptyDocumentError {
  if (!(error instanceof EmptyDocumentError)) return false;
  return (
    generator !== undefined ||
    isSection(path) ||
    LIST_PAGE.test(path) ||
    error.leadsTo !== undefined ||
    / it is an? (?:export|feed|mailbox|template)\b/.test(error.message)
  );
}

/**
 * Adds implied tags: hashtags in a vault, or in a document without tags, and the folders above `_posts`, which are
 * categories of Jekyll.
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
 * Adds to a draft all properties that depend only on it.
 *
 * @throws DocumentError when there is nothing to publish, or a date does not exist
 */
function completeDraft(
  draft: Draft,
  file: SourceFile,
  site: Site,
): { parsed: ParsedDocument; content: DocumentContent; embedded: readonly EmbeddedFile[] } {
  const { path } = file;
  if (site.generator?.showsEmoji && isMarkdown(path)) showEmoji(draft.content);
  const embedded = takeEmbeddedPictures(draft.content);
  const { content, references: relative, special } = sanitize(draft.content);
  const { parts, warnings } = special.length === 0 ? NO_PARTS : makePageParts(special, file);
  const text = plainText(content);
  const title = titleOf(draft, content, relative.length > 0, path, site);
  if (text === '' && hasOnlyTitle(draft, relative, site, path))
    throw new EmptyDocumentError(
      `Cannot publish seeds/${path}: it has a title and no text; expected a paragraph`,
    );
  const told = determineLanguage(draft, content, text, path, site);
  const { language, languageBasis } = told;
  const embargo = embargoIn(draft.content, path);
  const dated = laterOf(draft.published ?? dateInName(path), embargo, site);
  const published = dated ?? draft.source?.published ?? draft.updated;
  const { transcripts = [], people = [] } = draft.episode ?? {};
  const own = ownAddresses(content, file.bytes, site);
  const references = [...new Set([...relative, ...own])];
  // The words of an author keep absolute links as they are.
  const isOwn = isMarkdown(path) && own.length === 0 && embedded.length === 0;
  const ownMarkdown =
    isOwn && draft.markdown ? readSourceMarkdown(draft.markdown, relative.length > 0) : undefined;
  // Without relative URLs in the content, only unused definitions have any.
  const mayHaveLinks = references.length > 0 || Buffer.from(file.bytes).includes(']:');
  const common = {
    title,
    collection: collectionOf(path, site),
    expires: draft.expires === undefined ? Number.POSITIVE_INFINITY : instantOf(draft.expires, site),
  };
  // Fields that no article needs are left out, because contents are cached.
  const { content: _, markdown: __, ...rest } = draft;
  const image = draft.image ?? (isBundle(path, site) ? { url: BUNDLE_PICTURE } : undefined);
  return {
    parsed: {
      ...common,
      id: draft.id,
      translationKey: draft.translationKey,
      address: draft.address,
      canonical: draft.canonical,
      headline: slugify(title),
      slug: slugify(plain(draft.slug) ?? '') || undefined,
      abbrlink: draft.abbrlink,
      pattern: draft.pattern,
      aliases: draft.aliases ?? [],
      names: draft.names ?? [],
      tags: draft.tags ?? [],
      series: seriesOf(draft),
      shownTitle: site.sentenceCase
        ? sentenceCase(title, text, languageBasis === 'stated' ? language : site.language)
        : title,
      role: isSection(path) ? 'page' : draft.role,
      imports: importsOf(file),
      listed: draft.visibility !== 'unlisted',
      language,
      languageBasis,
      published: published && {
        ...statedInstant(published, site),
        stated: published === draft.published || published === embargo,
        isPast: dated === undefined,
      },
      updated: lastChange(draft, site),
      sourceDate: draft.source?.published && statedInstant(draft.source.published, site),
      templateMetadata: templateMetadataOf(draft),
      fingerprint: fingerprint(text || title),
      references,
      referenceLines: referenceLines(references, file.bytes),
      ownLinks: ownMarkdown !== undefined && mayHaveLinks ? ownLinks(ownMarkdown) : [],
      attached: attachedTo({ ...draft, ...defined({ image }) }),
      transcripts: transcripts.map(({ url }) => url),
      people: [...draft.authors, ...people].map(({ name }) => name),
      authorKeys: draft.authorKeys,
      person: personIn(draft, title, content),
      embedded: embedded.map(({ bytes: _, ...picture }) => picture),
      stripped: undefined,
      warnings: [...(draft.warnings ?? []), ...told.warnings, ...warnings],
    },
    content: {
      ...common,
      draft: { ...rest, ...defined({ image, summary: rest.summary && withoutTex(rest.summary) }) },
      source: draft.source && sourceOf(draft.source),
      contentHtml: serialize(content),
      pageParts: parts,
      isFinal: references.length === 0,
      isRightToLeft: told.isRightToLeft,
      ownMarkdown,
    },
    embedded,
  };
}

/** The language of a document: stated, or that of its text; and whether its script is written from right to left. */
function determineLanguage(
  { title = '', language }: Draft,
  content: Parent,
  text: string,
  path: string,
  site: Site,
): Pick<ParsedDocument, 'language' | 'languageBasis' | 'warnings'> & Pick<DocumentContent, 'isRightToLeft'> {
  const uncoded = contains(content, 'pre', 'code') ? textWithoutCode(content) : text;
  // A document may be all code.
  const prose = /\p{L}/u.test(uncoded) ? uncoded : text;
  const whole = writingOf(`${title}\n${prose}`);
  // Any text may have a title in Latin letters.
  const body = whole?.script === 'Latn' && OTHER_SCRIPT.test(prose) ? writingOf(prose) : undefined;
  const isTelling = body !== undefined && body.script !== 'Latn' && body.letters >= MIN_TELLING;
  const writing = isTelling ? body : whole;
  const direction = { isRightToLeft: writing !== undefined && isRightToLeft(writing.script) };
  const stated = language ?? languageOfRoot(path, site);
  const named = stated === undefined ? undefined : parseLanguageTag(stated);
  const isMistaken = named !== undefined && writing !== undefined && isForeign(writing, prose, named);
  if (named !== undefined && !isMistaken)
    return { language: named, languageBasis: 'stated', ...direction, warnings: [] };
  const told = languageOf(prose, title, writing, site.language);
  const warnings = isMistaken
    ? [
        `Cannot use language "${stated}" of seeds/${path}: expected a language of its script; took "${told.language}"`,
      ]
    : [];
  return { language: told.language, languageBasis: told.isTold ? 'text' : 'site', ...direction, warnings };
}

function seriesOf({ series }: Draft): StatedSeries | undefined {
  const name = plain(series?.name);
  return series === undefined || name === undefined ? undefined : { ...series, name };
}

/** The beginning of the document is the biography unless it states one. */
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
  const first = children.find((node) => isElement(node, 'p') && plainText(node) !== '');
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

const MAX_EMBARGO = 200;

/**
 * The end of an embargo that one of the first lines of the text states, as those of press releases do.
 *
 * @throws DocumentError if it has a number and no date that can be parsed: publishing cannot be undone
 */
function embargoIn({ children }: Parent, path: string): StatedDate | undefined {
  const lines = children.filter((node) => node.type === 'element').slice(0, 3);
  for (const line of lines.filter((each) => isElement(each, 'p', 'h1', 'h2', 'h3', 'blockquote'))) {
    const words = plainText(line);
    const until = words.length > MAX_EMBARGO ? undefined : readEmbargo(words);
    const where = `seeds/${path}`;
    const date = until === undefined ? undefined : findDate(until, where);
    if (date !== undefined) return date;
    if (until !== undefined && /\p{Nd}/u.test(until) && /embargoed|(?:under|sous)\s|sperrfrist/i.test(words))
      throw new DocumentError(dateError(until, where));
  }
  return undefined;
}

function laterOf(
  stated: StatedDate | undefined,
  embargo: StatedDate | undefined,
  site: Site,
): StatedDate | undefined {
  if (stated === undefined || embargo === undefined) return embargo ?? stated;
  return instantOf(embargo, site) > instantOf(stated, site) ? embargo : stated;
}

function dateInName(path: string): StatedDate | undefined {
  const { published } = readFileName(path);
  const date = /(?:^|[^\d])(\d{4}-\d\d-\d\d|\d\d([-.])\d\d\2\d{4})(?:[^\d]|$)/.exec(baseName(path))?.[1];
  return published ?? (date === undefined ? undefined : findDate(date, `the name of seeds/${path}`));
}

/** The source of an article; its host is its name if it has no other. */
export function sourceOf({ title, uri, published }: NonNullable<Draft['source']>): Source | undefined {
  const address = parseHttpUrl(uri);
  const name = plain(title) ?? hostOf(address);
  if (name === undefined) return undefined;
  return defined({ title: name, uri: address, published: published && calendarDate(published).toString() });
}

function templateMetadataOf({
  title,
  otherTitles,
  summary,
  tags,
  image,
}: Draft): TemplateMetadata | undefined {
  return otherTitles && defined({ otherTitles, title, summary, tags, image });
}

function attachedTo({ image, enclosures = [], episode = {}, authors, person }: Draft): string[] {
  const { transcripts = [], people = [] } = episode;
  const files = [image, ...enclosures, episode.image, ...transcripts, episode.chaptersFile];
  return [
    ...files.flatMap((file) => file?.url ?? []),
    ...[...authors, ...people, person].flatMap((each) => each?.image ?? []),
  ];
}

function importsOf({ path, bytes, includes = [] }: SourceFile): readonly string[] {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Frames show other pages.
  if (kindOf(path) === 'html' && (source.includes('<frameset') || source.includes('<FRAMESET'))) {
    const frames = source
      .toString('latin1')
      .matchAll(/<frame\s[^<>]{0,500}?\bsrc=["']?([^\s"'<>:]+)["'\s>]/gi);
    return [...frames].map(([, target = '']) => posix.join(posix.dirname(path), target));
  }
  if (!path.endsWith('.mdx')) return includes;
  const text = source.toString('utf8');
  const found = text.matchAll(/^import\s[^;'"]{0,200}?from\s{1,10}['"](\.{1,2}\/[^'"]+\.mdx?)['"]/gm);
  return [...includes, ...[...found].map(([, target = '']) => posix.join(posix.dirname(path), target))];
}
