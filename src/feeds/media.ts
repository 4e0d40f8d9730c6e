import type { Media } from '../article.ts';
import { escapeXml } from './xml.ts';

/** A `media:content` (Media RSS 1.5.1), which readers look at for the lead image, in RSS and in Atom. */
export function mediaContent({ url, type, length, width, height, duration, title }: Media): string {
  const medium = /^(?:image|audio|video)(?=\/)/.exec(type)?.[0] ?? 'document';
  const attributes = Object.entries({ fileSize: length, type, medium, duration, height, width })
    .flatMap(([name, value]) => (value === undefined ? [] : [` ${name}="${escapeXml(String(value))}"`]))
    .join('');
  const start = `<media:content url="${escapeXml(url)}"${attributes}`;
  return title === undefined
    ? `${start}/>`
    : `${start}><media:title>${escapeXml(title)}</media:title></media:content>`;
}
