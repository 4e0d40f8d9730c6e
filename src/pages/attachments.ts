import type { Article, Media } from '../article.ts';
import { type Html, html } from './html.ts';
import { languageAttributes } from './language-attributes.ts';
import type { Words } from './words/words.ts';

/** The picture that stands for an article, unless its content shows it. */
export function leadPicture({ image, contentHtml }: Article): Html | undefined {
  if (image === undefined || contentHtml.includes(image.url)) return undefined;
  const { url, width, height, title = '' } = image;
  const size =
    width === undefined || height === undefined
      ? undefined
      : html` width="${String(width)}" height="${String(height)}"`;
  return html`<figure><img class="u-featured" src="${url}" alt="${title}"${size}></figure>
`;
}

/** The files that go with an article; sound and pictures that move can be played. */
export function attachmentList(
  { enclosures, contentHtml, language }: Article,
  words: Words,
): Html | undefined {
  if (enclosures.length === 0) return undefined;
  const items = enclosures.map(
    (media) => html`<li>${player(media, contentHtml)}${fileLink(media, words)}</li>\n`,
  );
  return html`<section aria-labelledby="tidings_files">
<h2 id="tidings_files"${languageAttributes(words, language)}>${words.attachments}</h2>
<ul class="files">
${items}</ul>
</section>
`;
}

function player({ url, type, width, height }: Media, contentHtml: string): Html | undefined {
  if (contentHtml.includes(url)) return undefined;
  if (type.startsWith('audio/'))
    return html`<audio class="u-audio" controls preload="none" src="${url}"></audio> `;
  if (!type.startsWith('video/')) return undefined;
  const size =
    width === undefined || height === undefined
      ? undefined
      : html` width="${String(width)}" height="${String(height)}"`;
  return html`<video class="u-video" controls preload="none" src="${url}"${size}></video> `;
}

function fileLink({ url, type, length, title }: Media, words: Words): Html {
  const size = length === undefined ? '' : ` (${sizeInWords(length, words.language)})`;
  return html`<a href="${url}" type="${type}" rel="enclosure">${title ?? fileName(url)}</a>${size}`;
}

function sizeInWords(length: number, language: string): string {
  const [unit, size] =
    length < 1_000_000 ? (['kilobyte', 1000] as const) : (['megabyte', 1_000_000] as const);
  const format = new Intl.NumberFormat(language, { style: 'unit', unit, maximumSignificantDigits: 2 });
  return format.format(Math.max(length / size, 1));
}

function fileName(url: string): string {
  const name = url.split('/').at(-1) ?? url;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
