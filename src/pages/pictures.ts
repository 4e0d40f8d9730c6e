import type { Article, Media } from '../article.ts';
import { firstPicture } from '../html/text.ts';
import { HOLES } from '../templates/holes.ts';
import { Html, html } from './html.ts';

/** How wide pictures are shown, as the attribute `sizes` states it. */
export const SIZES = {
  text: '(max-width: 41rem) calc(100vw - 2.5rem), 38rem',
  wide: '(max-width: 41rem) calc(100vw - 2.5rem), (max-width: 67rem) 38rem, 50rem',
  list: '(max-width: 44rem) 6rem, 14rem',
  lead: '(max-width: 44rem) calc(100vw - 2.5rem), 36rem',
  cover: '15rem',
} as const;

/** A little wider than its largest version: then the original is a choice, too. */
const MAX_ORIGINAL = 1800;

/** An address as pages write it: without the origin, if that is the site's. */
export function hrefOf(url: string): string {
  return url.startsWith(HOLES.origin) ? url.slice(HOLES.origin.length) : url;
}

/** The size of a picture or a film, for browsers to reserve its space; undefined if it is unknown. */
export function sizeAttributes({ width, height }: Media): Html | undefined {
  return width && height ? html` width="${String(width)}" height="${String(height)}"` : undefined;
}

/** The attributes of a picture with its address, its versions and its size. */
export function pictureAttributes(picture: Media, sizes: string): Html {
  const { url, variants } = picture;
  const size = sizeAttributes(picture);
  if (variants === undefined) return html`src="${hrefOf(url)}"${size}`;
  // For browsers without `srcset`.
  const middle = variants.find((variant) => variant.width >= 800) ?? variants.at(-1);
  return html`src="${hrefOf(middle?.url ?? url)}" srcset="${srcsetOf(picture)}" sizes="${sizes}"${size}`;
}

/** A hint to load the picture at once. */
function preloadLink(picture: Media, sizes: string): Html {
  if (picture.variants === undefined)
    return html`<link rel="preload" as="image" href="${hrefOf(picture.url)}" fetchpriority="high">\n`;
  return html`<link rel="preload" as="image" imagesrcset="${srcsetOf(picture)}" imagesizes="${sizes}" fetchpriority="high">\n`;
}

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

/** The least width of a landscape that may be wider than the text; pixels. */
const MIN_WIDE = 1000;

/** The lead picture of an article, unless it is the first of its content. */
export function leadPicture(article: Article): Html | undefined {
  const { image, content } = article;
  if (image === undefined) return undefined;
  const first = firstPicture(content);
  if ([image, ...(image.variants ?? [])].some(({ url }) => url === first)) return undefined;
  if (image.url === coverOf(article)?.url) return undefined;
  const { title = '', caption } = image;
  const isWide = (image.width ?? 0) >= MIN_WIDE && (image.width ?? 0) > 1.2 * (image.height ?? 0);
  const attributes = pictureAttributes(image, isWide ? SIZES.wide : SIZES.text);
  return html`<figure${isWide ? html` class="wide"` : undefined}><img class="u-featured" ${attributes} alt="${title}" fetchpriority="high">${
    caption === undefined ? undefined : html`<figcaption>${caption}</figcaption>`
  }</figure>
`;
}

/** The square picture of an episode, which its player shows. */
export function coverOf({ episode }: Article): Media | undefined {
  const image = episode?.image;
  return image?.width !== undefined && image.width === image.height ? image : undefined;
}

/** Adds their versions to the pictures of a content in canonical HTML. */
export function withVersions(markup: string, pictures: readonly Media[]): string {
  if (pictures.length === 0) return markup;
  const byUrl = new Map(
    pictures.flatMap((picture) =>
      [picture.url, ...(picture.variants ?? []).map(({ url }) => url)].map((url) => [url, picture] as const),
    ),
  );
  return markup.replace(/<img( [^<>]*)>/g, (whole, attributes: string) => {
    const src = / src='([^']*)'/.exec(attributes)?.[1] ?? '';
    const picture = attributes.includes(' srcset=') ? undefined : byUrl.get(src);
    if (picture === undefined) return whole;
    return `<img${attributes} srcset='${srcsetOf(picture)}' sizes='${SIZES.text}'>`;
  });
}

/** Addresses of this site need no escaping. */
function srcsetOf({ url, width = 0, variants = [] }: Media): string {
  const choices = width > MAX_ORIGINAL ? variants : [...variants, { url, width }];
  return choices.map((choice) => `${hrefOf(choice.url)} ${choice.width}w`).join(', ');
}
