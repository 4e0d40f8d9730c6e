import { type Article, isRecording, type Media } from '../article.ts';
import { reference } from '../html/canonical.ts';
import { firstPicture } from '../html/plain-text.ts';
import { coverOf } from './episode.ts';
import { Html, html } from './html.ts';
import { languageAttributes } from './language.ts';
import type { Messages } from './messages/messages.ts';
import { pictureAttributes, preloadLink, SIZES } from './pictures.ts';

/** Pictures after this offset are below the fold; UTF-16 code units of canonical HTML. */
const MAX_ABOVE = 3000;

/** Gives a picture near the beginning of the content a higher fetch priority. */
export function preloadFirstPicture({ contentHtml, pictures }: Article): Html | undefined {
  const first = /<img( [^<>]*)>/.exec(contentHtml.slice(0, MAX_ABOVE))?.[1];
  const src = first?.includes(' srcset=') ? undefined : / src='(?!data:)([^']*)'/.exec(first ?? '')?.[1];
  if (src === undefined || contentHtml.includes('<picture')) return undefined;
  const known = pictures.find(({ url, variants = [] }) =>
    [{ url }, ...variants].some((each) => each.url === src),
  );
  if (known !== undefined) return preloadLink(known, SIZES.text);
  return new Html(`<link rel="preload" as="image" href="${src}" fetchpriority="high">\n`);
}

/** The lead picture of an article, unless it is the first of its content. */
export function leadPicture(article: Article): Html | undefined {
  const { image, content } = article;
  if (image === undefined) return undefined;
  const first = firstPicture(content);
  if ([image, ...(image.variants ?? [])].some(({ url }) => url === first)) return undefined;
  if (image.url === coverOf(article)?.url) return undefined;
  const { title = '', caption } = image;
  return html`<figure><img class="u-featured" ${pictureAttributes(image, SIZES.text)} alt="${title}" fetchpriority="high">${
    caption === undefined ? undefined : html`<figcaption>${caption}</figcaption>`
  }</figure>
`;
}

/** The attachments of an article, with players for audio and video. */
export function attachmentList(
  { enclosures, contentHtml, language, episode, isPage }: Article,
  messages: Messages,
): Html | undefined {
  if (enclosures.length === 0) return undefined;
  // The page of an episode has its player at the top.
  const played = isPage ? undefined : episode && enclosures.find(isRecording);
  const items = enclosures.map(
    (media) =>
      html`<li>${media === played ? undefined : player(media, contentHtml)}${fileLink(media, messages)}</li>\n`,
  );
  return html`<section aria-labelledby="tidings_files">
<h2 id="tidings_files"${languageAttributes(messages, language)}>${messages.attachments}</h2>
<ul class="files">
${items}</ul>
</section>
`;
}

/** Whether the text of an episode plays its recording. */
export function isPlayedInText({ enclosures, contentHtml }: Article): boolean {
  const recording = enclosures.find(isRecording);
  return recording !== undefined && names(contentHtml, recording.url);
}

function names(contentHtml: string, url: string): boolean {
  return contentHtml.includes(url.replace(/[&<>"'\\]/g, reference));
}

function player({ url, type, width, height }: Media, contentHtml: string): Html | undefined {
  if (names(contentHtml, url)) return undefined;
  if (type.startsWith('audio/'))
    return html`<audio class="u-audio" controls preload="none" src="${url}"></audio> `;
  if (!type.startsWith('video/')) return undefined;
  const size =
    width === undefined || height === undefined
      ? undefined
      : html` width="${String(width)}" height="${String(height)}"`;
  return html`<video class="u-video" controls preload="none" src="${url}"${size}></video> `;
}

function fileLink({ url, type, length, title }: Media, messages: Messages): Html {
  const size = length === undefined ? '' : ` (${sizeInWords(length, messages.language)})`;
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
