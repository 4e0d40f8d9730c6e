import type { Contributor } from '../article.ts';
import { splitTrimmed } from '../strings.ts';
import {
  boolean,
  httpUrl,
  languageTag,
  list,
  mapped,
  matching,
  oneOf,
  oneOrMore,
  type Type,
  table,
  textLine,
  textMatching,
  type Values,
} from './types.ts';

/** Apple's categories for podcasts, each with its subcategories. */
const CATEGORIES: Readonly<Record<string, string>> = {
  Arts: 'Books, Design, Fashion & Beauty, Food, Performing Arts, Visual Arts',
  Business: 'Careers, Entrepreneurship, Investing, Management, Marketing, Non-Profit',
  Comedy: 'Comedy Interviews, Improv, Stand-Up',
  Education: 'Courses, How To, Language Learning, Self-Improvement',
  Fiction: 'Comedy Fiction, Drama, Science Fiction',
  Government: '',
  'Health & Fitness': 'Alternative Health, Fitness, Medicine, Mental Health, Nutrition, Sexuality',
  History: '',
  'Kids & Family': 'Education for Kids, Parenting, Pets & Animals, Stories for Kids',
  Leisure: 'Animation & Manga, Automotive, Aviation, Crafts, Games, Hobbies, Home & Garden, Video Games',
  Music: 'Music Commentary, Music History, Music Interviews',
  News: 'Business News, Daily News, Entertainment News, News Commentary, Politics, Sports News, Tech News',
  'Religion & Spirituality': 'Buddhism, Christianity, Hinduism, Islam, Judaism, Religion, Spirituality',
  Science:
    'Astronomy, Chemistry, Earth Sciences, Life Sciences, Mathematics, Natural Sciences, Nature, Physics, Social Sciences',
  'Society & Culture': 'Documentary, Personal Journals, Philosophy, Places & Travel, Relationships',
  Sports:
    'Baseball, Basketball, Cricket, Fantasy Sports, Football, Golf, Hockey, Rugby, Running, Soccer, Swimming, Tennis, Volleyball, Wilderness, Wrestling',
  Technology: '',
  'True Crime': '',
  'TV & Film': 'After Shows, Film History, Film Interviews, Film Reviews, TV Reviews',
};

export interface PodcastCategory {
  readonly name: string;
  readonly subcategory: string | undefined;
}

/** `Technology` or `Society & Culture > Documentary`, as Apple spells them; undefined if Apple has no such category. */
function findPodcastCategory(text: string): PodcastCategory | undefined {
  const [name = '', subcategory, ...more] = splitTrimmed(text, '>');
  const subcategories = Object.hasOwn(CATEGORIES, name) ? CATEGORIES[name]?.split(', ') : undefined;
  if (subcategories === undefined || more.length > 0) return undefined;
  return subcategory === undefined || (subcategory !== '' && subcategories.includes(subcategory))
    ? { name, subcategory }
    : undefined;
}

export const email: Type<string> = matching('an address such as "jane@example.org"', /^[^\s@]+@[^\s@]+$/);

const category = mapped(
  textLine,
  findPodcastCategory,
  `one of Apple's categories, such as "Society & Culture > Documentary"; they are ${Object.keys(CATEGORIES).join(', ')}`,
);

const person: Type<Contributor> = table(
  {
    name: { type: textLine, isRequired: true, description: 'The name.', example: '"Jane Roe"' },
    role: {
      type: textLine,
      otherwise: '`host`',
      description: 'A role of the [Podcast Taxonomy](https://podcasttaxonomy.com/roles).',
      example: '"guest"',
    },
    group: {
      type: textLine,
      otherwise: '`cast`',
      description: 'A group of the Podcast Taxonomy.',
      example: '"writing"',
    },
    uri: { type: httpUrl, description: 'A page about the person.', example: '"https://jane.example/"' },
    image: { type: httpUrl, description: 'A picture.', example: '"https://jane.example/face.jpg"' },
  },
  'a person, such as { name = "Jane Roe" }',
);

const PODCAST = {
  title: {
    type: textLine,
    otherwise: 'the title of the site',
    description: 'The name of the podcast.',
    example: '"Foghorn"',
  },
  description: {
    // Directories cut longer descriptions, or refuse them.
    type: textMatching('a text of at most 4000 bytes, not empty', 4000),
    otherwise: 'the description of the site',
    description: 'Plain text, at most 4000 bytes.',
    example: '"Three people talk about fog."',
  },
  image: {
    type: textLine,
    isRequired: true,
    description:
      'The cover: a square JPEG or PNG of 1400 to 3000 pixels, as a path in the folder of documents or a URL.',
    example: '"radio/cover.jpg"',
  },
  recordings: {
    type: mapped(httpUrl, (url) => (url.endsWith('/') ? url : undefined), 'a URL that ends with "/"'),
    description:
      'The URL of the folder of recordings that are not in the folder of documents. The names in the documents are appended to it.',
    example: '"https://media.example/radio/"',
  },
  category: {
    type: oneOrMore(category),
    isRequired: true,
    description: "Categories of Apple's list, the best one first.",
    example: '"Society & Culture > Documentary"',
    synonyms: ['categories'],
  },
  explicit: {
    type: boolean,
    isRequired: true,
    description: 'Whether the podcast needs a parental advisory.',
    example: 'false',
  },
  author: {
    type: textLine,
    otherwise: 'the authors of the site',
    description: 'Who makes the podcast.',
    example: '"Jane Roe"',
  },
  owner: {
    type: table(
      {
        name: { type: textLine, isRequired: true, description: 'The name.', example: '"Jane Roe"' },
        email: {
          type: email,
          isRequired: true,
          description: 'The address; it is public.',
          example: '"jane@example.org"',
        },
      },
      'settings such as { name = "Jane Roe", email = "jane@example.org" }',
    ),
    description: 'Whom directories may contact; the address is public.',
    example: '{ name = "Jane Roe", email = "jane@example.org" }',
  },
  type: {
    type: oneOf(['episodic', 'serial']),
    default: 'episodic',
    description: '`serial` if episodes are meant to be heard in order.',
    example: '"serial"',
  },
  language: {
    type: languageTag,
    otherwise: 'the language of the site',
    description: 'BCP 47 tag of the language that is spoken.',
    example: '"en"',
  },
  link: {
    type: httpUrl,
    otherwise: 'the page of the collection',
    description: "The podcast's own page.",
    example: '"https://foghorn.example/"',
  },
  copyright: {
    type: textLine,
    otherwise: 'that of the site',
    description: 'A notice of copyright.',
    example: '"© Jane Roe"',
  },
  locked: {
    type: boolean,
    description: 'Whether other hosts are asked not to import the podcast.',
    example: 'true',
  },
  guid: {
    type: matching(
      'a UUID, such as "917393e3-1b1e-5cef-ace4-edaa54e1f810"',
      /^[\da-fA-F]{8}(?:-[\da-fA-F]{4}){3}-[\da-fA-F]{12}$/,
    ),
    otherwise: 'a UUID made from `id` and the collection',
    description: 'The `podcast:guid` that the podcast already has elsewhere.',
    example: '"917393e3-1b1e-5cef-ace4-edaa54e1f810"',
  },
  medium: {
    // https://podcasting2.org/podcast-namespace/tags/medium, those that hold recordings
    type: oneOf(['podcast', 'music', 'video', 'film', 'audiobook', 'newsletter', 'blog', 'course']),
    default: 'podcast',
    description: 'What the recordings are.',
    example: '"audiobook"',
  },
  complete: {
    type: boolean,
    default: false,
    description: 'Whether no further episode will come.',
    example: 'true',
  },
  funding: {
    type: table(
      {
        uri: {
          type: httpUrl,
          isRequired: true,
          description: 'The page.',
          example: '"https://jane.example/give"',
        },
        text: {
          type: textLine,
          isRequired: true,
          description: 'The text of the link.',
          example: '"Support us"',
        },
      },
      'settings such as { uri = "https://example.org/give", text = "Support us" }',
    ),
    description: 'Where listeners can give money.',
    example: '{ uri = "https://jane.example/give", text = "Support us" }',
  },
  directories: {
    type: list(
      table(
        {
          label: {
            type: textLine,
            isRequired: true,
            description: 'The name of the directory.',
            example: '"Apple Podcasts"',
            synonyms: ['name', 'title'],
          },
          url: {
            type: httpUrl,
            isRequired: true,
            description: 'The page of the podcast there.',
            example: '"https://podcasts.example/foghorn"',
            synonyms: ['uri', 'link', 'href'],
          },
        },
        'a link, such as { label = "Apple Podcasts", url = "https://podcasts.example/foghorn" }',
      ),
      'a list such as [{ label = "Apple Podcasts", url = "https://podcasts.example/foghorn" }]',
    ),
    default: [],
    description: 'Where listeners find the podcast: the links on its page.',
    example: '[{ label = "Apple Podcasts", url = "https://podcasts.example/foghorn" }]',
    synonyms: ['links', 'platforms', 'players', 'subscribe'],
  },
  people: {
    type: list(person, 'a list such as [{ name = "Jane Roe" }]'),
    default: [],
    description: 'Hosts, and whoever else makes the podcast.',
    example: '[{ name = "Jane Roe" }]',
  },
} as const;

export type PodcastSettings = Values<typeof PODCAST>;

export const podcast: Type<PodcastSettings> = table(
  PODCAST,
  'settings such as { image = "radio/cover.jpg", category = "Technology", explicit = false }',
);
