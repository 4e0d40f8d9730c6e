import type { StatedMedia } from '../document.ts';
import { type Field, type Fields, findField, findText, itemsOf, mapOf, textOf } from './field.ts';

const IMAGES = [
  'image',
  'heroimage',
  'coverimage',
  'featuredimage',
  'featureimage',
  'featureimg',
  'cover',
  'banner',
  'hero',
  'images',
  'ogimage',
  'socialimage',
  'thumbnail',
  'thumb',
  'teaser',
  'photo',
];
const ENCLOSURES = ['enclosure', 'enclosures', 'audio', 'video', 'podcast', 'attachments'];
/** Fields of their own, as podcast themes have them. */
const FILES = [
  'audiourl',
  'audiofile',
  'videourl',
  'videofile',
  'podcasturl',
  'podcastfile',
  'mp3',
  'enclosureurl',
];

const URLS = ['url', 'src', 'href', 'file', 'path', 'link', 'uri', 'audio', 'image', 'filename'];
const TYPES = ['type', 'mime', 'mimetype', 'contenttype'];
const LENGTHS = ['length', 'bytes', 'size', 'filesize', 'sizeinbytes'];
const DURATIONS = ['duration', 'durationinseconds', 'itunesduration'];

/** The lead image: a path, a list of them, or a map with its path, also below `header` and `cover`. */
export function findImage(fields: Fields): StatedMedia | undefined {
  for (const name of IMAGES) {
    const [first] = itemsOf(fields.get(name)).flatMap((item) => readImage(item) ?? []);
    if (first !== undefined) return first;
  }
  const header = mapOf(findField(fields, ['header', 'seo', 'og', 'social', 'meta']));
  return header === undefined ? undefined : findImage(header);
}

function readImage(field: Field | undefined): StatedMedia | undefined {
  const map = mapOf(field);
  const url =
    map === undefined ? textOf(field) : findText(map, [...URLS, 'feature', 'teaser', 'relative', 'og']);
  if (url === undefined && mapOf(map?.get('image')) !== undefined) return readImage(map?.get('image'));
  if (url === undefined || !isAddress(url)) return undefined;
  const title = map && findText(map, ['alt', 'caption', 'title']);
  return { url: unwrap(url), ...(title !== undefined && { title }) };
}

/** Audio, video and attachments: paths, maps, or the three lines of WordPress. */
export function findEnclosures(fields: Fields): readonly StatedMedia[] {
  const stated = ENCLOSURES.flatMap((name) => itemsOf(fields.get(name))).flatMap(
    (item) => readEnclosure(item) ?? [],
  );
  const files = FILES.flatMap((name) => readEnclosure(fields.get(name)) ?? []);
  const found = [...stated, ...files].filter(
    ({ url }, index, all) => all.findIndex((other) => other.url === url) === index,
  );
  const [only, ...others] = found;
  if (only === undefined || others.length > 0) return found;
  // A single enclosure's facts may stand beside it.
  const beside = facts(
    findText(fields, ['podcasttype', 'audiotype', 'enclosuretype']),
    findText(fields, ['podcastbytes', 'audiolength', 'audiosize', 'enclosurelength', ...LENGTHS]),
    findText(fields, ['podcastduration', 'audioduration', 'enclosureduration', ...DURATIONS]),
  );
  return [{ ...beside, ...only }];
}

function readEnclosure(field: Field | undefined): StatedMedia | undefined {
  const map = mapOf(field);
  if (map === undefined) {
    const [url, length, type] = textOf(field)?.split(/\s*\n\s*/) ?? [];
    return url === undefined ? undefined : enclosure(url, facts(type, length, undefined));
  }
  const title = findText(map, ['title', 'name']);
  return enclosure(findText(map, URLS) ?? '', {
    ...facts(findText(map, TYPES), findText(map, LENGTHS), findText(map, DURATIONS)),
    ...(title !== undefined && { title }),
  });
}

/** Nothing when it is no file, such as a page that plays a video. */
function enclosure(url: string, known: Omit<StatedMedia, 'url'>): StatedMedia | undefined {
  if (!isAddress(url)) return undefined;
  const path = unwrap(url).replace(/[?#].*$/s, '');
  const name = /^(?:[a-z]+:)?\/\/[^/]*(.*)$/is.exec(path)?.[1] ?? path;
  const isFile = /\.(?!html?$|php$|aspx?$)[a-z0-9]{2,5}$/i.test(name);
  return isFile || known.type !== undefined ? { url: unwrap(url), ...known } : undefined;
}

function facts(
  type: string | undefined,
  length: string | undefined,
  duration: string | undefined,
): Pick<StatedMedia, 'type' | 'length' | 'duration'> {
  const bytes = length === undefined ? Number.NaN : Number(length.replace(/[,_]/g, ''));
  const seconds = duration === undefined ? undefined : readDuration(duration);
  return {
    ...(type !== undefined && /^[\w.+-]+\/[\w.+-]+$/.test(type) && { type: type.toLowerCase() }),
    ...(Number.isSafeInteger(bytes) && bytes > 0 && { length: bytes }),
    ...(seconds !== undefined && { duration: seconds }),
  };
}

/** Seconds in `754`, `12:34`, `1:02:03`, `PT1H2M3S` and `1h 2m 3s`. */
function readDuration(text: string): number | undefined {
  const clock = /^(?:(?:(\d+):)?(\d{1,3}):)?(\d+)(?:\.\d+)?$/.exec(text);
  const spelled =
    /^(?:PT)?(?:(\d+)\s*h[a-z]*)?\s*(?:(\d+)\s*m[a-z]*)?\s*(?:(\d+)(?:\.\d+)?\s*s[a-z]*)?$/i.exec(text);
  const [, hours, minutes, seconds] = clock ?? spelled ?? [];
  const total = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
  return total > 0 ? total : undefined;
}

/** Whether it can be a URL or a path: one word with a slash or an extension. */
function isAddress(text: string): boolean {
  return /^\S/.test(text) && !/[\n<>{}]/.test(text) && /[/.]/.test(text);
}

/** `[[cover.png]]`, as Obsidian names a file. */
function unwrap(url: string): string {
  return url.replace(/^!?\[\[([^\]|]*)(?:\|[^\]]*)?\]\]$/, '$1');
}
