import type { OwnIcon } from './icon-drawing.ts';

/** An icon that cannot be used. */
export class IconError extends Error {
  override readonly name = 'IconError';
}

/**
 * Reads the picture that a publisher has named.
 *
 * @param path in `seeds/`
 * @throws IconError when it is no picture of a known kind
 */
export function readOwnIcon(path: string, bytes: Uint8Array | undefined): OwnIcon {
  const type = bytes === undefined ? undefined : typeOf(bytes);
  if (bytes === undefined || type === undefined) {
    const what = bytes === undefined ? 'a file' : 'a PNG, JPEG or SVG';
    throw new IconError(`Cannot use icon ${JSON.stringify(path)} in src/site.ts: expected ${what} in seeds/`);
  }
  return { type, base64: base64(bytes) };
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
