/** The publisher's own CSS, a file in `seeds/`. */
export const THEME_FILE = 'theme.css';

const MAX_BYTES = 32 * 1024;

/** CSS that cannot stand inside a page. */
export class ThemeError extends Error {
  override readonly name = 'ThemeError';
}

/**
 * Reads the publisher's own CSS.
 *
 * @throws ThemeError when it cannot stand inside a page
 */
export function parseThemeFile(bytes: Uint8Array): string {
  if (bytes.length > MAX_BYTES)
    throw new ThemeError(
      `Cannot use seeds/${THEME_FILE} of ${bytes.length} bytes: expected at most ${MAX_BYTES}, since it stands inside every page`,
    );
  const css = decode(bytes).replaceAll(/\r\n?/g, '\n');
  // The end tag of `style` ends it in comments and strings too (HTML §13.2.5.3).
  const found = /<\/style|<!--|@import|[\0\p{Noncharacter_Code_Point}]/iu.exec(css);
  if (found === null) return css;
  const line = css.slice(0, found.index).split('\n').length;
  const wanted = found[0].startsWith('@')
    ? 'all of the CSS in this file, since a page loads no other'
    : 'CSS that can stand inside a page';
  throw new ThemeError(
    `Cannot use ${JSON.stringify(found[0])} in seeds/${THEME_FILE}:${line}: expected ${wanted}`,
  );
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    throw new ThemeError(`Cannot read seeds/${THEME_FILE}: expected text in UTF-8`);
  }
}
