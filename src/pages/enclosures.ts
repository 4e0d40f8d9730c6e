import {
  type Article,
  type Contributor,
  type Episode,
  isRecording,
  type Media,
  type Transcript,
} from '../article.ts';
import type { Podcast, Site } from '../config/site.ts';
import { keyOf } from '../facets.ts';
import { reference } from '../html/canonical.ts';
import { valuePath } from '../routes/paths.ts';
import { decodeLeniently } from '../strings.ts';
import { HOLES } from '../templates/holes.ts';
import { PODCAST_STYLE } from './extra-styles.ts';
import { Html, html } from './html.ts';
import { languageAttributes, languageName } from './language.ts';
import type { Messages } from './messages/en.ts';
import { coverOf, hrefOf, pictureAttributes, sizeAttributes } from './pictures.ts';

/**
 * The attachments of an article, with players for audio and video.
 *
 * @param played one that the page plays at its top
 */
export function attachmentList(
  { enclosures, contentHtml, language }: Article,
  played: Media | undefined,
  messages: Messages,
): Html | undefined {
  const others = enclosures.filter((media) => media !== played);
  if (others.length === 0) return undefined;
  const items = others.map(
    (media) => html`<li>${attachmentPlayer(media, contentHtml)}${fileLink(media, messages)}</li>\n`,
  );
  return html`<section aria-labelledby="tidings_files">
<h2 id="tidings_files"${languageAttributes(messages, language)}>${messages.attachments}</h2>
<ul class="files">
${items}</ul>
</section>
`;
}

/** Whether a content plays or links a file. */
export function names(contentHtml: string, url: string): boolean {
  return contentHtml.includes(url.replace(/[&<>"'\\]/g, reference));
}

function attachmentPlayer(media: Media, contentHtml: string): Html | undefined {
  const { url, type } = media;
  if (names(contentHtml, url)) return undefined;
  if (type.startsWith('audio/'))
    return html`<audio class="u-audio" controls preload="none" src="${hrefOf(url)}"></audio> `;
  if (!type.startsWith('video/')) return undefined;
  return html`<video class="u-video" controls preload="none" src="${hrefOf(url)}"${sizeAttributes(media)}></video> `;
}

function fileLink({ url, type, length, title }: Media, messages: Messages): Html {
  const size = length === undefined ? '' : ` (${sizeInWords(length, messages.language)})`;
  return html`<a href="${hrefOf(url)}" type="${type}" rel="enclosure">${title ?? fileName(url)}</a>${size}`;
}

function sizeInWords(length: number, language: string): string {
  const [unit, size] =
    length < 1_000_000 ? (['kilobyte', 1000] as const) : (['megabyte', 1_000_000] as const);
  const format = new Intl.NumberFormat(language, { style: 'unit', unit, maximumSignificantDigits: 2 });
  return format.format(Math.max(length / size, 1));
}

function fileName(url: string): string {
  return decodeLeniently(url.split('/').at(-1) ?? url);
}

/** The rules for podcasts and episodes, for the `head` of their pages. */
export const podcastStyle = new Html(`<style>${PODCAST_STYLE}</style>\n`);

/** The recording of an episode; a page of the site is none. */
export function episodeRecording({ episode, enclosures, isPage }: Article): Media | undefined {
  return episode === undefined || isPage ? undefined : enclosures.find(isRecording);
}

export function podcastOf({ collection }: Article, { podcasts }: Site): Podcast | undefined {
  return podcasts.find((podcast) => podcast.collection === collection);
}

/** Path of the page of a podcast. */
export function showPath({ collection }: Podcast): string {
  return valuePath('collection', keyOf(collection));
}

/** The line above the title: the podcast, and the number of the episode. */
export function episodeLine(article: Article, site: Site, messages: Messages): Html | undefined {
  const podcast = podcastOf(article, site);
  const place = placeInWords(article, messages);
  if (podcast === undefined && place === '') return undefined;
  const show = podcast && html`<a href="${showPath(podcast)}">${podcast.title}</a>`;
  const between = podcast !== undefined && place !== '' ? ' · ' : '';
  return html`<p class="kicker">${show}${between}<span${languageAttributes(messages, article.language)}>${place}</span></p>
`;
}

/** The place of an episode in its podcast, and its length; undefined without either. */
export function episodeDetails(article: Article, messages: Messages): Html | undefined {
  const recording = episodeRecording(article);
  if (recording === undefined) return undefined;
  const parts = [placeInWords(article, messages), lengthInWords(recording.duration, messages.language)];
  const words = parts.filter((part) => part !== '').join(' · ');
  return words === ''
    ? undefined
    : html`<span${languageAttributes(messages, article.language)}>${words}</span>`;
}

/** The player of an audio episode in a list. */
export function listPlayer(article: Article): Html | undefined {
  const { url, type } = episodeRecording(article) ?? {};
  if (url === undefined || !type?.startsWith('audio/')) return undefined;
  return html`<audio class="u-audio" controls preload="none" src="${hrefOf(url)}" aria-label="${article.title}"></audio>\n`;
}

/**
 * The player of an episode, with its chapters, its transcript and its people.
 *
 * @param played the recording, unless the text plays it
 */
export function episodePlayer(
  article: Article,
  played: Media | undefined,
  messages: Messages,
): Html | undefined {
  const recording = episodeRecording(article);
  const { episode, language } = article;
  if (recording === undefined || episode === undefined) return undefined;
  return html`<div class="player"${languageAttributes(messages, language)}>
${played && recordingPlayer(played, article, messages)}${chapterList(recording, episode, messages)}${transcriptLinks(episode, messages)}${peopleList(episode.people, messages)}</div>
`;
}

function recordingPlayer(recording: Media, article: Article, messages: Messages): Html {
  const { url, type, duration } = recording;
  const { episode, image, title, language } = article;
  const tracks = (episode?.transcripts ?? [])
    .filter((transcript) => isWebVtt(transcript))
    .map(
      (transcript) =>
        html`<track kind="captions" src="${hrefOf(transcript.url)}" srclang="${transcript.language ?? language}" label="${transcriptName(transcript, episode?.transcripts ?? [], messages, true)}">`,
    );
  const length = lengthInWords(duration, messages.language);
  if (type.startsWith('video/')) {
    const poster = image && html` poster="${hrefOf(image.url)}"`;
    return html`<video class="u-video" controls preload="none" src="${hrefOf(url)}"${sizeAttributes(recording)}${poster} aria-label="${title}">${tracks}</video>
`;
  }
  const cover = coverOf(article);
  return html`${
    cover && html`<img class="cover" ${pictureAttributes(cover, '7rem')} alt="">\n`
  }<div class="sound"><audio class="u-audio" controls preload="none" src="${hrefOf(url)}" aria-label="${title}">${tracks}</audio>
<p class="meta">${length === '' ? undefined : html`${length} · `}${fileLink(recording, messages)}</p>
</div>
`;
}

/** Without the script, such a link plays the recording from there (Media Fragments URI 1.0). */
function chapterList({ url }: Media, { chapters }: Episode, messages: Messages): Html | undefined {
  if (chapters.length === 0) return undefined;
  const items = chapters.map(
    ({ start, title, uri }) =>
      html`<li><a href="${hrefOf(url)}#t=${String(start)}"><time datetime="PT${String(start)}S">${clock(start)}</time> ${title}</a>${uri === undefined ? undefined : html` <a href="${uri}">↗</a>`}</li>\n`,
  );
  return html`<section class="chapters" aria-labelledby="tidings_chapters">
<h2 id="tidings_chapters">${messages.chapters}</h2>
<ol>
${items}</ol>
</section>
`;
}

/** The script shows the cues of one in place of its link. */
function transcriptLinks({ transcripts }: Episode, messages: Messages): Html | undefined {
  if (transcripts.length === 0) return undefined;
  const shown = transcripts.find(isWebVtt) ?? transcripts.find(isSubRip);
  const links = transcripts.map(
    (transcript) =>
      html`<p class="transcript"${transcript === shown ? html` data-cues="${isWebVtt(shown) ? 'vtt' : 'srt'}"` : undefined}><a href="${hrefOf(transcript.url)}" type="${transcript.type}">${transcriptName(transcript, transcripts, messages, transcript === shown)}</a></p>\n`,
  );
  return html`${links}`;
}

/** The distinguishing name of a transcript: its language, and its format unless the page shows it. */
function transcriptName(
  { url, language }: Transcript,
  all: readonly Transcript[],
  { transcript, language: reader }: Messages,
  isShown: boolean,
): string {
  const others = all.filter((each) => each.url !== url);
  const inLanguage = others.some((each) => each.language !== language) ? language : undefined;
  const format =
    others.length === 0 || isShown ? undefined : /\.(\w{2,5})(?:[?#]|$)/.exec(url)?.[1]?.toUpperCase();
  const parts = [inLanguage && languageName(inLanguage, reader), format].filter(Boolean);
  return parts.length === 0 ? transcript : `${transcript} (${parts.join(', ')})`;
}

/** A file of this site that browsers read themselves. */
function isWebVtt({ url, type }: Media): boolean {
  return type === 'text/vtt' && url.startsWith(HOLES.origin);
}

/** A file of this site that the script reads. */
function isSubRip({ url, type }: Media): boolean {
  return type === 'application/x-subrip' && url.startsWith(HOLES.origin);
}

/** The people of an episode or of a podcast. */
export function peopleList(contributors: readonly Contributor[], messages: Messages): Html | undefined {
  if (contributors.length === 0) return undefined;
  const items = contributors.map(({ name, role, uri, image }) => {
    const picture =
      image &&
      html`<img src="${hrefOf(image)}" alt="" width="48" height="48" loading="lazy" decoding="async">`;
    const named = uri === undefined ? html`<span>${name}</span>` : html`<a href="${uri}">${name}</a>`;
    return html`<li>${picture}<p>${named}<br><small>${roleInWords(role, messages)}</small></p></li>\n`;
  });
  return html`<ul class="people">
${items}</ul>
`;
}

function roleInWords(role: string | undefined, { host, guest }: Messages): string {
  if (role === undefined || /^(?:co-?)?host$/i.test(role)) return host;
  return /^guest$/i.test(role) ? guest : role;
}

/** `Season 2 · Episode 12` */
function placeInWords({ episode }: Article, messages: Messages): string {
  const { season, seasonName, number, type } = episode ?? {};
  return [
    seasonName ?? (season === undefined ? '' : messages.season(season)),
    type === 'trailer' || type === 'bonus'
      ? messages[type]
      : number === undefined
        ? ''
        : messages.episode(number),
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/** `1 hr 3 min` */
function lengthInWords(seconds: number | undefined, language: string): string {
  if (seconds === undefined) return '';
  const minutes = Math.max(Math.round(seconds / 60), 1);
  const inUnit = (unit: 'hour' | 'minute', value: number): string =>
    new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(value);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [hours > 0 ? inUnit('hour', hours) : '', rest > 0 ? inUnit('minute', rest) : '']
    .filter((part) => part !== '')
    .join(' ');
}

/** `1:02:03`, `2:03` */
function clock(seconds: number): string {
  const pad = (value: number): string => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return `${hours > 0 ? `${hours}:${pad(minutes)}` : minutes}:${pad(Math.floor(seconds) % 60)}`;
}
