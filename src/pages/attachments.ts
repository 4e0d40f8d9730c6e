import type { Article, Media } from '../article.ts';
import { reference } from '../html/canonical.ts';
import { decodeLeniently } from '../strings.ts';
import { type Html, html } from './html.ts';
import { languageAttributes } from './language.ts';
import type { Messages } from './messages/messages.ts';
import { hrefOf } from './pictures.ts';

/**
 * The attachments of an article, with players for audio and video.
 *
 * @param played one that the page plays at its top
 */
export function attachmentList(
  { enclosures, contentHtml, language }: Article,
  played: Media | undefined,
  messages: Messages,
): Html | undefined {
  const others = enclosures.filter((media) => media !== played);
  if (others.length === 0) return undefined;
  const items = others.map(
    (media) => html`<li>${player(media, contentHtml)}${fileLink(media, messages)}</li>\n`,
  );
  return html`<section aria-labelledby="tidings_files">
<h2 id="tidings_files"${languageAttributes(messages, language)}>${messages.attachments}</h2>
<ul class="files">
${items}</ul>
</section>
`;
}

/** Whether a content plays or links a file. */
export function names(contentHtml: string, url: string): boolean {
  return contentHtml.includes(url.replace(/[&<>"'\\]/g, reference));
}

function player({ url, type, width, height }: Media, contentHtml: string): Html | undefined {
  if (names(contentHtml, url)) return undefined;
  if (type.startsWith('audio/'))
    return html`<audio class="u-audio" controls preload="none" src="${hrefOf(url)}"></audio> `;
  if (!type.startsWith('video/')) return undefined;
  const size =
    width === undefined || height === undefined
      ? undefined
      : html` width="${String(width)}" height="${String(height)}"`;
  return html`<video class="u-video" controls preload="none" src="${hrefOf(url)}"${size}></video> `;
}

/** A link to a file, with its size. */
export function fileLink({ url, type, length, title }: Media, messages: Messages): Html {
  const size = length === undefined ? '' : ` (${sizeInWords(length, messages.language)})`;
  return html`<a href="${hrefOf(url)}" type="${type}" rel="enclosure">${title ?? fileName(url)}</a>${size}`;
}

function sizeInWords(length: number, language: string): string {
  const [unit, size] =
    length < 1_000_000 ? (['kilobyte', 1000] as const) : (['megabyte', 1_000_000] as const);
  const format = new Intl.NumberFormat(language, { style: 'unit', unit, maximumSignificantDigits: 2 });
  return format.format(Math.max(length / size, 1));
}

function fileName(url: string): string {
  return decodeLeniently(url.split('/').at(-1) ?? url);
}
