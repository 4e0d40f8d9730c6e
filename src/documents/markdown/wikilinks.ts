import { embeddedKind } from '../../html/embeds.ts';
import { headingId } from '../../html/text.ts';
import { parseHttpUrl } from '../../html/url.ts';
import { splitTrimmed } from '../../strings.ts';
import { withoutNoteEnding } from '../kinds.ts';
import { escapeHtml, type Found, isDefined, matchAt, type SourceText } from './source-text.ts';

/** The scheme of links by the name of a document or file; a URL's path and fragment follow. */
const SCHEME = 'wikilink:';

interface NameLinkOptions {
  /** The language of the wanted translation. */
  readonly language?: string | undefined;
  /** Whether its text is the title of its target. */
  readonly isTitled?: boolean;
  /** The words beside the name: in Gollum, they precede it. */
  readonly words?: string;
}

/** The link to a document or file by its name, with or without folders and a `#heading`. */
export function nameLink(
  name: string,
  { language, isTitled = false, words = '' }: NameLinkOptions = {},
): string {
  const [page = '', ...headings] = name.split('#');
  const heading = headings.at(-1);
  const path = withoutNoteEnding(page.trim());
  // `#^block` is the id itself, and `#page=3` a place in a file.
  const id = /^(?:\^|page=)/.test(heading ?? '') ? heading : heading && headingId(heading.toWellFormed());
  const fragment = id === undefined ? '' : `#${encodeURIComponent(id).replace('%3D', '=')}`;
  // YAML can state a lone surrogate.
  const encoded = path.toWellFormed().split('/').map(encodeURIComponent).join('/');
  const value = (key: string, text = ''): string =>
    text === '' ? '' : `?${key}=${encodeURIComponent(text.toWellFormed())}`;
  const query = isTitled ? '?title' : value('lang', language) || value('words', words);
  return path === '' ? fragment : `${SCHEME}${encoded}${query}${fragment}`;
}

/** A text with the words of its links, `[[Page]]` and `[[Page|words]]`, for places with plain text. */
export function wikilinkWords(text: string): string {
  return text.replace(/(?<!\w)\[\[(?!\s)(?:[^[\]|]{0,200}\|)?([^[\]|]{1,200})\]\]/g, '$1').trim();
}

/**
 * The HTML of `[[Page#Heading|words]]`, or, when it is embedded, of `![[image.png|300]]`.
 *
 * @param inside the text between the brackets
 */
function writeWikilink(inside: string, isEmbedded: boolean): string {
  const [target = '', ...aliases] = inside.replaceAll('\\|', '|').split('|');
  const words = aliases.join('|').trim();
  const url = parseHttpUrl(target.trim());
  const other = url ?? parseHttpUrl(words);
  if (other !== undefined)
    return `<a href="${escapeHtml(other)}">${escapeHtml((url && words) || target.trim())}</a>`;
  const [file = ''] = target.trim().split('#');
  const address = nameLink(file);
  const known = embeddedKind(address);
  const kind = isEmbedded || (known === 'img' && IMAGE_OPTION.test(words)) ? known : undefined;
  if (kind === 'img') return writeImage(escapeHtml(address), isEmbedded ? words : optionsOf(words));
  if (kind === 'audio' || kind === 'video') {
    const title = /\p{L}/u.test(words) ? ` title="${escapeHtml(words)}"` : '';
    return `<${kind} controls src="${escapeHtml(address)}"${title}></${kind}>`;
  }
  const isName = /^[^<>*`#|]{1,100}$/.test(words);
  return `<a href="${escapeHtml(nameLink(target, isName ? { words } : {}))}">${escapeHtml(words || targetText(target))}</a>`;
}

/** An option of a picture in Gollum: `[[a.png|alt=words|width=40px]]`. */
const IMAGE_OPTION = /(?:^|\|)(?:(?:align|alt|height|width)=|(?:float|frame)(?:\||$))/;

function optionsOf(stated: string): string {
  const [, alt = ''] = /(?:^|\|)alt=([^|]*)/.exec(stated) ?? [];
  const [, width] = /(?:^|\|)width=(\d{1,4})(?:px)?(?:\||$)/.exec(stated) ?? [];
  return width === undefined ? alt : `${alt}|${width}`;
}

/** @param words after the bar: the size, otherwise the caption */
function writeImage(address: string, words: string): string {
  const [stated = '', width, height] = /(?:^|\|)(\d+)(?:x(\d+))?$/.exec(words) ?? [];
  const caption = words.slice(0, words.length - stated.length);
  const size = (width ? ` width="${width}"` : '') + (height ? ` height="${height}"` : '');
  return `<img src="${address}" alt="${escapeHtml(caption)}"${size}>`;
}

/** The text for a target, without folders; a heading follows its page. `Bug #7` has no heading. */
function targetText(target: string): string {
  if (/\s#\d/.test(target)) return target;
  const [page = '', ...headings] = splitTrimmed(target.replace(/#page=\d+$/, ''), /#\^?/);
  const name = withoutNoteEnding(page.split('/').at(-1) ?? '');
  return [name, ...headings].filter((part) => part !== '').join(' › ');
}

/** `[[1]](url)` is Markdown, and `[[^1]]` is a footnote; so is `[[1]]` if `[1]` is a link. */
const WIKILINK = /(!?)\[\[(?![\s^])([^[\]\n]{0,500}[^[\]\s])\]\](?![([]|:[ \t]*(?:https?:|<))/y;

/** Reads `[[Page]]` or `![[image.png]]`; undefined if `start` begins something else. */
export function readWikilink(source: SourceText, start: number): Found | undefined {
  const { text } = source;
  const [whole = '', embeds, inside] = matchAt(WIKILINK, text, start);
  if (inside === undefined || isDefined(source, inside)) return undefined;
  const [target = ''] = inside.split('|');
  const html = writeWikilink(inside, embeds === '!');
  return { end: start + whole.length, piece: { html, url: nameLink(target) } };
}
