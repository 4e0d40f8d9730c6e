import { createHash } from 'node:crypto';
import type { imageSize } from 'image-size';
import { drawingOf, nameOfDrawing } from '../html/drawing.ts';
import { parseHtml } from '../html/parse.ts';
import { attribute, type Element, type ElementContent, findAll, h, type Parent } from '../html/tree.ts';
import { attempt } from '../memo.ts';
import { lazyRequire } from '../package.ts';
import { slugify } from './addresses.ts';
import { defined } from './stated.ts';

/*
 * Pictures that are embedded in a document: inline drawings, and data URLs that are too long for feeds. They are
 * published as files.
 */

export interface EmbeddedPicture {
  /** The placeholder for its address in the content: a digest of the bytes and a name. */
  readonly url: string;
  readonly digest: string;
  /** With the ending of its type. */
  readonly name: string;
  readonly type: string;
  /** Bytes. */
  readonly length: number;
  readonly width?: number;
  readonly height?: number;
}

export interface EmbeddedFile extends EmbeddedPicture {
  readonly bytes: Uint8Array;
}

const sizes = lazyRequire<{ imageSize: typeof imageSize }>('image-size');

/** Shorter data URLs are kept. */
const MAX_DATA = 4096;
const DATA = /^data:image\/(png|jpeg|gif|webp|avif);base64,/i;
const DRAWING_DATA = /^data:image\/svg\+xml(?:;[\w=-]{1,40})*?(;base64)?,/i;
const MAX_NAME = 60;

/** Takes the pictures out of content, and replaces them with the placeholders of their files. */
export function takeEmbeddedPictures(content: Parent): EmbeddedFile[] {
  const found = new Map<string, EmbeddedFile>();
  const keep = (file: EmbeddedFile | undefined): EmbeddedFile | undefined => {
    if (file !== undefined) found.set(file.url, file);
    return file;
  };
  const visit = (parent: Parent): void => {
    let isChanged = false;
    const children = (parent.children as ElementContent[]).flatMap((node): readonly ElementContent[] => {
      if (node.type !== 'element') return [node];
      if (node.tagName === 'svg') {
        isChanged = true;
        const file = keep(drawingFile(node));
        return file === undefined ? [] : [imageOf(file, nameOfDrawing(node))];
      }
      if (node.tagName === 'img') return [visitImage(node)];
      visit(node);
      return [node];
    });
    if (isChanged) parent.children = children;
  };
  const visitImage = (image: Element): Element => {
    const src = attribute(image, 'src') ?? '';
    if (!src.startsWith('data:')) return image;
    const drawing = DRAWING_DATA.test(src) ? drawingIn(src) : undefined;
    const file = keep(drawing === undefined ? pictureFile(src) : drawingFile(drawing));
    if (file === undefined) return image;
    const name = drawing === undefined ? '' : nameOfDrawing(drawing);
    const alt = attribute(image, 'alt') || name;
    image.properties = { ...imageOf(file, name).properties, ...image.properties, alt, src: file.url };
    return image;
  };
  visit(content);
  return [...found.values()];
}

function imageOf({ url, width, height }: EmbeddedPicture, alt: string): Element {
  return h('img', defined({ src: url, alt, width: width?.toString(), height: height?.toString() }));
}

function drawingFile(svg: Element): EmbeddedFile | undefined {
  const drawing = drawingOf(svg);
  if (drawing === undefined) return undefined;
  const name = `${slugify(nameOfDrawing(svg)).slice(0, MAX_NAME) || 'drawing'}.svg`;
  return fileOf(new TextEncoder().encode(drawing.source), name, 'image/svg+xml', drawing);
}

function drawingIn(url: string): Element | undefined {
  const [start = '', isBase64] = DRAWING_DATA.exec(url) ?? [];
  const data = url.slice(start.length);
  const source = isBase64
    ? Buffer.from(data, 'base64').toString('utf8')
    : attempt(() => decodeURIComponent(data));
  const root = parseHtml(source ?? '');
  return root && findAll(root, 'svg')[0];
}

function pictureFile(url: string): EmbeddedFile | undefined {
  const [start = '', kind = ''] = DATA.exec(url) ?? [];
  if (start === '' || url.length <= MAX_DATA) return undefined;
  const bytes = Buffer.from(url.slice(start.length), 'base64');
  const size = attempt(() => sizes().imageSize(bytes));
  if (size === undefined) return undefined;
  const { width, height, orientation = 1 } = size;
  const shown = orientation >= 5 ? { width: height, height: width } : { width, height };
  const name = kind.toLowerCase();
  return fileOf(bytes, `picture.${name.replace('jpeg', 'jpg')}`, `image/${name}`, shown);
}

function fileOf(
  bytes: Uint8Array,
  name: string,
  type: string,
  { width, height }: { readonly width: number | undefined; readonly height: number | undefined },
): EmbeddedFile {
  const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  const size = width === undefined || height === undefined ? {} : { width, height };
  return {
    url: `embedded:${digest}/${encodeURIComponent(name)}`,
    digest,
    name,
    type,
    length: bytes.length,
    ...size,
    bytes,
  };
}
