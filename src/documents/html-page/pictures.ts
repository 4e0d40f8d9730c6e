import { embeddedKind, posterUrl } from '../../html/embeds.ts';
import { descendants, type Element, findAll, h, isElement, type Parent } from '../../html/tree.ts';
import { withoutQuery } from '../../html/url.ts';
import { attempt, memoized } from '../../memo.ts';
import { baseName } from '../../strings.ts';
import { classOf, firstAttribute, trimmedAttribute } from './tree.ts';

/*
 * Pictures that pages load lazily by script. Until then, `src` is missing or a placeholder, and another attribute has
 * the address.
 */

/** Attributes that are known to have the address. */
const LAZY_NAME = /(?:src|lazy|lazyload|original|echo|source|orig-file|full)$|(?:^|-)(?:lazy|src)-/;
/** Attributes with a smaller version of the picture, and attributes with something else. */
const WORSE_NAME = /(?:^|-)(?:(?:low|lq|lqip|tiny|micro)-?src|src-(?:mobile|small))$/;
const OTHER_NAME =
  /^(?:alt|title|href|longdesc|usemap|id|className|style|sizes|width|height)$|zoom|caption|link|poster/;
/** Class names of pictures with a placeholder. */
const LAZY_CLASS = /(?:^|[\s-])(?:lazy\w*|lozad|blur\w*|progressive\w*|placeholder|lqip)(?=[\s-]|$)/i;
const PHOTOGRAPH = /^[^:]*(?::\/\/[^:]*)?\.(?:jpe?g|webp|avif)$/i;
const PICTURE_ENDING = /\.(?:jpe?g|png|gif|webp|avif|svg)$/i;
const ADDRESS =
  /^(?:https?:|\/|\.{1,2}\/|[^\s:{}]+\.(?:jpe?g|png|gif|webp|avif|svg|mp[34]|m4[av]|web[am]|mov|og[agv]|opus|wav)(?:[?#]|$))[^\s{}]*$/i;
/** A longer data URL is a picture to be shown. */
const MAX_PLACEHOLDER = 1000;
/** A shorter data URL is a blank pixel. */
const MAX_BLANK = 300;
/** The maximum number of characters at the end of a URL that are examined. */
const MAX_NAME = 100;
/** Words in the names of placeholder pictures, and names that consist of such words. */
const PLACEHOLDER = /(?:blank|lazy|loading|pixel|placeholder|spacer|transparent|1x1)[\w-]*\.\w+$/i;
const PLACEHOLDER_ALONE =
  /(?:^|\/)(?:(?:blank|lazy|load(?:ing)?|pixel|placeholder|spacer|transparent|image|img|\d{1,4}(?:x\d{1,4})?)[_-]?){1,5}\.\w+$/i;
/** Words in the address of a miniature. */
const MINIATURE =
  /(?:^|[/._,:?&-])(?:blur(?:red)?|lqip|low-?res|micro|miniature|preview|tiny|w(?:idth)?[_=-]\d{1,2}|max\/\d\d|\d{1,2}x\d{0,2})(?=[/._,:&=-]|$)/i;
/** The last of several sizes, if it is a large one. */
const LARGE = /\s(?:[3-9]\d\d|\d{4,5})w\s*$/;
/**
 * The address of a picture in that of a service of the site's own that resizes it (Next.js, Vercel, Netlify, Astro;
 * Nuxt, Cloudflare), or of one that blurs it (Wix).
 */
const RESIZED =
  /^\/(?:_(?:(?:next|vercel)\/)?image|\.netlify\/images)\/?\?(?:[^\s#]*&)?(?:url|href)=([^&\s#]+)|^\/(?:_ipx|cdn-cgi\/image)\/[^/\s]{1,200}\/([^\s?#]+)|^(https:\/\/static\.wixstatic\.com\/media\/[^/\s]{1,200})\/v1\/[^\s]{0,200}[/,]blur_/;
/** Names that other pictures may have, too. */
const PLACEHOLDER_NAME =
  /(?:^|[/_-])(?:clear|dot|dummy|empty|gr[ae]y|loader|none|spinner|trans|white|1px)\.(?:gif|jpe?g|png|svg|webp)$/i;
/** Whether an address is missing or that of a placeholder. */
export function isPlaceholder(url: string | undefined): boolean {
  return (
    !url?.trim() ||
    /^(?:about:|#)/.test(url) ||
    (url.startsWith('data:') &&
      (url.startsWith('data:image/svg') ? !draws(url) : url.length < MAX_PLACEHOLDER)) ||
    (isNamedPlaceholder(url) && PLACEHOLDER_ALONE.test(withoutQuery(url).slice(-MAX_NAME)))
  );
}

/** Whether its name is one of a placeholder, if another picture is there; `loading-dock.jpg` may be a dock. */
function isNamedPlaceholder(url: string): boolean {
  return PLACEHOLDER.test(withoutQuery(url).slice(-MAX_NAME));
}

/**
 * Whether a picture is described and no other replaces it, so that it is to be shown: a small data URL, or a photograph
 * with the name of a placeholder, such as `loading-dock.jpg`.
 */
export function isDescribed(element: Element): boolean {
  const src = trimmedAttribute(element, 'src') ?? '';
  return (
    (/^data:image\/(?!svg)/.test(src) ? src.length > MAX_BLANK : PHOTOGRAPH.test(withoutQuery(src))) &&
    trimmedAttribute(element, 'alt') !== undefined &&
    !LAZY_CLASS.test(classOf(element))
  );
}

/** Whether an inline drawing shows more than a blank or a grey box. */
function draws(url: string): boolean {
  const [start = '', isBase64] = /^data:image\/svg[^,]{0,100}?(;base64)?,/.exec(url) ?? [];
  const source = isBase64 ? Buffer.from(url.slice(start.length), 'base64').toString('latin1') : url;
  return /(?:<|%3C)(?:path|text|circle|ellipse|line|poly|use)/i.test(source);
}

/** The attributes of a picture, a frame or a recording, with the addresses that it will load. */
export function loadedProperties(element: Element): Element['properties'] {
  const loaded = { ...element.properties };
  const { src, srcset } = lazyAddresses(element);
  const isLazy = LAZY_CLASS.test(classOf(element));
  const shown = trimmedAttribute(element, 'src');
  if (src !== undefined && (isLazy || isPlaceholder(shown) || isReplaced(shown ?? '', src))) loaded.src = src;
  else if (isLazy && srcset !== undefined) delete loaded.src;
  if (srcset !== undefined && (isLazy || isPlaceholder(trimmedAttribute(element, 'srcset'))))
    loaded.srcset = srcset;
  const sizes = String(loaded.srcset ?? '');
  const largest = largestOf(sizes);
  const current = String(loaded.src ?? '');
  const isBlank =
    isPlaceholder(current) ||
    (LARGE.test(sizes) && isSmall(current)) ||
    (srcset !== undefined && isNamedPlaceholder(current));
  if (/^(?:amp-)?(?:img|anim)$/.test(element.tagName) && largest && isBlank) loaded.src = largest;
  const original = originalOf(String(loaded.src ?? ''));
  if (original !== undefined) {
    loaded.src = original;
    delete loaded.srcset;
  }
  return loaded;
}

function originalOf(src: string): string | undefined {
  const [, ...places] = RESIZED.exec(src) ?? [];
  const stated = places.find((place) => place !== undefined);
  const original = stated && attempt(() => decodeURIComponent(stated));
  return original && !/^(?:https?:|\/)/.test(original) ? `/${original}` : original;
}

function lazyAddresses(element: Element): { readonly src?: string; readonly srcset?: string } {
  const found: { src?: string; srcset?: string } = {};
  let other: string | undefined;
  for (const [name, stated] of Object.entries(element.properties)) {
    // `small.jpg|large.jpg` of bLazy
    const value = (typeof stated === 'string' ? stated : '').replace(/\|.*/s, '').trim();
    if (name === 'src' || name === 'srcset' || value === '') continue;
    if (name.endsWith('srcset')) found.srcset ??= value;
    else if (WORSE_NAME.test(name) || !ADDRESS.test(value)) continue;
    else if (name === 'data-src') found.src = value;
    else if (LAZY_NAME.test(name)) found.src ??= value;
    else if (PICTURE_ENDING.test(withoutQuery(value)) && !OTHER_NAME.test(name)) other ??= value;
  }
  const shown = trimmedAttribute(element, 'src');
  const hasSizes = found.srcset !== undefined || !isPlaceholder(trimmedAttribute(element, 'srcset'));
  const isReplaceable = isPlaceholder(shown) || isNamedPlaceholder(shown ?? '') || isCalledBlank(shown ?? '');
  if (other !== undefined && !hasSizes && isReplaceable) found.src ??= other;
  return found;
}

/** Whether a picture is a placeholder for another one, which may be the same in another size. */
function isReplaced(shown: string, src: string): boolean {
  const isAnimation = (url: string): boolean => /\.gif$/i.test(withoutQuery(url));
  return (
    shown.startsWith('data:') ||
    isNamedPlaceholder(shown) ||
    withoutQuery(shown) === withoutQuery(src) ||
    isSmall(shown) ||
    isCalledBlank(shown) ||
    (isAnimation(shown) && !isAnimation(src))
  );
}

function isCalledBlank(url: string): boolean {
  return PLACEHOLDER_NAME.test(withoutQuery(url).slice(-MAX_NAME));
}

function isSmall(src: unknown): boolean {
  return MINIATURE.test(String(src).slice(-MAX_NAME));
}

function largestOf(srcset: string): string | undefined {
  return srcset
    .split(/,\s+|(?<=\s[\d.]{1,9}[wx]),/)
    .at(-1)
    ?.trim()
    .split(/\s/, 1)[0];
}

/** A `picture` whose image has an address: its own, otherwise that of the last source. */
export function withImage(picture: Element): Element {
  const image = picture.children.find((child) => isElement(child, 'img'));
  const sources = findAll(picture, 'source');
  const isMiniature =
    image !== undefined &&
    LAZY_CLASS.test(classOf(image)) &&
    Object.keys(lazyAddresses(image)).length === 0 &&
    sources.some((source) => lazyAddresses(source).srcset !== undefined);
  const srcset = sources
    .map((source) => loadedProperties(source).srcset)
    .findLast((stated) => typeof stated === 'string' && stated !== '');
  if (srcset === undefined || (image !== undefined && isShown(image) && !isMiniature)) return picture;
  const shown: Element = {
    ...(image ?? h('img', {})),
    properties: { ...image?.properties, src: largestOf(String(srcset)) },
  };
  return { ...picture, children: [...picture.children.filter((child) => child !== image), shown] };
}

/** An element without content that a script or a style makes a picture of; undefined if it is none. */
export function pictureOf(element: Element): Element | undefined {
  const isPicture =
    /^(?:image|img|picture)-|-(?:image|img|picture)$/.test(element.tagName) ||
    trimmedAttribute(element, 'role') === 'img' ||
    'data-alt' in element.properties ||
    LAZY_CLASS.test(classOf(element));
  const background = /url\(\s*["']?([^"')]{1,2000})/i.exec(trimmedAttribute(element, 'style') ?? '')?.[1];
  const src = isPicture
    ? (lazyAddresses(element).src ?? background ?? trimmedAttribute(element, 'src'))
    : undefined;
  if (src === undefined || !PICTURE_ENDING.test(withoutQuery(src))) return undefined;
  const alt = firstAttribute(element, 'alt', 'aria-label', 'data-alt', 'title') ?? '';
  return h('img', { src, alt });
}

/** The images in an element, except those in `noscript` and their miniatures. */
function imagesIn(parent: Parent): Element[] {
  return parent.children.flatMap((child) => {
    if (child.type !== 'element' || child.tagName === 'noscript') return [];
    if (child.tagName !== 'img') return imagesIn(child);
    return isInNoscript(child, parent) ? [] : [child];
  });
}

const STAND_IN = /(?:^|[\s_-])(?:blur|lqip|placeholder|preview|thumb|thumbnail)(?=[\s_-]|$)/i;

/** Whether an image is a miniature that is shown until another one beside it is loaded, as in Medium. */
export function isMiniature(image: Element, parent: Parent | undefined): boolean {
  return (
    isInNoscript(image, parent) ||
    (STAND_IN.test(classOf(image)) &&
      trimmedAttribute(image, 'alt') === undefined &&
      lazyAddresses(image).src === undefined &&
      parent !== undefined &&
      hasLazyImage(parent))
  );
}

const hasLazyImage = memoized(
  ({ children }: Parent) =>
    children.some((child) => isElement(child, 'img') && lazyAddresses(child).src !== undefined),
  new WeakMap(),
);

/** Whether a `noscript` beside a miniature, or beside the element around it, has the same file. */
function isInNoscript(image: Element, parent: Parent | undefined): boolean {
  const src = trimmedAttribute(image, 'src') ?? '';
  if (!isSmall(src)) return false;
  const outer = parent?.type === 'element' ? parent.parent : undefined;
  const name = baseName(withoutQuery(src));
  return [parent, outer].some((each) => each !== undefined && filesInNoscript(each).has(name));
}

/** The names of the pictures in the `noscript` elements of an element. */
const filesInNoscript = memoized(
  ({ children }: Parent): ReadonlySet<string> =>
    new Set(
      children
        .flatMap((child) => (isElement(child, 'noscript') ? findAll(child, 'img') : []))
        .map((full) => baseName(addressOf(full))),
    ),
  new WeakMap(),
);

/** The maximum number of nodes around a miniature: an element with more has other content. */
const MAX_AROUND = 5;

/** The picture that replaces a miniature once it is loaded: an element around the miniature has its address. */
export function loadedByParent(image: Element, parent: Parent | undefined): string | undefined {
  if (parent?.type !== 'element' || !LAZY_CLASS.test(classOf(parent))) return undefined;
  if (
    parent.children.length > MAX_AROUND ||
    findAll(parent, 'img').length > 1 ||
    Object.keys(lazyAddresses(image)).length > 0
  )
    return undefined;
  return ['href', 'data-href', 'data-src', 'data-large', 'data-full']
    .map((name) => trimmedAttribute(parent, name))
    .find((url) => url !== undefined && PICTURE_ENDING.test(withoutQuery(url)));
}

function isShown(element: Element): boolean {
  return !isPlaceholder(String(loadedProperties(element).src ?? ''));
}

/** The pictures that an element shows, and those that its `noscript` elements add. */
export interface ShownPictures {
  /** The pictures, frames and links to recordings of a `noscript` that are not shown beside it. */
  added(noscript: Element): Element[];
}

/** @param isUnseen whether readers do not see an element */
export function shownPictures(parent: Parent, isUnseen: (element: Element) => boolean): ShownPictures {
  const shown = imagesIn(parent).filter((image) => !isUnseen(image) && isShown(image));
  const addresses = new Set(shown.map((image) => addressOf(image)));
  const words = new Set(shown.flatMap((image) => trimmedAttribute(image, 'alt') ?? []));
  const elements = parent.children.flatMap((child) => (child.type === 'element' ? [child] : []));
  const places = new Map(elements.map((element, index) => [element, index]));
  const isUnnamed = (image: Element): boolean =>
    trimmedAttribute(image, 'alt') === undefined && !isUnseen(image) && isShown(image);
  /** Whether the picture for scripts stands beside it. */
  const isAccompanied = (noscript: Element): boolean => {
    const at = places.get(noscript) ?? -1;
    const beside = [elements[at - 1], elements[at + 1]].flatMap((element) => element ?? []);
    return imagesIn(h('div', {}, beside)).some(isUnnamed);
  };
  /** Whether there is no picture, or the element before the `noscript` names the same one. */
  const isLoadedBefore = (src: string | undefined, noscript: Element): boolean => {
    const before = elements[(places.get(noscript) ?? 0) - 1];
    if (src === undefined || before === undefined) return src === undefined;
    return [before, ...descendants(before)].some(({ properties }) =>
      Object.values(properties).some(
        (value) => typeof value === 'string' && withoutQuery(value) === withoutQuery(src),
      ),
    );
  };
  /** Whether the element before the `noscript` becomes the same picture. */
  const isMadeBefore = (image: Element, noscript: Element): boolean => {
    const before = elements[(places.get(noscript) ?? 0) - 1];
    const picture = before?.children.length === 0 ? pictureOf(before) : undefined;
    return picture !== undefined && addressOf(picture) === addressOf(image);
  };
  return {
    added: (noscript) =>
      findAll(noscript, 'img', 'iframe', 'audio', 'video', 'a').filter((element) => {
        if (element.tagName === 'a') return isPlayed(trimmedAttribute(element, 'href') ?? '');
        if (element.tagName !== 'img') return !isLoadedBefore(trimmedAttribute(element, 'src'), noscript);
        const alt = trimmedAttribute(element, 'alt');
        const link = isElement(element.parent, 'a') ? trimmedAttribute(element.parent, 'href') : undefined;
        return (
          !isPlayed(link ?? '') &&
          !isMadeBefore(element, noscript) &&
          isShown(element) &&
          !addresses.has(addressOf(element)) &&
          (alt === undefined ? !isAccompanied(noscript) : !words.has(alt))
        );
      }),
  };
}

/** Whether it leads to a recording or to the page of a film. */
function isPlayed(url: string): boolean {
  return /^(?:audio|video)$/.test(embeddedKind(url) ?? '') || posterUrl(url) !== undefined;
}

function addressOf(image: Element): string {
  return withoutQuery(String(loadedProperties(image).src ?? ''));
}
