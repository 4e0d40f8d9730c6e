import type { Element } from 'hast';
import { attribute, descendants, rawText } from '../html/tree.ts';

/** The address of what a player plays, and its name: stated, else of a link to it, else of the file. */
export function recordingOf(player: Element): { readonly url: string | undefined; readonly name: string } {
  const inside = [...descendants(player)];
  const url = [player, ...inside]
    .map((element) => (element.tagName === 'a' ? undefined : attribute(element, 'src')))
    .find((src) => src !== undefined);
  const link = inside.find(({ tagName }) => tagName === 'a');
  const words = (link && rawText(link).trim()) || (url === undefined ? '' : fileName(url));
  return { url, name: attribute(player, 'title') ?? words };
}

function fileName(url: string): string {
  const name = url.split(/[?#]/, 1)[0]?.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
