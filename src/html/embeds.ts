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

/** The prefix for the ids of each service, by a part of the names of what embeds it. */
const SERVICES: readonly (readonly [RegExp, string])[] = [
  [/youtube/, 'https://www.youtube.com/watch?v='],
  [/vimeo/, 'https://vimeo.com/'],
  [/dailymotion/, 'https://www.dailymotion.com/video/'],
  [/bilibili/, 'https://www.bilibili.com/video/'],
  [/(?<![a-z])nico(?:nico)?(?![a-z])/, 'https://www.nicovideo.jp/watch/'],
  [/speakerdeck/, 'https://speakerdeck.com/player/'],
  [/asciinema/, 'https://asciinema.org/a/'],
  [/twitter|tweet/, 'https://x.com/i/status/'],
  [/soundcloud/, 'https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/'],
  [/instagram/, 'https://www.instagram.com/p/'],
  [/(?<![a-z])gist(?![a-z])/, 'https://gist.github.com/'],
  [/infogram/, 'https://infogram.com/'],
  [/data-tf-/, 'https://form.typeform.com/to/'],
  [/^mux-/, 'https://player.mux.com/'],
  [/strava/, 'https://www.strava.com/activities/'],
];

/** The beginning of the address of what is embedded, to which its id is added; undefined for an unknown service. */
export function servicePrefix(names: string): string | undefined {
  return SERVICES.find(([name]) => name.test(names.toLowerCase()))?.[1];
}

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

const YOUTUBE_FILM =
  /^youtube(?:-nocookie)?\.com\/(?:embed|v|shorts|live)\/(?!videoseries|live_stream)([\w-]{6,20})/;

/**
 * The pages of players: a pattern for the player's host and path, and the page, with the groups of the pattern and
 * `{parameters}` of the query, which may have to match a pattern. The first row applies that has all it needs.
 */
const PLAYERS: readonly (readonly [RegExp, string])[] = [
  [/^youtube(?:-nocookie)?\.com\/embed\/(?:videoseries)?$/, 'https://www.youtube.com/playlist?list={list}'],
  [/^youtube(?:-nocookie)?\.com\/embed\/live_stream/, 'https://www.youtube.com/channel/{channel}/live'],
  [YOUTUBE_FILM, 'https://www.youtube.com/watch?v=$1&t={start=[1-9]\\d*}'],
  [YOUTUBE_FILM, 'https://www.youtube.com/watch?v=$1'],
  [/^player\.vimeo\.com\/video\/(\d+)/, 'https://vimeo.com/$1/{h}'],
  [/^player\.vimeo\.com\/video\/(\d+)/, 'https://vimeo.com/$1'],
  [/^vimeo\.com\/moogaloop\.swf/, 'https://vimeo.com/{clip_id}'],
  [/^open\.spotify\.com\/embed(?:-podcast)?\/(.+)/, 'https://open.spotify.com/$1'],
  [/^figma\.com\/embed/, '{url}'],
  // Addresses for programs show nothing, but the player does.
  [/^w\.soundcloud\.com\/player/, '{url=https?://(?!api\\.).+}'],
  [/^(?:geo\.)?dailymotion\.com\/embed\/video\/(\w+)/, 'https://www.dailymotion.com/video/$1'],
  [/^(?:geo\.)?dailymotion\.com\/player\b/, 'https://www.dailymotion.com/video/{video}'],
  [
    /^([\w.-]+\/(?:@[^/]+(?:\/post)?|users\/[^/]+\/statuses)\/\w+|(?:sketchfab\.com|scratch\.mit\.edu|[\w-]+\.podigee\.io)\/.+)\/embed\/?$/,
    'https://$1',
  ],
  [
    /^embed\.bsky\.app\/embed\/(did:[\w:.-]+)\/app\.bsky\.feed\.post\/(\w+)/,
    'https://bsky.app/profile/$1/post/$2',
  ],
  [/^clips\.twitch\.tv\/embed/, 'https://clips.twitch.tv/{clip}'],
  [/^(linkedin|observablehq)\.com\/embed\/(.+)/, 'https://$1.com/$2'],
  [/^(t\.me\/\w+\/\d+)$/, 'https://$1'],
  [/^assets\.pinterest\.com\/ext\/embed\.html/, 'https://www.pinterest.com/pin/{id}/'],
  [/^([\w.-]+)\/videos\/embed\/([\w-]+)/, 'https://$1/videos/watch/$2'],
  [/^(codepen\.io\/[^/]+)\/embed\/(?:preview\/)?(\w+)/, 'https://$1/pen/$2'],
  [/^codesandbox\.io\/embed\/([\w-]+)/, 'https://codesandbox.io/s/$1'],
  [/^(jsfiddle\.net\/.+?)\/embedded\b/, 'https://$1/'],
  [/^archive\.org\/embed\/(.+)/, 'https://archive.org/details/$1'],
  [/^player\.twitch\.tv\//, 'https://www.twitch.tv/videos/{video=v?(.+)}'],
  [/^player\.twitch\.tv\//, 'https://www.twitch.tv/{channel}'],
  // The episode of a show, or the song of an album.
  [/^embed\.((?:podcasts|music)\.apple\.com\/.+)/, 'https://$1?i={i=\\d+}'],
  [/^embed\.((?:podcasts|music)\.apple\.com\/.+)/, 'https://$1'],
  [/^embed\.ted\.com\/(.+)/, 'https://www.ted.com/$1'],
  [/^loom\.com\/embed\/(\w+)/, 'https://www.loom.com/share/$1'],
  [/^streamable\.com\/[eo]\/(\w+)/, 'https://streamable.com/$1'],
  [/^media\.ccc\.de\/(v\/[\w-]+)\/oembed/, 'https://media.ccc.de/$1'],
  [/^odysee\.com\/\$\/embed\/(.+)/, 'https://odysee.com/$1'],
  [/^embed\.nicovideo\.jp\/(watch\/\w+)/, 'https://www.nicovideo.jp/$1'],
  [/^giphy\.com\/embed\/(\w+)/, 'https://giphy.com/gifs/$1'],
  [/^player\.bilibili\.com\//, 'https://www.bilibili.com/video/{bvid}'],
  [/^(instagram\.com\/(?:p|reel)\/[\w-]+)\/embed\b/, 'https://www.$1/'],
  [/^platform\.twitter\.com\/embed\/Tweet\.html/, 'https://x.com/i/status/{id}'],
  [/^facebook\.com\/plugins\/(?:video|post)\.php/, '{href}'],
  [/^mixcloud\.com\/widget\/iframe/, 'https://www.mixcloud.com{feed}'],
  [/^widget\.deezer\.com\/widget\/\w+\/(\w+\/\w+)/, 'https://www.deezer.com/$1'],
  [/^(drive\.google\.com\/file\/d\/[\w-]+)\/preview/, 'https://$1/view'],
];

/** The page of a player in a frame; every other address unchanged. */
export function pageOfPlayer(url: string): string {
  const player = absoluteUrl(url);
  if (player === undefined || !/^https?:/.test(player)) return url;
  const { hostname, pathname, searchParams } = new URL(player);
  const place = hostname.replace(/^(?:www|m)\./, '') + pathname;
  for (const [pattern, template] of PLAYERS) {
    const parts = pattern.exec(place);
    const page = parts && fillPage(template, parts, searchParams);
    if (page && /^https?:\/\//.test(page)) return page;
  }
  return url;
}

/** Undefined if the query lacks a parameter. */
function fillPage(template: string, parts: readonly string[], query: URLSearchParams): string | undefined {
  let isComplete = true;
  const page = template.replace(/\$(\d)|\{(\w+)(?:=(.+?))?\}/g, (_, part, name: string, form = '.+') => {
    const stated = new RegExp(`^${form}$`).exec(query.get(name) ?? '');
    const value = part === undefined ? stated?.at(-1) : parts[part];
    isComplete &&= value !== undefined;
    return value ?? '';
  });
  return isComplete ? page : undefined;
}
