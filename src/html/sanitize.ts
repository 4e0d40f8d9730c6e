import { trimEndOf, wordSet } from '../strings.ts';
import { frameLink, pageOfPlayer, posterUrl, showByType } from './embeds.ts';
import { headingId, PLAYERS, permitted, recordingOf } from './text.ts';
import {
  attribute,
  contains,
  type Element,
  type ElementContent,
  findAll,
  HEADINGS,
  h,
  isBlank,
  isElement,
  type Parent,
  type Root,
  rawText,
  replaceElements,
  text,
} from './tree.ts';
import { absoluteUrl, isForeignScheme } from './url.ts';

/** The allowed elements, and the attributes of each besides the global ones. */
const ALLOWED: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  [
    // Blocks
    ['p h1 h2 h3 h4 h5 h6 ul dl dt dd hr div section summary', ''],
    ['ol', 'start reversed type'],
    ['li', 'value'],
    ['blockquote', 'cite'],
    ['pre', 'className'],
    ['details', 'open'],
    // Text
    ['abbr b bdi bdo br cite dfn em i kbd mark rp rt ruby s samp small span strong sub sup u var wbr', ''],
    ['a', 'href hreflang rel'],
    ['code', 'className'],
    ['data', 'value'],
    ['del ins', 'cite datetime'],
    ['q', 'cite'],
    ['time', 'datetime'],
    // Media
    ['picture figure figcaption', ''],
    ['img', 'src srcset sizes alt width height loading'],
    ['source', 'src srcset sizes type media'],
    ['video', 'src poster controls width height preload loop muted playsinline'],
    ['audio', 'src controls preload loop'],
    ['track', 'src kind srclang label default'],
    // Tables
    ['table caption thead tbody tfoot tr', ''],
    ['colgroup col', 'span'],
    ['th', 'align colspan rowspan headers scope abbr'],
    ['td', 'align colspan rowspan headers'],
  ].flatMap(([names = '', attributes = '']) => {
    const allowed = new Set(['lang', 'dir', 'title', 'id', ...attributes.split(' ')]);
    return names.split(' ').map((name) => [name, allowed] as const);
  }),
);

/** Elements that are removed with their content. */
const DROPPED = wordSet('script style noscript template textarea option title head svg math canvas');
/** Attributes with one URL, which is a link or a media file. */
export const URL_ATTRIBUTES: ReadonlyMap<string, 'link' | 'media'> = new Map([
  ['href', 'link'],
  ['cite', 'link'],
  ['src', 'media'],
  ['poster', 'media'],
]);
const GITHUB_PREFIX = /^user-content-(?=.)/;
const GITHUB_FRAGMENT = /^#user-content-(?=.)/;
/** The fragment of a picture that is only shown on light or on dark pages, as in GitHub and MkDocs. */
const SCHEME_OF_PAGE = /#(?:gh-|only-)(light|dark)(?:-mode-only)?$/;
/** Attributes that are kept without a value. */
const MAY_BE_EMPTY = wordSet('alt controls default loop muted open playsinline reversed');
/** Hosts of tracking pixels. */
const TRACKERS =
  /^https?:\/\/(?:pixel\.|stats\.|[\w.-]*(?:doubleclick|google-analytics|scorecardresearch|quantserve|feedburner|facebook)\.(?:com|net)\/)/i;
/** Deeper elements are replaced by their content. */
const MAX_NESTING = 100;
export const IMAGE_DATA = /^data:image\/(?:png|jpeg|gif|webp|avif);base64,/i;

const EMBEDDING: ReadonlySet<string> = new Set(['img', 'embed', 'iframe']);

/** Whether an article may contain an element; names in lower case. */
export function isAllowed(tagName: string): boolean {
  return ALLOWED.has(tagName);
}

interface Sanitized {
  /** Its relative URLs are unchanged until `resolveLinks`. */
  readonly content: Root;
  /** Its relative URLs, as stated. */
  readonly references: readonly string[];
  /** Its elements with data that only pages show. */
  readonly special: readonly Element[];
}

/**
 * Reduces content to what an article may contain, by an allow-list. Elements that are not allowed are replaced by their
 * content, but scripts, styles and tracking pixels are removed whole. A link without a target becomes a `span`, since
 * readers colour every `a`.
 *
 * @param content is changed
 */
export function sanitize(content: Root): Sanitized {
  const references: string[] = [];
  const special: Element[] = [];
  const dark = new Set<Element>();
  let hasLight = false;
  let hasTitle = false;
  const ids = new Map<string, number>();
  const clean = (parent: Parent, depth: number): void => {
    const cleaned: ElementContent[] = [];
    for (const node of parent.children as ElementContent[]) add(cleaned, node, depth); // no doctypes
    parent.children = cleaned;
  };
  const add = (cleaned: ElementContent[], node: ElementContent, depth: number): void => {
    if (node.type === 'text') {
      const last = cleaned.at(-1);
      node.value = permitted(node.value);
      if (last?.type === 'text') last.value += node.value;
      else cleaned.push(node);
      return;
    }
    if (node.type !== 'element') return;
    if (EMBEDDING.has(node.tagName)) showByType(node);
    const { tagName } = node;
    const allowed = depth < MAX_NESTING ? ALLOWED.get(tagName) : undefined;
    if (allowed !== undefined) {
      if (tagName === 'ruby') addParentheses(node);
      const foreign = tagName === 'a' ? takeForeignAddress(node) : [];
      const [fragment, scheme] =
        (tagName === 'img' && SCHEME_OF_PAGE.exec(String(node.properties.src))) || [];
      if (fragment !== undefined)
        node.properties.src = String(node.properties.src).slice(0, -fragment.length);
      node.properties = safeProperties(node, allowed, references);
      if (tagName === 'img' && isTracker(node.properties)) return;
      if (scheme === 'light') hasLight = true;
      if (scheme === 'dark') dark.add(node);
      if (tagName === 'a' && node.properties.href === undefined) node.tagName = 'span';
      if (typeof node.properties.id === 'string') keepUnique(node, ids);
      if (PLAYERS.has(tagName)) node.properties.controls = '';
      hasTitle ||= tagName === 'h1';
      if (node.data !== undefined && isSpecial(node.data)) special.push(node);
      clean(node, depth + 1);
      if (tagName === 'ul' || tagName === 'ol') keepInItems(node);
      for (const address of foreign) add(node.children, address, depth + 1);
      if (tagName === 'a') for (const each of takeInteractive(node)) cleaned.push(each);
      // A player without a source is replaced by its content.
      if (PLAYERS.has(tagName) && recordingOf(node).url === undefined) cleaned.push(...node.children);
      else if (!isEmptyBlock(node)) cleaned.push(withFileName(node));
    } else if (tagName === 'iframe' || tagName === 'embed') cleaned.push(embedded(node, references));
    else if (tagName === 'input') cleaned.push(checkbox(node));
    else if (!DROPPED.has(tagName)) for (const child of node.children) add(cleaned, child, depth);
  };
  clean(content, 0);
  if (hasTitle) lowerHeadings(content);
  // Of a light and a dark version of a picture, the light one is kept.
  if (hasLight && dark.size > 0) replaceElements(content, (node) => (dark.has(node) ? [] : undefined));
  return { content, references, special };
}

/** Moves other content of a list than items, often a nested list, into the item before it. */
function keepInItems(list: Element): void {
  if (list.children.every((child) => isElement(child, 'li') || isBlank(child))) return;
  const items: Element[] = [];
  for (const child of list.children) {
    const last = items.at(-1);
    if (isElement(child, 'li')) items.push(child);
    else if (last !== undefined) last.children.push(child);
    else if (!isBlank(child)) items.push(h('li', {}, [child]));
  }
  list.children = items;
}

/** Adds parentheses to ruby text, for readers that show it in the line. */
function addParentheses(ruby: Element): void {
  if (ruby.children.some((child) => isElement(child, 'rp', 'rtc'))) return;
  ruby.children = ruby.children.flatMap((child): ElementContent[] =>
    isElement(child, 'rt') ? [h('rp', {}, [text('(')]), child, h('rp', {}, [text(')')])] : [child],
  );
}

const INTERACTIVE: readonly string[] = ['a', 'audio', 'iframe', 'video'];

/** Takes players and nested links, which HTML does not allow in a link, out of it. */
function takeInteractive(link: Element): Element[] {
  if (!link.children.some((child) => child.type === 'element')) return [];
  const taken: Element[] = [];
  replaceElements(link, (element) => {
    if (!INTERACTIVE.includes(element.tagName)) return undefined;
    taken.push(element);
    return [];
  });
  const [first] = taken;
  const isEmpty = rawText(link).trim() === '' && !contains(link, 'img');
  const words = first && (attribute(first, 'title') ?? rawText(first).trim());
  if (isEmpty) link.children = [text(words || attribute(link, 'href') || '')];
  return taken;
}

/** Code below the name of its file. */
function withFileName(element: Element): Element {
  const [code] = element.tagName === 'pre' ? element.children : [];
  const title = isElement(code) ? code.data?.title : undefined;
  return title === undefined
    ? element
    : h('figure', {}, [h('figcaption', {}, [text(permitted(title))]), element]);
}

function isSpecial({ formula, mathml, lines }: NonNullable<Element['data']>): boolean {
  return (formula ?? mathml ?? lines) !== undefined;
}

/** Whether it is an empty heading, paragraph or figure; validators report empty headings. */
function isEmptyBlock({ tagName, properties, children }: Element): boolean {
  return (
    (/^h[1-6]$/.test(tagName) || (/^(?:p|figure)$/.test(tagName) && properties.id === undefined)) &&
    children.every((child) => child.type === 'text' && child.value.trim() === '')
  );
}

/** Removes the address of an unknown scheme from a link; returns it as text unless the link shows it. */
function takeForeignAddress(link: Element): ElementContent[] {
  const { href } = link.properties;
  if (typeof href !== 'string' || !isForeignScheme(href.trim())) return [];
  delete link.properties.href;
  const address = permitted(href.trim());
  return rawText(link).includes(address) ? [] : [text(` (${address})`)];
}

/** The first element with an id keeps it; further headings get a number, as in generators. */
function keepUnique({ tagName, properties }: Element, ids: Map<string, number>): void {
  const stated = String(properties.id);
  let id = stated;
  if (/^h[1-6]$/.test(tagName)) {
    // Each number is tried once.
    let number = ids.get(stated) ?? 0;
    while (ids.has(id)) id = `${stated}-${++number}`;
    if (number > 0) ids.set(stated, number);
  }
  if (ids.has(id)) delete properties.id;
  else {
    properties.id = id;
    ids.set(id, 0);
  }
}

function safeProperties(
  { tagName, properties }: Element,
  allowed: ReadonlySet<string>,
  references: string[],
): Element['properties'] {
  const names = Object.keys(properties);
  if (names.length === 0) return properties;
  const kept: Element['properties'] = {};
  for (const name of names) {
    const value = properties[name];
    if (name === 'style' && allowed.has('align')) continue;
    if (!allowed.has(name) || value === undefined || value === null || value === false) continue;
    if (name === 'className') {
      const language = (Array.isArray(value) ? value : []).filter((word) => /^language-./.test(String(word)));
      if (language.length > 0) kept.className = language.map((word) => permitted(String(word)));
      continue;
    }
    const stated = value === true ? '' : permitted(Array.isArray(value) ? value.join(' ') : String(value));
    if (name === 'align') continue;
    if (name === 'id') {
      // GitHub prefixes the ids of a document, but not its links.
      const id = stated.replace(GITHUB_PREFIX, '');
      // Links to it are converted in the same way.
      if (id !== '') kept.id = /\s/.test(id) ? headingId(id) : id;
      continue;
    }
    if (name === 'srcset') kept.srcset = srcsetOf(stated, (url) => statedUrl(url, references));
    else if (!URL_ATTRIBUTES.has(name)) {
      if (stated !== '' || MAY_BE_EMPTY.has(name)) kept[name] = stated;
    } else {
      const isData = /^\s*data:/i.test(stated);
      const url = isData
        ? tagName === 'img' && IMAGE_DATA.test(stated) && stated
        : statedUrl(stated.trim().replace(GITHUB_FRAGMENT, '#'), references);
      if (url !== false) kept[name] = url;
    }
  }
  // Readers strip styles but keep this attribute.
  if (allowed.has('align')) {
    const side = sideOf(properties);
    if (side !== undefined) kept.align = side;
  }
  return kept;
}

function sideOf({ align, style }: Element['properties']): string | undefined {
  if (align === undefined && style === undefined) return undefined;
  const stated = /(?:^|;)\s*text-align\s*:\s*(\w+)/i.exec(String(style ?? ''))?.[1] ?? String(align);
  return /^(?:left|center|right)$/i.exec(stated)?.[0].toLowerCase();
}

/** Normalizes an absolute URL; adds any other to `references`, to be resolved later. */
function statedUrl(url: string, references: string[]): string {
  const absolute = absoluteUrl(url);
  if (absolute === undefined) references.push(url);
  return absolute ?? url;
}

/** A `srcset` (HTML §4.8.4.2.1) with the candidates that have a target. */
export function srcsetOf(srcset: string, urlOf: (url: string) => string | undefined): string {
  const candidates: string[] = [];
  const url = /[\s,]*(\S+)/y;
  for (let match = url.exec(srcset); match !== null; match = url.exec(srcset)) {
    const stated = trimEndOf(match[1] ?? '', /,/);
    let size = '';
    if (stated === match[1]) {
      const end = srcset.indexOf(',', url.lastIndex);
      size = srcset.slice(url.lastIndex, end < 0 ? undefined : end).trim();
      url.lastIndex = end < 0 ? srcset.length : end + 1;
    }
    const target = /^(?:[\d.]+[wx])?$/.test(size) && !/^data:/i.test(stated) ? urlOf(stated) : undefined;
    if (target !== undefined) candidates.push(size === '' ? target : `${target} ${size}`);
  }
  return candidates.join(', ');
}

/** An embedded page becomes a link as soon as its target is known. */
function embedded(node: Element, references: string[]): Element {
  const urlIn = (name: string): string | undefined => {
    const stated = permitted(attribute(node, name) ?? '').trim();
    return stated === '' ? undefined : statedUrl(name === 'src' ? pageOfPlayer(stated) : stated, references);
  };
  const url = urlIn('src');
  if (url === undefined) return h('span', {});
  const own = urlIn('poster');
  const poster = own ?? posterUrl(url);
  if (own === undefined && poster !== undefined) references.push(poster);
  if (/^https?:/.test(url)) return frameLink(node, url, poster);
  const { title } = node.properties;
  return h('iframe', { src: url, ...(poster && { poster }), ...(title && { title }) });
}

/** The boxes of a task list, as characters: feed readers drop form elements. */
function checkbox(node: Element): Element {
  const box = attribute(node, 'checked') === undefined ? '☐' : '☑';
  return h('span', {}, attribute(node, 'type') === 'checkbox' ? [text(box)] : []);
}

export function isTracker({ src, width, height }: Element['properties']): boolean {
  const tiny = [width, height].some((size) => size !== undefined && /^[01](?:px)?$/.test(String(size)));
  return src === undefined || tiny || TRACKERS.test(String(src));
}

/** The page's own title is the only h1. */
function lowerHeadings(content: Parent): void {
  for (const heading of findAll(content, ...HEADINGS.slice(0, -1)))
    heading.tagName = `h${Number(heading.tagName.charAt(1)) + 1}`;
}
