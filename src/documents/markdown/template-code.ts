import { markdownToHtml } from 'satteri';
import { embeddedKind, pageOfPlayer, posterUrl, servicePrefix } from '../../html/embeds.ts';
import { splitTrimmed, trimOf, wordList } from '../../strings.ts';
import { type Fields, findText, foldFieldName } from '../front-matter/fields.ts';
import { texAsCode } from './read-math.ts';
import { type Converted, escapeHtml } from './source-text.ts';
import { nameLink } from './wikilinks.ts';

/** The address of what is embedded, by its id and its other arguments. */
const EMBEDS: readonly (readonly [RegExp, (id: string, call: TemplateCall) => string])[] = [
  [
    /^x$|tweet|twitter/,
    (id, { named, positional: [user, status] }) =>
      `https://x.com/${named.get('user') ?? (status && user) ?? 'i'}/status/${status ?? id}`,
  ],
  [
    /^gist$/,
    (id, { positional: [, more = ''] }) => {
      const place = id.includes('/') ? more.replace(/^(?=.)/, '#file-').replaceAll('.', '-') : `/${more}`;
      return `https://gist.github.com/${id}${more && place}`;
    },
  ],
  [/instagram/, (id) => `https://www.instagram.com/p/${id}/`],
  [/spotify/, (id, { named }) => `https://open.spotify.com/${named.get('type') ?? 'track'}/${id}`],
];
/** Whatever shows a page elsewhere. */
const PAGES =
  /^(?:o?embed|bookmark|iframe|(?:link|blog|url)[_-]?(?:card|preview)|card|bluesky|codepen|facebook|linkedin|mastodon|pinterest|reddit|threads|tiktok)$/;
/** A link with a title, on the site too. */
const LINK_CARDS = /^(?:link|blog|url|doc)?[_-]?(?:card|button|btn)$/;
const PLAYERS = /(?:^|[_-])(audio|video|mp3|mp4)(?:[_-]?player)?$/;
const IMAGES =
  /^(?:figure|imgproc|photo)$|^(?:(?:lazy|static|optimized|responsive|next|nuxt|prose|u)[_-]?)?(?:img|image|picture)$/;

const IMAGE = /\.(?:png|jpe?g|gif|webp|avif|svg)$/i;
const LINKS: ReadonlySet<string> = new Set(['ref', 'relref', 'post_url']);
/** The site's own address, before a path that begins at its root. */
const ROOT =
  /^(?:(?:site|config|\$?\.?site|page\.site)\.(?:github\.)?)?(?:url|base_?url|base_?path|root(?:_?url)?|absurl)$|^(?:absurl|relurl)\s+"\/?"$/i;
/** A field of the front matter in Liquid, Nunjucks, Vue or MDX, or in a shortcode of Hugo or Quarto. */
const FIELD =
  /^(?:(?:page|\$?frontmatter|props\.frontmatter|metadata)\.|(?:meta|param)\s+["']?|\.?(?=title\b))([\w-]{1,60})["']?(?:\s*\|\s*(?:escape|safe|smartify|xml_escape|markdownify))*$/i;

/** What a document states, as templates see it. */
export interface TemplateData {
  readonly title: string | undefined;
  /** The front matter. */
  readonly fields: Fields;
}

export function fieldInCode(code: string, { title, fields }: TemplateData): string | undefined {
  const name = foldFieldName(FIELD.exec(code)?.[1] ?? '');
  return name === 'title' ? title : findText(fields, [name]);
}

/**
 * Converts one piece of template code: Liquid, Nunjucks, a shortcode of Hugo or Zola.
 *
 * @param inside the code between its delimiters
 * @returns undefined if it would have to be run
 */
export function convertTemplate(inside: string, stated: TemplateData): Converted | undefined {
  const code = inside.trim();
  if (ROOT.test(code)) return { url: '' };
  const words = fieldInCode(code, stated);
  if (words !== undefined) return { html: escapeHtml(words), url: words };
  return convertString(code) ?? convertHexo(code) ?? convertThemeTag(code) ?? convertCall(code);
}

/**
 * Converts a component or shortcode by its name and arguments.
 *
 * @param isWhole whether it has no content besides its arguments
 */
export function convertNamed(stated: TemplateCall, isWhole = false): Converted | undefined {
  const call = includedCall(stated);
  const { name, named, positional } = call;
  const title = argument(named, 'title alt caption label text');
  const address =
    argument(named, 'src url href link file path audio video status') ?? positional[0] ?? pictureIn(named);
  const embed = EMBEDS.find(([names]) => names.test(name))?.[1];
  const prefix = servicePrefix(name);
  const id = argument(named, 'id videoid video code') ?? address;
  if ((embed ?? prefix) !== undefined && id !== undefined)
    return linkTo(/^https?:/.test(id) ? pageOfPlayer(id) : (embed?.(id, call) ?? prefix + id), title);
  const repository = /git-?hub/.test(name) ? (argument(named, 'repo repository') ?? '') : '';
  if (/^[\w.-]+\/[\w.-]+$/.test(repository))
    return linkTo(`https://github.com/${repository}`, title ?? repository);
  const player = PLAYERS.exec(name)?.[1];
  const kind = address === undefined ? undefined : embeddedKind(address);
  if (address !== undefined && (kind === 'audio' || kind === 'video') && (isWhole || player !== undefined))
    return recording(kind, address, title);
  if (address !== undefined && player !== undefined && kind === undefined && !/^https?:/.test(address))
    return recording(/video|mp4/.test(player) ? 'video' : 'audio', address, title);
  if (IMAGES.test(name) || ((isWhole || stated.name === 'include') && kind === 'img')) return figure(call);
  const isPage = isWhole || PAGES.test(name) || player !== undefined;
  if (isPage && address !== undefined && /^https?:\/\//.test(address))
    return linkTo(pageOfPlayer(address), title);
  const target = LINK_CARDS.test(name) ? argument(named, 'href to url link') : undefined;
  return target === undefined || title === undefined ? undefined : linkTo(target, title);
}

/** The picture among arguments of any name: `image_path="/a.png"`. */
function pictureIn(named: TemplateCall['named']): string | undefined {
  return [...named].find(([name, value]) => name !== 'link' && IMAGE.test(value))?.[1];
}

/** `{% include embed/youtube.html id="…" %}` and `{% include video provider="youtube" %}`, in themes of Jekyll. */
export function includedCall(call: TemplateCall): TemplateCall {
  const [file, ...positional] = call.name === 'include' ? call.positional : [];
  const name = call.named.get('provider') ?? file?.replace(/^.*\//, '').replace(/\.\w+$/, '') ?? call.name;
  return file === undefined ? call : { ...call, name: name.toLowerCase(), positional };
}

/** `{{ "/a.png" | relative_url }}` is an address; without a filter it is also text. */
function convertString(code: string): Converted | undefined {
  const [, double, single, filters] = /^(?:"([^"]*)"|'([^']*)')\s*((?:\|[^|]*)*)$/.exec(code) ?? [];
  const text = double ?? single;
  if (text === undefined) return undefined;
  return { url: text, ...(filters === '' && { html: escapeHtml(text) }) };
}

/** Hexo's tags for posts and their files: a name, followed by words, quoted or not. */
function convertHexo(code: string): Converted | undefined {
  const [, tag, rest = ''] =
    /^(post_link|post_path|asset_img|asset_link|asset_path)\s(.*)$/s.exec(code) ?? [];
  if (tag === undefined) return undefined;
  const parts = [...rest.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );
  // Class names may precede the name of a picture.
  const at = tag === 'asset_img' ? parts.findIndex((part) => IMAGE.test(part)) : 0;
  const target = parts[at];
  if (target === undefined) return undefined;
  const isPost = tag.startsWith('post_');
  const said = parts.slice(at + 1).filter((part) => !/^(?:\d+|true|false)$/.test(part));
  const words = tag === 'asset_img' ? imageWords(said) : said.join(' ');
  const isTitled = tag === 'post_link' && words === '';
  const url = isPost ? nameLink(target, { isTitled }) : encodeURI(target.toWellFormed());
  if (tag.endsWith('_path')) return { url };
  if (tag === 'asset_img') return inParagraph(`<img src="${escapeHtml(url)}" alt="${escapeHtml(words)}">`);
  return inParagraph(`<a href="${escapeHtml(url)}">${escapeHtml(words || target)}</a>`);
}

/**
 * A tag of a theme of Hexo, whose parts are between commas, without quotes: `{% btn /a/, Words, icon %}`, `{% span red,
 * Words %}`, `{% label info@Words %}`.
 */
function convertThemeTag(code: string): Converted | undefined {
  const [, tag, stated = ''] =
    /^(btn|button|checkbox|emp|hideInline|label|p|psw|radio|span|wavy)\s([^"'`{}]+)$/.exec(code) ?? [];
  if (tag === undefined) return undefined;
  const parts = splitTrimmed(stated, ',');
  if (tag === 'btn' || tag === 'button') {
    const at = parts.findIndex((part) => /^(?:https?:\/)?\//.test(part));
    const words = parts[at === 0 ? 1 : at - 1];
    return words ? linkTo(parts[at] ?? '', words) : undefined;
  }
  const [first = '', ...others] = parts;
  let words = stated;
  if (tag === 'hideInline') words = first;
  else if (tag === 'label') words = stated.replace(stated.includes('@') ? /^[^@]*@/ : /\s[a-z]{1,20}$/, '');
  else if (others.length > 0 && /^(?:checkbox|p|radio|span)$/.test(tag)) words = others.join(', ');
  return inParagraph(escapeHtml(words.trim()));
}

function inParagraph(html: string): Converted {
  return { html, blockHtml: `<p>${html}</p>` };
}

function convertCall(code: string): Converted | undefined {
  const call = readCall(code);
  if (call === undefined) return undefined;
  const target = call.named.get('path') ?? call.positional[0];
  if (LINKS.has(call.name) && target !== undefined)
    return { url: nameLink(target, { language: call.named.get('lang') }) };
  const [words, address] = call.positional;
  if (call.name === 'link_to' && words !== undefined && address !== undefined) return linkTo(address, words);
  if (call.name === 'image_tag' && words !== undefined)
    return figure({
      ...call,
      name: 'img',
      positional: [/^(?:https?:)?\//.test(words) ? words : `/images/${words}`],
    });
  // In Hexo, words before an address.
  const place = call.name === 'link' ? call.positional.findIndex((each) => /^https?:\/\//.test(each)) : -1;
  if (place >= 0)
    return linkTo(call.positional[place] ?? '', call.positional.slice(0, place).join(' ') || undefined);
  // In Jekyll, a path without quotes, which may contain spaces.
  const path = call.name === 'link' ? /^link\s+([^\s"'=][^"'=]*)$/.exec(code)?.[1] : undefined;
  if (call.name === 'link' && target !== undefined)
    return { url: `/${encodeURI((path ?? target).replace(/^\//, '').toWellFormed())}` };
  if (/^(?:relurl|absurl|get_url|(?:url|path)_for)$/.test(call.name) && target !== undefined)
    return { url: target };
  return convertNamed(call);
}

/** A link, with its picture if it leads to a film. */
function linkTo(url: string, title = url): Converted {
  const src = posterUrl(url);
  const picture = src === undefined ? '' : `<img src="${src}" alt="">`;
  return inParagraph(`<a href="${escapeHtml(url)}">${picture}${escapeHtml(title)}</a>`);
}

function recording(kind: 'audio' | 'video', src: string, title: string | undefined): Converted {
  const words = title === undefined ? '' : ` title="${escapeHtml(title)}"`;
  return inParagraph(`<${kind} src="${escapeHtml(src)}"${words}></${kind}>`);
}

/** Hugo's `figure`, and tags for images in other generators. */
export function figure({ name, named, positional }: TemplateCall): Converted | undefined {
  const place = positional.findIndex((value) => IMAGE.test(value));
  const src = argument(named, 'src path url') ?? positional[place] ?? pictureIn(named);
  if (src === undefined) return undefined;
  const said = positional.slice(place + 1).filter((value) => !/^\d+$/.test(value));
  const words = name === 'img' ? imageWords(said) : (said[0] ?? '');
  const written = ['title', 'caption', 'attr'].map((part) =>
    markedUp(named.get(part) ?? (part === 'caption' ? (named.get('description') ?? '') : '')),
  );
  const owner = named.get('attrlink');
  if (owner !== undefined)
    written.push(`<a href="${escapeHtml(owner)}">${written.pop() || escapeHtml(owner)}</a>`);
  const caption = written.filter((part) => part !== '').join(' ');
  const size = ['width', 'height']
    .map((name) => [name, /^\d+(?=(?:px)?$)/.exec(named.get(name) ?? '')?.[0]])
    .map(([name, pixels]) => (pixels === undefined ? '' : ` ${name}="${pixels}"`))
    .join('');
  const image = `<img src="${escapeHtml(src)}" alt="${escapeHtml(named.get('alt') ?? words)}"${size}>`;
  const target = named.get('link');
  const html = target === undefined ? image : `<a href="${escapeHtml(target)}">${image}</a>`;
  const captionHtml = caption === '' ? '' : `<figcaption>${caption}</figcaption>`;
  return { html, blockHtml: `<figure>${html}${captionHtml}</figure>` };
}

/** The words of an image: in Hexo, title and alternative text, quoted together or not; in Octopress, single words. */
function imageWords(said: readonly string[]): string {
  return said.some((value) => value.includes(' '))
    ? (said.at(-1) ?? '').replace(/^[^"']{0,300}(["'])(?:[^"']{0,300}\1 {1,9}\1)?([^"']{1,300})\1$/, '$2')
    : trimOf(said.join(' '), /[[\]]/);
}

/** A caption, in which Markdown and HTML are read. */
export function markedUp(stated: string): string {
  const caption = texAsCode(stated);
  if (!/[*_`[<]/.test(caption)) return escapeHtml(caption);
  const isHtml = /<\/?[a-z][a-z\d]{0,20}(?:\s[^<>]*)?>/i.test(caption);
  const html = markdownToHtml(isHtml ? caption : escapeHtml(caption)).html.trim();
  if (/^<p>.*<\/p>$/s.test(html) && !html.includes('</p>\n')) return html.slice(3, -4);
  return isHtml ? html : escapeHtml(caption);
}

/** A call in template code: `name "a" key="b"`, `name(key="b")`, `name a, key: b`. */
export interface TemplateCall {
  readonly name: string;
  readonly positional: readonly string[];
  readonly named: ReadonlyMap<string, string>;
}

/** The first argument with one of these names, separated by spaces, that is not empty. */
export function argument(named: TemplateCall['named'], names: string): string | undefined {
  return wordList(names)
    .map((name) => named.get(name))
    .find(Boolean);
}

const ARGUMENT =
  /(?:([\w-]+)\s*[=:](?!\/\/)\s*)?(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|`([^`]*)`|(https?:\/\/[^\s"'`]+|[^\s,"'`()=]+))/g;

/** Reads the code between the delimiters of template code; undefined if it begins with no name. */
export function readCall(inside: string): TemplateCall | undefined {
  const [head = '', name] = /^\s*([A-Za-z_][\w./-]*)/.exec(inside) ?? [];
  if (name === undefined) return undefined;
  const positional: string[] = [];
  const named = new Map<string, string>();
  // `name: value`, as in plugins for notes.
  const stated = inside.slice(head.length).replace(/^\s*:\s/, ' ');
  for (const [, key, double, single, raw, bare] of stated.matchAll(ARGUMENT)) {
    const value = (double ?? single)?.replace(/\\(["'\\])/g, '$1') ?? raw ?? bare ?? '';
    if (key === undefined) positional.push(value);
    else named.set(key.toLowerCase(), value);
  }
  return { name: name.toLowerCase().replace(/\/$/, ''), positional, named };
}
