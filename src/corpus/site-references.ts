import { posix } from 'node:path';
import type { Media } from '../article.ts';
import type { Podcast, Site } from '../config/site.ts';
import { collectionOf } from '../documents/file-name.ts';
import { mintId } from '../identity/ledger.ts';
import { articlePath } from '../routes/paths.ts';
import type { LinkIndex } from './link-index.ts';
import { mediaOf } from './link-resolver.ts';
import { artworkFault, type MediaFile } from './media-files.ts';

/** The header and the footer of every page. */
export interface SiteFrame extends Pick<Site, 'nav' | 'footer'> {
  /** The picture in place of the title. */
  readonly logo: Media | undefined;
}

type Menu = 'nav' | 'footer';
type LinkIndexes = Readonly<Record<'published' | 'all', LinkIndex>>;

const ORIGIN = { path: 'site.toml', translations: [] };

export function frameFiles({ nav, footer, logo }: Site, { published }: LinkIndexes): string[] {
  const linked = [...nav, ...footer].flatMap(({ url }) => {
    const lead = url.startsWith('/') ? published.lead(url, ORIGIN) : undefined;
    return lead?.kind === 'file' ? [lead.path] : [];
  });
  return logo === undefined ? linked : [seedPath(logo), ...linked];
}

/**
 * Resolves the links of the site's menus to their targets, without redirects.
 *
 * @param usual links of the menu of a site that states none
 */
export function siteFrame(
  site: Site,
  usual: Site['nav'],
  indexes: LinkIndexes,
  files: ReadonlyMap<string, MediaFile>,
): { frame: SiteFrame; warnings: string[] } {
  const warnings: string[] = [];
  const resolved = (menu: Menu): Site['nav'] =>
    site[menu].map(({ label, url }) => {
      if (!url.startsWith('/')) return { label, url };
      const lead = indexes.published.lead(url, ORIGIN);
      if (lead === undefined && indexes.all.lead(url, ORIGIN) === undefined)
        warnings.push(
          `Cannot find ${JSON.stringify(url)} of ${menu} in seeds/site.toml: expected the address of a document, of a list, or of a file`,
        );
      if (lead?.kind === 'document') return { label, url: articlePath(lead.document.slug) + lead.suffix };
      return { label, url: (lead?.kind === 'file' && files.get(lead.path)?.address) || url };
    });
  const nav = site.nav.length === 0 ? usual : resolved('nav');
  const footer = resolved('footer');
  const logo =
    site.logo === undefined ? undefined : mediaOf({ url: site.logo }, files.get(seedPath(site.logo)));
  const isPicture = logo?.type.startsWith('image/') && logo.width !== undefined && logo.height !== undefined;
  if (site.logo !== undefined && !isPicture)
    warnings.push(
      `Cannot use logo ${JSON.stringify(site.logo)} in seeds/site.toml: expected a picture in seeds/ that states its size`,
    );
  return { frame: { nav, footer, logo: isPicture ? logo : undefined }, warnings };
}

/** The path of a file that the settings state. */
export function seedPath(stated: string): string {
  return posix.normalize(stated.replace(/^\/+/, ''));
}

export interface PodcastMetadata {
  readonly podcast: Podcast;
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
): { podcasts: PodcastMetadata[]; warnings: string[] } {
  if (site.podcasts.length === 0) return { podcasts: [], warnings: [] };
  const warnings: string[] = [];
  const collections = new Set(documents.map(({ path }) => collectionOf(path, site)));
  const podcasts = site.podcasts.map((podcast) => {
    const artwork = mediaOf({ url: podcast.image }, files.get(seedPath(podcast.image)));
    const fault = artwork === undefined ? 'expected a picture in seeds/, or a URL' : artworkFault(artwork);
    if (fault !== undefined)
      warnings.push(
        `Cannot use podcasts.${podcast.collection}.image ${JSON.stringify(podcast.image)} in seeds/site.toml: ${fault}`,
      );
    if (!collections.has(podcast.collection))
      warnings.push(
        `Cannot find an episode of podcasts.${podcast.collection} in seeds/site.toml: expected documents in seeds/${podcast.collection}/`,
      );
    return { podcast, guid: podcast.guid ?? newGuid(podcast, site), artwork };
  });
  return { podcasts, warnings };
}

function newGuid({ collection }: Podcast, site: Site): string {
  return mintId(`podcast:${site.id ?? site.title}:${collection}`).replace('urn:uuid:', '');
}
