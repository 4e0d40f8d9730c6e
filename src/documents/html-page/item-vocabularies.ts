import type { Person } from '../../article.ts';
import { descendants, type Element, findAll } from '../../html/tree.ts';
import { readSeconds } from '../front-matter/media.ts';
import type { StatedMedia } from '../stated.ts';
import type { ArticlePlace } from './article.ts';
import { type PageMetadata, readNames, readPerson, readTags, type Sourced } from './metadata.ts';
import { firstAttribute, hasAttribute, isWithin, lineage, lineOf, textOf, trimmedAttribute } from './tree.ts';

type ItemVocabulary = 'microdata' | 'rdfa' | 'microformats';

/** The attributes by which a vocabulary marks items in a page, and its names of properties in order of precedence. */
interface Syntax {
  readonly isItem: (element: Element) => boolean;
  readonly isArticle: (element: Element) => boolean;
  readonly properties: (element: Element) => readonly string[];
  readonly names: { readonly [Key in keyof PageMetadata]?: readonly string[] };
  readonly person: { readonly name: readonly string[]; readonly uri: readonly string[] };
}

const ARTICLE =
  /(?:Article|Posting|Report|Review|Recipe|HowTo|Episode|CreativeWork|sioc:(?:Item|Post|BlogPost))$/;
const SCHEMA_ORG: Pick<Syntax, 'names' | 'person'> = {
  names: {
    title: ['headline', 'name', 'title'],
    published: ['datePublished', 'dateCreated', 'issued', 'date', 'created'],
    updated: ['dateModified', 'modified'],
    expires: ['expires'],
    summary: ['description', 'abstract'],
    language: ['inLanguage'],
    authors: ['author', 'creator', 'has_creator'],
    tags: ['keywords', 'subject'],
    section: ['articleSection'],
    image: ['image', 'thumbnailUrl'],
    enclosures: ['audio', 'video', 'associatedMedia'],
    address: ['url', 'mainEntityOfPage'],
    original: ['isBasedOn', 'isBasedOnUrl'],
    site: ['publisher'],
  },
  person: { name: ['name'], uri: ['url'] },
};

const SYNTAXES: { readonly [Vocabulary in ItemVocabulary]: Syntax } = {
  microdata: {
    isItem: (element) => hasAttribute(element, 'itemscope'),
    isArticle: (element) => words(element, 'itemtype').some((type) => ARTICLE.test(type)),
    properties: (element) => words(element, 'itemprop'),
    ...SCHEMA_ORG,
  },
  rdfa: {
    isItem: (element) => hasAttribute(element, 'typeof'),
    isArticle: (element) => words(element, 'typeof').some((type) => ARTICLE.test(type)),
    properties: (element) =>
      [...words(element, 'property'), ...words(element, 'rel')].map((name) => name.replace(/^.*[:/#]/, '')),
    ...SCHEMA_ORG,
  },
  microformats: {
    isItem: (element) =>
      words(element, 'class').some((name) => /^(?:h-[a-z]+|hentry|vcard|hcard)$/.test(name)),
    isArticle: (element) => words(element, 'class').some((name) => /^(?:h-entry|hentry)$/.test(name)),
    properties: (element) => [...words(element, 'class'), ...words(element, 'rel')],
    names: {
      id: ['u-uid'],
      title: ['p-name', 'entry-title'],
      published: ['dt-published', 'published'],
      updated: ['dt-updated', 'updated'],
      summary: ['p-summary', 'entry-summary'],
      authors: ['p-author', 'author'],
      tags: ['p-category', 'tag'],
      image: ['u-featured', 'u-photo'],
      enclosures: ['u-audio', 'u-video'],
      address: ['p-canonical', 'u-url', 'bookmark'],
    },
    person: { name: ['p-name', 'fn'], uri: ['u-url', 'url'] },
  },
};

/** Reads the article that a page describes in the attributes of its text. */
export function readItems(vocabulary: ItemVocabulary, page: Element, place: ArticlePlace): PageMetadata {
  const syntax = SYNTAXES[vocabulary];
  const item = findItem(syntax, page, place);
  if (item === undefined) return {};
  const findNamed = itemProperties(syntax, item);
  const find = (claim: keyof PageMetadata): Element[] => findNamed(syntax.names[claim] ?? []);
  const texts = (claim: keyof PageMetadata): string[] => find(claim).flatMap(textsOf);
  const urls = (claim: keyof PageMetadata): string[] => find(claim).flatMap(urlsOf);
  const dates = (claim: keyof PageMetadata): Sourced[] => find(claim).flatMap(dateOf);
  return {
    id: urls('id'),
    title: texts('title'),
    published: dates('published'),
    updated: dates('updated'),
    expires: dates('expires'),
    summary: texts('summary'),
    language: texts('language'),
    authors: find('authors').flatMap((element) => peopleIn(syntax, element)),
    tags: find('tags').flatMap(linksIn).flatMap(textsOf).flatMap(readTags),
    section: texts('section'),
    image: find('image')
      .flatMap((element) => inner(syntax, element, 'url', 'contentUrl').flatMap(urlsOf))
      .map((url) => ({ url })),
    enclosures: find('enclosures').flatMap((element) => mediaIn(syntax, element)),
    address: urls('address').filter((url) => !url.startsWith('#')),
    original: urls('original'),
    site: find('site').flatMap((element) => inner(syntax, element, 'name').flatMap(textsOf)),
  };
}

/** The innermost article around the content, otherwise the only one in it, or the first. A list describes none. */
function findItem(syntax: Syntax, page: Element, { root, boilerplate }: ArticlePlace): Element | undefined {
  const items = [page, ...descendants(page)].filter(
    (element) => syntax.isArticle(element) && !lineage(element).some((above) => boilerplate.has(above)),
  );
  const around = items.findLast((item) => isWithin(root, item));
  const [inside, ...others] = items.filter((item) => isWithin(item, root));
  return around ?? (others.length > 0 ? undefined : (inside ?? items[0]));
}

/** Reads an item without those nested in it; returns a function that finds elements by their properties, in order. */
function itemProperties(syntax: Syntax, item: Element): (names: readonly string[]) => Element[] {
  const found = new Map<string, Element[]>();
  const walk = (parent: Element): void => {
    for (const element of parent.children) {
      if (element.type !== 'element') continue;
      for (const name of syntax.properties(element)) {
        const same = found.get(name);
        if (same === undefined) found.set(name, [element]);
        else same.push(element);
      }
      if (!syntax.isItem(element)) walk(element);
    }
  };
  walk(item);
  return (names) => [...new Set(names.flatMap((name) => found.get(name) ?? []))];
}

/** The elements with a property of a nested item, or the element itself if it is no item. */
function inner(syntax: Syntax, element: Element, ...names: readonly string[]): readonly Element[] {
  return syntax.isItem(element) ? itemProperties(syntax, element)(names) : [element];
}

/** The links in an element, or the element itself if it has none. */
function linksIn(element: Element): readonly Element[] {
  const links = findAll(element, 'a');
  return links.length > 0 ? links : [element];
}

function peopleIn(syntax: Syntax, element: Element): Person[] {
  const findNamed = itemProperties(syntax, element);
  const [name] = findNamed(syntax.person.name);
  const [link] = [element, ...findNamed(syntax.person.uri), ...descendants(element)].filter(
    ({ tagName }) => tagName === 'a',
  );
  const uri = link && trimmedAttribute(link, 'href');
  const text = textsOf(name ?? element)[0] ?? '';
  return link === undefined ? readNames(text) : [readPerson(text, uri) ?? []].flat();
}

function mediaIn(syntax: Syntax, element: Element): StatedMedia[] {
  const [url] = inner(syntax, element, 'contentUrl').flatMap(urlsOf);
  if (url === undefined) return [];
  const [type] = inner(syntax, element, 'encodingFormat').flatMap(textsOf);
  const [seconds] = inner(syntax, element, 'duration').flatMap(textsOf).map(readSeconds);
  return [{ url, ...(type?.includes('/') && { type }), ...(seconds && { duration: seconds }) }];
}

function textsOf(element: Element): string[] {
  const text = trimmedAttribute(element, 'content') ?? textOf(element);
  return text === '' ? [] : [text];
}

function dateOf(element: Element): Sourced[] {
  const text = firstAttribute(element, 'datetime', 'content', 'title', 'value') ?? textOf(element);
  return text === '' ? [] : [{ text, line: lineOf(element) }];
}

function urlsOf(element: Element): string[] {
  const url = firstAttribute(element, 'href', 'src', 'content', 'data', 'itemid', 'resource', 'value');
  return url === undefined ? textsOf(element) : [url];
}

function words(element: Element, name: string): string[] {
  return trimmedAttribute(element, name)?.split(/\s+/) ?? [];
}
