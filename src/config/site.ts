import type { Person } from '../article.ts';
import type { Generator } from './generator.ts';
import { definePodcast, type Podcast, type PodcastOptions } from './podcast.ts';
import { SettingError } from './setting-error.ts';
import { parseTheme, type Theme } from './theme.ts';
import { emailAddress, httpAddress, languageTag, optional, plainText, truth } from './values.ts';

/** What a publisher may say in `site.ts`. */
export interface SiteOptions {
  /** The name of the publication, plain text. */
  readonly title: string;
  /** One sentence, plain text. */
  readonly description: string;
  /** BCP 47 tag of the language that documents are in unless they say otherwise, such as `en` or `pt-BR`. */
  readonly language: string;
  /** IANA name of the zone in which dates without a zone are meant. Default `UTC`. */
  readonly timeZone?: string;
  /** The time of day of documents that state only a date, `HH:MM` in `timeZone`. Default `00:00`. */
  readonly timeOfDay?: string;
  /** Who publishes the feeds. Default: one author, named as the site. */
  readonly authors?: readonly Person[];
  /** Default: none. */
  readonly copyright?: string;
  /**
   * The feeds' permanent id, a `urn:uuid:…` or `tag:…` URI. Default: made from the title, so set it before you
   * change the title.
   */
  readonly id?: string;
  /** The greatest number of entries in a feed, 20 to 500; what is older is in its history. Default 50. */
  readonly feedSize?: number;
  /** Bytes of content after which a feed that has ten entries takes no more, from 1. Default 100 000. */
  readonly feedBytes?: number;
  /**
   * Whether pictures, films and recordings are published with all their metadata: location, serial numbers of cameras,
   * thumbnails, comments. Orientation, colour profile, creator and copyright stay in any case, as do titles, chapters
   * and covers of recordings. Default false.
   */
  readonly keepMetadata?: boolean;
  /** Whether clients that ask for it get only the entries that they do not have (RFC 3229). Default true. */
  readonly deltas?: boolean;
  /** Collections that are podcasts, by the folder at the top of `seeds/` that holds the episodes. */
  readonly podcasts?: Readonly<Record<string, PodcastOptions>>;
  /** Colours, fonts and width of the pages; `seeds/theme.css` can change the rest. */
  readonly theme?: Theme;
  /** Path in `seeds/` of a square picture, PNG, JPEG or SVG: the site's icon. Default: the title's initial. */
  readonly icon?: string;
}

/** The options of a site, complete and checked. */
export interface Site {
  readonly title: string;
  readonly description: string;
  readonly language: string;
  readonly timeZone: string;
  readonly timeOfDay: string;
  readonly authors: readonly [Person, ...Person[]];
  readonly copyright: string | undefined;
  readonly id: string | undefined;
  readonly feedSize: number;
  readonly feedBytes: number;
  readonly deltas: boolean;
  readonly keepMetadata: boolean;
  readonly podcasts: readonly Podcast[];
  readonly theme: Theme;
  readonly icon: string | undefined;
  /** The pattern of the addresses that articles had before, in the notation of Jekyll, Hexo or Hugo. */
  readonly permalink?: string | undefined;
  /** The generator that the folder of documents was made for. */
  readonly generator?: Generator | undefined;
}

const KNOWN: ReadonlySet<string> = new Set<keyof SiteOptions>([
  'title',
  'description',
  'language',
  'timeZone',
  'timeOfDay',
  'authors',
  'copyright',
  'id',
  'feedSize',
  'feedBytes',
  'deltas',
  'keepMetadata',
  'podcasts',
  'theme',
  'icon',
]);

/**
 * Checks what `site.ts` says and completes it.
 *
 * @throws SettingError for the first setting that cannot be used
 */
export function defineSite(options: SiteOptions): Site {
  for (const name of Object.keys(options)) {
    if (!KNOWN.has(name)) throw new SettingError('the setting', name, `one of ${[...KNOWN].join(', ')}`);
  }
  const title = plainText('title', options.title);
  const { id, feedSize = 50, feedBytes = 100_000, deltas = true, keepMetadata = false } = options;
  if (
    id !== undefined &&
    !/^(urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|tag:[\w.@-]+,[\d-]+:\S+)$/.test(id)
  ) {
    throw new SettingError('id', id, 'a urn:uuid: or tag: URI, such as "tag:example.org,2026:news"');
  }
  wholeNumber('feedSize', feedSize, 20, 500);
  wholeNumber('feedBytes', feedBytes, 1, 100_000_000);
  const site = {
    title,
    description: plainText('description', options.description),
    language: languageTag('language', options.language),
    timeZone: timeZone(options.timeZone ?? 'UTC'),
    timeOfDay: timeOfDay(options.timeOfDay ?? '00:00'),
    authors: people(options.authors ?? [], title),
    copyright: optional(options.copyright, (text) => plainText('copyright', text)),
    id,
    feedSize,
    feedBytes,
    deltas: truth('deltas', deltas),
    keepMetadata: truth('keepMetadata', keepMetadata),
    theme: parseTheme(options.theme ?? {}),
    icon: options.icon === undefined ? undefined : plainText('icon', options.icon),
  };
  return { ...site, podcasts: podcasts(options.podcasts ?? {}, site) };
}

function wholeNumber(setting: string, value: unknown, least: number, most: number): void {
  if (Number.isInteger(value) && Number(value) >= least && Number(value) <= most) return;
  throw new SettingError(setting, value, `a whole number from ${least} to ${most}`);
}

function podcasts(value: unknown, site: Omit<Site, 'podcasts'>): Podcast[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new SettingError('podcasts', value, 'podcasts by their collections, such as { radio: { … } }');
  return Object.entries(value).map(([collection, options]) => definePodcast(collection, options, site));
}

function timeZone(value: unknown): string {
  try {
    if (typeof value === 'string') return new Intl.DateTimeFormat('en', { timeZone: value }) && value;
  } catch {}
  throw new SettingError('timeZone', value, 'an IANA time zone, such as "Europe/Istanbul"');
}

function timeOfDay(value: unknown): string {
  if (typeof value === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(value)) return value;
  throw new SettingError('timeOfDay', value, 'a time from "00:00" to "23:59"');
}

function people(value: unknown, fallback: string): readonly [Person, ...Person[]] {
  if (!Array.isArray(value))
    throw new SettingError('authors', value, 'a list such as [{ name: "Jane Roe" }]');
  const [first = { name: fallback }, ...others] = value.map(person);
  return [first, ...others];
}

function person(value: unknown): Person {
  if (typeof value !== 'object' || value === null || !('name' in value)) {
    throw new SettingError('author', value, 'a name, such as { name: "Jane Roe" }');
  }
  const uri = optional('uri' in value ? value.uri : undefined, (stated) => httpAddress('author uri', stated));
  const email = optional('email' in value ? value.email : undefined, (stated) =>
    emailAddress('author email', stated),
  );
  return {
    name: plainText('author name', value.name),
    ...(uri === undefined ? {} : { uri }),
    ...(email === undefined ? {} : { email }),
  };
}
