import { escapeHtml } from './piece.ts';
import { readCall, type TemplateCall } from './template-call.ts';
import { nameLink } from './wikilinks.ts';

/** What template code comes to without being run. */
export interface Converted {
  /** Where text stands. */
  readonly html?: string;
  /** Where it stands on lines of its own. */
  readonly blockHtml?: string;
  /** Within an address. */
  readonly url?: string;
}

/** The address of what is embedded, by its id. */
const EMBEDS: ReadonlyMap<string, (id: string, call: TemplateCall) => string> = new Map([
  ['youtube', (id) => `https://www.youtube.com/watch?v=${id}`],
  ['youtubeembed', (id) => `https://www.youtube.com/watch?v=${id}`],
  ['vimeo', (id) => `https://vimeo.com/${id}`],
  ['x', tweet],
  ['tweet', tweet],
  ['twitter', tweet],
  [
    'gist',
    (id, { positional }) => `https://gist.github.com/${[id, positional[1]].filter(Boolean).join('/')}`,
  ],
  ['instagram', (id) => `https://www.instagram.com/p/${id}/`],
]);

const IMAGE = /\.(?:png|jpe?g|gif|webp|avif|svg)$/i;
const IMAGES: ReadonlySet<string> = new Set(['figure', 'image', 'img', 'picture', 'imgproc']);
const LINKS: ReadonlySet<string> = new Set(['ref', 'relref', 'post_url']);
/** The site's own address, before a path that begins at its root. */
const ROOT =
  /^(?:(?:site|config|\$?\.?site|page\.site)\.(?:github\.)?)?(?:url|base_?url|base_?path|root|absurl)$|^(?:absurl|relurl)\s+"\/?"$/i;
const TITLE =
  /^(?:page\.|frontmatter\.|\$frontmatter\.|\.)?title(?:\s*\|\s*(?:escape|safe|smartify|xml_escape|markdownify))*$/i;

/**
 * Converts one piece of template code: Liquid, Nunjucks, a shortcode of Hugo or Zola.
 *
 * @param inside what stands between its marks
 * @param title of the document, if it states one
 * @returns undefined when only running it would tell
 */
export function convertTemplate(inside: string, title: string | undefined): Converted | undefined {
  const code = inside.trim();
  if (ROOT.test(code)) return { url: '' };
  if (TITLE.test(code) && title !== undefined) return { html: escapeHtml(title), url: title };
  return convertString(code) ?? convertHexo(code) ?? convertCall(code);
}

/** Converts a component or shortcode by its name and what it is given. */
export function convertNamed(call: TemplateCall): Converted | undefined {
  const embed = EMBEDS.get(call.name);
  const id = call.named.get('id') ?? call.named.get('videoid') ?? call.named.get('url') ?? call.positional[0];
  if (embed !== undefined && id !== undefined) return link(/^https?:/.test(id) ? id : embed(id, call));
  if (IMAGES.has(call.name)) return figure(call);
  return undefined;
}

/** `{{ "/a.png" | relative_url }}` is an address; without a filter it is also text. */
function convertString(code: string): Converted | undefined {
  const [, double, single, filters] = /^(?:"([^"]*)"|'([^']*)')\s*((?:\|[^|]*)*)$/.exec(code) ?? [];
  const text = double ?? single;
  if (text === undefined) return undefined;
  return { url: text, ...(filters === '' && { html: escapeHtml(text) }) };
}

/** Hexo's tags for posts and for files beside them: a name, and words behind it, quoted or not. */
function convertHexo(code: string): Converted | undefined {
  const [, tag, rest = ''] =
    /^(post_link|post_path|asset_img|asset_link|asset_path)\s(.*)$/s.exec(code) ?? [];
  if (tag === undefined) return undefined;
  const parts = [...rest.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );
  // Class names may stand before the name of a picture.
  const at = tag === 'asset_img' ? parts.findIndex((part) => IMAGE.test(part)) : 0;
  const target = parts[at];
  if (target === undefined) return undefined;
  const isPost = tag.startsWith('post_');
  const url = isPost ? nameLink(target) : encodeURI(target.toWellFormed());
  if (tag.endsWith('_path')) return { url };
  const words = parts
    .slice(at + 1)
    .filter((part) => !/^(?:\d+|true|false)$/.test(part))
    .join(' ');
  if (tag === 'asset_img') {
    const html = `<img src="${escapeHtml(url)}" alt="${escapeHtml(words)}">`;
    return { html, blockHtml: `<p>${html}</p>` };
  }
  const html = `<a href="${escapeHtml(url)}">${escapeHtml(words || target)}</a>`;
  return { html, blockHtml: `<p>${html}</p>` };
}

function convertCall(code: string): Converted | undefined {
  const call = readCall(code);
  if (call === undefined) return undefined;
  const target = call.named.get('path') ?? call.positional[0];
  if (LINKS.has(call.name) && target !== undefined) return { url: nameLink(target) };
  if (call.name === 'link' && target !== undefined) return { url: `/${target.replace(/^\//, '')}` };
  if (/^(?:relurl|absurl|get_url)$/.test(call.name) && target !== undefined) return { url: target };
  return convertNamed(call);
}

function tweet(id: string, { named, positional }: TemplateCall): string {
  const user = named.get('user') ?? (positional[1] === undefined ? undefined : id);
  return `https://x.com/${user ?? 'i'}/status/${user === id ? positional[1] : id}`;
}

function link(url: string): Converted {
  const html = `<a href="${escapeHtml(url)}">${escapeHtml(url)}</a>`;
  return { html, blockHtml: `<p>${html}</p>` };
}

/** Hugo's `figure`, and what others call an image. */
function figure({ named, positional }: TemplateCall): Converted | undefined {
  const place = positional.findIndex((value) => /\.(?:png|jpe?g|gif|webp|avif|svg)$/i.test(value));
  const src = named.get('src') ?? named.get('path') ?? named.get('url') ?? positional[place];
  if (src === undefined) return undefined;
  const words = positional.slice(place + 1).find((value) => !/^\d+$/.test(value)) ?? '';
  const caption = [named.get('title'), named.get('caption'), named.get('attr')]
    .filter((part) => part !== undefined && part !== '')
    .map((part) => escapeHtml(part ?? ''))
    .join(' ');
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
