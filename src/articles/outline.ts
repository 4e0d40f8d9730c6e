import type { Instant, Source } from '../article.ts';
import type { Site } from '../config/site.ts';
import { calendarDate, instantOf, type StatedInstant, statedInstant } from '../documents/dates/instant.ts';
import { findDate } from '../documents/dates/parse-date.ts';
import { DocumentError, type Draft, type StatedDate } from '../documents/draft.ts';
import { languageOf } from '../documents/language/detect-language.ts';
import { parseLanguageTag } from '../documents/language/language-tag.ts';
import { writingOf } from '../documents/language/script.ts';
import { serialize } from '../html/canonical.ts';
import { plainText, textWithoutNotes } from '../html/plain-text.ts';
import { sanitize } from '../html/sanitize.ts';
import { plain, shorten } from '../html/text.ts';
import { contains, HEADINGS, type Parent, type RootContent } from '../html/tree.ts';
import { httpUrl } from '../html/url.ts';
import { isRightToLeft } from '../locale.ts';
import { collectionOf } from './collection-of.ts';
import { slugify } from './slug.ts';

/** A title made of the first words is at most so long. */
const MAX_MADE_TITLE = 80;
const MEDIA: ReadonlySet<string> = new Set(['img', 'audio', 'video']);
const HEADING_NAMES: ReadonlySet<string> = new Set(HEADINGS);

/** When an article is published. */
export interface Publication extends StatedInstant {
  /** Whether the document states it; else it was found in the file's name, or follows from another date. */
  readonly stated: boolean;
  /** Whether it is the date of something that has happened: of the original, or of a change. */
  readonly isPast: boolean;
}

/** What has to be known of every document before one of them gets its identity, its address and its links. */
export interface Outline {
  readonly title: string;
  /** Its title as a slug; empty when that has no letter. */
  readonly headline: string;
  /** The slug that it pins. */
  readonly slug: string | undefined;
  /** The folder at the top of the seeds folder that it is in. */
  readonly collection: string | undefined;
  /** What the document says, word for word. */
  readonly text: string;
  /** Its content as canonical HTML, in which the URLs of `references` stand as stated. */
  readonly contentHtml: string;
  /** The URLs in its content that are relative, as stated. */
  readonly references: readonly string[];
  readonly source: Source | undefined;
  /** When the source published it. */
  readonly sourceDate: StatedInstant | undefined;
  /** BCP 47: stated, else recognised, else the site's, or `und` if the text is in another script. */
  readonly language: string;
  /** Whether most of its letters are written from right to left. */
  readonly isRightToLeft: boolean;
  /** What tells the language. */
  readonly languageBasis: 'stated' | 'text' | 'site';
  /** Undefined when neither the document nor its name nor its source has a date. */
  readonly published: Publication | undefined;
  /** Undefined when the document does not say. */
  readonly updated: StatedInstant | undefined;
  /** Infinity when the document does not say. */
  readonly expires: Instant;
}

/** @throws DocumentError when there is nothing to publish, or a date does not exist */
export function outline(draft: Draft, path: string, site: Site): Outline {
  const { content, references } = sanitize(draft.content);
  const text = plainText(content);
  const isPicture = references.length > 0 || contains(content, MEDIA);
  const title =
    plain(draft.title) ?? (firstWords(content) || (isPicture ? titleOfName(draft.slug ?? path) : ''));
  if (title === '') {
    throw new DocumentError(
      `Cannot publish seeds/${path}: it has no text; expected a headline or a paragraph`,
    );
  }
  const stated = draft.language === undefined ? undefined : parseLanguageTag(draft.language);
  const ownTitle = draft.title ?? '';
  const writing = writingOf(`${ownTitle}\n${text}`);
  const told = stated === undefined ? languageOf(text, ownTitle, writing, site.language) : undefined;
  const dated = draft.published ?? dateInName(path);
  const published = dated ?? draft.source?.published ?? draft.updated;
  return {
    title,
    headline: slugify(title),
    slug: slugify(plain(draft.slug) ?? '') || undefined,
    collection: collectionOf(path),
    text,
    contentHtml: serialize(content),
    references,
    source: draft.source && sourceOf(draft.source),
    language: stated ?? told?.language ?? site.language,
    isRightToLeft: writing !== undefined && isRightToLeft(writing.script),
    languageBasis: stated !== undefined ? 'stated' : told?.isTold ? 'text' : 'site',
    sourceDate: draft.source?.published && statedInstant(draft.source.published, site),
    published: published && {
      ...statedInstant(published, site),
      stated: published === draft.published,
      isPast: dated === undefined,
    },
    updated: draft.updated && statedInstant(draft.updated, site),
    expires: draft.expires === undefined ? Number.POSITIVE_INFINITY : instantOf(draft.expires, site),
  };
}

/** The first words up to a heading, or the heading if it begins the text. */
function firstWords(content: Parent): string {
  for (const part of partsOf(content)) {
    const words = textWithoutNotes(...part);
    if (words !== '') return shorten(words, MAX_MADE_TITLE);
  }
  return '';
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

/** Where an article first stood; named by its host, if it has no other name. */
export function sourceOf({ title, uri, published }: NonNullable<Draft['source']>): Source | undefined {
  const address = httpUrl(uri);
  const name = plain(title) ?? (address && new URL(address).hostname.replace(/^www\./, ''));
  if (name === undefined) return undefined;
  return {
    title: name,
    ...(address === undefined ? {} : { uri: address }),
    ...(published === undefined ? {} : { published: calendarDate(published).toString() }),
  };
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
