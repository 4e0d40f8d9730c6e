import type { Draft } from '../draft.ts';
import type { Metadata } from './metadata.ts';

/** @param resolve names a file as from the document */
export function draftOf(metadata: Metadata, resolve: (url: string) => string): Omit<Draft, 'content'> {
  const { id, title, published, updated, expires, summary, language, authors, tags, image, enclosures } =
    metadata;
  const { direction, original } = metadata;
  const source = original === undefined ? undefined : sourceOf(original);
  const address = original === undefined ? addressOf(metadata) : undefined;
  return {
    ...(id !== undefined && { id }),
    ...(title !== undefined && { title }),
    ...(published !== undefined && { published }),
    ...(updated !== undefined && { updated }),
    ...(expires !== undefined && { expires }),
    ...(summary !== undefined && { summary }),
    ...(language !== undefined && { language }),
    ...(direction !== undefined && { direction }),
    authors,
    ...(tags.length > 0 && { tags }),
    ...(source !== undefined && { source }),
    ...(address !== undefined && { address }),
    ...(image !== undefined && { image: { ...image, url: resolve(image.url) } }),
    ...(enclosures.length > 0 && {
      enclosures: enclosures.map((file) => ({ ...file, url: resolve(file.url) })),
    }),
  };
}

/** The place of first publication, as the page states it. */
function sourceOf(original: string): Draft['source'] {
  return /^https?:\/\//i.test(original) ? { uri: original } : { title: original };
}

function addressOf({ address, site }: Metadata): Draft['address'] {
  return address === undefined ? undefined : { uri: address, ...(site !== undefined && { title: site }) };
}
