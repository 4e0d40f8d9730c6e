import type { Contributor, Person } from '../article.ts';
import { findPodcastCategory, type PodcastCategory, podcastCategoryNames } from './podcast-categories.ts';
import { SettingError } from './setting-error.ts';
import {
  emailAddress,
  group,
  httpAddress,
  languageTag,
  oneOf,
  optional,
  plainText,
  truth,
} from './values.ts';

const TYPES = ['episodic', 'serial'] as const;
/** https://podcasting2.org/podcast-namespace/tags/medium, those that hold recordings. */
const MEDIUMS = ['podcast', 'music', 'video', 'film', 'audiobook', 'newsletter', 'blog', 'course'] as const;

/** What a publisher may say of a podcast, which is a collection of documents with recordings. */
export interface PodcastOptions {
  /** Default: the site's. */
  readonly title?: string;
  /** Plain text, at most 4000 bytes. Default: the site's. */
  readonly description?: string;
  /** A JPEG or PNG, square, of 1400 to 3000 pixels: a path from the seeds folder, or a URL. */
  readonly image: string;
  /**
   * Where recordings lie that are not in `seeds/`: a URL that ends with `/`, to which the names in the documents are
   * added. Default: recordings are in `seeds/` or have URLs of their own.
   */
  readonly recordings?: string;
  /** Of Apple's list, the most fitting first, such as `Technology` or `Society & Culture > Documentary`. */
  readonly category: string | readonly string[];
  /** Whether it needs a parental advisory. */
  readonly explicit: boolean;
  /** Who makes it, plain text. Default: the site's authors. */
  readonly author?: string;
  /** Whom directories may write to; the address is public. */
  readonly owner?: { readonly name: string; readonly email: string };
  /** `serial`: episodes are meant to be heard in order, and are numbered. Default `episodic`. */
  readonly type?: (typeof TYPES)[number];
  /** BCP 47. Default: the site's. */
  readonly language?: string;
  /** The podcast's own page. Default: the page of its collection. */
  readonly link?: string;
  /** Default: the site's. */
  readonly copyright?: string;
  /** Whether other hosts are asked not to take it over. Default: nothing is said. */
  readonly locked?: boolean;
  /** The `podcast:guid` that it already has elsewhere. Default: made from the site's id and the collection. */
  readonly guid?: string;
  /** Default `podcast`. */
  readonly medium?: (typeof MEDIUMS)[number];
  /** Whether no further episode will come. */
  readonly complete?: boolean;
  /** Where to give money, and the words of that link. */
  readonly funding?: { readonly uri: string; readonly text: string };
  /** Hosts, and whoever else makes it. */
  readonly people?: readonly Contributor[];
}

/** The options of a podcast, complete and checked. */
export interface Podcast {
  /** The folder at the top of `seeds/` that holds its episodes. */
  readonly collection: string;
  readonly title: string;
  readonly description: string;
  readonly image: string;
  readonly recordings: string | undefined;
  readonly categories: readonly PodcastCategory[];
  readonly explicit: boolean;
  readonly author: string;
  readonly owner: { readonly name: string; readonly email: string } | undefined;
  readonly type: (typeof TYPES)[number];
  readonly language: string;
  readonly link: string | undefined;
  readonly copyright: string | undefined;
  readonly locked: boolean | undefined;
  readonly guid: string | undefined;
  readonly medium: (typeof MEDIUMS)[number];
  readonly complete: boolean;
  readonly funding: { readonly uri: string; readonly text: string } | undefined;
  readonly people: readonly Contributor[];
}

/** What a podcast has of its site, unless it says otherwise. */
interface Defaults {
  readonly title: string;
  readonly description: string;
  readonly language: string;
  readonly authors: readonly Person[];
  readonly copyright: string | undefined;
}

const KNOWN: readonly (keyof PodcastOptions)[] = [
  'title',
  'description',
  'image',
  'recordings',
  'category',
  'explicit',
  'author',
  'owner',
  'type',
  'language',
  'link',
  'copyright',
  'locked',
  'guid',
  'medium',
  'complete',
  'funding',
  'people',
];

/** Directories cut longer descriptions, or refuse them. */
const MAX_DESCRIPTION_BYTES = 4000;

/** @throws SettingError for the first setting that cannot be used */
export function definePodcast(collection: string, options: unknown, site: Defaults): Podcast {
  const called = `podcasts.${collection}`;
  const stated = group(called, options, KNOWN);
  const read = <Value>(name: keyof PodcastOptions, reader: (setting: string, value: unknown) => Value) =>
    optional(stated.get(name), (value) => reader(`${called}.${name}`, value));
  return {
    collection,
    title: read('title', plainText) ?? site.title,
    description: description(`${called}.description`, stated.get('description') ?? site.description),
    image: plainText(`${called}.image`, stated.get('image')),
    recordings: read('recordings', folderAddress),
    categories: categories(`${called}.category`, stated.get('category')),
    explicit: truth(`${called}.explicit`, stated.get('explicit')),
    author: read('author', plainText) ?? site.authors.map(({ name }) => name).join(', '),
    owner: read('owner', owner),
    type: read('type', (setting, value) => oneOf(setting, value, TYPES)) ?? 'episodic',
    language: read('language', languageTag) ?? site.language,
    link: read('link', httpAddress),
    copyright: read('copyright', plainText) ?? site.copyright,
    locked: read('locked', truth),
    guid: read('guid', guid),
    medium: read('medium', (setting, value) => oneOf(setting, value, MEDIUMS)) ?? 'podcast',
    complete: read('complete', truth) ?? false,
    funding: read('funding', funding),
    people: read('people', people) ?? [],
  };
}

function description(setting: string, value: unknown): string {
  const text = plainText(setting, value);
  if (new TextEncoder().encode(text).length <= MAX_DESCRIPTION_BYTES) return text;
  throw new SettingError(setting, value, `a text of at most ${MAX_DESCRIPTION_BYTES} bytes`);
}

function folderAddress(setting: string, value: unknown): string {
  const address = httpAddress(setting, value);
  if (address.endsWith('/')) return address;
  throw new SettingError(setting, value, 'a URL that ends with "/"');
}

function categories(setting: string, value: unknown): PodcastCategory[] {
  const stated: readonly unknown[] = Array.isArray(value) ? value : [value];
  const found = stated.map((text) => (typeof text === 'string' ? findPodcastCategory(text) : undefined));
  const known = found.filter((category) => category !== undefined);
  if (known.length === stated.length && known.length > 0) return known;
  throw new SettingError(
    setting,
    value,
    `one of Apple's categories, such as "Society & Culture > Documentary"; they are ${podcastCategoryNames().join(', ')}`,
  );
}

function owner(setting: string, value: unknown): { name: string; email: string } {
  const stated = group(setting, value, ['name', 'email']);
  return {
    name: plainText(`${setting}.name`, stated.get('name')),
    email: emailAddress(`${setting}.email`, stated.get('email')),
  };
}

function guid(setting: string, value: unknown): string {
  if (typeof value === 'string' && /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value)) return value;
  throw new SettingError(setting, value, 'a UUID, such as "917393e3-1b1e-5cef-ace4-edaa54e1f810"');
}

function funding(setting: string, value: unknown): { uri: string; text: string } {
  const stated = group(setting, value, ['uri', 'text']);
  return {
    uri: httpAddress(`${setting}.uri`, stated.get('uri')),
    text: plainText(`${setting}.text`, stated.get('text')),
  };
}

function people(setting: string, value: unknown): Contributor[] {
  if (!Array.isArray(value)) throw new SettingError(setting, value, 'a list such as [{ name: "Jane Roe" }]');
  return value.map((item) => {
    const stated = group(setting, item, ['name', 'role', 'group', 'uri', 'image']);
    const text = (name: string) =>
      optional(stated.get(name), (given) => plainText(`${setting} ${name}`, given));
    const address = (name: string) =>
      optional(stated.get(name), (given) => httpAddress(`${setting} ${name}`, given));
    return {
      name: plainText(`${setting} name`, stated.get('name')),
      role: text('role'),
      group: text('group'),
      uri: address('uri'),
      image: address('image'),
    };
  });
}
