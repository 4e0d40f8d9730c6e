import type { Person } from '../article.ts';
import { commaOf } from '../locale.ts';
import { SettingsError } from './errors.ts';
import type { Generator } from './generator.ts';
import { email, type PodcastCategory, type PodcastSettings, podcast } from './podcast.ts';
import { theme } from './theme.ts';
import {
  boolean,
  httpUrl,
  languageTag,
  list,
  matching,
  oneOf,
  originUrl,
  type Problem,
  record,
  type Type,
  table,
  textLine,
  timeZone,
  type Values,
  wholeNumber,
} from './types.ts';

const person: Type<Person> = table(
  {
    name: { type: textLine, isRequired: true, description: 'The name.', example: '"Jane Roe"' },
    uri: {
      type: httpUrl,
      description: 'A page about the author.',
      example: '"https://jane.example/"',
      synonyms: ['url', 'link', 'website', 'homepage'],
    },
    email: { type: email, description: 'The address; it is public.', example: '"jane@example.org"' },
  },
  'an author, such as { name = "Jane Roe" }',
);

const link = table(
  {
    label: {
      type: textLine,
      isRequired: true,
      description: 'The text of the link.',
      example: '"About"',
      synonyms: ['name', 'title', 'text'],
    },
    url: {
      type: matching(
        'a path such as "/about", or an absolute http or https URL',
        /^(?:\/(?![/\\])|https?:\/\/[^/])[^\s\p{Cc}]*$/u,
      ),
      isRequired: true,
      description: 'A path of the site, or an absolute URL.',
      example: '"/about"',
      synonyms: ['uri', 'link', 'href', 'path', 'to'],
    },
  },
  'a link, such as { label = "About", url = "/about" }',
);

const heading = table(
  {
    title: {
      type: textLine,
      description: 'The name on pages and of its feeds.',
      example: '"Letters from the coast"',
    },
    description: {
      type: textLine,
      description: 'One or two sentences for its page and for the list of all.',
      example: '"What readers write to us."',
      synonyms: ['summary', 'subtitle'],
    },
  },
  'a table such as { title = "Letters", description = "What readers write to us." }',
);

export const SETTINGS_VERSION = 1;

/**
 * Every setting of `site.toml`. Checks, JSON Schema and reference derive from it: a new setting needs an entry here,
 * and `npm run reference`.
 */
const SETTINGS = {
  version: {
    type: wholeNumber(1, SETTINGS_VERSION),
    default: SETTINGS_VERSION,
    description: 'The version of this file. A release of Tidings reads its own version and all older ones.',
    example: '1',
  },
  title: {
    type: textLine,
    otherwise: 'the name of the folder',
    description: 'The name of the publication.',
    example: '"Harbour News"',
    synonyms: ['name'],
  },
  description: {
    type: textLine,
    otherwise: 'the title',
    description: 'One sentence about the publication.',
    example: '"What happens at the harbour."',
    synonyms: ['tagline', 'subtitle', 'summary'],
  },
  language: {
    type: languageTag,
    default: 'en',
    description: 'BCP 47 tag of the language of documents that state none, if their text does not reveal it.',
    example: '"pt-BR"',
    synonyms: ['lang', 'locale', 'languagecode'],
  },
  timeZone: {
    type: timeZone,
    default: 'UTC',
    description: 'IANA name of the time zone of dates without one.',
    example: '"Europe/Istanbul"',
    synonyms: ['tz', 'zone'],
  },
  timeOfDay: {
    type: matching('a time from "00:00" to "23:59"', /^([01]\d|2[0-3]):[0-5]\d$/),
    default: '00:00',
    description: 'The time of day of documents that state only a date.',
    example: '"07:30"',
  },
  url: {
    type: originUrl,
    otherwise: 'the address of each request',
    description:
      'The address of the site. Set it once the site has its own domain: links then lead there whichever address a request came to. The variable `SITE_URL` overrides it.',
    example: '"https://news.example"',
    synonyms: ['baseurl', 'siteurl', 'site', 'origin', 'host', 'domain'],
  },
  permalink: {
    type: matching('a pattern such as "/:year/:month/:title/"', /^[^\s\p{Cc}]{1,200}$/u),
    description:
      'The pattern of the addresses that articles had before, in the notation of Jekyll, Hexo or Hugo. Requests for such addresses are redirected. The configuration of a generator in the folder states it as well.',
    example: '"/:year/:month/:title/"',
    synonyms: ['permalinks', 'slugpattern'],
  },
  authors: {
    type: list(person, 'a list such as [{ name = "Jane Roe" }]'),
    default: [],
    otherwise: 'one author, named like the site',
    description: 'Who publishes the feeds.',
    example: '[{ name = "Jane Roe", uri = "https://jane.example/" }]',
    synonyms: ['author'],
  },
  copyright: {
    type: textLine,
    description: 'A notice of copyright for the feeds and the foot of pages.',
    example: '"© 2026 Harbour News"',
    synonyms: ['rights', 'license', 'licence'],
  },
  id: {
    type: matching(
      'a urn:uuid: or tag: URI, such as "tag:example.org,2026:news"',
      /^(urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|tag:[\w.@-]+,[\d-]+:\S+)$/,
    ),
    otherwise: 'a UUID made from the title',
    description:
      'The permanent id of the feeds. Set it before you change the title of a site that has subscribers.',
    example: '"tag:news.example,2026:harbour"',
  },
  nav: {
    type: list(link, 'a list such as [{ label = "About", url = "/about" }]'),
    default: [],
    description:
      'Links at the top of every page: to pages, to lists such as `/tags/sea` or `/authors`, or to other sites.',
    example: '[{ label = "About", url = "/about" }]',
    synonyms: ['menu', 'menus', 'navigation', 'navbar', 'links'],
  },
  footer: {
    type: list(link, 'a list such as [{ label = "Imprint", url = "/imprint" }]'),
    default: [],
    description: 'Links at the foot of every page.',
    example: '[{ label = "Imprint", url = "/imprint" }]',
    synonyms: ['foot', 'footerlinks', 'footermenu'],
  },
  collections: {
    type: record(heading, 'tables by the names of folders, such as [collections.letters]'),
    default: {},
    description:
      'Titles and descriptions of collections, by the name of the folder. Without a title, a collection has the name of its folder.',
    example: '{ letters = { title = "Letters from the coast" } }',
  },
  tags: {
    type: record(heading, 'tables by tags, such as [tags.sea]'),
    default: {},
    description: 'Titles and descriptions of tags, by the tag.',
    example: '{ sea = { title = "The sea", description = "All that swims." } }',
    synonyms: ['tag'],
  },
  feedSize: {
    type: wholeNumber(20, 500),
    default: 50,
    description: 'The maximum number of entries in a feed, 20 to 500. Older entries are in its history.',
    example: '30',
  },
  feedBytes: {
    type: wholeNumber(1, 100_000_000),
    default: 100_000,
    description:
      'A feed takes no more entries once it has ten of them and their content has this number of bytes.',
    example: '200000',
  },
  freshness: {
    type: wholeNumber(1, 1440),
    otherwise: '5 to 60, by how often a feed changed lately',
    description:
      'How many minutes feed readers and caches may keep a feed. They keep it no longer than until the next article appears or expires.',
    example: '15',
    synonyms: ['ttl', 'maxage', 'cachettl'],
  },
  mainFeeds: {
    type: oneOf(['worker', 'static']),
    default: 'worker',
    description:
      'How the three main feeds are served. `"static"` writes them as files, which Cloudflare serves free and without limit, and which [lack some things](deploying.md#main-feeds-as-files). It needs `url`.',
    example: '"static"',
  },
  rebuildEvery: {
    type: wholeNumber(1, 1440),
    description:
      'How many minutes pass between the builds and deploys of your schedule. With `mainFeeds = "static"`, articles may then be scheduled or expire.',
    example: '60',
  },
  deltas: {
    type: boolean,
    default: true,
    description: 'Whether clients that ask for deltas get only the entries that they lack (RFC 3229).',
    example: 'false',
  },
  keepMetadata: {
    type: boolean,
    default: false,
    description:
      'Whether pictures, films and recordings are published with all their metadata: places, serial numbers of cameras, thumbnails, comments. Orientation, colour profile, creator, copyright, and the titles, chapters and covers of recordings stay in any case.',
    example: 'true',
  },
  encoding: {
    type: textLine,
    otherwise: 'recognised',
    description:
      'The character encoding of documents that are not UTF-8, except for HTML pages that declare theirs.',
    example: '"ibm850"',
    synonyms: ['charset'],
  },
  sentenceCase: {
    type: boolean,
    default: false,
    description:
      'Whether pages show headlines in capitals as sentences. Names and abbreviations are written as in the text; feeds keep the capitals.',
    example: 'true',
  },
  icon: {
    type: textLine,
    otherwise: 'the initial of the title',
    description:
      'The icon of the site: the path, in the folder of documents, of a square picture in PNG, JPEG or SVG.',
    example: '"icon.svg"',
    synonyms: ['favicon'],
  },
  logo: {
    type: textLine,
    otherwise: 'the icon, if there is one, and the title',
    description:
      'The path, in the folder of documents, of a picture with the name of the publication. Every page shows it at the top in place of the title.',
    example: '"logo.svg"',
    synonyms: ['wordmark', 'masthead', 'banner'],
  },
  theme: {
    type: theme,
    default: {},
    description: 'Colours, fonts and width of the pages. A file `theme.css` can change the rest.',
    example: '{ accent = ["#7a2e0b", "#f0b08a"], measure = "40rem" }',
  },
  podcasts: {
    type: record(podcast, 'tables by the names of collections, such as [podcasts.radio]'),
    default: {},
    description: 'Collections that are podcasts, by the name of the folder that holds the episodes.',
    example: '{ radio = { image = "radio/cover.jpg", category = "Technology", explicit = false } }',
  },
} as const;

export const site = table(SETTINGS, 'settings such as title = "Harbour News"');

type SiteSettings = Values<typeof SETTINGS>;

export interface Podcast extends Omit<PodcastSettings, 'category'> {
  /** The folder at the top of the folder of documents that holds its episodes. */
  readonly collection: string;
  readonly title: string;
  readonly description: string;
  readonly categories: readonly PodcastCategory[];
  readonly author: string;
  readonly language: string;
}

export interface Site extends Omit<SiteSettings, 'version' | 'podcasts'> {
  readonly title: string;
  readonly description: string;
  readonly authors: readonly [Person, ...Person[]];
  readonly podcasts: readonly Podcast[];
  /** The generator that the folder of documents was made for. */
  readonly generator?: Generator | undefined;
  /** The origin of the site whose pages are copied in the folder, if no generator is known. */
  readonly copiedFrom?: string | undefined;
  /** Whether drafts are published; only a preview does that. */
  readonly showsDrafts?: boolean;
}

/**
 * Checks settings and completes them.
 *
 * @param settings as TOML or JSON gives them
 * @param title of a site that states none
 * @throws SettingsError with every setting that cannot be used
 */
export function defineSite(settings: unknown, title: string): Site {
  const problems: Problem[] = [];
  const read = site.read(settings, { path: [], report: (problem) => problems.push(withPlace(problem)) });
  if (read?.mainFeeds === 'static' && read.url === undefined)
    problems.push({
      path: ['mainFeeds'],
      value: 'static',
      expected: 'url as well: a file has only one address',
    });
  if (read === undefined || problems.length > 0) throw new SettingsError(problems);
  return completeSite(read, title);
}

/** In TOML, a key below the header of a table belongs to that table. */
function withPlace(problem: Problem): Problem {
  const [first = '', ...others] = problem.path;
  const key = String(others.at(-1));
  const hasNearKey = !problem.expected.startsWith('one of ');
  if (!problem.isUnknownKey || hasNearKey || !Object.hasOwn(SETTINGS, key)) return problem;
  return { ...problem, expected: `"${key}" above the tables, of which "${first}" is one` };
}

function completeSite({ version: _, podcasts, authors, ...rest }: SiteSettings, folder: string): Site {
  const { title = folder, description = title } = rest;
  const [first = { name: title }, ...others] = authors;
  const whole = { ...rest, title, description, authors: [first, ...others] as const };
  return {
    ...whole,
    podcasts: Object.entries(podcasts).map(([collection, { category, ...settings }]) => ({
      title,
      description,
      author: whole.authors.map(({ name }) => name).join(commaOf(whole.language)),
      language: rest.language,
      ...(rest.copyright === undefined ? {} : { copyright: rest.copyright }),
      ...settings,
      collection,
      categories: category,
    })),
  };
}
