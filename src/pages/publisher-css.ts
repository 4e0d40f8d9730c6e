import { countLineBreaks } from '../strings.ts';

/** The publisher's own CSS, a file in `seeds/`. */
export const THEME_FILE = 'theme.css';

const MAX_BYTES = 32 * 1024;

/**
 * Reads the publisher's own CSS.
 *
 * @throws Error if the CSS cannot be inlined in a page
 */
export function parseThemeFile(bytes: Uint8Array): string {
  if (bytes.length > MAX_BYTES)
    throw new Error(
      `Cannot use seeds/${THEME_FILE} of ${bytes.length} bytes: expected at most ${MAX_BYTES}, since it stands inside every page`,
    );
  const css = decodeCss(bytes).replaceAll(/\r\n?/g, '\n');
  // `</style` ends the element even in CSS comments and strings (HTML §13.2.5.3).
  const found = /<\/style|<!--|@import|[\0\p{Noncharacter_Code_Point}]/iu.exec(css);
  if (found === null) return css;
  const line = 1 + countLineBreaks(css.slice(0, found.index));
  const wanted = found[0].startsWith('@')
    ? 'all of the CSS in this file, since a page loads no other'
    : 'CSS that can stand inside a page';
  throw new Error(
    `Cannot use ${JSON.stringify(found[0])} in seeds/${THEME_FILE}:${line}: expected ${wanted}`,
  );
}

function decodeCss(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    throw new Error(`Cannot read seeds/${THEME_FILE}: expected text in UTF-8`);
  }
}

/** Matches comments, strings, `@font-face`, braces and URLs. */
const TOKEN =
  /\/\*.*?(?:\*\/|$)|@font-face\b|[{}]|\burl\(\s*(?:"(?<double>[^"]*)"|'(?<single>[^']*)'|(?<bare>[^)"'\s]*))|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/gis;

/** Warnings about resources in the publisher's CSS that the content security policy blocks (see http/headers.ts). */
export function blockedByPolicy(css: string): string[] {
  const blocked: string[] = [];
  let isFont = false;
  for (const { 0: token, index, groups } of css.matchAll(TOKEN)) {
    if (/^@font-face/i.test(token)) isFont = true;
    if (token === '}') isFont = false;
    const url = groups?.double ?? groups?.single ?? groups?.bare;
    if (url === undefined || !(isFont || /^http:/i.test(url))) continue;
    const shown = url.length > 80 ? `${url.slice(0, 79)}…` : url;
    const wanted = isFont
      ? 'a font that readers have, such as local("Charter"), since pages load no others'
      : 'an address with https, since pages load no other pictures';
    const line = 1 + countLineBreaks(css.slice(0, index));
    blocked.push(`Cannot load ${JSON.stringify(shown)} in seeds/${THEME_FILE}:${line}: expected ${wanted}`);
  }
  return blocked;
}
