import { pageOfPlayer } from '../../html/embeds.ts';
import { parseHtml } from '../../html/parse.ts';
import { type Element, type ElementContent, findAll, h, text } from '../../html/tree.ts';
import { innerText, textOf, trimmedAttribute } from './tree.ts';

/** The script that shows a gist. */
const GIST = /^(https:\/\/gist\.[\w.-]{1,100}\/[\w.-]{1,100}\/\w{1,64})\.js(?:\?|$)/;
/** The URL prefix for the ids of each service. */
const SERVICES: readonly (readonly [RegExp, string])[] = [
  [/youtube/, 'https://www.youtube.com/watch?v='],
  [/vimeo/, 'https://vimeo.com/'],
  [/dailymotion/, 'https://www.dailymotion.com/video/'],
  [/twitter|tweet/, 'https://x.com/i/status/'],
  [/instagram/, 'https://www.instagram.com/p/'],
  [/gist/, 'https://gist.github.com/'],
];
const ID_NAME =
  /^(?:data-)?(?:(?:youtube|vimeo|video|tweet|gist)-?id|id|youtube|vimeo|video|shortcode|embed)$/;
const ADDRESS_NAME = /^(?:data-)?(?:src|href|url|link)$/;
/** What a frame says until it is loaded, or where it cannot be. */
const NO_TITLE =
  /^(?:loading|lädt|wird geladen|chargement|cargando|carregando|caricamento|laden|yükleniyor|загрузка|載入中|加载中|読み込み中)(?:\s*(?:…|\.{3}))?$|\b(?:browser|navigateur|navegador|tarayıcı|i?frames?)\b|браузер/iu;
const LINKS: ReadonlySet<string> = new Set(['a']);
const PICTURES: ReadonlySet<string> = new Set(['img', 'amp-img']);

/**
 * The frame in the place of an element that a script makes one of, such as `lite-youtube`, `amp-vimeo` and an empty
 * `<div class="youtube" data-id="…">`; undefined when it is none.
 */
export function frameOf(element: Element): Element | undefined {
  const { tagName, properties } = element;
  const isCustom = tagName.includes('-');
  if (!isCustom && (tagName !== 'div' || textOf(element) !== '')) return undefined;
  const names = isCustom
    ? tagName
    : [trimmedAttribute(element, 'class'), ...Object.keys(properties)].join(' ');
  const service = SERVICES.find(([name]) => name.test(names.toLowerCase()))?.[1];
  const stated = Object.entries(properties).flatMap(([name, value]) =>
    typeof value === 'string' && (name !== 'id' || isCustom) ? [[name, value.trim()] as const] : [],
  );
  const address = stated.find(([name, value]) => ADDRESS_NAME.test(name) && /^https?:\/\//.test(value))?.[1];
  const id = stated.find(([name, value]) => ID_NAME.test(name) && /^[\w-]{2,64}$/.test(value))?.[1];
  const isPlayer = address !== undefined && pageOfPlayer(address) !== address;
  if (service === undefined && !isPlayer && !/^amp-(?!img$|anim$|video$|audio$)/.test(tagName))
    return undefined;
  const src = service !== undefined && id !== undefined ? service + id : address;
  return src === undefined ? undefined : h('iframe', { src, ...titleOf(element), ...posterOf(element) });
}

function titleOf(element: Element): { title?: string } {
  const title = ['title', 'playlabel', 'aria-label', 'data-title', 'videotitle', 'alt']
    .map((name) => trimmedAttribute(element, name))
    .find(Boolean);
  return title === undefined ? {} : { title: title.replace(/^Play:\s*/, '') };
}

function posterOf(element: Element): { poster?: string } {
  const [picture] = findAll(element, PICTURES);
  const poster =
    ['poster', 'data-poster', 'data-thumbnail', 'posterimage']
      .map((name) => trimmedAttribute(element, name))
      .find(Boolean) ??
    /background(?:-image)?\s*:\s*url\(\s*["']?([^"')]{1,2000})/i.exec(
      trimmedAttribute(element, 'style') ?? '',
    )?.[1] ??
    (picture && trimmedAttribute(picture, 'src'));
  return poster === undefined ? {} : { poster };
}

/** A frame with what it says of itself; what it holds for browsers that show none is text to the parser. */
export function titledFrame({ properties, ...frame }: Element): Element {
  const fallback = frame.children.length === 0 ? undefined : parseHtml(innerText(frame.children));
  const stated = fallback === undefined ? '' : textOf(fallback.children);
  const words = NO_TITLE.test(stated) ? '' : stated;
  const title = titleOf({ ...frame, properties }).title ?? words;
  return {
    ...frame,
    properties: { ...properties, ...(title && { title }), ...posterOf({ ...frame, properties }) },
  };
}

/** The content that a frame states itself. */
export function frameContent(frame: Element): ElementContent[] | undefined {
  const stated = trimmedAttribute(frame, 'src') === undefined ? trimmedAttribute(frame, 'srcdoc') : undefined;
  return stated === undefined ? undefined : (parseHtml(stated)?.children as ElementContent[] | undefined); // no doctype
}

/** The link that remains of a script that shows a gist. */
export function gistLink(script: Element): Element | undefined {
  const gist = GIST.exec(trimmedAttribute(script, 'src') ?? '')?.[1];
  return gist === undefined ? undefined : h('p', {}, [h('a', { href: gist }, [text(gist)])]);
}

/**
 * Converts `object`: a picture or a recording is shown; anything else becomes its fallback, with a link to the
 * file.
 *
 * @param fallback what it holds
 */
export function objectContent(
  element: Element,
  fallback: readonly ElementContent[],
): readonly ElementContent[] {
  const data = trimmedAttribute(element, 'data');
  const type = trimmedAttribute(element, 'type') ?? '';
  const root = h('div', {}, [...fallback]);
  const words = textOf(root);
  const title = trimmedAttribute(element, 'title') ?? trimmedAttribute(element, 'aria-label') ?? words;
  const kind = /^(image|audio|video)\//.exec(type)?.[1];
  if (findAll(root, FALLBACK_MEDIA).length > 0 || data === undefined) return fallback;
  if (kind === 'image') return [h('img', { src: data, alt: title })];
  if (kind !== undefined) return [h(kind, { src: data, ...(title && { title }) })];
  if (findAll(root, LINKS).length > 0) return fallback;
  return [h('embed', { src: data, ...(title && { title }) })];
}

const FALLBACK_MEDIA: ReadonlySet<string> = new Set([
  'img',
  'picture',
  'embed',
  'iframe',
  'audio',
  'video',
  'object',
]);
