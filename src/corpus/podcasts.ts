import { posix } from 'node:path';
import type { Media } from '../article.ts';
import type { Podcast, Site } from '../config/site.ts';
import { collectionOf } from '../documents/file-name.ts';
import { mintId } from '../identity/ids.ts';
import { artworkFault, type MediaFile } from './media-files.ts';
import { mediaOf } from './resolve-links.ts';

/** The metadata of a podcast feed beyond its settings. */
export interface PodcastMetadata {
  /** `podcast:guid`: a permanent UUID. */
  readonly guid: string;
  /** The picture; undefined if there is none. */
  readonly artwork: Media | undefined;
}

/**
 * Collects the metadata of a site's podcasts.
 *
 * A new guid does not depend on the site's URL, so it is the same wherever the site is served.
 */
export function describePodcasts(
  site: Site,
  documents: readonly { readonly path: string }[],
  files: ReadonlyMap<string, MediaFile>,
): { metadata: Map<string, PodcastMetadata>; warnings: string[] } {
  if (site.podcasts.length === 0) return { metadata: new Map(), warnings: [] };
  const warnings: string[] = [];
  const collections = new Set(documents.map(({ path }) => collectionOf(path, site)));
  const metadata = site.podcasts.map((podcast): [string, PodcastMetadata] => {
    const artwork = mediaOf(
      { url: podcast.image },
      files.get(posix.normalize(podcast.image.replace(/^\/+/, ''))),
    );
    const fault = artwork === undefined ? 'expected a picture in seeds/, or a URL' : artworkFault(artwork);
    if (fault !== undefined)
      warnings.push(
        `Cannot use podcasts.${podcast.collection}.image ${JSON.stringify(podcast.image)} in seeds/site.toml: ${fault}`,
      );
    if (!collections.has(podcast.collection))
      warnings.push(
        `Cannot find an episode of podcasts.${podcast.collection} of seeds/site.toml: expected documents in seeds/${podcast.collection}/`,
      );
    return [podcast.collection, { guid: podcast.guid ?? newGuid(podcast, site), artwork }];
  });
  return { metadata: new Map(metadata), warnings };
}

function newGuid({ collection }: Podcast, site: Site): string {
  return mintId(`podcast:${site.id ?? site.title}:${collection}`).replace('urn:uuid:', '');
}
