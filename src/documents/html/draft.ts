import type { Draft } from '../document.ts';
import type { Metadata } from './metadata.ts';

/** @param resolve names a file as from the document */
export function draftOf(metadata: Metadata, resolve: (url: string) => string): Omit<Draft, 'html'> {
  const { id, title, published, updated, expires, summary, language, authors, tags, image, enclosures } =
    metadata;
  const source = sourceOf(metadata);
  return {
    ...(id !== undefined && { id }),
    ...(title !== undefined && { title }),
    ...(published !== undefined && { published }),
    ...(updated !== undefined && { updated }),
    ...(expires !== undefined && { expires }),
    ...(summary !== undefined && { summary }),
    ...(language !== undefined && { language }),
    authors,
    ...(tags.length > 0 && { tags }),
    ...(source !== undefined && { source }),
    ...(image !== undefined && { image: { ...image, url: resolve(image.url) } }),
    ...(enclosures.length > 0 && {
      enclosures: enclosures.map((file) => ({ ...file, url: resolve(file.url) })),
    }),
  };
}

/** The page itself, where it was published, unless it says that the article was first published elsewhere. */
function sourceOf({ original, address, site }: Metadata): Draft['source'] {
  if (original !== undefined) return /^https?:\/\//i.test(original) ? { uri: original } : { title: original };
  return address === undefined ? undefined : { ...(site !== undefined && { title: site }), uri: address };
}
