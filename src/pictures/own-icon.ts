import type { OwnIcon } from './icon-drawing.ts';
import type { Rasterizer } from './rasterizer.ts';

/** The side length in pixels of the test rendering that detects empty pictures. */
const SAMPLE = 64;

/** An icon that cannot be used. */
class IconError extends Error {
  override readonly name = 'IconError';
}

/**
 * Reads the publisher's own icon.
 *
 * @param path in `seeds/`
 * @throws IconError if it is not a picture of a supported format, or renders as an empty picture
 */
export function readOwnIcon(path: string, bytes: Uint8Array | undefined, rasterizer: Rasterizer): OwnIcon {
  const type = bytes === undefined ? undefined : typeOf(bytes);
  const refusal = (wanted: string): IconError =>
    new IconError(`Cannot use icon ${JSON.stringify(path)} in seeds/site.toml: expected ${wanted}`);
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
  const step = 8192;
  let binary = '';
  for (let at = 0; at < bytes.length; at += step)
    binary += String.fromCharCode(...bytes.subarray(at, at + step));
  return btoa(binary);
}
