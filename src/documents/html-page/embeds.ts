import { embeddedKind, pageOfPlayer, posterUrl, servicePrefix } from '../../html/embeds.ts';
import { parseHtml } from '../../html/parse.ts';
import { contains, type Element, type ElementContent, findAll, h, isElement, text } from '../../html/tree.ts';
import { withoutQuery } from '../../html/url.ts';
import { isObject, type JsonObject, parseJson } from '../../json.ts';
import { decodeLeniently, wordList } from '../../strings.ts';
import { readBracketCode } from '../markdown/read-directive.ts';
import { openSource } from '../markdown/source-text.ts';
import { loadedProperties } from './pictures.ts';
import { classOf, firstAttribute, hasText, innerText, textOf, trimmedAttribute } from './tree.ts';

/** Scripts that show the page at the beginning of their address. */
const SCRIPTED =
  /^(https:\/\/(?:gist\.[\w.-]{1,100}\/[\w.-]{1,100}\/\w{1,64}|asciinema\.org\/a\/\w{1,64}))\.js(?:\?|$)/;
/** Parts of the address of a script that shows one item: its number, or a word for a view of it. */
const SHOWN_THING = /^(?:(?:[a-z]+[-_])?\d{2,}(?:\.js)?|embed|player|polls?|widget)$/i;
const DATA_NAME = /^data-(?:[\w-]+-)?(?:id|post|src|url)$/;
const ID_NAME =
  /^(?:data-)?(?:(?:youtube|vimeo|video|tweet|track|gist|embed|playback)-?id|(?:plyr-embed-)?id|tf-(?:live|popup|sidetab|slider|widget)|youtube|vimeo|video|shortcode|embed)$/;
const ADDRESS_NAME =
  /^(?:(?:data-)?(?:src|href|url|link)|[a-z]+_url|canonical_url|cite|data-[a-z-]{0,30}permalink)$/;
/** Classes of empty elements that a script fills with the stated page. */
const EMBED_CLASS = /(?:^|[\s_-])(?:embed|inline-widget|media|fb-(?:post|video))(?=[\s_-]|$)/i;
/** Elements that a script fills. */
const FILLED: ReadonlySet<string> = new Set(['div', 'blockquote']);
/** The content of a frame until it is loaded. */
const NO_TITLE =
  /^(?:loading|lädt|wird geladen|chargement|cargando|carregando|caricamento|laden|yükleniyor|загрузка|載入中|加载中|読み込み中)(?:\s*(?:…|\.{3}))?$|\b(?:browser|navigateur|navegador|tarayıcı|i?frames?)\b|браузер/iu;
const TITLES: readonly string[] = wordList(
  'title playlabel aria-label data-title videotitle metadata-video-title data-name data-alt alt',
);
/**
 * The frame in the place of an element that a script makes one of, such as `lite-youtube`, `amp-vimeo`, an empty
 * `<div class="youtube" data-id="…">` and an empty quotation of a post; undefined if it is none.
 */
export function frameOf(element: Element): Element | undefined {
  const { tagName, properties } = element;
  // CKEditor's
  const isCustom = tagName.includes('-') || tagName === 'oembed';
  // Of Pinterest.
  const isPin = tagName === 'a' && 'data-pin-do' in properties;
  // Player libraries can play the pages of films.
  const pages =
    tagName === 'video'
      ? [element, ...findAll(element, 'source')].flatMap((each) => trimmedAttribute(each, 'src') ?? [])
      : [];
  if (pages.length > 0 && pages.every((page) => posterUrl(page) !== undefined))
    return h('iframe', {
      src: pages[0]?.replace(/[?&]_=\d+$/, ''),
      ...embedTitle(element),
      ...posterOf(element),
    });
  if (!isCustom && ((!FILLED.has(tagName) && !isPin) || hasText(element))) return undefined;
  const names = isCustom
    ? tagName
    : [trimmedAttribute(element, 'class'), properties['data-plyr-provider'], ...Object.keys(properties)].join(
        ' ',
      );
  const service = servicePrefix(names);
  const stated = Object.entries({ ...properties, ...embedData(element) }).flatMap(([name, value]) =>
    typeof value === 'string' && (name !== 'id' || isCustom) ? [[name, value.trim()] as const] : [],
  );
  const recording = stated.find(
    ([name, value]) =>
      (DATA_NAME.test(name) || (name === 'src' && isCustom && !tagName.startsWith('amp-'))) &&
      (/^(?:audio|video)$/.test(embeddedKind(value) ?? '') || (isCustom && /\.m3u8(?:\?|$)/.test(value))),
  )?.[1];
  if (recording !== undefined) return h('embed', { src: recording, ...embedTitle(element) });
  const isModel = tagName === 'model-viewer';
  const address = stated.find(
    ([name, value]) => ADDRESS_NAME.test(name) && (isModel || /^https?:\/\//.test(value)),
  )?.[1];
  const wistia = /(?:^|\s)wistia_async_(\w{5,20})/.exec(trimmedAttribute(element, 'class') ?? '')?.[1];
  if (wistia !== undefined)
    return h('iframe', { src: `https://fast.wistia.net/embed/iframe/${wistia}`, ...embedTitle(element) });
  const id = stated.find(([name, value]) => ID_NAME.test(name) && /^[\w-]{2,64}$/.test(value))?.[1];
  const isPlayer =
    address !== undefined &&
    (isPin ||
      isModel ||
      tagName === 'oembed' ||
      pageOfPlayer(address) !== address ||
      posterUrl(address) !== undefined ||
      tagName === 'blockquote' ||
      EMBED_CLASS.test(classOf(element)));
  if (service === undefined && !isPlayer && !/^amp-(?!img$|anim$|video$|audio$)/.test(tagName))
    return undefined;
  const src = service !== undefined && id !== undefined ? service + id : address;
  return src === undefined ? undefined : h('iframe', { src, ...embedTitle(element), ...posterOf(element) });
}

/** The data of an embed in Substack, or in Elementor. */
export function embedData({ properties }: Element): JsonObject {
  const json = properties['data-attrs'] ?? properties['data-settings'];
  const data = typeof json === 'string' ? parseJson(json) : undefined;
  return isObject(data) ? data : {};
}

/** A player for the recording that an element states in an attribute for a script. */
export function statedRecording(element: Element): Element | undefined {
  const src = Object.keys(element.properties)
    .filter((name) => name.startsWith('data-'))
    .map((name) => trimmedAttribute(element, name) ?? '')
    .find((value) => /^(?:audio|video)$/.test(embeddedKind(value) ?? ''));
  return src === undefined || contains(element, 'a', 'audio', 'video', 'iframe', 'embed')
    ? undefined
    : h('embed', { src, ...embedTitle(element) });
}

function embedTitle(element: Element): { title?: string } {
  const words = textOf(element);
  const { title: ofData } = embedData(element);
  const title = [
    typeof ofData === 'string' ? ofData : undefined,
    ...TITLES.map((name) => trimmedAttribute(element, name)),
    element.tagName.startsWith('lite-') && !NO_TITLE.test(words) ? words : undefined,
  ]
    .map((stated) => stated?.replace(/^Play(?: video)?(?::\s*|$)/i, ''))
    .find(Boolean);
  return title === undefined ? {} : { title };
}

const SHORTCODE = /\[(?:audio|embed|latex|tex|video|vimeo|youtube)(?=[ =\]])/g;

/** The text of a page, with its WordPress shortcodes, which exports keep, as elements. */
export function splitShortcodes(value: string): (string | ElementContent)[] {
  const parts: (string | ElementContent)[] = [];
  let at = 0;
  for (const { index } of value.matchAll(SHORTCODE)) {
    const { end, piece } = readBracketCode(openSource(value, 1), index) ?? {};
    const shown = index < at || piece?.html === undefined ? undefined : parseHtml(piece.html);
    if (end === undefined || shown === undefined) continue;
    parts.push(value.slice(at, index), ...(shown.children as ElementContent[])); // no doctypes
    at = end;
  }
  return [...parts, value.slice(at)];
}

/** Whether the text in a player is only a fallback for browsers that cannot play it. */
export function isForOldBrowsers(node: ElementContent): boolean {
  return (
    (node.type === 'text' || isElement(node, 'p', 'pre', 'span')) &&
    NO_TITLE.test(textOf(node)) &&
    !(node.type === 'element' && contains(node, 'a'))
  );
}

export function posterOf(element: Element): { poster?: string } {
  const [picture] = findAll(element, 'img', 'amp-img');
  const poster =
    firstAttribute(element, 'poster', 'data-poster', 'data-thumbnail', 'posterimage') ??
    /background(?:-image)?\s*:[^;(]{0,40}url\(\s*["']?([^"')]{1,2000})/i.exec(
      trimmedAttribute(element, 'style') ?? '',
    )?.[1] ??
    (picture && (String(loadedProperties(picture).src ?? '') || undefined));
  return poster === undefined ? {} : { poster };
}

/** A frame with its title; its fallback content is text for the parser. */
export function titledFrame({ properties, ...frame }: Element): Element {
  const fallback = frame.children.length === 0 ? undefined : parseHtml(innerText(frame.children));
  const player = trimmedAttribute({ ...frame, properties }, 'src') ?? '';
  const [link, ...others] = fallback === undefined ? [] : findAll(fallback, 'a');
  const page = link && others.length === 0 ? trimmedAttribute(link, 'href') : undefined;
  const src = pageOfPlayer(player) === player && /^https?:/.test(page ?? '') ? { src: page } : {};
  const stated = fallback === undefined ? '' : textOf(fallback.children);
  const words = NO_TITLE.test(stated) ? '' : stated;
  const title = embedTitle({ ...frame, properties }).title ?? words;
  return {
    ...frame,
    properties: { ...properties, ...src, ...(title && { title }), ...posterOf({ ...frame, properties }) },
  };
}

/** The content in `srcdoc`. */
export function frameContent(frame: Element): ElementContent[] | undefined {
  const stated = trimmedAttribute(frame, 'src') === undefined ? trimmedAttribute(frame, 'srcdoc') : undefined;
  return stated === undefined ? undefined : (parseHtml(stated)?.children as ElementContent[] | undefined); // no doctype
}

/** The link that replaces a script that shows a page, such as a gist. */
export function scriptLink(script: Element): Element | undefined {
  const src = trimmedAttribute(script, 'src') ?? '';
  const post = trimmedAttribute(script, 'data-telegram-post');
  const player = /player/i.test(src)
    ? Object.keys(script.properties)
        .map((name) => trimmedAttribute(script, name) ?? '')
        .find((value) => value !== src && /^https:\/\/\S+$/.test(value))
    : undefined;
  const page =
    post === undefined
      ? (SCRIPTED.exec(src)?.[1] ?? (player && pageOfPlayer(player)))
      : `https://t.me/${post}`;
  return page === undefined ? undefined : h('p', {}, [h('a', { href: page }, [text(page)])]);
}

/** The address of a script whose output cannot be replaced by a link. */
export function showingScript(script: Element): string | undefined {
  const src = trimmedAttribute(script, 'src') ?? '';
  if (!/^(?:https?:)?\/\//.test(src)) return undefined;
  const isShowing =
    withoutQuery(src)
      .split('/')
      .slice(3)
      .some((part) => SHOWN_THING.test(part)) ||
    Object.keys(script.properties).some((name) => DATA_NAME.test(name));
  return isShowing ? src : undefined;
}

/** The parameters of Flash players with the recording. */
const FLASH_FILE =
  /(?:^|[?&])(?:file|mp3|soundFile|url)=(https?(?:%3A|:)[^&\s]{1,1000}\.(?:m4[av]|mp[34]|og[agv]|webm))(?=&|$)/i;

/**
 * Converts `object`: a picture or a recording is shown; anything else becomes its fallback, with a link to the
 * file.
 *
 * @param fallback its content
 */
export function objectContent(
  element: Element,
  fallback: readonly ElementContent[],
): readonly ElementContent[] {
  // Older pages state it for a plugin.
  const movie = findAll(element, 'param').find((param) =>
    /^(?:filename|movie|src|url)$/i.test(trimmedAttribute(param, 'name') ?? ''),
  );
  const data = trimmedAttribute(element, 'data') ?? (movie && trimmedAttribute(movie, 'value'));
  const played = FLASH_FILE.exec(
    findAll(element, 'param', 'embed')
      .map((part) => firstAttribute(part, 'flashvars', 'value') ?? '')
      .join('&'),
  )?.[1];
  if (played !== undefined && /\.swf\b/i.test(data ?? ''))
    return [h('embed', { src: decodeLeniently(played) })];
  const type = trimmedAttribute(element, 'type') ?? '';
  const root = h('div', {}, [...fallback]);
  const words = textOf(root);
  const title = firstAttribute(element, 'title', 'aria-label') ?? words;
  const kind = /^(image|audio|video)\//.exec(type)?.[1];
  if (contains(root, ...FALLBACK_MEDIA) || data === undefined) return fallback;
  if (kind === 'image') return [h('img', { src: data, alt: title })];
  if (kind !== undefined) return [h(kind, { src: data, ...(title && { title }) })];
  if (contains(root, 'a')) return fallback;
  return [h('embed', { src: data, ...(title && { title }) })];
}

const FALLBACK_MEDIA: readonly string[] = ['img', 'picture', 'embed', 'iframe', 'audio', 'video', 'object'];
