import type { Chapter, Contributor } from '../../article.ts';
import { parseHttpUrl, withoutQuery } from '../../html/url.ts';
import { defined, type StatedEpisode, type StatedTranscript } from '../stated.ts';
import {
  type Field,
  type Fields,
  fieldBoolean,
  fieldItems,
  fieldMap,
  fieldText,
  findField,
  findText,
} from './fields.ts';
import { embeddedUrl, isAddress, readImage, readSeconds } from './media.ts';

/** Maps that hold the fields of an episode. */
const NESTED = ['itunes', 'podcast', 'episode'];
const PEOPLE: readonly (readonly [string, string | undefined])[] = [
  ['hosts', undefined],
  ['host', undefined],
  ['cohosts', 'co-host'],
  ['guests', 'guest'],
  ['guest', 'guest'],
  ['people', undefined],
  ['persons', undefined],
  ['contributors', undefined],
];
/** Transcripts elsewhere; those of the seeds folder have the type of their names. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['txt', 'text/plain'],
  ['vtt', 'text/vtt'],
  ['srt', 'application/x-subrip'],
  ['json', 'application/json'],
]);

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
  const season = numberOf(fieldText(seasonField) ?? findText(fieldMap(seasonField) ?? new Map(), ['number']));
  const seasonName =
    findText(fields, ['seasonname']) ?? findText(fieldMap(seasonField) ?? new Map(), ['name', 'title']);
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
    .map((item) => fieldText(item) ?? findText(fieldMap(item) ?? new Map(), ['url', 'src', 'file']) ?? '')
    .find((text) => chapters.length === 0 && isAddress(text) && !/\s/.test(text));
  const people = PEOPLE.flatMap(([name, role]) =>
    fieldItems(fields.get(name)).flatMap((item) => readContributor(item, role) ?? []),
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
  const word = fieldText(field)?.toLowerCase();
  if (word === 'clean' || word === 'explicit') return word === 'explicit';
  return fieldBoolean(field);
}

function readTranscript(field: Field, isCaptions: boolean): StatedTranscript | undefined {
  const map: Fields = fieldMap(field) ?? new Map();
  const url = embeddedUrl(fieldText(field) ?? findText(map, ['url', 'src', 'href', 'file', 'path']) ?? '');
  if (!isAddress(url) || /\s/.test(url)) return undefined;
  const stated = findText(map, ['type', 'mime', 'mimetype']);
  const extension = /\.([a-z]{3,4})$/i.exec(withoutQuery(url))?.[1]?.toLowerCase() ?? '';
  const type =
    stated !== undefined && /^[\w.+-]+\/[\w.+-]+$/.test(stated)
      ? stated
      : (TYPES.get(extension) ?? 'text/html');
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
  const map: Fields = fieldMap(field) ?? new Map();
  const [, clock, words] = /^([\d:.]+)\s+(?:-\s+)?(\S.*)$/.exec(fieldText(field) ?? '') ?? [];
  const start = readSeconds(clock ?? findText(map, ['start', 'starttime', 'time', 'timestamp']) ?? '');
  const title = words ?? findText(map, ['title', 'name', 'text']);
  const uri = parseHttpUrl(findText(map, ['url', 'href', 'link']));
  return start === undefined || title === undefined
    ? undefined
    : { start, title, ...(uri === undefined ? {} : { uri }) };
}

function readContributor(field: Field, role: string | undefined): Contributor | undefined {
  const map: Fields = fieldMap(field) ?? new Map();
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
