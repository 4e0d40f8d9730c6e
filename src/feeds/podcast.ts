import type { Media } from '../article.ts';
import type { Podcast, Site } from '../config/site.ts';
import { HOLES } from '../templates/holes.ts';
import { personElement } from './episode.ts';
import { rssChannel } from './rss.ts';
import { escapeXml, xmlElement } from './xml.ts';

/** The metadata of a podcast feed beyond its settings. */
interface PodcastMetadata {
  /** `podcast:guid` */
  readonly guid: string;
  readonly artwork: Media | undefined;
}

/**
 * The `channel` of a podcast: RSS 2.0 with Apple's tags (A Podcaster's Guide to RSS) and those of the Podcast Index
 * (podcast namespace 1.0). It has the holes of `rssEnvelope` except the title, the description and the language, which
 * are the podcast's.
 */
export function podcastEnvelope(site: Site, podcast: Podcast, metadata: PodcastMetadata): string {
  const { title, description, language, copyright, link } = podcast;
  const { artwork } = metadata;
  return rssChannel(
    {
      title: escapeXml(title),
      description: escapeXml(description),
      language: escapeXml(language),
      link: link === undefined ? HOLES.origin + HOLES.homePath : escapeXml(link),
      copyright: copyright ?? site.copyright,
      ...(artwork === undefined ? {} : { image: escapeXml(artwork.url) }),
    },
    channelElements(podcast, metadata),
  );
}

function channelElements(podcast: Podcast, { guid, artwork }: PodcastMetadata): string[] {
  const { author, owner, type, categories, explicit, complete, locked, medium, funding, people } = podcast;
  return [
    xmlElement('itunes:author', {}, escapeXml(author)),
    ...(owner === undefined ? [] : [ownerElement(owner)]),
    ...(artwork === undefined ? [] : [xmlElement('itunes:image', { href: artwork.url })]),
    ...categories.map(categoryElement),
    xmlElement('itunes:explicit', {}, String(explicit)),
    xmlElement('itunes:type', {}, type),
    ...(complete ? [xmlElement('itunes:complete', {}, 'Yes')] : []),
    xmlElement('podcast:guid', {}, guid),
    ...(locked === undefined
      ? []
      : [xmlElement('podcast:locked', { owner: owner?.email }, locked ? 'yes' : 'no')]),
    xmlElement('podcast:medium', {}, medium),
    ...(funding === undefined
      ? []
      : [xmlElement('podcast:funding', { url: funding.uri }, escapeXml(funding.text))]),
    ...people.map(personElement),
  ];
}

function ownerElement({ name, email }: NonNullable<Podcast['owner']>): string {
  const inside = [
    xmlElement('itunes:name', {}, escapeXml(name)),
    xmlElement('itunes:email', {}, escapeXml(email)),
  ];
  return xmlElement('itunes:owner', {}, inside.join(''));
}

function categoryElement({ name, subcategory }: Podcast['categories'][number]): string {
  const inside = subcategory === undefined ? '' : xmlElement('itunes:category', { text: subcategory });
  return xmlElement('itunes:category', { text: name }, inside);
}
