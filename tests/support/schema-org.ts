/** The types that pages use and their parent types (schema.org 30.0). */
const KINDS: Readonly<Record<string, string>> = {
  NewsArticle: 'Article',
  BlogPosting: 'SocialMediaPosting',
  SocialMediaPosting: 'Article',
  Article: 'CreativeWork',
  WebSite: 'CreativeWork',
  WebPage: 'CreativeWork',
  PodcastEpisode: 'Episode',
  Episode: 'CreativeWork',
  PodcastSeason: 'CreativeWorkSeason',
  CreativeWorkSeason: 'CreativeWork',
  PodcastSeries: 'CreativeWorkSeries',
  CreativeWorkSeries: 'CreativeWork',
  CorrectionComment: 'Comment',
  Comment: 'CreativeWork',
  BreadcrumbList: 'ItemList',
  ItemList: 'Intangible',
  ListItem: 'Intangible',
  Intangible: 'Thing',
  ImageObject: 'MediaObject',
  AudioObject: 'MediaObject',
  VideoObject: 'MediaObject',
  MediaObject: 'CreativeWork',
  CreativeWork: 'Thing',
  Organization: 'Thing',
  Person: 'Thing',
};

/** The types that have a property, and its expected types. */
const PROPERTIES: Readonly<Record<string, readonly [of: string, expected: string]>> = {
  articleSection: ['Article', 'Text'],
  associatedMedia: ['CreativeWork', 'MediaObject'],
  author: ['CreativeWork', 'Organization Person'],
  caption: ['AudioObject ImageObject VideoObject', 'MediaObject Text'],
  correction: ['CreativeWork', 'CorrectionComment Text URL'],
  episodeNumber: ['Episode', 'Integer Text'],
  item: ['ListItem', 'Thing'],
  itemListElement: ['ItemList', 'ListItem Text Thing'],
  partOfSeason: ['Episode', 'CreativeWorkSeason'],
  partOfSeries: ['CreativeWorkSeason Episode', 'CreativeWorkSeries'],
  position: ['CreativeWork ListItem', 'Integer Text'],
  seasonNumber: ['CreativeWorkSeason', 'Integer Text'],
  text: ['CreativeWork', 'Text'],
  webFeed: ['PodcastSeries', 'DataFeed URL'],
  contentUrl: ['MediaObject', 'URL'],
  dateModified: ['CreativeWork', 'Date DateTime'],
  datePublished: ['CreativeWork', 'Date DateTime'],
  description: ['Thing', 'Text'],
  duration: ['MediaObject', 'Duration'],
  encodingFormat: ['CreativeWork', 'Text URL'],
  headline: ['CreativeWork', 'Text'],
  identifier: ['Thing', 'Text URL'],
  image: ['Thing', 'ImageObject URL'],
  inLanguage: ['CreativeWork', 'Text'],
  isAccessibleForFree: ['CreativeWork', 'Boolean'],
  isBasedOn: ['CreativeWork', 'CreativeWork URL'],
  isPartOf: ['CreativeWork', 'CreativeWork URL'],
  keywords: ['CreativeWork Organization', 'Text URL'],
  logo: ['Organization', 'ImageObject URL'],
  mainEntityOfPage: ['Thing', 'CreativeWork URL'],
  name: ['Thing', 'Text'],
  publisher: ['CreativeWork', 'Organization Person'],
  thumbnailUrl: ['CreativeWork', 'URL'],
  uploadDate: ['MediaObject', 'Date DateTime'],
  url: ['Thing', 'URL'],
};

const FORMS: Readonly<Record<string, RegExp>> = {
  Text: /\S/,
  URL: /^https?:\/\/[^\s/]+\/\S*$/,
  Date: /^\d{4}-\d\d-\d\d$/,
  DateTime: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/,
  Duration: /^P(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?(?:[\d.]+S)?)?$/,
};

/** The properties that Google recommends (Search Central, structured data). */
const RECOMMENDED: Readonly<Record<string, readonly string[]>> = {
  Article: ['author', 'dateModified', 'datePublished', 'headline', 'image'],
  VideoObject: ['name', 'thumbnailUrl', 'uploadDate', 'contentUrl'],
  PodcastEpisode: ['name', 'datePublished', 'associatedMedia', 'partOfSeries'],
  PodcastSeries: ['name', 'url'],
  BreadcrumbList: ['itemListElement'],
  ListItem: ['position', 'name', 'item'],
  CorrectionComment: ['text'],
  WebSite: ['name', 'url'],
  Organization: ['name'],
  Person: ['name'],
};

/** The JSON-LD blocks of a page. */
export function dataBlocks(page: string): Record<string, unknown>[] {
  return [...page.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)].map(([, json = '']) =>
    JSON.parse(json),
  );
}

/** One line for each rule of schema.org, and each recommendation of Google, that a description breaks. */
export function schemaFaults(thing: Readonly<Record<string, unknown>>, path = ''): string[] {
  const { '@type': type, '@context': _, '@id': __, ...properties } = thing;
  const kinds = kindsOf(String(type));
  if (kinds.at(-1) !== 'Thing') return [`${path}: no type ${type}`];
  const missing = kinds
    .flatMap((kind) => RECOMMENDED[kind] ?? [])
    .filter((name) => properties[name] === undefined)
    .map((name) => `${path}: a ${type} without ${name}`);
  const faults = Object.entries(properties).flatMap(([name, stated]) => {
    const here = `${path}/${name}`;
    const [of, expected] = PROPERTIES[name] ?? [];
    if (of === undefined || expected === undefined) return [`${here}: no such property`];
    if (!of.split(' ').some((one) => kinds.includes(one))) return [`${here}: not of a ${type}`];
    const values = Array.isArray(stated) ? stated : [stated];
    if (values.length === 0) return [`${here}: empty`];
    return values.flatMap((value) => valueFaults(value, expected.split(' '), here));
  });
  return [...missing, ...faults];
}

function valueFaults(value: unknown, expected: readonly string[], path: string): string[] {
  if (typeof value === 'object' && value !== null) {
    const inner = Object.fromEntries(Object.entries(value));
    const isExpected = kindsOf(String(inner['@type'])).some((kind) => expected.includes(kind));
    return [...(isExpected ? [] : [`${path}: not ${expected}`]), ...schemaFaults(inner, path)];
  }
  const isExpected = expected.some((form) => {
    if (form === 'Boolean') return typeof value === 'boolean';
    if (form === 'Integer') return Number.isInteger(value);
    return typeof value === 'string' && FORMS[form]?.test(value);
  });
  return isExpected ? [] : [`${path}: ${JSON.stringify(value)} is not ${expected}`];
}

/** A type and its parent types. */
function kindsOf(type: string): string[] {
  const kind = KINDS[type];
  return kind === undefined ? [type] : [type, ...kindsOf(kind)];
}
