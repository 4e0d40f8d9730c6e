import { HOLES } from '../templates/holes.ts';
import { frameLink } from './embeds.ts';
import { IMAGE_DATA, isTracker, srcsetOf, URL_ATTRIBUTES } from './sanitize.ts';
import {
  attribute,
  type Element,
  type ElementContent,
  findAll,
  h,
  isElement,
  type Parent,
  text,
} from './tree.ts';
import { SCHEMES } from './url.ts';

/** The target of a URL in a document: absolute, or beginning with the hole for the origin; undefined without one. */
export interface Links {
  readonly link: (url: string) => string | undefined;
  readonly media: (url: string) => string | undefined;
}

export interface KnownLinks extends Links {
  /** The text of a link that shows the title of its target; undefined for any other link. */
  readonly title?: (url: string) => string | undefined;
  /** The size of a picture in the folder of documents, in pixels; undefined for any other. */
  readonly size?: (url: string) => { readonly width: number; readonly height: number } | undefined;
}
const SAFE_TARGET = new RegExp(`^(?:(?:${SCHEMES}):|${HOLES.origin})`, 'i');
/** URLs of frames. */
const PAGE = new RegExp(`^(?:https?:|${HOLES.origin})`, 'i');

/**
 * Replaces the URLs of sanitised content with their targets. Removes pictures without a target; a link of nothing else
 * gets their alternative text, or its address.
 */
export function resolveLinks(content: Parent, links: KnownLinks): void {
  content.children = (content.children as ElementContent[]).flatMap((node): ElementContent[] => {
    if (node.type !== 'element') return [node];
    if (node.tagName === 'iframe') {
      const href = safe(links.link(attribute(node, 'src') ?? ''));
      const picture = attribute(node, 'poster');
      const poster = picture === undefined ? undefined : safe(links.media(picture));
      if (href !== undefined && PAGE.test(href)) return [frameLink(node, href, poster)];
      const title = attribute(node, 'title');
      return [h('span', {}, title === undefined ? [] : [text(title)])];
    }
    const { properties } = node;
    const stated = properties.src;
    const words = node.tagName === 'a' ? links.title?.(attribute(node, 'href') ?? '') : undefined;
    if (words !== undefined) node.children = [text(words)];
    for (const name in properties) {
      const kind = URL_ATTRIBUTES.get(name);
      const url = properties[name];
      if (typeof url !== 'string' || (name === 'src' && IMAGE_DATA.test(url))) continue;
      if (name === 'srcset') properties.srcset = srcsetOf(url, (candidate) => safe(links.media(candidate)));
      if (kind === undefined) continue;
      const target = safe(links[kind](url));
      if (target === undefined) delete properties[name];
      else properties[name] = target;
    }
    if (node.tagName === 'a' && properties.href === undefined) node.tagName = 'span';
    if (node.tagName === 'img') {
      if (isTracker(properties)) return [];
      if (typeof stated === 'string') addSize(properties, stated, links);
    }
    const isFull = node.children.length > 0;
    const alt = node.tagName === 'a' ? findAll(node, 'img').map((img) => attribute(img, 'alt')) : [];
    resolveLinks(node, links);
    if (alt.length > 0 && node.children.every((child) => child.type === 'text' && child.value.trim() === ''))
      node.children = [text(alt.find(Boolean) ?? attribute(node, 'href') ?? '')];
    if (isElement(node, 'source', 'track') && properties.src === undefined && properties.srcset === undefined)
      return [];
    if (isElement(node, 'audio', 'video') && !isPlayable(node)) return insteadOfPlayer(node);
    // An empty paragraph or figure is removed with its picture.
    return isElement(node, 'p', 'figure') && isFull && node.children.length === 0 ? [] : [node];
  });
}

function isPlayable(player: Element): boolean {
  return [player, ...player.children].some(
    (node) => isElement(node, 'audio', 'video', 'source') && node.properties.src !== undefined,
  );
}

/** The replacement of a player without a recording. */
function insteadOfPlayer({ properties: { title }, children }: Element): ElementContent[] {
  if (typeof title === 'string') return [h('span', {}, [text(title)])];
  return children.filter((child) => child.type === 'element');
}

function safe(url: string | undefined): string | undefined {
  return url !== undefined && SAFE_TARGET.test(url) ? url : undefined;
}

/** Sets the size of a picture, so that pages reserve its space before it is loaded. */
function addSize(properties: Element['properties'], src: string, { size }: KnownLinks): void {
  const { srcset, width, height } = properties;
  if (srcset !== undefined || width !== undefined || height !== undefined) return;
  const pixels = size?.(src);
  if (pixels === undefined) return;
  properties.width = String(pixels.width);
  properties.height = String(pixels.height);
}
