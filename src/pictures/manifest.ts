import type { Site } from '../config/site.ts';
import { paths } from '../routes/paths.ts';
import type { Palette } from './palette.ts';

/** The web application manifest (W3C): what a system needs to put the site among its applications. */
export function manifest({ title, description, language }: Site, { paper }: Palette): string {
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
