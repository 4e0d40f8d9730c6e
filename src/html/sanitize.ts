import type sanitizeHtml from 'sanitize-html';
import type { Attributes, IOptions, Tag } from 'sanitize-html';
import { later } from '../lazy-require.ts';
import { trimEndOf } from '../trim.ts';
import { canonicalHtml } from './canonical.ts';
import { permitted } from './permitted-text.ts';
import { sanitizeSimple } from './simple-html.ts';

const sanitizer = later<typeof sanitizeHtml>('sanitize-html');

/** Where a URL of a document leads: an absolute URL, or one that begins with the origin's mark; undefined: nowhere. */
export interface Links {
  readonly link: (url: string) => string | undefined;
  readonly media: (url: string) => string | undefined;
}

/** Links, and what is known of the files that they lead to. */
export interface KnownLinks extends Links {
  /** The pixels of a picture of the publisher's own; undefined of others. */
  readonly size?: (url: string) => { readonly width: number; readonly height: number } | undefined;
}

const BLOCKS = [
  'p',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'ul',
  'ol',
  'li',
  'dl',
  'dt',
  'dd',
  'blockquote',
  'pre',
  'hr',
  'div',
  'section',
  'details',
  'summary',
];
const TEXT = [
  'a',
  'abbr',
  'b',
  'bdi',
  'bdo',
  'br',
  'cite',
  'code',
  'data',
  'del',
  'dfn',
  'em',
  'i',
  'ins',
  'kbd',
  'mark',
  'q',
  'rp',
  'rt',
  'ruby',
  's',
  'samp',
  'small',
  'span',
  'strong',
  'sub',
  'sup',
  'time',
  'u',
  'var',
  'wbr',
];
const MEDIA = ['img', 'picture', 'source', 'figure', 'figcaption', 'video', 'audio', 'track'];
const TABLES = ['table', 'caption', 'colgroup', 'col', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td'];

const ALLOWED = [...BLOCKS, ...TEXT, ...MEDIA, ...TABLES];

/** Whether an article may hold an element; names in lower case. */
export function isAllowed(name: string): boolean {
  return ALLOWED.includes(name);
}

/** Attributes that hold one URL, and whether that is a file that the document shows. */
const URL_ATTRIBUTES: ReadonlyMap<string, keyof Links> = new Map([
  ['href', 'link'],
  ['cite', 'link'],
  ['src', 'media'],
  ['poster', 'media'],
]);

/** Elements of which nothing is worth keeping, their text included. */
const DROPPED = [
  'script',
  'style',
  'noscript',
  'template',
  'textarea',
  'option',
  'title',
  'head',
  'svg',
  'math',
  'object',
  'canvas',
];

/** Hosts whose images only count who reads. */
const TRACKERS =
  /^https?:\/\/(?:pixel\.|stats\.|[\w.-]*(?:doubleclick|google-analytics|scorecardresearch|quantserve|feedburner|facebook)\.(?:com|net)\/)/i;
/** Deeper elements go, their text stays. */
const MAX_NESTING = 100;
const IMAGE_DATA = /^data:image\/(?:png|jpeg|gif|webp|avif);base64,/i;

/**
 * Reduces HTML to what an article may hold, by an allow-list, with every URL absolute, and writes it canonically. What
 * is not allowed goes, its text stays; but scripts, styles and tracking pixels go whole.
 */
export function sanitizeContent(html: string, links: KnownLinks): string {
  const simple = sanitizeSimple(html, links.link);
  if (simple !== undefined) return simple;
  const safe = sanitizer()(html, options(links));
  return canonicalHtml(/<h1[ >]/.test(safe) ? lowerHeadings(safe) : safe);
}

function options(links: KnownLinks): IOptions {
  return {
    allowedTags: ALLOWED,
    nonTextTags: DROPPED,
    allowedAttributes: {
      '*': ['lang', 'dir', 'title', 'id'],
      a: ['href', 'hreflang', 'rel'],
      abbr: ['title'],
      audio: ['src', 'controls', 'preload'],
      blockquote: ['cite'],
      code: ['class'],
      col: ['span'],
      colgroup: ['span'],
      data: ['value'],
      del: ['cite', 'datetime'],
      details: ['open'],
      img: ['src', 'srcset', 'sizes', 'alt', 'width', 'height', 'loading'],
      ins: ['cite', 'datetime'],
      li: ['value'],
      ol: ['start', 'reversed', 'type'],
      pre: ['class'],
      q: ['cite'],
      source: ['src', 'srcset', 'sizes', 'type', 'media'],
      td: ['align', 'colspan', 'rowspan', 'headers'],
      th: ['align', 'colspan', 'rowspan', 'headers', 'scope', 'abbr'],
      time: ['datetime'],
      track: ['src', 'kind', 'srclang', 'label', 'default'],
      video: ['src', 'poster', 'controls', 'width', 'height', 'preload'],
    },
    allowedClasses: { code: ['language-*'], pre: ['language-*'] },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowedSchemesByTag: { img: ['http', 'https', 'data'] },
    allowedSchemesAppliedToAttributes: ['href', 'src', 'cite', 'poster'],
    allowProtocolRelative: false,
    disallowedTagsMode: 'discard',
    nestingLimit: MAX_NESTING,
    enforceHtmlBoundary: false,
    // References bring back what was left out of the document's text.
    textFilter: permitted,
    transformTags: {
      '*': (name, attributes) => transformElement(name, attributes, links),
      iframe: (_, attributes) => linkTo(attributes.src, links),
      embed: (_, attributes) => linkTo(attributes.src, links),
      input: checkbox,
    },
    exclusiveFilter: ({ tag, attribs }) => tag === 'img' && isTracker(attribs),
  };
}

function transformElement(tagName: string, stated: Attributes, links: KnownLinks): Tag {
  const attribs: Attributes = {};
  for (const [name, value] of Object.entries(stated)) {
    const kind = URL_ATTRIBUTES.get(name);
    const clean = permitted(value);
    const absolute = kind === undefined ? clean : resolve(clean, links[kind]);
    if (absolute !== undefined) attribs[name] = absolute;
  }
  // Readers strip styles; this attribute they keep.
  if (tagName === 'td' || tagName === 'th') align(attribs, stated);
  if (stated.srcset !== undefined) attribs.srcset = absoluteSrcset(stated.srcset, links);
  else if (tagName === 'img') keepPlace(attribs, stated, links);
  return { tagName, attribs };
}

/** With its size, a picture has its place before it is there. */
function keepPlace(attribs: Attributes, { src = '', width, height }: Attributes, { size }: KnownLinks): void {
  const pixels = width === undefined && height === undefined ? size?.(permitted(src).trim()) : undefined;
  if (pixels === undefined) return;
  attribs.width = String(pixels.width);
  attribs.height = String(pixels.height);
}

function align(attribs: Attributes, { align, style = '' }: Attributes): void {
  const stated = /(?:^|;)\s*text-align\s*:\s*(\w+)/i.exec(style)?.[1] ?? align;
  const side = /^(?:left|center|right)$/i.exec(stated ?? '')?.[0].toLowerCase();
  delete attribs.align;
  if (side !== undefined) attribs.align = side;
}

function resolve(url: string, absolute: (url: string) => string | undefined): string | undefined {
  if (!/^\s*data:/i.test(url)) return absolute(url.trim());
  return IMAGE_DATA.test(url) ? url : undefined;
}

/** Candidates of HTML §4.8.4.2.1, those that lead somewhere. */
function absoluteSrcset(srcset: string, { media }: Links): string {
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
    const absolute = /^(?:[\d.]+[wx])?$/.test(size) ? media(permitted(stated)) : undefined;
    if (absolute !== undefined) candidates.push(size === '' ? absolute : `${absolute} ${size}`);
  }
  return candidates.join(', ');
}

/** An embedded page is a page elsewhere: what remains is the way there. */
function linkTo(src: string | undefined, links: Links): Tag {
  const href = src === undefined ? undefined : links.link(permitted(src));
  if (href === undefined || !/^https?:/.test(href)) return { tagName: 'span', attribs: {} };
  return { tagName: 'a', attribs: { href }, text: href };
}

/** The boxes of a task list, as characters: feed readers drop form elements. */
function checkbox(_: string, { type, checked }: Attributes): Tag {
  return {
    tagName: 'span',
    attribs: {},
    text: type === 'checkbox' ? (checked === undefined ? '☐' : '☑') : '',
  };
}

function isTracker({ src, width, height }: Attributes): boolean {
  const tiny = [width, height].some((size) => size !== undefined && /^[01](?:px)?$/.test(size));
  return src === undefined || tiny || TRACKERS.test(src);
}

/** The page's own title is the only h1. */
function lowerHeadings(html: string): string {
  return html.replace(/<(\/?)h([1-5])(?=[ >])/g, (_, close, level) => `<${close}h${Number(level) + 1}`);
}
