import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Site } from '../config/site.ts';
import { likelyLocale } from '../locale.ts';
import { memoized } from '../memo.ts';
import { libraryFile } from '../package.ts';
import type { FontFace } from '../pages/stylesheet.ts';
import { fontPath } from '../routes/paths.ts';
import { makeOutputFolder, writeOutput } from './files.ts';

const STYLES = ['400-normal', '600-normal', '400-italic'] as const;

const LATIN = ['latin', 'latin-ext'];
const VIETNAMESE = ['vietnamese'];
/** Further subsets of the package, by ISO 15924 code. */
const SUBSETS: Readonly<Record<string, readonly string[]>> = {
  Cyrl: ['cyrillic', 'cyrillic-ext'],
  Grek: ['greek'],
};

const RANGES = '@fontsource/source-serif-4/unicode.json';

function fontFile(subset: string, style: string): string {
  return `@fontsource/source-serif-4/files/source-serif-4-${subset}-${style}.woff2`;
}

/** The files of a library that pages of any language take. */
export const FONT_FILES = [
  RANGES,
  ...[...LATIN, ...VIETNAMESE, ...Object.values(SUBSETS).flat()].flatMap((subset) =>
    STYLES.map((style) => fontFile(subset, style)),
  ),
];

/** A file of a font that pages load. */
interface Font extends FontFace {
  readonly bytes: Uint8Array;
}

/** The fonts of a site's pages, by the scripts of its language; none if the publisher chooses another font. */
export function siteFonts({ theme, language }: Site): readonly Font[] {
  if (theme.serif !== undefined) return [];
  const { script, language: base } = likelyLocale(language);
  return [...LATIN, ...(SUBSETS[script ?? ''] ?? []), ...(base === 'vi' ? VIETNAMESE : [])].flatMap(fontsOf);
}

/** The paths of the fonts of text and headings, if most pages are in their script. */
export function usualFonts(site: Site): string[] {
  if (likelyLocale(site.language).script !== 'Latn') return [];
  return siteFonts(site)
    .slice(0, 2)
    .map(({ path }) => path);
}

const fontsOf = memoized((subset: string): readonly Font[] => {
  const ranges: unknown = JSON.parse(readFileSync(libraryFile(RANGES), 'utf8'));
  // Latin letters are on every page.
  const unicodeRange = subset === 'latin' ? undefined : (ranges as Readonly<Record<string, string>>)[subset]; // as the package documents it
  return STYLES.map((style) => {
    const bytes = readFileSync(libraryFile(fontFile(subset, style)));
    const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 8);
    const [weight = '400', slant = 'normal'] = style.split('-');
    return { path: fontPath(digest, `${subset}-${style}.woff2`), weight, slant, unicodeRange, bytes };
  });
});

/**
 * Writes the fonts, whose addresses change with their contents, and removes others.
 *
 * @param out the output folder
 */
export function writeFonts(site: Site, out: string): void {
  const assets = join(out, 'assets');
  const folder = join(assets, fontPath('', ''));
  makeOutputFolder(folder);
  const fonts = new Map(siteFonts(site).map(({ path, bytes }) => [join(assets, path), bytes]));
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (!fonts.has(path)) rmSync(path, { recursive: true, force: true });
  }
  for (const [path, bytes] of fonts) if (!existsSync(path)) writeOutput(path, bytes);
}
