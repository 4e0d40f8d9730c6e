import type { StatedMedia } from '../documents/draft.ts';
import { attribute, type Element, findAll, isElement, type Root } from '../html/tree.ts';

const PLAYERS: ReadonlySet<string> = new Set(['audio', 'video']);

/** The audio and video that a content plays; of the sources of one player, the first. */
export function findRecordings(content: Root): StatedMedia[] {
  return findAll(content, PLAYERS).flatMap(recordingOf);
}

function recordingOf(player: Element): StatedMedia[] {
  const own = attribute(player, 'src');
  const source = own === undefined ? player.children.find((child) => isElement(child, 'source')) : player;
  const url = source && attribute(source, 'src');
  const type = (own === undefined && source && attribute(source, 'type')) || '';
  if (url === undefined) return [];
  return [{ url, ...(/^(?:audio|video)\//.test(type) && { type: bare(type) }) }];
}

/** Without parameters such as `codecs`. */
function bare(type: string): string {
  return (type.split(';', 1)[0] ?? '').trimEnd().toLowerCase();
}
