import type { Chapter, Contributor } from '../../article.ts';
import { parseHttpUrl, withoutQuery } from '../../html/url.ts';
import { distinctBy, partsBetween, wordList, wordMap } from '../../strings.ts';
import { nameLink } from '../markdown/wikilinks.ts';
import { defined, type StatedEpisode, type StatedMedia, type StatedTranscript } from '../stated.ts';
import { type Field, type Fields, fieldItems, fieldMap, fieldText, findField, findText } from './fields.ts';
import { readAnswer } from './visibility.ts';

const IMAGES = wordList(
  `image heroimage coverimage featuredimage featureimage featureimg cover banner hero images ogimage
  previewimage socialimage thumbnail thumb teaser photo photos`,
);
const ENCLOSURES = ['enclosure', 'enclosures', 'audio', 'video', 'podcast', 'episode', 'attachments'];
/** Fields of their own, as podcast themes have them. */
const FILES = wordList(
  'audiourl audiofile videourl videofile podcasturl podcastfile podcastlink mp3 enclosureurl',
);
/** The formats below `audio` in Octopod, most widely supported first. */
const KINDS = ['mp3', 'm4a', 'mp4', 'ogg', 'oga', 'opus'];

const URLS = ['url', 'src', 'href', 'file', 'path', 'link', 'uri', 'audio', 'filename'];
const TYPES = ['type', 'mime', 'mimetype', 'contenttype'];
const SIZES = wordList('podcastbytes podcastlength audiolength audiosize enclosurelength');
const LENGTHS = ['length', 'bytes', 'size', 'filesize', 'sizeinbytes'];
const DURATIONS = ['duration', 'durationinseconds', 'itunesduration'];

/** The lead image: a path, a list of them, or a map with its path, also below `header` and `cover`. */
export function findImage(fields: Fields): StatedMedia | undefined {
  for (const name of IMAGES) {
    const [first] = fieldItems(fields.get(name)).flatMap((item) => readImage(item) ?? []);
    if (first === undefined) continue;
    // Its caption may be a separate field.
    const title = findText(fields, [`${name}alt`, `${name}title`]);
    const caption = findText(fields, [`${name}caption`]);
    return { ...defined({ title, caption }), ...first };
  }
  const header = fieldMap(findField(fields, ['header', 'seo', 'og', 'social', 'meta']));
  return header === undefined ? undefined : findImage(header);
}

function readImage(field: Field | undefined): StatedMedia | undefined {
  const map = fieldMap(field);
  const url = fieldText(field) ?? findText(map, [...URLS, 'image', 'feature', 'teaser', 'relative', 'og']);
  if (url === undefined || !isAddress(url)) return undefined;
  const title = findText(map, ['alt', 'title']);
  const caption = findText(map, ['caption', 'credit']);
  return defined({ url: embeddedUrl(url), title, caption });
}

/** Audio, video and attachments: paths, maps, or the three lines of WordPress. */
export function findEnclosures(fields: Fields): readonly StatedMedia[] {
  const stated = ENCLOSURES.flatMap((name) => fieldItems(fields.get(name))).flatMap(readEnclosures);
  const files = FILES.flatMap((name) => readEnclosure(fields.get(name)) ?? []);
  const found = distinctBy([...stated, ...files], ({ url }) => url);
  const [only, ...others] = found;
  if (only === undefined || others.length > 0) return found;
  // The metadata of a single enclosure may be separate fields.
  const beside = fileMetadata(
    findText(fields, ['podcasttype', 'audiotype', 'enclosuretype']),
    findText(fields, [...SIZES, ...LENGTHS]),
    findText(fields, ['podcastduration', 'audioduration', 'enclosureduration', ...DURATIONS]),
  );
  return [{ ...beside, ...only }];
}

/** One file, or a map of a recording in several formats, or of an episode that has such a map. */
function readEnclosures(field: Field): readonly StatedMedia[] {
  const single = readEnclosure(field);
  if (single !== undefined) return [single];
  const map = fieldMap(field);
  const inside = fieldItems(map?.get('audio')).filter((item) => fieldMap(item) !== undefined);
  return [...KINDS.flatMap((kind) => readEnclosure(map?.get(kind)) ?? []), ...inside.flatMap(readEnclosures)];
}

function readEnclosure(field: Field | undefined): StatedMedia | undefined {
  const map = fieldMap(field);
  if (map === undefined) {
    const [url, length, type] = partsBetween(fieldText(field) ?? '', '\n');
    return url === undefined ? undefined : enclosure(url, fileMetadata(type, length, undefined));
  }
  const title = findText(map, ['title', 'name']);
  return enclosure(findText(map, URLS) ?? '', {
    ...fileMetadata(findText(map, TYPES), findText(map, LENGTHS), findText(map, DURATIONS)),
    ...(title !== undefined && { title }),
  });
}

/** Undefined if it is not a file, such as a page that plays a video. */
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

/** Whether a text may be a URL or a path: one word with a slash or an extension. */
export function isAddress(text: string): boolean {
  return /^\S/.test(text) && !/[\n<>{}]/.test(text) && /[/.]/.test(text);
}

/** The URL of `[[cover.png]]`, Obsidian's notation for a file; any other URL unchanged. */
export function embeddedUrl(url: string): string {
  const name = /^!?\[\[([^\]|#]*)(?:[|#][^\]]*)?\]\]$/.exec(url)?.[1];
  return name === undefined ? url : nameLink(name);
}

/** Seconds in `754`, `12:34`, `1:02:03.500`, `P1DT2H3M4S` and `1h 2m 3s`, without their fractions. */
export function readSeconds(text: string): number | undefined {
  const clock = /^()(?:(?:(\d+):)?(\d{1,3}):)?(\d+)(?:\.\d+)?$/.exec(text);
  const spelled =
    /^(?=.*\d)(?:P(?:(\d+)D)?T?\s*)?(?:(\d+)\s*h[a-z]*\s*)?(?:(\d+)\s*m[a-z]*\s*)?(?:(\d+)(?:\.\d+)?\s*s[a-z]*)?$/i.exec(
      text,
    );
  const [whole, days = 0, hours = 0, minutes = 0, seconds = 0] = clock ?? spelled ?? [];
  if (whole === undefined) return undefined;
  return ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
}

/** Maps that contain the fields of an episode. */
const NESTED = ['itunes', 'podcast', 'episode'];
/** Their roles, if the names of the fields state them. */
const PEOPLE = wordMap(
  'hosts= host= cohosts=co-host guests=guest guest=guest people= persons= contributors=',
);
/** Transcripts elsewhere; those of the seeds folder have the type of their names. */
const TRANSCRIPT_TYPES = wordMap(
  'txt=text/plain vtt=text/vtt srt=application/x-subrip json=application/json',
);

/**
 * Reads the fields of an episode, by the names of Castanet and other themes for Hugo, of Octopod and Podcast Feed
 * for Jekyll, of Podcaster for Eleventy, and by those of the tags themselves.
 */
export function findEpisode(stated: Fields): StatedEpisode | undefined {
  const nested = NESTED.flatMap((name) => [...(fieldMap(stated.get(name)) ?? [])]);
  const inEpisode: Fields = new Map([
    ...(fieldMap(stated.get('itunes')) ?? []),
    ...(fieldMap(stated.get('episode')) ?? []),
  ]);
  const fields: Fields = new Map([...nested, ...stated]);
  const title = findText(fields, ['itunestitle', 'episodetitle']) ?? fieldText(inEpisode.get('title'));
  const number = numberOf(
    findText(fields, ['episodenumber', 'itunesepisode', 'episode']) ?? fieldText(inEpisode.get('number')),
  );
  const seasonField = findField(fields, ['seasonnumber', 'itunesseason', 'season']);
  const season = numberOf(fieldText(seasonField) ?? findText(fieldMap(seasonField), ['number']));
  const seasonName = findText(fields, ['seasonname']) ?? findText(fieldMap(seasonField), ['name', 'title']);
  const type = /^(?:full|trailer|bonus)$/i.exec(findText(fields, ['episodetype', 'itunesepisodetype']) ?? '');
  const explicit = explicitness(findField(fields, ['explicit', 'itunesexplicit']));
  const image = readImage(
    findField(fields, ['episodeimage', 'episodecover', 'episodeart', 'episodeartwork', 'itunesimage']) ??
      findField(inEpisode, ['image', 'cover', 'artwork', 'poster']),
  );
  const transcripts = ['transcript', 'transcripts', 'transcripturl', 'transcriptfile', 'captions']
    .flatMap((name) =>
      fieldItems(fields.get(name)).map((item) => ({ item, isCaptions: name === 'captions' })),
    )
    .flatMap(({ item, isCaptions }) => readTranscript(item, isCaptions) ?? []);
  const chapterFields = ['chapters', 'chaptersurl', 'chaptersfile', 'chapterfile'].flatMap((name) =>
    fieldItems(fields.get(name)),
  );
  const chapters = chapterFields.flatMap((item) => readChapter(item) ?? []);
  const chaptersFile = chapterFields
    .map((item) => fieldText(item) ?? findText(fieldMap(item), ['url', 'src', 'file']) ?? '')
    .find((text) => chapters.length === 0 && isAddress(text) && !/\s/.test(text));
  const people = [...PEOPLE].flatMap(([name, role]) =>
    fieldItems(fields.get(name)).flatMap((item) => readContributor(item, role || undefined) ?? []),
  );
  const episode: StatedEpisode = {
    ...defined({ title, number, season: Number.isInteger(season) ? season : undefined, seasonName }),
    ...(type !== null && { type: type[0].toLowerCase() as 'full' | 'trailer' | 'bonus' }), // the pattern has these
    ...defined({ explicit, image }),
    ...(transcripts.length > 0 && { transcripts }),
    ...(chaptersFile !== undefined && { chaptersFile: { url: embeddedUrl(chaptersFile) } }),
    ...(chapters.length > 0 && { chapters: chapters.sort((one, other) => one.start - other.start) }),
    ...(people.length > 0 && { people }),
  };
  return Object.keys(episode).length === 0 ? undefined : episode;
}

/** Above 0, in `12`, `#12` and `Episode 12`. */
function numberOf(text: string | undefined): number | undefined {
  const digits = /^(?:#|(?:ep(?:isode)?|season)\.?\s*)?(\d{1,6}(?:\.\d{1,3})?)$/i.exec(text ?? '')?.[1];
  return Number(digits ?? 0) > 0 ? Number(digits) : undefined;
}

/** `clean` and `explicit` are old values for no and yes. */
function explicitness(field: Field | undefined): boolean | undefined {
  const word = fieldText(field)?.toLowerCase() ?? '';
  return word === 'clean' || word === 'explicit' ? word === 'explicit' : readAnswer(word);
}

function readTranscript(field: Field, isCaptions: boolean): StatedTranscript | undefined {
  const map = fieldMap(field);
  const url = embeddedUrl(fieldText(field) ?? findText(map, ['url', 'src', 'href', 'file', 'path']) ?? '');
  if (!isAddress(url) || /\s/.test(url)) return undefined;
  const stated = findText(map, ['type', 'mime', 'mimetype']);
  const extension = /\.([a-z]{3,4})$/i.exec(withoutQuery(url))?.[1]?.toLowerCase() ?? '';
  const type =
    stated !== undefined && /^[\w.+-]+\/[\w.+-]+$/.test(stated)
      ? stated
      : (TRANSCRIPT_TYPES.get(extension) ?? 'text/html');
  const language = findText(map, ['language', 'lang']);
  return {
    url,
    type,
    ...(language !== undefined && { language }),
    ...((isCaptions || findText(map, ['rel']) === 'captions') && { isCaptions: true }),
  };
}

/** `00:01:30.000 Words`, or a map of them. */
function readChapter(field: Field): Chapter | undefined {
  const map = fieldMap(field);
  const [, clock, words] = /^([\d:.]+)\s+(?:-\s+)?(\S.*)$/.exec(fieldText(field) ?? '') ?? [];
  const start = readSeconds(clock ?? findText(map, ['start', 'starttime', 'time', 'timestamp']) ?? '');
  const title = words ?? findText(map, ['title', 'name', 'text']);
  const uri = parseHttpUrl(findText(map, ['url', 'href', 'link']));
  return start === undefined || title === undefined
    ? undefined
    : { start, title, ...(uri === undefined ? {} : { uri }) };
}

function readContributor(field: Field, role: string | undefined): Contributor | undefined {
  const map = fieldMap(field);
  const name = fieldText(field) ?? findText(map, ['name', 'title']);
  if (name === undefined) return undefined;
  return {
    name,
    role: findText(map, ['role']) ?? role,
    group: findText(map, ['group']),
    uri: parseHttpUrl(findText(map, ['href', 'url', 'uri', 'link', 'website'])),
    image: findText(map, ['img', 'image', 'avatar', 'photo', 'picture']),
  };
}
