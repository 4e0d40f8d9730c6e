import {
  type Article,
  type Chapter,
  type Contributor,
  type Episode,
  isRecording,
  type Media,
} from '../article.ts';
import { escapeXml, textElement, xmlElement } from './xml.ts';

/** The type of a recording as podcast directories expect it: Apple has its own name for one. */
export function recordingType(type: string): string {
  return type === 'audio/mp4' ? 'audio/x-m4a' : type;
}

/**
 * The elements of an episode in an `item`: Apple's tags (A Podcaster's Guide to RSS) and those of the Podcast Index
 * (podcast namespace 1.0). Nothing for other articles.
 */
export function episodeElements({ enclosures, episode }: Article): (string | undefined)[] {
  if (episode === undefined) return [];
  const { title, number, season, seasonName, type, explicit, image } = episode;
  const duration = enclosures.find(isRecording)?.duration;
  return [
    textElement('itunes:title', title),
    textElement('itunes:duration', duration),
    textElement('itunes:explicit', explicit),
    // Apple counts in whole numbers.
    textElement('itunes:episode', Number.isInteger(number) ? number : undefined),
    textElement('itunes:season', season),
    textElement('itunes:episodeType', type),
    image && xmlElement('itunes:image', { href: image.url }),
    textElement('podcast:episode', number),
    textElement('podcast:season', season, { name: seasonName }),
    ...linkElements(episode),
    ...episode.people.map(personElement),
  ];
}

export function personElement({ name, role, group, uri, image }: Contributor): string {
  return xmlElement('podcast:person', { role, group, img: image, href: uri }, escapeXml(name));
}

function linkElements({ transcripts, chaptersFile, chapters }: Episode): (string | undefined)[] {
  return [
    ...transcripts.map(({ url, type, language, isCaptions }) =>
      xmlElement('podcast:transcript', { url, type, language, rel: isCaptions ? 'captions' : undefined }),
    ),
    chaptersFile &&
      xmlElement('podcast:chapters', { url: chaptersFile.url, type: chaptersType(chaptersFile.type) }),
    chapters.length === 0 ? undefined : simpleChapters(chapters),
  ];
}

function chaptersType(type: string): string {
  return type === 'application/json' ? 'application/json+chapters' : type;
}

/** Podlove Simple Chapters 1.2 */
function simpleChapters(chapters: readonly Chapter[]): string {
  const elements = chapters.map(({ start, title, uri }) =>
    xmlElement('psc:chapter', { start: clock(start), title, href: uri }),
  );
  return xmlElement(
    'psc:chapters',
    { version: '1.2', 'xmlns:psc': 'http://podlove.org/simple-chapters' },
    elements.join(''),
  );
}

/** `1:02:03` */
function clock(seconds: number): string {
  const parts = [seconds / 3600, (seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(Math.floor(part)).padStart(2, '0')).join(':');
}

/** The lead image, in the version that the content shows: readers show any other beside it. */
export function shownImage({ image, contentHtml }: Article): Media | undefined {
  const shown = image?.variants?.find(({ url }) => contentHtml.includes(url));
  if (image === undefined || shown === undefined) return image;
  const { width, height } = image;
  const size =
    width === undefined || height === undefined
      ? {}
      : { width: shown.width, height: Math.round((height * shown.width) / width) };
  return { url: shown.url, type: 'image/webp', ...size };
}

/** A `media:content` (Media RSS 1.5.1), where readers look for the lead image, in RSS and in Atom. */
export function mediaContent({ url, type, length, width, height, duration, title }: Media): string {
  const medium = /^(?:image|audio|video)(?=\/)/.exec(type)?.[0] ?? 'document';
  const attributes = { url, fileSize: length, type, medium, duration, height, width };
  return xmlElement('media:content', attributes, textElement('media:title', title));
}
