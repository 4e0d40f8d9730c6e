import { headingId } from '../documents/markdown/wikilinks.ts';
import { plainText } from '../html/character-references.ts';
import { slugify } from './slug.ts';

/**
 * Gives headings the ids by which links name them, as generators do.
 *
 * @param contentHtml canonical
 * @param anchors the ids that are asked for
 */
export function addAnchors(contentHtml: string, anchors: readonly string[]): string {
  const missing = new Set(anchors.filter((anchor) => !contentHtml.includes(` id='${anchor}'`)));
  if (missing.size === 0) return contentHtml;
  return contentHtml.replace(/<(h[2-6])>(.*?)<\/\1>/gs, (heading, name: string, inside: string) => {
    const text = plainText(inside);
    const id = [headingId(text), slugify(text)].find((each) => missing.has(each));
    if (id === undefined || !/^[\p{L}\p{M}\p{N}_-]+$/u.test(id)) return heading;
    missing.delete(id);
    return `<${name} id='${id}'>${inside}</${name}>`;
  });
}
