import type { Site } from '../config/site.ts';
import { escapeMarkup } from '../pages/html.ts';
import { CARD } from '../pages/open-graph.ts';
import type { Palette } from './icon-drawing.ts';
import { canDraw, FAMILY, type Rasterizer, type Weight } from './rasterizer.ts';

const MARGIN = 88;
const ICON = 120;

interface Block {
  readonly size: number;
  readonly leading: number;
  readonly weight: Weight;
  readonly colour: string;
  readonly lines: number;
}

/**
 * The preview picture for links to the site: its icon, title and description.
 *
 * @param icon PNG
 */
export function cardDrawing(
  { title, description }: Site,
  palette: Palette,
  icon: string,
  rasterizer: Rasterizer,
): string {
  const { width, height } = CARD;
  const ground = `<rect width="${width}" height="${height}" fill="${palette.paper}"/><rect y="${height - 16}" width="${width}" height="16" fill="${palette.accent}"/>`;
  const mark = (x: number, y: number, side: number): string =>
    `<image x="${x}" y="${y}" width="${side}" height="${side}" href="data:image/png;base64,${icon}"/>`;
  if (!canDraw(title)) return svg(ground + mark((width - 280) / 2, (height - 280) / 2, 280));
  const heading = { size: 84, leading: 96, weight: 600, colour: palette.ink, lines: 2 } as const;
  const titleLines = wrap(title, heading, rasterizer);
  const room = titleLines.length === 1 ? 3 : 2;
  const text = { size: 40, leading: 54, weight: 400, colour: palette.faint, lines: room } as const;
  const textLines = canDraw(description) ? wrap(description, text, rasterizer) : [];
  const top = MARGIN + ICON + 40;
  return svg(
    ground +
      mark(MARGIN, MARGIN, ICON) +
      lines(titleLines, heading, top) +
      lines(textLines, text, top + titleLines.length * heading.leading + 16),
  );
}

function svg(content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${CARD.width}" height="${CARD.height}" viewBox="0 0 ${CARD.width} ${CARD.height}">${content}</svg>`;
}

function lines(texts: readonly string[], { size, leading, weight, colour }: Block, top: number): string {
  return texts
    .map((text, index) => {
      const baseline = top + index * leading + size;
      return `<text x="${MARGIN}" y="${baseline}" font-family="${FAMILY}" font-weight="${weight}" font-size="${size}" fill="${colour}">${escapeMarkup(text)}</text>`;
    })
    .join('');
}

/** Breaks a text into lines, and truncates a longer one. */
function wrap(text: string, { size, weight, lines: most }: Block, { lineWidth }: Rasterizer): string[] {
  const fits = (line: string): boolean => lineWidth(line, size, weight) <= CARD.width - 2 * MARGIN;
  const found: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (fits(longer)) line = longer;
    else if (line === '') line = word;
    else {
      found.push(line);
      line = word;
    }
  }
  found.push(line);
  if (found.length <= most) return found;
  const kept = found.slice(0, most);
  const words = (kept[most - 1] ?? '').split(' ');
  while (words.length > 1 && !fits(`${words.join(' ')} …`)) words.pop();
  return [...kept.slice(0, -1), `${words.join(' ')} …`];
}
