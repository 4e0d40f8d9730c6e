import { createHash } from 'node:crypto';
import type { Instant, Media } from '../article.ts';
import type { EmbeddedPicture } from '../documents/embedded-pictures.ts';
import { kindOf } from '../documents/kinds.ts';
import { DocumentError } from '../documents/stated.ts';
import { withoutQuery } from '../html/url.ts';
import { attempt } from '../memo.ts';
import { mediaPath } from '../routes/paths.ts';
import { baseName, wordMap } from '../strings.ts';

export interface PictureVariant {
  readonly address: string;
  /** Pixels. */
  readonly width: number;
}

export interface MediaFile {
  /** Its address on the site, which contains a digest of the content and never refers to other content. */
  readonly address: string;
  /** Media type as registered. */
  readonly type: string;
  /** Bytes. */
  readonly length: number;
  /** Pixels. */
  readonly width?: number;
  readonly height?: number;
  /** Whether it is a still raster picture: neither animated nor a vector drawing. */
  readonly isStill?: boolean;
  /** Ascending by width. */
  readonly variants?: readonly PictureVariant[];
  /** Whole seconds. */
  readonly duration?: number;
}

const TYPES = wordMap(`
  avif=image/avif gif=image/gif jpeg=image/jpeg jpg=image/jpeg png=image/png svg=image/svg+xml webp=image/webp
  aac=audio/aac flac=audio/flac m4a=audio/mp4 mp3=audio/mpeg oga=audio/ogg ogg=audio/ogg opus=audio/ogg wav=audio/wav
  m4v=video/mp4 mov=video/quicktime mp4=video/mp4 webm=video/webm
  csv=text/csv ics=text/calendar vtt=text/vtt
  epub=application/epub+zip gz=application/gzip json=application/json pdf=application/pdf rtf=application/rtf
  srt=application/x-subrip zip=application/zip
  doc=application/msword ppt=application/vnd.ms-powerpoint xls=application/vnd.ms-excel
  docx=application/vnd.openxmlformats-officedocument.wordprocessingml.document
  pptx=application/vnd.openxmlformats-officedocument.presentationml.presentation
  xlsx=application/vnd.openxmlformats-officedocument.spreadsheetml.sheet
  odp=application/vnd.oasis.opendocument.presentation
  ods=application/vnd.oasis.opendocument.spreadsheet
  odt=application/vnd.oasis.opendocument.text
`);

/** The media type of a file name; undefined unless it is that of a picture, a recording or a common download. */
export function mediaTypeOf(path: string): string | undefined {
  return TYPES.get(/\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? '');
}

export function isPicture(url: string): boolean {
  return mediaTypeOf(withoutQuery(url))?.startsWith('image/') === true;
}

/**
 * Whether a file is published if a document refers to it. HTML is not: below `/media/` it would lack its styles and
 * scripts.
 */
export function isPublishable(path: string): boolean {
  return kindOf(path) !== 'html' && !OWN_FILES.has(path);
}

const OWN_FILES: ReadonlySet<string> = new Set(['site.toml', 'ledger.json']);

/**
 * Examines a file and gives it its address.
 *
 * @param path from the seeds folder
 * @param bytes as they are published
 * @throws DocumentError if the content is not of the type of its name
 */
export async function describeMedia(path: string, bytes: Uint8Array): Promise<MediaFile> {
  const type = mediaTypeOf(path) ?? 'application/octet-stream';
  const common = { address: mediaAddress(path, bytes), type, length: bytes.length };
  if (type.startsWith('image/')) return { ...common, ...(await readPicture(path, type, bytes)) };
  if (/^(?:audio|video)\//.test(type)) return { ...common, ...(await durationOf(path, type, bytes)) };
  return common;
}

export function embeddedFile({ digest, name, type, length, width, height }: EmbeddedPicture): MediaFile {
  const size = width === undefined || height === undefined ? {} : { width, height };
  return { address: mediaPath(digest, name), type, length, ...size };
}

/** @param bytes as they are published */
export function mediaAddress(path: string, bytes: Uint8Array): string {
  const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  return mediaPath(digest, baseName(path));
}

/* Libraries that read pictures and recordings are large, and most sites have few of either. */

/** If the type of a picture differs from its name, its address has the ending of the type. */
async function readPicture(path: string, type: string, bytes: Uint8Array): Promise<Partial<MediaFile>> {
  const typed = (found: string): Partial<MediaFile> => {
    const own = TYPES.get(found) ?? type;
    const name = path.replace(/\.[^./]+$/, `.${found}`);
    return own === type ? {} : { type: own, address: mediaAddress(name, bytes) };
  };
  const drawing = sizeOfDrawing(bytes);
  if (drawing !== undefined) return { ...typed('svg'), ...drawing };
  const { imageSize } = await import('image-size');
  const { width = 0, height = 0, type: found = '', orientation = 1 } = attempt(() => imageSize(bytes)) ?? {};
  if (!TYPES.has(found)) throw notOfType(path, `a picture of the type ${type}`);
  const [across, down] = orientation >= 5 ? [height, width] : [width, height];
  return {
    ...typed(found),
    width: Math.round(across),
    height: Math.round(down),
    ...(isStill(found, bytes) && { isStill: true }),
  };
}

/** Whether a picture is not animated: a resized picture would lose its animation. The first bytes of a file say so. */
function isStill(format: string, bytes: Uint8Array): boolean {
  if (format === 'jpg') return true;
  const head = Buffer.from(bytes.subarray(0, 4096)).toString('latin1');
  return (format === 'png' && !head.includes('acTL')) || (format === 'webp' && !head.includes('ANIM'));
}

/**
 * The size that an SVG states: without one, it fills the available space. Undefined for another file. Editors write
 * more than the library reads before and into the root.
 */
function sizeOfDrawing(bytes: Uint8Array): { width?: number; height?: number } | undefined {
  const head = Buffer.from(bytes.subarray(0, 100)).toString('latin1');
  if (!/^(?:\xEF\xBB\xBF)?\s*</.test(head)) return undefined;
  const text = Buffer.from(bytes).toString('latin1');
  const start = /<[a-z]/i.exec(text)?.index ?? 0;
  const [root] = /^<svg(?:\s(?:[^"'<>]|"[^"]*"|'[^']*')*)?>/.exec(text.slice(start)) ?? [];
  if (root === undefined) return undefined;
  const [width, height] = ['width', 'height'].map((name) => {
    const size = new RegExp(`\\s${name}\\s*=\\s*["']\\s*(\\d[\\d.]*)(?:px)?\\s*["']`).exec(root)?.[1];
    return Math.round(Number(size ?? 0));
  });
  return width && height ? { width, height } : {};
}

async function durationOf(path: string, type: string, bytes: Uint8Array): Promise<{ duration?: number }> {
  const { parseBuffer } = await import('music-metadata');
  const stated = { mimeType: type, size: bytes.length };
  const options = { duration: true, skipCovers: true };
  const { format } = (await parseBuffer(bytes, stated, options).catch(() => undefined)) ?? {};
  if (format?.container === undefined) throw notOfType(path, `a recording of the type ${type}`);
  return format.duration === undefined ? {} : { duration: Math.round(format.duration) };
}

function notOfType(path: string, wanted: string): DocumentError {
  return new DocumentError(`Cannot publish seeds/${path}: expected ${wanted}; left it out`);
}

/** Pixels of a side. */
const MIN_SIDE = 1400;
const MAX_SIDE = 3000;

/** The known reason why directories do not accept a picture for a podcast or an episode. */
export function artworkFault({ type, width, height }: Media): string | undefined {
  if (type !== 'image/jpeg' && type !== 'image/png')
    return `it is of the type ${type}; expected a JPEG or PNG`;
  if (width === undefined || height === undefined) return undefined;
  return width === height && width >= MIN_SIDE && width <= MAX_SIDE
    ? undefined
    : `it has ${width} × ${height} pixels; expected a square of ${MIN_SIDE} to ${MAX_SIDE}`;
}

export interface WantedVariants {
  readonly path: string;
  readonly file: MediaFile;
  /** Ascending. */
  readonly widths: readonly number[];
}

/** The smaller versions of pictures, by their paths, and notes about those that could not be made. */
interface Variants {
  readonly variants: ReadonlyMap<string, readonly PictureVariant[]>;
  readonly notes: readonly string[];
}

export type MakeVariants = (wanted: readonly WantedVariants[]) => Promise<Variants>;

/** For lists, for phones, and for the width of a text on screens with two pixels for one. */
const WIDTHS = [400, 800, 1400] as const;
/** The minimum ratio of the widths of a picture and its version. */
const MIN_RATIO = 1.25;
/** The maximum number of files. With the files of articles, they stay below the limit of Cloudflare's free plan. */
const MAX_VARIANT_FILES = 12_000;

interface NamedPicture {
  readonly path: string;
  /** When the newest of the articles that name it was published; of files of the site, Infinity. */
  readonly newest: Instant;
}

/**
 * Plans smaller versions of pictures: the newest first, until there are `most` files. Pictures that only scheduled
 * articles show come last, so that they take no version from a published article.
 */
export function planVariants(
  pictures: readonly NamedPicture[],
  files: ReadonlyMap<string, MediaFile>,
  now: Instant,
  most = MAX_VARIANT_FILES,
): { wanted: WantedVariants[]; notes: string[] } {
  const isScheduled = ({ newest }: NamedPicture): boolean => Number.isFinite(newest) && newest > now;
  const ordered = pictures.toSorted(
    (a, b) =>
      Number(isScheduled(a)) - Number(isScheduled(b)) ||
      (a.newest === b.newest ? 0 : b.newest - a.newest) ||
      (a.path < b.path ? -1 : 1),
  );
  const wanted: WantedVariants[] = [];
  let left = most;
  let cut = 0;
  for (const { path } of ordered) {
    const file = files.get(path);
    const { width = 0, isStill = false } = file ?? {};
    const widths = isStill ? WIDTHS.filter((each) => width >= each * MIN_RATIO) : [];
    if (file === undefined || widths.length === 0) continue;
    const kept = widths.slice(0, left);
    if (kept.length < widths.length) cut++;
    if (kept.length > 0) wanted.push({ path, file, widths: kept });
    left -= kept.length;
  }
  const notes =
    cut === 0
      ? []
      : [
          `Made no smaller versions of the oldest ${cut === 1 ? 'picture' : `${cut} pictures`}: expected at most ${most} such files, as Cloudflare's free plan takes 20000 in all`,
        ];
  return { wanted, notes };
}
