import { embeddedKind } from '../../html/embeds.ts';
import { decodeReferences } from '../../html/parse.ts';
import { type Element, findAll } from '../../html/tree.ts';
import { partsBetween, wordList, wordSet } from '../../strings.ts';
import type { Field } from '../front-matter/fields.ts';
import { readStatus, visibilityField } from '../front-matter/visibility.ts';
import { looksLikePeople } from '../people.ts';
import { isPublisher } from '../plain-text/labels.ts';
import { defined, type StatedMedia } from '../stated.ts';
import { type PageMetadata, readNames, readTags, type Sourced } from './metadata.ts';
import { lineOf, textOf, trimmedAttribute } from './tree.ts';

type MetaVocabulary = 'openGraph' | 'twitter' | 'dublinCore' | 'plain';
type Names = { readonly [Key in keyof PageMetadata]?: readonly string[] };

/** The meanings of `meta` names, in lower case, in order of precedence. */
const NAMES: { readonly [Vocabulary in MetaVocabulary]: Names } = {
  openGraph: {
    title: ['og:title'],
    published: [
      'article:published_time',
      'article:published',
      'og:published_time',
      'og:article:published_time',
    ],
    updated: ['article:modified_time', 'article:modified', 'og:modified_time', 'og:updated_time'],
    expires: ['article:expiration_time'],
    summary: ['og:description'],
    language: ['og:locale'],
    authors: ['article:author', 'article:author:name', 'og:article:author', 'book:author'],
    tags: ['article:tag', 'og:article:tag'],
    section: ['article:section'],
    image: ['og:image', 'og:image:url', 'og:image:secure_url'],
    enclosures: ['og:audio', 'og:audio:url', 'og:video', 'og:video:url'],
    address: ['og:url'],
    site: ['og:site_name'],
  },
  twitter: {
    title: ['twitter:title'],
    summary: ['twitter:description'],
    image: ['twitter:image', 'twitter:image:src'],
  },
  dublinCore: {
    title: ['dc.title', 'dcterms.title'],
    published: wordList('dcterms.issued dc.date.issued dcterms.date dc.date dcterms.created dc.date.created'),
    updated: ['dcterms.modified', 'dc.date.modified'],
    summary: ['dc.description', 'dcterms.description', 'dcterms.abstract', 'dc.description.abstract'],
    language: ['dc.language', 'dcterms.language'],
    authors: ['dc.creator', 'dcterms.creator'],
    tags: ['dc.subject', 'dcterms.subject'],
    original: ['dc.source', 'dcterms.source'],
    site: ['dc.publisher', 'dcterms.publisher'],
  },
  plain: {
    title: ['title', 'headline', 'citation_title', 'parsely-title', 'sailthru.title'],
    published: wordList(
      `date pubdate publish-date publish_date published published_time publication_date datepublished
      date.issued created article_date_original citation_publication_date citation_date parsely-pub-date
      sailthru.date cxenseparse:recs:publishtime`,
    ),
    updated: ['last-modified', 'lastmod', 'modified', 'updated', 'revised', 'datemodified', 'date.modified'],
    summary: ['description', 'abstract', 'sailthru.description'],
    language: ['content-language', 'language'],
    authors: ['author', 'authors', 'byl', 'citation_author', 'parsely-author', 'sailthru.author'],
    tags: ['news_keywords', 'keywords', 'tags', 'parsely-tags', 'sailthru.tags'],
    image: ['thumbnail', 'image', 'parsely-image-url', 'sailthru.image.full'],
    address: ['parsely-link'],
    original: ['original-source', 'syndication-source'],
    site: ['application-name', 'publisher', 'copyright-holder'],
  },
};

export function readMeta(page: Element): { readonly [Vocabulary in MetaVocabulary]: PageMetadata } {
  const statements: { name: string; statement: Sourced }[] = [];
  for (const element of findAll(page, 'meta')) {
    const text = trimmedAttribute(element, 'content');
    if (text === undefined) continue;
    for (const kind of ['property', 'name', 'http-equiv', 'itemprop']) {
      for (const name of trimmedAttribute(element, kind)?.toLowerCase().split(/\s+/) ?? []) {
        statements.push({
          name: name.replace(/^(dc|dcterms)[:_]/, '$1.'),
          statement: { text, line: lineOf(element) },
        });
      }
    }
  }
  const { openGraph, twitter, dublinCore, plain } = NAMES;
  return {
    openGraph: metadataOf(openGraph, statements),
    twitter: metadataOf(twitter, statements),
    dublinCore: metadataOf(dublinCore, statements),
    plain: metadataOf(plain, statements),
  };
}

function metadataOf(names: Names, statements: readonly { name: string; statement: Sourced }[]): PageMetadata {
  const find = (wanted: readonly string[] = []): Sourced[] =>
    wanted.flatMap((name) =>
      statements.flatMap((stated) => (stated.name === name ? [stated.statement] : [])),
    );
  const texts = (wanted?: readonly string[]): string[] => find(wanted).map(({ text }) => text);
  return {
    title: texts(names.title),
    published: find(names.published),
    updated: find(names.updated),
    expires: find(names.expires),
    // Some templates encode them twice.
    summary: texts(names.summary).map(decodeReferences),
    language: texts(names.language).map((tag) => tag.replace(/_/g, '-')),
    authors: (names.authors ?? []).flatMap((name) =>
      texts([name]).flatMap((text) => readNames(OF_ONE_PERSON.has(name) ? givenNameFirst(text) : text)),
    ),
    tags: texts(names.tags).flatMap(readTags),
    section: texts(names.section),
    image: texts(names.image).map((url) => ({ url })),
    enclosures: (names.enclosures ?? []).flatMap((name) =>
      texts([name]).flatMap((url) => mediaIn(url, texts([`${name.replace(/:url$/, '')}:type`])[0])),
    ),
    address: texts(names.address),
    original: texts(names.original),
    site: texts(names.site),
  };
}

/** Metadata of libraries, each of which names one person, often with the family name first. */
const OF_ONE_PERSON = wordSet('citation_author dc.creator dcterms.creator');

/** `Jane Roe` for `Roe, Jane`; a list of two whole names and a title after a name are not changed. */
function givenNameFirst(text: string): string {
  const [family = '', given = '', ...others] = partsBetween(text, /[,;]/);
  const isList = looksLikePeople(family) && looksLikePeople(given);
  return given === '' ||
    others.length > 0 ||
    text.includes(';') ||
    isList ||
    isPublisher(given) ||
    /^(?:[JS]r|ph\.?\s?d|m\.?d|[ivx]+)\.?$/iu.test(given)
    ? text
    : `${given} ${family}`;
}

/** Empty for a player, which is a page and not a file. */
function mediaIn(url: string, type: string | undefined): StatedMedia[] {
  const isRecording = /^(?:audio|video)\b/i.test(type ?? embeddedKind(url) ?? '');
  return isRecording ? [defined({ url, type })] : [];
}

/** The crawlers whose directives apply to all search engines. */
const ROBOTS: ReadonlySet<string> = new Set(['robots', 'googlebot', 'bingbot']);
/** Templates use the other names for something else too; what they say then is not looked at. */
const UNMISTAKABLE: ReadonlySet<string> = new Set(['robots', 'draft', 'isdraft']);

/**
 * Reads visibility from the `meta` elements of a page, as fields of front matter.
 *
 * @param firstLine the number of the page's first line in the document
 */
export function findMetaVisibility(page: Element, firstLine: number): (readonly [string, Field])[] {
  const found: (readonly [string, Field])[] = [];
  for (const element of findAll(page, 'meta')) {
    const stated = trimmedAttribute(element, 'name')?.toLowerCase();
    if (stated === undefined) continue;
    const name = ROBOTS.has(stated) ? 'robots' : visibilityField(stated);
    const value = trimmedAttribute(element, 'content') ?? '';
    if (name === undefined || (!UNMISTAKABLE.has(name) && readStatus(value) === undefined)) continue;
    found.push([name, { value, line: (lineOf(element) ?? 1) + firstLine - 1 }]);
  }
  // LinkedIn exports drafts, too.
  const [created, published] = ['created', 'published'].map((name) =>
    findAll(page, 'p').find((each) => trimmedAttribute(each, 'class') === name),
  );
  if (created !== undefined && published === undefined && /^Created on \d{4}-/.test(textOf(created)))
    found.push(['draft', { value: 'true', line: (lineOf(created) ?? 1) + firstLine - 1 }]);
  return found;
}
