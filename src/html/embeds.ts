import { decodeLeniently } from '../strings.ts';
import { permitted } from './text.ts';
import { attribute, type Element, h, text } from './tree.ts';
import { absoluteUrl, withoutQuery } from './url.ts';

/*
 * Embedded resources, by their addresses: a recording is played, a picture is shown, and a page becomes a link, since
 * feed readers show no frames.
 */

const SOUND = /\.(?:mp3|m4a|aac|oga|ogg|opus|wav|weba|flac|3gp)$/i;
const FILM = /\.(?:mp4|m4v|webm|mov|mkv|ogv)$/i;
const PICTURE = /\.(?:png|apng|jpe?g|gif|webp|avif|svg|bmp|ico|tiff?)$/i;
/** Files that are neither. */
const OTHER_FILE = /\.(?:pdf|epub|mobi|zip|docx?|odt|xlsx?|ods|csv|pptx?|odp|txt|md|html?|m3u8?|mpd|midi?)$/i;
const FILM_PAGE =
  /^https?:\/\/(?:(?:www\.|m\.)?youtube\.com\/(?:watch|shorts|live)|youtu\.be\/|(?:www\.)?vimeo\.com\/\d|w\.soundcloud\.com\/player|(?:www\.)?(?:x|twitter)\.com\/\w+\/status\/\d)/i;

/** The element that shows an address, by the ending of its path; undefined if that is unknown. */
export function embeddedKind(url: string): 'audio' | 'video' | 'img' | 'a' | undefined {
  const path = withoutQuery(url);
  if (SOUND.test(path)) return 'audio';
  if (FILM.test(path)) return 'video';
  if (PICTURE.test(path)) return 'img';
  return OTHER_FILE.test(path) || FILM_PAGE.test(url) || pageOfPlayer(url) !== url ? 'a' : undefined;
}

/** Replaces an image or `embed` whose address is that of a recording, a document or a page of a film. */
export function showByType(element: Element): void {
  const { src, alt, title } = element.properties;
  if (typeof src !== 'string') return;
  if (element.tagName === 'img' && !alt) element.properties.alt = formulaIn(src) ?? alt;
  const kind = embeddedKind(src);
  // A frame is a link with a title and a picture.
  if (kind === 'a' && element.tagName === 'iframe') return;
  // MkDocs marks films by their alternative text.
  const words = [alt, title].find(
    (stated) => typeof stated === 'string' && stated !== '' && !/^type:\w+$/.test(stated),
  );
  if (kind === 'audio' || kind === 'video') {
    element.tagName = kind;
    element.properties = { controls: '', src, ...(words !== undefined && { title: words }) };
  } else if (kind === 'a') {
    const href = pageOfPlayer(src);
    element.tagName = 'a';
    element.properties = { href };
    element.children = [...posterOf(href), text(typeof words === 'string' ? words : href)];
  } else if (kind === 'img' && element.tagName !== 'img') {
    element.tagName = 'img';
    element.properties = { src, alt: words ?? '' };
    element.children = [];
  }
}

/** Services that draw the formula in their address. */
const DRAWN_FORMULA =
  /^https?:\/\/(?:latex\.codecogs\.com\/[\w./]*\?(.+)|[^?#]{0,100}(?:chart|equation|latex|math)[^?#]{0,100}\?(?:[^#]{0,100}&)?(?:chl|from|latex|math|tex)=([^&#]+))/i;

/** The TeX of a formula that a service draws. */
export function formulaIn(src: string): string | undefined {
  const [, query, value] = DRAWN_FORMULA.exec(src) ?? [];
  const tex = query?.replace(/&space;/g, ' ') ?? value?.replaceAll('+', ' ');
  return tex && decodeLeniently(tex).trim();
}

/** The link that replaces a frame, with the frame's picture and title. */
export function frameLink(frame: Element, href: string, poster: string | undefined): Element {
  const title = permitted(attribute(frame, 'title') ?? '').trim();
  const words = text(title || (/^https?:/.test(href) ? href : (href.split('/').at(-1) ?? href)));
  return h('a', { href }, poster === undefined ? [words] : [h('img', { src: poster, alt: '' }), words]);
}

const FILM_ID =
  /^https?:\/\/(?:(?:(?:www\.|m\.)?youtube\.com\/(?:watch\?(?:[^\s#]*&)?v=|(?:shorts|live)\/)|youtu\.be\/)([\w-]{6,20})|(?:www\.)?vimeo\.com\/(\d+))/;

/** The placeholder for the picture file that is named after the id of a film; undefined for other pages. */
export function posterUrl(page: string): string | undefined {
  const [, ...ids] = FILM_ID.exec(page) ?? [];
  const id = ids.find((each) => each !== undefined);
  return id && `poster:${id}`;
}

/** The id of the film in a placeholder. */
export function posterId(url: string): string | undefined {
  return /^poster:(.+)$/.exec(url)?.[1];
}

function posterOf(page: string): Element[] {
  const src = posterUrl(page);
  return src === undefined ? [] : [h('img', { src, alt: '' })];
}

/** The pages of players: a pattern for the player's host and path, and the page. */
const PLAYERS: readonly (readonly [
  RegExp,
  (parts: readonly string[], query: URLSearchParams) => string | null,
])[] = [
  [
    /^youtube(?:-nocookie)?\.com\/embed\/(?:videoseries)?$/,
    (_, query) => `https://www.youtube.com/playlist?list=${query.get('list')}`,
  ],
  [
    /^youtube(?:-nocookie)?\.com\/embed\/live_stream/,
    (_, query) => `https://www.youtube.com/channel/${query.get('channel')}/live`,
  ],
  [
    /^youtube(?:-nocookie)?\.com\/(?:embed|v|shorts|live)\/([\w-]{6,20})/,
    ([id], query) => `https://www.youtube.com/watch?v=${id}${startOf(query)}`,
  ],
  [
    /^player\.vimeo\.com\/video\/(\d+)/,
    ([id], query) => `https://vimeo.com/${[id, query.get('h')].filter(Boolean).join('/')}`,
  ],
  [/^vimeo\.com\/moogaloop\.swf/, (_, query) => `https://vimeo.com/${query.get('clip_id')}`],
  [/^open\.spotify\.com\/embed(?:-podcast)?\/(.+)/, ([path]) => `https://open.spotify.com/${path}`],
  [/^figma\.com\/embed/, (_, query) => query.get('url')],
  // Addresses for programs show nothing, but the player does.
  [
    /^w\.soundcloud\.com\/player/,
    (_, query) => query.get('url')?.replace(/^https?:\/\/api\..*/s, '') ?? null,
  ],
  [
    /^(?:geo\.)?dailymotion\.com\/(?:embed\/video\/(\w+)|player\b)/,
    ([id], query) => `https://www.dailymotion.com/video/${id ?? query.get('video')}`,
  ],
  [
    /^([\w.-]+\/(?:@[^/]+(?:\/post)?|users\/[^/]+\/statuses)\/\w+|(?:sketchfab\.com|scratch\.mit\.edu|[\w-]+\.podigee\.io)\/.+)\/embed\/?$/,
    ([page]) => `https://${page}`,
  ],
  [
    /^embed\.bsky\.app\/embed\/(did:[\w:.-]+)\/app\.bsky\.feed\.post\/(\w+)/,
    ([author, id]) => `https://bsky.app/profile/${author}/post/${id}`,
  ],
  [/^clips\.twitch\.tv\/embed/, (_, query) => `https://clips.twitch.tv/${query.get('clip')}`],
  [/^(linkedin|observablehq)\.com\/embed\/(.+)/, ([host, path]) => `https://${host}.com/${path}`],
  [/^(t\.me\/\w+\/\d+)$/, ([page]) => `https://${page}`],
  [
    /^assets\.pinterest\.com\/ext\/embed\.html/,
    (_, query) => `https://www.pinterest.com/pin/${query.get('id')}/`,
  ],
  [/^([\w.-]+)\/videos\/embed\/([\w-]+)/, ([host, id]) => `https://${host}/videos/watch/${id}`],
  [/^(codepen\.io\/[^/]+)\/embed\/(?:preview\/)?(\w+)/, ([user, id]) => `https://${user}/pen/${id}`],
  [/^codesandbox\.io\/embed\/([\w-]+)/, ([id]) => `https://codesandbox.io/s/${id}`],
  [/^(jsfiddle\.net\/.+?)\/embedded\b/, ([page]) => `https://${page}/`],
  [/^archive\.org\/embed\/(.+)/, ([id]) => `https://archive.org/details/${id}`],
  [/^player\.twitch\.tv\//, (_, query) => twitchPage(query)],
  [/^embed\.((?:podcasts|music)\.apple\.com\/.+)/, ([page], query) => `https://${page}${episodeOf(query)}`],
  [/^embed\.ted\.com\/(.+)/, ([path]) => `https://www.ted.com/${path}`],
  [/^loom\.com\/embed\/(\w+)/, ([id]) => `https://www.loom.com/share/${id}`],
  [/^streamable\.com\/[eo]\/(\w+)/, ([id]) => `https://streamable.com/${id}`],
  [/^media\.ccc\.de\/(v\/[\w-]+)\/oembed/, ([page]) => `https://media.ccc.de/${page}`],
  [/^odysee\.com\/\$\/embed\/(.+)/, ([page]) => `https://odysee.com/${page}`],
  [/^embed\.nicovideo\.jp\/(watch\/\w+)/, ([page]) => `https://www.nicovideo.jp/${page}`],
  [/^giphy\.com\/embed\/(\w+)/, ([id]) => `https://giphy.com/gifs/${id}`],
  [/^player\.bilibili\.com\//, (_, query) => `https://www.bilibili.com/video/${query.get('bvid')}`],
  [/^(instagram\.com\/(?:p|reel)\/[\w-]+)\/embed\b/, ([page]) => `https://www.${page}/`],
  [/^platform\.twitter\.com\/embed\/Tweet\.html/, (_, query) => `https://x.com/i/status/${query.get('id')}`],
  [/^facebook\.com\/plugins\/(?:video|post)\.php/, (_, query) => query.get('href')],
  [/^mixcloud\.com\/widget\/iframe/, (_, query) => `https://www.mixcloud.com${query.get('feed')}`],
  [/^widget\.deezer\.com\/widget\/\w+\/(\w+\/\w+)/, ([page]) => `https://www.deezer.com/${page}`],
  [/^(drive\.google\.com\/file\/d\/[\w-]+)\/preview/, ([file]) => `https://${file}/view`],
];

/** The page of a player in a frame; every other address unchanged. */
export function pageOfPlayer(url: string): string {
  const player = absoluteUrl(url);
  if (player === undefined || !/^https?:/.test(player)) return url;
  const { hostname, pathname, searchParams } = new URL(player);
  const place = hostname.replace(/^(?:www|m)\./, '') + pathname;
  for (const [pattern, pageOf] of PLAYERS) {
    const [whole, ...parts] = pattern.exec(place) ?? [];
    const page = whole === undefined ? null : pageOf(parts, searchParams);
    const isPage = page !== null && /^https?:\/\//.test(page) && !/[=/]null(?:\/|$)/.test(page);
    if (whole !== undefined) return isPage ? page : url;
  }
  return url;
}

function startOf(query: URLSearchParams): string {
  const start = query.get('start') ?? '';
  return /^[1-9]\d{0,6}$/.test(start) ? `&t=${start}` : '';
}

/** The episode of a show, or the song of an album. */
function episodeOf(query: URLSearchParams): string {
  const id = query.get('i') ?? '';
  return /^\d{1,20}$/.test(id) ? `?i=${id}` : '';
}

function twitchPage(query: URLSearchParams): string {
  const video = query.get('video')?.replace(/^v/, '');
  return `https://www.twitch.tv/${video === undefined ? query.get('channel') : `videos/${video}`}`;
}
