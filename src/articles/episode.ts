import { type Article, type Contributor, type Episode, isRecording, type Media } from '../article.ts';
import type { Podcast } from '../config/site.ts';
import type { LinkResolver } from '../corpus/link-resolver.ts';
import { artworkFault, mediaTypeOf } from '../corpus/media-files.ts';
import type { Draft } from '../documents/source.ts';
import { defined, type StatedEpisode, type StatedMedia, type StatedTranscript } from '../documents/stated.ts';
import { plain } from '../html/text.ts';
import { absoluteUrl, parseHttpUrl } from '../html/url.ts';
import { parseLanguageTag } from '../language/detect-language.ts';
import { wordSet } from '../strings.ts';

/** The media types that podcast directories accept. */
const ACCEPTED = wordSet('audio/mpeg audio/mp4 audio/x-m4a video/mp4 video/x-m4v video/quicktime');

/**
 * The episode of an article that has a recording or is in a podcast.
 *
 * @param image the picture of the article, which is used for the episode if it is suitable
 */
export function episodeOf(
  stated: StatedEpisode = {},
  enclosures: readonly Media[],
  image: Media | undefined,
  resolver: LinkResolver,
): Episode | undefined {
  const { podcast } = resolver;
  if (podcast === undefined && !enclosures.some(isRecording)) return undefined;
  const people = (stated.people ?? []).flatMap((person) => contributor(person, resolver));
  const isHosted = people.some(({ role = 'host' }) => /host$/i.test(role));
  const named = new Set(people.map(({ name }) => name));
  const others = (podcast?.people ?? []).filter(({ name }) => !named.has(name));
  const fitImage = image !== undefined && image.width !== undefined && artworkFault(image) === undefined;
  return {
    title: plain(stated.title),
    number: stated.number,
    season: stated.season,
    seasonName: plain(stated.seasonName),
    type: stated.type,
    explicit: stated.explicit ?? podcast?.explicit,
    image: (stated.image && resolver.file(stated.image)) ?? (fitImage ? image : undefined),
    transcripts: (stated.transcripts ?? []).flatMap((transcript) => transcriptOf(transcript, resolver)),
    chaptersFile: stated.chaptersFile && resolver.file(stated.chaptersFile),
    chapters: (stated.chapters ?? []).flatMap((chapter) => {
      const title = plain(chapter.title);
      return title === undefined ? [] : [{ ...chapter, title }];
    }),
    // The people of an episode replace those of its podcast (podcast:person).
    people: people.length === 0 || isHosted ? people : [...others, ...people],
  };
}

/** A recording in the folder of the podcast's recordings outside the seeds folder. */
export function recordingElsewhere(stated: StatedMedia, podcast: Podcast | undefined): Media | undefined {
  const { url, length, duration } = stated;
  const type = stated.type ?? mediaTypeOf(url);
  if (podcast?.recordings === undefined || type === undefined || absoluteUrl(url) !== undefined)
    return undefined;
  const path = encodeURI(url.toWellFormed().replace(/^\/+/, ''));
  const address = parseHttpUrl(URL.parse(path, podcast.recordings)?.href);
  if (address === undefined) return undefined;
  const media = defined({ url: address, type, length, duration });
  return isRecording(media) ? media : undefined;
}

/** For a transcript that is a document, the address of its page. */
function transcriptOf(
  { language, isCaptions, ...stated }: StatedTranscript,
  { file, page }: LinkResolver,
): Episode['transcripts'] {
  const address = page(stated.url);
  const media = address === undefined ? file(stated) : { url: address, type: 'text/html' };
  if (media === undefined) return [];
  const tag = parseLanguageTag(language ?? '');
  return [{ ...media, ...defined({ language: tag, isCaptions }) }];
}

function contributor(stated: Contributor, { file, person }: LinkResolver): Contributor[] {
  const known = person(stated.name);
  const name = known?.name ?? plain(stated.name);
  if (name === undefined) return [];
  const { role, group, image } = stated;
  const uri = stated.uri ?? known?.uri;
  const picture = image === undefined ? undefined : file({ url: image })?.url;
  return [{ name, role: plain(role), group: plain(group), uri, image: picture }];
}

export function missingRecordingWarnings(
  path: string,
  { enclosures = [] }: Pick<Draft, 'enclosures'>,
  { file }: LinkResolver,
): string[] {
  return enclosures
    .filter(
      (stated) => file(stated) === undefined && /^(?:audio|video)\//.test(mediaTypeOf(stated.url) ?? ''),
    )
    .map(
      ({ url }) =>
        `Cannot find "${url}" of seeds/${path}: expected a recording of at most 200 MiB in seeds/, or a URL; left it out`,
    );
}

/** Warnings about faults that keep an episode out of podcast directories. */
export function episodeWarnings(
  path: string,
  article: Article,
  podcast: Podcast,
  draft: Pick<Draft, 'enclosures'>,
  resolver: LinkResolver,
): string[] {
  const { enclosures, episode } = article;
  const recording = enclosures.find(isRecording);
  const where = `seeds/${path}`;
  if (recording === undefined) {
    const missing = missingRecordingWarnings(path, draft, resolver);
    if (missing.length > 0) return missing;
    return [
      `Cannot find the recording of ${where}: expected audio or video, of at most 200 MiB or as a URL, in the podcast "${podcast.collection}"`,
    ];
  }
  const { type, length, url } = recording;
  const fault = episode?.image && artworkFault(episode.image);
  return [
    ...(ACCEPTED.has(type)
      ? []
      : [`Cannot list a recording of the type ${type} in ${where}: expected MP3, M4A, MP4, M4V or MOV`]),
    ...(length === undefined
      ? [`Cannot find the length of "${url}" in ${where}: expected its bytes, such as length: 34216300`]
      : []),
    ...(podcast.type === 'serial' && episode?.number === undefined && (episode?.type ?? 'full') === 'full'
      ? [
          `Cannot find the episode number of ${where}: expected one in the serial podcast "${podcast.collection}"`,
        ]
      : []),
    ...(fault === undefined ? [] : [`Cannot use the episode's image in ${where}: ${fault}`]),
  ];
}
