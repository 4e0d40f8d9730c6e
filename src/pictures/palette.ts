import type { Colour, Theme } from '../config/theme.ts';

/** Colours for pictures, which are always light. */
export interface Palette {
  readonly paper: string;
  readonly ink: string;
  readonly faint: string;
  readonly accent: string;
}

/** The colours of a theme, as far as a picture knows them: by name, in hexadecimal or in `rgb()` or `hsl()`. */
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
