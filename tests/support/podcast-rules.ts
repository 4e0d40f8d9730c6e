import { XMLParser } from 'fast-xml-parser';

/** An element as the parser gives it. */
type Element = Record<string, unknown>;

const ARRAYS = new Set(['item', 'itunes:category', 'podcast:person', 'podcast:transcript']);
const APPLE_TYPES = ['audio/x-m4a', 'audio/mpeg', 'video/quicktime', 'video/mp4', 'video/x-m4v'];
const MEDIUMS = ['podcast', 'music', 'video', 'film', 'audiobook', 'newsletter', 'blog', 'course'];

/**
 * Checks a feed against Apple's Podcaster's Guide to RSS and the Podcast Index namespace 1.0.
 *
 * @returns one line for each rule that is broken
 */
export function podcastFaults(xml: string): string[] {
  const parser = new XMLParser({
    ignoreAttributes: false,
    parseTagValue: false,
    htmlEntities: true,
    isArray: (name, path) => ARRAYS.has(name) && !String(path).endsWith('itunes:category.itunes:category'),
  });
  const { rss } = parser.parse(xml);
  const { channel } = rss;
  const faults: string[] = [];
  const want = (isRight: boolean, rule: string): void => {
    if (!isRight) faults.push(rule);
  };
  want(rss['@_xmlns:itunes'] === 'http://www.itunes.com/dtds/podcast-1.0.dtd', 'the namespace of itunes');
  want(rss['@_xmlns:podcast'] === 'https://podcastindex.org/namespace/1.0', 'the namespace of podcast');
  want(isText(channel.title), 'a title');
  want(isText(channel.description) && Buffer.byteLength(channel.description) <= 4000, 'a description');
  want(/^[a-z]{2,3}(-[\w-]+)?$/.test(channel.language), 'a language of ISO 639');
  want(/^https?:/.test(channel.link), 'a link');
  want(isUrl(channel['itunes:image']?.['@_href'], /\.(?:jpe?g|png)$/), 'artwork as .jpg or .png');
  want(isText(channel['itunes:author']), 'an author');
  want(['true', 'false'].includes(channel['itunes:explicit']), 'explicit is true or false');
  want(['episodic', 'serial'].includes(channel['itunes:type']), 'a type');
  want(
    channel['itunes:category']?.every((one: Element) => isText(one['@_text'])),
    'a category',
  );
  want(
    /^[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/.test(channel['podcast:guid']),
    'a UUID of version 5',
  );
  want(MEDIUMS.includes(channel['podcast:medium'] ?? 'podcast'), 'a medium');
  const locked = channel['podcast:locked'];
  want(locked === undefined || ['yes', 'no'].includes(locked['#text'] ?? locked), 'locked is yes or no');
  const items: Element[] = channel.item ?? [];
  want(items.length > 0, 'an episode');
  const guids = items.map((item) => (item.guid as Element | undefined)?.['#text']);
  want(new Set(guids).size === items.length, 'a guid for each episode');
  for (const item of items) {
    const named = (rule: string): string => `${rule}: ${item.title}`;
    const enclosure = item.enclosure as Element | undefined;
    want(isText(item.title), named('a title'));
    want(isUrl(enclosure?.['@_url'], /\.(?:m4a|mp3|mov|mp4|m4v)(?:\?|$)/), named('an enclosure'));
    want(Number(enclosure?.['@_length']) > 0, named('the length of the enclosure'));
    want(APPLE_TYPES.includes(String(enclosure?.['@_type'])), named('the type of the enclosure'));
    want(!Number.isNaN(Date.parse(String(item.pubDate))), named('a date'));
    want(/^\d+$/.test(String(item['itunes:duration'])), named('a duration in seconds'));
    want(['true', 'false'].includes(String(item['itunes:explicit'])), named('explicit'));
    want(/^[1-9]\d*$/.test(String(item['itunes:episode'] ?? 1)), named('a whole number'));
    want(/^[1-9]\d*$/.test(String(item['itunes:season'] ?? 1)), named('a whole season'));
    want(
      /^(?:full|trailer|bonus)$/.test(String(item['itunes:episodeType'] ?? 'full')),
      named('an episodeType'),
    );
    want(
      channel['itunes:type'] === 'episodic' || isText(item['itunes:episode']),
      named('a number in a serial'),
    );
    for (const transcript of (item['podcast:transcript'] ?? []) as Element[]) {
      want(isUrl(transcript['@_url']) && isText(transcript['@_type']), named('a transcript'));
    }
    const chapters = item['podcast:chapters'] as Element | undefined;
    want(chapters === undefined || isUrl(chapters['@_url']), named('chapters'));
    for (const person of (item['podcast:person'] ?? []) as (Element | string)[])
      want(isText(typeof person === 'string' ? person : person['#text']), named('a person'));
  }
  return faults;
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '';
}

function isUrl(value: unknown, pattern = /./): boolean {
  return typeof value === 'string' && /^https?:/.test(value) && URL.canParse(value) && pattern.test(value);
}
