import { httpAddress } from '../../html/url.ts';
import type { Draft } from '../draft.ts';
import { readLabel } from './labels.ts';
import type { Line } from './line.ts';
import { readSource } from './source.ts';

/** The label stands on one of so many last lines. */
const MAX_LINES = 3;

/** What stands below the text, and the lines above it. */
export interface Trailer {
  readonly source: NonNullable<Draft['source']>;
  readonly body: readonly Line[];
}

/**
 * Reads `Kaynak/Source:` at the end, with or without an address or a name, on the same line or below. What says more
 * than that, or something else than the header, stays in the body; its address counts all the same.
 */
export function readTrailer(
  lines: readonly Line[],
  known: Draft['source'],
  where: (line: Line) => string,
): Trailer {
  const last = lines.filter(({ text }) => text !== '').slice(-MAX_LINES);
  const start = last.findLastIndex(({ text }) => readLabel(text)?.label === 'source');
  const label = last[start];
  if (label === undefined) return { source: {}, body: lines };
  const rest = readLabel(label.text)?.rest ?? '';
  const below = last.slice(start + 1).map(({ text }) => text);
  if (rest !== '' && !below.every((text) => httpAddress(text))) return { source: {}, body: lines };
  const { source, isWhole } = readSource([rest, ...below].join(' ').trim(), where(label));
  const agrees =
    (source.title === undefined || known?.title === undefined || hasWord(known.title, source.title)) &&
    (source.uri === undefined || known?.uri === undefined || source.uri === known.uri);
  const uri = source.uri ?? known?.uri;
  if (isWhole && agrees) return { source, body: lines.slice(0, lines.indexOf(label)) };
  return { source: { ...(uri !== undefined && { uri }) }, body: lines };
}

/** Whether a name is another one or a part of it, as in `Agence France-Presse (AFP)`. */
function hasWord(name: string, part: string): boolean {
  return ` ${name.replace(/[()]/gu, ' ')} `.includes(` ${part} `) || name === part;
}
