import type { Media } from '../article.ts';
import { type Html, html } from './html.ts';

/** How wide pictures are shown, as the attribute `sizes` states it. */
export const SIZES = {
  text: '(max-width: 41rem) calc(100vw - 2.5rem), 38rem',
  list: '(max-width: 44rem) 6rem, 14rem',
  lead: '(max-width: 44rem) calc(100vw - 2.5rem), 36rem',
  cover: '15rem',
} as const;

/** A little wider than its largest version: then the original is a choice, too. */
const MAX_ORIGINAL = 1800;

/** The attributes of a picture that say what to load: its versions, if it has any, and its size. */
export function pictureAttributes(picture: Media, sizes: string): Html {
  const { url, width, height, variants } = picture;
  const size = width && height && html` width="${String(width)}" height="${String(height)}"`;
  if (variants === undefined) return html`src="${url}"${size || undefined}`;
  // For browsers without `srcset`.
  const middle = variants.find((variant) => variant.width >= 800) ?? variants.at(-1);
  return html`src="${middle?.url ?? url}" srcset="${srcsetOf(picture)}" sizes="${sizes}"${size || undefined}`;
}

/** A hint to load the picture at once. */
export function preloadLink(picture: Media, sizes: string): Html {
  if (picture.variants === undefined)
    return html`<link rel="preload" as="image" href="${picture.url}" fetchpriority="high">\n`;
  return html`<link rel="preload" as="image" imagesrcset="${srcsetOf(picture)}" imagesizes="${sizes}" fetchpriority="high">\n`;
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
  return choices.map((choice) => `${choice.url} ${choice.width}w`).join(', ');
}
