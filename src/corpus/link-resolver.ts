import type { Media, Mention, Person, SeriesPlace, Translation } from '../article.ts';
import type { Podcast } from '../config/site.ts';
import { defined, type StatedMedia } from '../documents/stated.ts';
import type { KnownLinks } from '../html/resolve-links.ts';
import { absoluteUrl, withoutQuery } from '../html/url.ts';
import { HOLES } from '../templates/holes.ts';
import { type MediaFile, mediaTypeOf } from './media-files.ts';
import { type ResolvedLinks, within } from './resolve-links.ts';

/**
 * Resolves the links of a document for its article.
 *
 * @param slug of its article
 */
export function linkResolver(
  { links, titles, files, pages, people, translations, related, series }: ResolvedLinks,
  slug: string,
  podcast: Podcast | undefined,
): LinkResolver {
  const link = (url: string): string | undefined => links.get(url) ?? absoluteUrl(url) ?? within(url, slug);
  const filesByAddress = new Map(
    [...files.values()].flatMap((file) =>
      [file, ...(file.variants ?? [])].map(({ address }) => [HOLES.origin + address, file] as const),
    ),
  );
  return {
    link,
    media: (url) => shownAddress(files.get(url)) ?? link(url),
    title: (url) => titles.get(url),
    size: (url) => shownSize(files.get(url)),
    pictures: [...new Set(files.values())].flatMap((file) =>
      file.variants === undefined ? [] : (mediaOf({ url: '' }, file) ?? []),
    ),
    page: (url) => pages.get(url),
    person: (name) => people.get(name),
    file: (stated) => mediaOf(stated, filesByAddress.get(stated.url) ?? files.get(stated.url)),
    podcast,
    translations,
    related,
    series,
  };
}

/** In pixels; a wider picture is shown in its largest version, in feeds, too. */
const MAX_SHOWN = 1800;

function shownAddress(file: MediaFile | undefined): string | undefined {
  const largest = file?.variants?.at(-1);
  return largest === undefined || (file?.width ?? 0) <= MAX_SHOWN
    ? undefined
    : HOLES.origin + largest.address;
}

function shownSize(file: MediaFile | undefined): { width: number; height: number } | undefined {
  const { width, height } = file ?? {};
  return width === undefined || height === undefined ? undefined : { width, height };
}

/**
 * A file that a document refers to, if it is published, or is on another server and its type is known.
 *
 * @param own the published file; undefined if there is none
 */
export function mediaOf(
  { url, type: statedType, length, duration, title, caption }: StatedMedia,
  own: MediaFile | undefined,
): Media | undefined {
  const details = defined({ duration, title, caption });
  if (own !== undefined) {
    const { address, isStill: _, variants, ...described } = own;
    return {
      ...details,
      ...described,
      url: HOLES.origin + address,
      ...(variants && {
        variants: variants.map((each) => ({ url: HOLES.origin + each.address, width: each.width })),
      }),
    };
  }
  const absolute = absoluteUrl(url);
  const type = statedType ?? mediaTypeOf(withoutQuery(url));
  if (absolute === undefined || type === undefined) return undefined;
  return { ...details, url: absolute, type, ...(length === undefined ? {} : { length }) };
}

/** The link targets of a document, and the other files that it refers to. */
export interface LinkResolver extends KnownLinks {
  /** A file that the document names, if it is published; undefined if there is none. */
  readonly file: (stated: StatedMedia) => Media | undefined;
  /** The address of the article that a relative URL leads to; undefined if it leads to none. */
  readonly page: (url: string) => string | undefined;
  readonly person: (id: string) => Person | undefined;
  /** The pictures with smaller versions that the document refers to. */
  readonly pictures: readonly Media[];
  readonly podcast: Podcast | undefined;
  readonly translations: readonly Translation[];
  readonly related: readonly Mention[];
  readonly series: SeriesPlace | undefined;
}
