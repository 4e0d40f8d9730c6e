import type { Site } from '../config/site.ts';
import type { Colour, Theme } from '../config/theme.ts';
import { escapeMarkup } from '../pages/html.ts';
import { CARD } from '../pages/structured-data.ts';

/** Renders SVG deterministically: the same document gives the same bytes on every machine. */
export interface Rasterizer {
  /** Renders an SVG document as a PNG of the given width in pixels. */
  png(svg: string, width: number): Uint8Array;
  /** The SVG document with its text converted to outlines, which need no font. */
  outlined(svg: string): string;
  /** The width of a line of text, in the units of `size`. */
  lineWidth(text: string, size: number, weight: Weight): number;
}

type Weight = 400 | 600;

/** The font family for text in pictures. */
export const FAMILY = 'Source Serif 4';

/** Whether the font family has glyphs for all characters of a text. */
function canDraw(text: string): boolean {
  return (
    /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}\p{Script=Inherited}]*$/u.test(
      text,
    ) && !/\p{Extended_Pictographic}/u.test(text.replace(/\d/g, ''))
  );
}

/** The side length of a drawing, in its own units. */
const SIDE = 512;
/** The ratio of the height of capitals to the font size, from the font's metrics. */
const CAPITALS = 0.67;

/** The publisher's own picture. */
export interface OwnIcon {
  readonly type: 'image/png' | 'image/jpeg' | 'image/svg+xml';
  readonly base64: string;
}

interface IconLook {
  /** Whether the corners are rounded; otherwise the operating system masks the icon. */
  readonly isRounded: boolean;
  /** The share of the side that the sign takes; the rest is padding. */
  readonly scale: number;
}

/** An icon as SVG: the publisher's own picture, or else the title's initial, or else a drop. */
export function iconDrawing(sign: OwnIcon | string | undefined, palette: Palette, look: IconLook): string {
  const { paper, accent } = palette;
  const isOwn = typeof sign === 'object';
  const radius = look.isRounded && !isOwn ? SIDE * 0.19 : 0;
  const ground = isOwn && look.scale === 1 ? 'none' : isOwn ? paper : accent;
  const inset = (SIDE * (1 - look.scale)) / 2;
  const content = isOwn ? image(sign) : sign === undefined ? drop(paper) : initial(sign, paper);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}" viewBox="0 0 ${SIDE} ${SIDE}"><rect width="${SIDE}" height="${SIDE}" rx="${radius}" fill="${ground}"/><g transform="translate(${inset} ${inset}) scale(${look.scale})">${content}</g></svg>`;
}

/** The first letter or digit of a title, if it can be drawn. */
export function initialOf(title: string, language: string): string | undefined {
  const letter = /[\p{L}\p{N}]\p{M}*/u.exec(title)?.[0]?.toLocaleUpperCase(language);
  return letter !== undefined && canDraw(letter) ? letter : undefined;
}

function initial(letter: string, colour: string): string {
  const size = SIDE * 0.68;
  const baseline = (SIDE + size * CAPITALS) / 2;
  return `<text x="${SIDE / 2}" y="${baseline}" text-anchor="middle" font-family="${FAMILY}" font-weight="600" font-size="${size}" fill="${colour}">${escapeMarkup(letter)}</text>`;
}

/** The mark beside the title on every page. */
function drop(colour: string): string {
  const [low, high] = [SIDE * 0.25, SIDE * 0.75];
  const radius = SIDE * 0.25;
  return `<path fill="${colour}" d="M${low} ${high}V${SIDE / 2}A${radius} ${radius} 0 1 1 ${SIDE / 2} ${high}Z"/>`;
}

function image({ type, base64 }: OwnIcon): string {
  return `<image width="${SIDE}" height="${SIDE}" preserveAspectRatio="xMidYMid slice" href="data:${type};base64,${base64}"/>`;
}

/** The colours of pictures, always those of the light theme. */
export interface Palette {
  readonly paper: string;
  readonly ink: string;
  readonly faint: string;
  readonly accent: string;
}

/** The colours of a theme that pictures support: names, hexadecimal, `rgb()` and `hsl()`. */
export function paletteOf({ paper, ink, faint, accent }: Theme): Palette {
  return {
    paper: light(paper, '#fdfcfa'),
    ink: light(ink, '#1d1f21'),
    faint: light(faint, '#5d6166'),
    accent: light(accent, '#0b5f7a'),
  };
}

function light(colour: Colour | undefined, fallback: string): string {
  const stated = typeof colour === 'string' ? colour : colour?.[0];
  return stated !== undefined && /^(?:#|[a-z]+$|(?:rgb|hsl)a?\()/i.test(stated) ? stated : fallback;
}

/** The side length in pixels of the test rendering that detects empty pictures. */
const SAMPLE = 64;

/**
 * Reads the publisher's own icon.
 *
 * @param path in `seeds/`
 * @throws Error if it is not a picture of a supported format, or renders as an empty picture
 */
export function readOwnIcon(path: string, bytes: Uint8Array | undefined, rasterizer: Rasterizer): OwnIcon {
  const type = bytes === undefined ? undefined : typeOf(bytes);
  const refusal = (wanted: string): Error =>
    new Error(`Cannot use icon ${JSON.stringify(path)} in seeds/site.toml: expected ${wanted}`);
  if (bytes === undefined) throw refusal('a file in seeds/');
  if (type === undefined) throw refusal('a PNG, JPEG or SVG in seeds/');
  if (type === 'image/svg+xml') {
    const reason = whyNotDrawn(new TextDecoder().decode(bytes), rasterizer);
    if (reason !== undefined) throw refusal(`an SVG that can be drawn, but ${reason}`);
  }
  const icon: OwnIcon = { type, base64: base64(bytes) };
  if (isInvisible(icon, rasterizer)) throw refusal('a picture of which something can be seen');
  return icon;
}

function whyNotDrawn(svg: string, { png }: Rasterizer): string | undefined {
  try {
    png(svg.replace(/^\uFEFF/, ''), SAMPLE);
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return reason.replace(/^.* cause /, '');
  }
}

/** Damaged pictures and external resources of an SVG render as nothing. */
function isInvisible({ type, base64: data }: OwnIcon, { png }: Rasterizer): boolean {
  const draw = (content: string): Uint8Array =>
    png(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${SAMPLE}" height="${SAMPLE}">${content}</svg>`,
      SAMPLE,
    );
  const image = `<image width="${SAMPLE}" height="${SAMPLE}" href="data:${type};base64,${data}"/>`;
  return Buffer.compare(draw(image), draw('')) === 0;
}

function typeOf(bytes: Uint8Array): OwnIcon['type'] | undefined {
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47])) return 'image/png';
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return 'image/jpeg';
  return /^\uFEFF?\s*<(?:svg|\?xml|!DOCTYPE svg|!--)/i.test(new TextDecoder().decode(bytes.slice(0, 200)))
    ? 'image/svg+xml'
    : undefined;
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

const MARGIN = 88;
const ICON = 120;

interface TextBlock {
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

function lines(texts: readonly string[], { size, leading, weight, colour }: TextBlock, top: number): string {
  return texts
    .map((text, index) => {
      const baseline = top + index * leading + size;
      return `<text x="${MARGIN}" y="${baseline}" font-family="${FAMILY}" font-weight="${weight}" font-size="${size}" fill="${colour}">${escapeMarkup(text)}</text>`;
    })
    .join('');
}

/** Breaks a text into lines, and truncates a longer one. */
function wrap(text: string, { size, weight, lines: most }: TextBlock, { lineWidth }: Rasterizer): string[] {
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
