import { attribute, descendants, type Element, findAll, h, type Parent, rawText, text } from './tree.ts';

export const PLAYERS: ReadonlySet<string> = new Set(['audio', 'video']);

/** The audio and video elements in a content. */
export function playersIn(content: Parent): Element[] {
  return findAll(content, PLAYERS);
}

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

/**
 * Adds a link to the recording for readers that cannot play it, such as those in a terminal or in mail. Others do not show
 * the content of a player.
 */
export function addFallbackLink(player: Element): void {
  const { url, name } = recordingOf(player);
  const hasLink = [...descendants(player)].some(({ properties }) => properties.href !== undefined);
  if (url !== undefined && !hasLink) player.children.push(h('a', { href: url }, [text(name)]));
}

function fileName(url: string): string {
  const name = url.split(/[?#]/, 1)[0]?.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
