import { stripDataUrls } from './data-urls.ts';
import type { Edits } from './edits.ts';

/* SVG: text. Drawings can contain photographs as data URLs, and editors record the paths of the originals. */

const PATH_ATTRIBUTE = /\s(?:inkscape:export-filename|sodipodi:absref)=(?:"([^"]*)"|'([^']*)')/g;

export function stripSvg(source: Buffer, edits: Edits): void {
  const { bytes: stripped, removed } = stripDataUrls(source) ?? { bytes: source, removed: [] };
  const text = source.toString('latin1');
  const found = [...text.matchAll(PATH_ATTRIBUTE)].flatMap((match) => {
    const value = match[1] ?? match[2] ?? '';
    const end = match.index + match[0].length - 1;
    return value.trim() === '' ? [] : [{ start: end - value.length, end }];
  });
  if (stripped === source && found.length === 0) return;
  const bytes = Buffer.from(stripped);
  for (const { start, end } of found) bytes.fill(' ', start, end);
  edits.replace(0, source.length, {
    bytes,
    removed: found.length === 0 ? removed : [...removed, 'other metadata'],
  });
}
