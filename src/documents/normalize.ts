import { Temporal } from 'temporal-polyfill';
import type { Article, Instant, Source } from '../article.ts';
import type { Site } from '../settings.ts';
import { plainText } from './canonical.ts';
import { findDate } from './date.ts';
import { DocumentError, type Draft, type StatedDate } from './document.ts';
import { documentName, mintId } from './id.ts';
import { slugify } from './slug.ts';

/** A longer first paragraph is cut at a word to make the summary. */
const MAX_SUMMARY = 300;
/** A title made of the first words is at most so long. */
const MAX_MADE_TITLE = 80;

/**
 * Makes what we promise of what a document says; every fallback stands here, once.
 *
 * @param path of the document from the seeds folder
 * @throws DocumentError when the document has no date, or one that does not exist, or nothing to publish
 */
export function normalize(draft: Draft, path: string, site: Site): Article {
  const text = plainText(draft.html);
  const title = draft.title ?? shorten(text, MAX_MADE_TITLE);
  if (title === '')
    throw new DocumentError(
      `Cannot publish seeds/${path}: it has no text; expected a headline or a paragraph`,
    );
  const published = publicationInstant(draft, path, site);
  const id = mintId(documentName(path));
  return {
    id,
    slug: slugify(title) || id.slice(-12),
    title,
    summary: shorten(firstParagraph(draft.html) || text || title, MAX_SUMMARY),
    contentHtml: draft.html,
    published,
    updated: published,
    language: site.language,
    authors: draft.authors,
    source: draft.source && source(draft.source),
  };
}

/** The date that the document states, else the one in its file name, else its source's. */
function publicationInstant(draft: Draft, path: string, site: Site): Instant {
  const stated = draft.published ?? dateInName(path) ?? draft.source?.published;
  if (stated === undefined) {
    throw new DocumentError(
      `Cannot publish seeds/${path}: it has no date; expected a line such as "- 22.11.2017" below the headline, or a file name such as "2017-11-22-${path.split('/').at(-1)}"`,
    );
  }
  return calendarDate(stated).toZonedDateTime({ timeZone: site.timeZone, plainTime: site.timeOfDay })
    .epochMilliseconds;
}

function dateInName(path: string): StatedDate | undefined {
  const name = path.split('/').at(-1) ?? '';
  return findDate(/(?:^|\D)(\d{4}-\d{2}-\d{2})(?:\D|$)/.exec(name)?.[1] ?? '', `the name of seeds/${path}`);
}

/** @throws DocumentError when there is no such day, such as 31 February */
function calendarDate({ year, month, day, text, where }: StatedDate): Temporal.PlainDate {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' });
  } catch {
    throw new DocumentError(
      `Cannot parse date "${text}" in ${where}: expected a day that exists, day before month`,
    );
  }
}

function source({ title, uri, published }: NonNullable<Draft['source']>): Source | undefined {
  const name = title ?? (uri && new URL(uri).hostname.replace(/^www\./, ''));
  if (name === undefined) return undefined;
  return {
    title: name,
    ...(uri === undefined ? {} : { uri }),
    ...(published === undefined ? {} : { published: calendarDate(published).toString() }),
  };
}

/** The plain text of the first paragraph that is not a caption; empty without one. */
function firstParagraph(contentHtml: string): string {
  const outsideFigures = contentHtml.replace(/<figure>.*?<\/figure>/gu, '');
  return plainText(/<p>.*?<\/p>/u.exec(outsideFigures)?.[0] ?? '');
}

/** Cuts at a word and says so with an ellipsis. */
function shorten(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const cut = text.slice(0, maxLength).replace(/\p{Cs}$/u, '');
  const lastSpace = cut.lastIndexOf(' ');
  return `${(lastSpace > maxLength / 2 ? cut.slice(0, lastSpace) : cut).replace(/[\s,;:–—-]+$/u, '')}…`;
}
