import { dateError } from '../../dates/parse-date.ts';
import { decodeReferences } from '../../html/parse.ts';
import { shorten } from '../../html/text.ts';
import {
  contains,
  type Element,
  type ElementContent,
  findAll,
  h,
  isElement,
  root,
  text,
} from '../../html/tree.ts';
import { partsBetween } from '../../strings.ts';
import { readFileName } from '../file-name.ts';
import { readFields } from '../front-matter/read-fields.ts';
import { readVisibility, withStrictest } from '../front-matter/visibility.ts';
import { withoutTemplateCode } from '../markdown/read-template.ts';
import type { DocumentSource, Draft } from '../source.ts';
import { DocumentError, EmptyDocumentError } from '../stated.ts';
import { type ArticlePlace, findArticle, findFeatured, findStandfirst } from './article.ts';
import { namesOf } from './boilerplate.ts';
import { stripHeadlineAndByline } from './byline.ts';
import { readContent } from './content.ts';
import { splitShortcodes } from './embeds.ts';
import { readItems } from './item-vocabularies.ts';
import { type JsonLd, readJsonLd } from './json-ld.ts';
import { withoutMailArchive } from './mail-archive.ts';
import { texReader } from './math.ts';
import { findMetaVisibility, readMeta } from './meta.ts';
import { chooseMetadata, foldTitle, type MetadataByVocabulary } from './metadata.ts';
import { innerText, lineOf, pageTitleOf, parseTree, textOf, trimmedAttribute } from './tree.ts';
import { openingHeading, readMarkup, relativeCanonical, shortlinkOf } from './visible-metadata.ts';

/** The minimum share of the article text in the metadata that the page contains, unless scripts fill the page. */
const MIN_TEXT = 0.2;

const MAX_WARNINGS = 100;

/** A copy of a site has its feeds at `feed/index.html`. */
const FEED = /^\s*(?:<\?xml[^>]*>\s*)?(?:<\?xml-stylesheet[^>]*>\s*)?<(?:rss|feed|rdf:RDF)[\s>]/;

/** Template code outside examples: of Jinja, Liquid, Go, Handlebars, Blade and JSP. */
const TEMPLATE =
  /\{%-? {0,3}(?:extends|macro|block) |\{%-? {0,3}(?:import|from) ["']|\{\{-? {0,3}(?:define|block|template|partial|range|with|\$\w{1,40} {0,3}:=) |\{\{!< |^[ \t]{0,9}@(?:extends|section|layout)\(|<%@ {0,3}(?:page|taglib|include) /m;
const EXAMPLES = /<(pre|code|script|textarea)\b[^>]*>.*?<\/\1\s*>/gis;

/** A captioned picture in the source syntax of WordPress, which exports keep. */
const CAPTION = /\[caption[^[\]]*\]((?:<a [^<>]*>)?<img [^<>]*>(?:<\/a>)?)([^[\]]*)\[\/caption\]/g;
const FIGURE = '<figure>$1<figcaption>$2</figcaption></figure>';

/** The includes of FrontPage. */
const INCLUDED =
  /<!--webbot bot="(?:Include|Navigation)"[^<>]{0,500}? startspan[^<>]{0,500}?-->.{0,9999}?<!--webbot bot="(?:Include|Navigation)"[^<>]{0,99}endspan ?-->/gis;

/**
 * The classes of a page that is no article: in MediaWiki talk, users, categories, the home page, histories; in
 * WordPress a page, an attachment, a list, an error.
 */
const OTHER_PAGE =
  /^mediawiki .*(?<= )(?:ns-(?!0 )-?\d|action-(?!view )|page-main_page )|(?:^| )(?:page-id-\d|attachmentid-\d|archive (?:author|category|date|tag|tax-)|search-(?:no-)?results |error404 )/;

/** The toolbar that the Wayback Machine adds to a page, and its prefix of addresses. */
const TOOLBAR = /<!-- BEGIN WAYBACK TOOLBAR INSERT -->.*?<!-- END WAYBACK TOOLBAR INSERT -->/gs;
const CAPTURE = /(?:(?:https?:)?\/\/web\.archive\.org)?\/web\/\d{4,14}(?:[a-z]{2}_)?\/(?=https?:)/g;

/** The address of the page, which HTTrack writes into it; with a query, its file has another name. */
const MIRRORED = /<!-- Mirrored from [^\s<>/]{4,100}(\/[^\s<>?]{1,200}\?[^\s<>]{1,100}) by HTTrack/;

function withCaptions(html: string): string {
  return html.includes('[caption') ? html.replace(CAPTION, FIGURE) : html;
}

type Where = (line: number | undefined) => string;

/**
 * Reads the article of an HTML page, and its metadata in the vocabularies of the page, without boilerplate. A fragment,
 * without `html`, `head` and `body`, is all content. Front matter, which site generators allow above either, takes
 * precedence over both.
 *
 * @throws DocumentError if the file has no article
 */
export function parseHtmlDocument({ path, fields, body, bodyLine }: DocumentSource): Draft {
  const where: Where = (line) =>
    line === undefined ? `seeds/${path}` : `seeds/${path}:${line + bodyLine - 1}`;
  const read = (html: string, title?: string): Draft => {
    if (FEED.test(html))
      throw new EmptyDocumentError(`Cannot read seeds/${path}: it is a feed; expected HTML`);
    const page = parsePage(withCaptions(withoutMailArchive(html)), path);
    const draft = readPage(page, path, where, title);
    const [, mirrored] = MIRRORED.exec(html) ?? [];
    return withStrictest(
      mirrored === undefined ? draft : { ...draft, aliases: [...(draft.aliases ?? []), mirrored] },
      readVisibility(findMetaVisibility(page, bodyLine), path),
    );
  };
  if (fields.size === 0 && TEMPLATE.test(body) && TEMPLATE.test(body.replace(EXAMPLES, '')))
    throw new EmptyDocumentError(`Cannot read seeds/${path}: it is a template; expected an article`);
  if (fields.size === 0) return read(body);

  const stated = readFields(fields, readFileName(path), path);
  const { html, leftOut } = withoutTemplateCode(withCaptions(body), { title: stated.title, fields });
  const draft = read(html, stated.title);
  const authors = stated.authors.length > 0 ? stated.authors : draft.authors;
  // A stated title has no alternatives.
  const otherTitles = stated.title === undefined ? (draft.otherTitles ?? []) : [];
  const warnings = leftOut
    .slice(0, MAX_WARNINGS)
    .map(
      ({ code, line }) =>
        `Cannot run "${shorten(code.replace(/\s+/g, ' '), 80)}" in ${where(line)}: expected HTML; left it out`,
    );
  return { ...draft, ...stated, authors, otherTitles, warnings: [...warnings, ...(draft.warnings ?? [])] };
}

/** @returns the `html` element; of a frameset, with its `noframes` content */
function parsePage(text: string, path: string): Element {
  const written = text.includes('<!--webbot') ? text.replace(INCLUDED, '') : text;
  const isCapture =
    written.includes('<!-- BEGIN WAYBACK TOOLBAR INSERT') || written.includes('FILE ARCHIVED ON');
  const page = parseTree(isCapture ? written.replace(TOOLBAR, '').replace(CAPTURE, '') : written);
  if (page === undefined) {
    throw new DocumentError(
      `Cannot read seeds/${path}: it has more than a million elements; expected an article`,
    );
  }
  const frames = page.children.find((node) => isElement(node, 'frameset'));
  if (frames === undefined) return page;
  const noFrames = findAll(frames, 'noframes')[0];
  const inside = noFrames && parseTree(innerText(noFrames));
  return { ...page, children: [...page.children, ...(inside?.children ?? [])] };
}

/** @param title that front matter states; a heading that differs from it is kept */
function readPage(page: Element, path: string, where: Where, title: string | undefined): Draft {
  const leadsTo = refreshTarget(page);
  if (leadsTo !== undefined)
    throw new EmptyDocumentError(
      `Cannot read seeds/${path}: it only leads to "${leadsTo.slice(0, 200)}"; expected an article`,
      leadsTo,
    );
  const resolve = readBase(page);
  const place = findArticle(page);
  const scripts = new Set<string>();
  const readTex = texReader(page);
  const isBoilerplate = (element: Element): boolean => place.boilerplate.has(element);
  const content = [
    ...findStandfirst(place.above, place.root).flatMap((element) =>
      readContent({ ...element, tagName: 'p' }, isBoilerplate, resolve),
    ),
    ...readContent(place.root, isBoilerplate, resolve, {
      page,
      readText: (value) =>
        splitShortcodes(value).flatMap((part) => (typeof part === 'string' ? readTex(part) : part)),
      onScript: (src) => scripts.add(src),
    }),
  ];
  const jsonLd = readJsonLd(findJsonLd(page));
  const body = jsonLd.articleBody ?? '';
  const isFilledLater = textOf(content).length < body.length * MIN_TEXT;
  if (content.length === 0 && !isFilledLater) {
    throw new EmptyDocumentError(
      `Cannot read seeds/${path}: it has no text but that of its navigation and scripts; expected an article`,
    );
  }
  const metadata = said(page, place, content, jsonLd);
  const { draft: chosen, titles: claimed, site, unread } = chooseMetadata(metadata, where, resolve);
  const heading = openingHeading(content);
  // Some templates escape a title twice.
  const decoded = decodeReferences(chosen.title ?? '');
  const isEscaped =
    decoded !== chosen.title && heading !== undefined && foldTitle(decoded) === foldTitle(heading);
  const draft = isEscaped ? { ...chosen, title: decoded } : chosen;
  const titles = isEscaped ? [decoded, ...claimed] : claimed;
  const featured =
    draft.image === undefined && !contains(root(content), 'img')
      ? findFeatured(place.above, place.root)
      : undefined;
  if (featured !== undefined) content.unshift(...readContent(root([featured]), isBoilerplate, resolve));
  const names = [...draft.authors.map(({ name }) => name), ...(site === undefined ? [] : [site])];
  const warnings = [
    ...jsonLd.broken.map(
      ({ line, reason }) => `Cannot parse JSON-LD in ${where(line)}: expected JSON, but ${reason}`,
    ),
    ...[...scripts].map((src) => {
      const quoted = JSON.stringify(`<script src="${shorten(src, 120)}">`);
      return `Cannot run ${quoted} in ${where(undefined)}: expected HTML; left it out`;
    }),
    ...unread.map(({ text, line }) => dateError(text, where(line))),
  ];
  const otherTitles = [...titles, ...(heading === undefined ? [] : [heading])];
  const shortlink = shortlinkOf(page);
  const canonical = draft.address === undefined ? relativeCanonical(page, path) : undefined;
  return {
    ...draft,
    ...(canonical !== undefined && { canonical, ...(shortlink && { aliases: [shortlink] }) }),
    ...(isListOfPages(content, draft.address?.uri) && { role: 'list' }),
    ...(isOtherPage(page) && { role: 'page' }),
    ...(draft.address && shortlink && { address: { ...draft.address, shortlink } }),
    otherTitles: [...new Set(otherTitles)].filter((other) => other !== draft.title),
    content: root(
      isFilledLater
        ? paragraphsOf(body)
        : stripHeadlineAndByline(content, { titles: title === undefined ? titles : [title], names }),
    ),
    warnings: [...new Set(warnings)],
  };
}

function isOtherPage(page: Element): boolean {
  const [body] = findAll(page, 'body');
  return body !== undefined && OTHER_PAGE.test(`${namesOf(body)} `);
}

function said(
  page: Element,
  place: ArticlePlace,
  content: readonly ElementContent[],
  jsonLd: JsonLd,
): MetadataByVocabulary {
  const title = pageTitleOf(page);
  return {
    jsonLd: jsonLd.claims,
    microdata: readItems('microdata', page, place),
    rdfa: readItems('rdfa', page, place),
    microformats: readItems('microformats', page, place),
    ...readMeta(page),
    markup: readMarkup(page, place, content),
    titleElement: { title: title === undefined ? [] : [title] },
  };
}

function findJsonLd(page: Element): { text: string; line: number | undefined }[] {
  return findAll(page, 'script')
    .filter((script) => /^application\/ld\+json\b/i.test(trimmedAttribute(script, 'type') ?? ''))
    .map((script) => ({ text: innerText(script.children), line: lineOf(script) }));
}

/** The minimum share of linked headings in a list of pages; excerpts may have a few others. */
const MIN_LINKED = 2;
const SHARE_LINKED = 0.75;

/** The minimum number of links in a list without headings, and their minimum share of its text. */
const MIN_ENTRIES = 3;
const SHARE_OF_ENTRIES = 0.5;

/** Whether nearly all headings, as on a home page, or nearly all of the text are links to other pages of the site. */
function isListOfPages(content: readonly ElementContent[], address: string | undefined): boolean {
  const all = root([...content]);
  const host = URL.parse(address ?? '')?.host;
  const isInside = (link: Element): boolean => {
    const href = trimmedAttribute(link, 'href') ?? '#';
    return (
      !/^(?:[a-z][a-z\d+.-]*:|\/\/|#)/i.test(href) || (host !== undefined && URL.parse(href)?.host === host)
    );
  };
  const headings = findAll(all, 'h2', 'h3', 'h4');
  const linked = headings.filter((heading) => {
    const [link] = findAll(heading, 'a');
    return link && textOf(link) === textOf(heading) && isInside(link);
  });
  if (linked.length >= Math.max(MIN_LINKED, SHARE_LINKED * headings.length)) return true;
  const entries = findAll(all, 'a').filter((link) => isInside(link) && isToPage(link) && textOf(link) !== '');
  const lettersIn = (node: Parameters<typeof textOf>[0]): number =>
    textOf(node).match(/\p{L}/gu)?.length ?? 0;
  const length = entries.reduce((sum, link) => sum + lettersIn(link), 0);
  return (
    entries.length >= MIN_ENTRIES &&
    length >= SHARE_OF_ENTRIES * lettersIn(content) &&
    !findAll(all, 'p', 'li', 'td', 'dd').some(isLong)
  );
}

function isToPage(link: Element): boolean {
  return /\.html?(?:[?#]|$)|\/$/i.test(trimmedAttribute(link, 'href') ?? '');
}

/** Whether its own text is as long as a sentence. */
function isLong(element: Element): boolean {
  const linked = findAll(element, 'a').reduce((sum, link) => sum + textOf(link).length, 0);
  return textOf(element).length - linked > MAX_LABEL;
}

const MAX_LABEL = 120;

/** Seconds; a later refresh is no redirect: the page is meant to be read. */
const MAX_DELAY = 5;

/** The URL to which a page redirects by `meta` refresh; undefined if it does not. */
function refreshTarget(page: Element): string | undefined {
  const refresh = findAll(page, 'meta').find(
    (meta) => trimmedAttribute(meta, 'http-equiv')?.toLowerCase() === 'refresh',
  );
  const content = (refresh && trimmedAttribute(refresh, 'content')) ?? '';
  const [, delay, target] = /^([\d.]*)\s*[;,]\s*url\s*=\s*["']?([^"']+)/i.exec(content) ?? [];
  return Number(delay) <= MAX_DELAY ? target?.trim() : undefined;
}

function paragraphsOf(articleBody: string): Element[] {
  return partsBetween(articleBody, '\n').map((paragraph) => h('p', {}, [text(paragraph)]));
}

/** Returns a function that resolves relative URLs by the page's `base`, if there is one. */
function readBase(page: Element): (url: string) => string {
  const [base] = findAll(page, 'base').flatMap((element) => trimmedAttribute(element, 'href') ?? []);
  const isElsewhere = /^(?:https?:)?\/\//i.test(base ?? '');
  const origin = 'https://seeds.invalid';
  if (base === undefined || !(isElsewhere || base.startsWith('/')) || !URL.canParse(base, origin))
    return (url) => url;
  return (url) => {
    if (!URL.canParse(url, origin) || /^[a-z][a-z0-9+.-]*:/i.test(url)) return url;
    const { href } = new URL(url, new URL(base, origin));
    return href.startsWith(`${origin}/`) ? href.slice(origin.length) : href;
  };
}
