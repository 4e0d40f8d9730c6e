import { withoutQuery } from '../../html/url.ts';
import { splitTrimmed } from '../../strings.ts';
import { nameLink } from '../markdown/wikilinks.ts';
import { defined, type StatedMedia } from '../stated.ts';
import { type Field, type Fields, fieldItems, fieldMap, fieldText, findField, findText } from './fields.ts';

const IMAGES = [
  ...['image', 'heroimage', 'coverimage', 'featuredimage', 'featureimage', 'featureimg', 'cover'],
  ...['banner', 'hero', 'images', 'ogimage', 'socialimage', 'thumbnail', 'thumb', 'teaser', 'photo'],
];
const ENCLOSURES = ['enclosure', 'enclosures', 'audio', 'video', 'podcast', 'episode', 'attachments'];
/** Fields of their own, as podcast themes have them. */
const FILES = [
  'audiourl',
  'audiofile',
  'videourl',
  'videofile',
  'podcasturl',
  'podcastfile',
  'podcastlink',
  'mp3',
  'enclosureurl',
];
/** The formats below `audio` in Octopod, most widely supported first. */
const KINDS = ['mp3', 'm4a', 'mp4', 'ogg', 'oga', 'opus'];

const URLS = ['url', 'src', 'href', 'file', 'path', 'link', 'uri', 'audio', 'filename'];
const TYPES = ['type', 'mime', 'mimetype', 'contenttype'];
const LENGTHS = ['length', 'bytes', 'size', 'filesize', 'sizeinbytes'];
const DURATIONS = ['duration', 'durationinseconds', 'itunesduration'];

/** The lead image: a path, a list of them, or a map with its path, also below `header` and `cover`. */
export function findImage(fields: Fields): StatedMedia | undefined {
  for (const name of IMAGES) {
    const [first] = fieldItems(fields.get(name)).flatMap((item) => readImage(item) ?? []);
    if (first === undefined) continue;
    // Its words may stand beside it.
    const title = findText(fields, [`${name}alt`, `${name}title`]);
    const caption = findText(fields, [`${name}caption`]);
    return { ...defined({ title, caption }), ...first };
  }
  const header = fieldMap(findField(fields, ['header', 'seo', 'og', 'social', 'meta']));
  return header === undefined ? undefined : findImage(header);
}

export function readImage(field: Field | undefined): StatedMedia | undefined {
  const map = fieldMap(field);
  const url =
    map === undefined
      ? fieldText(field)
      : findText(map, [...URLS, 'image', 'feature', 'teaser', 'relative', 'og']);
  if (url === undefined && fieldMap(map?.get('image')) !== undefined) return readImage(map?.get('image'));
  if (url === undefined || !isAddress(url)) return undefined;
  const title = map && findText(map, ['alt', 'title']);
  const caption = map && findText(map, ['caption', 'credit']);
  return defined({ url: embeddedUrl(url), title, caption });
}

/** Audio, video and attachments: paths, maps, or the three lines of WordPress. */
export function findEnclosures(fields: Fields): readonly StatedMedia[] {
  const stated = ENCLOSURES.flatMap((name) => fieldItems(fields.get(name))).flatMap(readEnclosures);
  const files = FILES.flatMap((name) => readEnclosure(fields.get(name)) ?? []);
  const found = [...stated, ...files].filter(
    ({ url }, index, all) => all.findIndex((other) => other.url === url) === index,
  );
  const [only, ...others] = found;
  if (only === undefined || others.length > 0) return found;
  // A single enclosure's facts may stand beside it.
  const beside = fileMetadata(
    findText(fields, ['podcasttype', 'audiotype', 'enclosuretype']),
    findText(fields, [
      'podcastbytes',
      'podcastlength',
      'audiolength',
      'audiosize',
      'enclosurelength',
      ...LENGTHS,
    ]),
    findText(fields, ['podcastduration', 'audioduration', 'enclosureduration', ...DURATIONS]),
  );
  return [{ ...beside, ...only }];
}

/** One file, or a map of the same recording in several kinds, or of an episode that has such a map. */
function readEnclosures(field: Field): readonly StatedMedia[] {
  const single = readEnclosure(field);
  if (single !== undefined) return [single];
  const map: Fields = fieldMap(field) ?? new Map();
  const inside = fieldItems(map.get('audio')).filter((item) => fieldMap(item) !== undefined);
  return [...KINDS.flatMap((kind) => readEnclosure(map.get(kind)) ?? []), ...inside.flatMap(readEnclosures)];
}

function readEnclosure(field: Field | undefined): StatedMedia | undefined {
  const map = fieldMap(field);
  if (map === undefined) {
    const [url, length, type] = splitTrimmed(fieldText(field) ?? '', '\n').filter((line) => line !== '');
    return url === undefined ? undefined : enclosure(url, fileMetadata(type, length, undefined));
  }
  const title = findText(map, ['title', 'name']);
  return enclosure(findText(map, URLS) ?? '', {
    ...fileMetadata(findText(map, TYPES), findText(map, LENGTHS), findText(map, DURATIONS)),
    ...(title !== undefined && { title }),
  });
}

/** Nothing when it is no file, such as a page that plays a video. */
function enclosure(url: string, known: Omit<StatedMedia, 'url'>): StatedMedia | undefined {
  if (!isAddress(url)) return undefined;
  const name = withoutQuery(embeddedUrl(url)).replace(/^(?:[a-z]+:)?\/\/[^/]*/i, '');
  const isFile = /\.(?!html?$|php$|aspx?$)[a-z0-9]{2,5}$/i.test(name);
  return isFile || known.type !== undefined ? { url: embeddedUrl(url), ...known } : undefined;
}

function fileMetadata(
  type: string | undefined,
  length: string | undefined,
  duration: string | undefined,
): Pick<StatedMedia, 'type' | 'length' | 'duration'> {
  const bytes = length === undefined ? Number.NaN : Number(length.replace(/[,_]/g, ''));
  const seconds = duration === undefined ? undefined : readSeconds(duration);
  return {
    ...(type !== undefined && /^[\w.+-]+\/[\w.+-]+$/.test(type) && { type: type.toLowerCase() }),
    ...(Number.isSafeInteger(bytes) && bytes > 0 && { length: bytes }),
    ...(seconds !== undefined && seconds > 0 && { duration: seconds }),
  };
}

/** Whether it can be a URL or a path: one word with a slash or an extension. */
export function isAddress(text: string): boolean {
  return /^\S/.test(text) && !/[\n<>{}]/.test(text) && /[/.]/.test(text);
}

/** A URL as it is, and that of `[[cover.png]]`, as Obsidian names a file. */
export function embeddedUrl(url: string): string {
  const name = /^!?\[\[([^\]|#]*)(?:[|#][^\]]*)?\]\]$/.exec(url)?.[1];
  return name === undefined ? url : nameLink(name);
}

/** Seconds in `754`, `12:34`, `1:02:03.500`, `PT1H2M3S` and `1h 2m 3s`, without their fractions. */
export function readSeconds(text: string): number | undefined {
  const clock = /^(?:(?:(\d+):)?(\d{1,3}):)?(\d+)(?:\.\d+)?$/.exec(text);
  const spelled =
    /^(?=.*\d)(?:PT\s*)?(?:(\d+)\s*h[a-z]*\s*)?(?:(\d+)\s*m[a-z]*\s*)?(?:(\d+)(?:\.\d+)?\s*s[a-z]*)?$/i.exec(
      text,
    );
  const parts = clock ?? spelled;
  if (parts === null) return undefined;
  const [, hours = 0, minutes = 0, seconds = 0] = parts;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}
