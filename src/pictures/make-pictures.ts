import type { Site } from '../config/site.ts';
import { isDrawn } from '../pages/layout.ts';
import { paths } from '../routes/paths.ts';
import {
  base64,
  cardDrawing,
  iconDrawing,
  initialOf,
  type OwnIcon,
  type Palette,
  paletteOf,
  type Rasterizer,
  readOwnIcon,
} from './drawings.ts';

const TILE = { isRounded: true, scale: 1 } as const;
const FULL = { isRounded: false, scale: 1 } as const;
/** The safe zone of maskable icons (W3C, Web Application Manifest, icon masks). */
const MASKABLE = { isRounded: false, scale: 0.8 } as const;

/**
 * The pictures of a site and the list of them, by their paths.
 *
 * @param own the file that `site.icon` names, if it exists
 * @throws Error if the file cannot be used
 */
export function makePictures(
  site: Site,
  own: Uint8Array | undefined,
  rasterizer: Rasterizer,
): ReadonlyMap<string, Uint8Array | string> {
  const palette = paletteOf(site.theme);
  const sign =
    site.icon === undefined ? initialOf(site.title, site.language) : readOwnIcon(site.icon, own, rasterizer);
  const tile = iconDrawing(sign, palette, TILE);
  const sized = sizes(tile, isRaster(sign), rasterizer);
  const full = isRaster(sign) ? sized : sizes(iconDrawing(sign, palette, FULL), false, rasterizer);
  return new Map<string, Uint8Array | string>([
    [paths.favicon, encodeIco(new Map([16, 32, 48].map((side) => [side, sized(side)])))],
    [paths.iconSmall, sized(192)],
    [paths.icon, sized(512)],
    [paths.touchIcon, full(180)],
    [paths.iconMaskable, rasterizer.png(iconDrawing(sign, palette, MASKABLE), 512)],
    [paths.card, rasterizer.png(cardDrawing(site, palette, base64(sized(192)), rasterizer), 1200)],
    [paths.manifest, manifest(site, palette)],
    ...(isDrawn(site) ? [[paths.iconDrawing, rasterizer.outlined(tile)] satisfies [string, string]] : []),
  ]);
}

function isRaster(sign: OwnIcon | string | undefined): boolean {
  return typeof sign === 'object' && sign.type !== 'image/svg+xml';
}

/** Renders an icon in any size below 1024 pixels; photographs are halved repeatedly, averaging four pixels into one. */
function sizes(svg: string, byHalves: boolean, { png }: Rasterizer): (side: number) => Uint8Array {
  if (!byHalves) return (side) => png(svg, side);
  const halves = [png(svg, 1024)];
  for (let side = 512; side >= 16; side /= 2) halves.push(png(framed(halves.at(-1)), side));
  return (side) => {
    const larger = halves.findLast((_, index) => 1024 / 2 ** index >= side);
    return png(framed(larger), side);
  };
}

function framed(picture: Uint8Array | undefined): string {
  const data = base64(picture ?? new Uint8Array());
  return `<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1" viewBox="0 0 1 1"><image width="1" height="1" href="data:image/png;base64,${data}"/></svg>`;
}

/** The web application manifest (W3C), with which operating systems install the site. */
function manifest({ title, description, language }: Site, { paper }: Palette): string {
  const icon = (src: string, side: number, purpose: 'any' | 'maskable'): object => ({
    src,
    sizes: `${side}x${side}`,
    type: 'image/png',
    purpose,
  });
  const members = {
    id: paths.home,
    name: title,
    description,
    lang: language,
    dir: 'auto',
    start_url: paths.home,
    display: 'minimal-ui',
    background_color: paper,
    theme_color: paper,
    icons: [
      icon(paths.iconSmall, 192, 'any'),
      icon(paths.icon, 512, 'any'),
      icon(paths.iconMaskable, 512, 'maskable'),
    ],
  };
  return `${JSON.stringify(members, null, 1)}\n`;
}

const HEADER_BYTES = 6;
const ENTRY_BYTES = 16;

/** A Windows icon, which browsers request as `/favicon.ico`: PNGs by their side length in pixels, below 256. */
function encodeIco(pngs: ReadonlyMap<number, Uint8Array>): Uint8Array {
  const at = HEADER_BYTES + ENTRY_BYTES * pngs.size;
  const bytes = new Uint8Array([...pngs.values()].reduce((sum, { length }) => sum + length, at));
  const view = new DataView(bytes.buffer);
  view.setUint16(2, 1, true);
  view.setUint16(4, pngs.size, true);
  let entry = HEADER_BYTES;
  let offset = at;
  for (const [side, png] of pngs) {
    view.setUint8(entry, side);
    view.setUint8(entry + 1, side);
    view.setUint16(entry + 4, 1, true);
    view.setUint16(entry + 6, 32, true);
    view.setUint32(entry + 8, png.length, true);
    view.setUint32(entry + 12, offset, true);
    bytes.set(png, offset);
    entry += ENTRY_BYTES;
    offset += png.length;
  }
  return bytes;
}
