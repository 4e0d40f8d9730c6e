import type { Media } from '../article.ts';
import type { Site } from '../config/site.ts';
import { directionOf } from '../locale.ts';
import {
  bareMediaType,
  FEED_FORMATS,
  type FeedFormat,
  feedPath,
  formatNames,
  mediaTypes,
  paths,
} from '../routes/paths.ts';
import { HOLES } from '../templates/holes.ts';
import { dotted, Html, html } from './html.ts';
import { languageAttributes } from './language.ts';
import type { Messages } from './messages/en.ts';
import { messagesFor } from './messages/messages-for.ts';
import { frameNames } from './value-names.ts';

interface Layout {
  /** Plain text. */
  readonly title: string;
  readonly description?: string;
  /** BCP 47. */
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  /** The canonical path; absent for errors, which are not indexed. */
  readonly canonicalPath?: string;
  /** Whether search engines may index the page; default true. */
  readonly indexed?: boolean;
  /** The feeds of the page's slice; feed discovery lists them before the main feeds. */
  readonly feeds?: readonly { readonly format: FeedFormat; readonly path: string; readonly title: string }[];
  /** Additional markup for `head`. */
  readonly head?: Html;
  /** Replaces the shared header of pages. */
  readonly top?: Html;
  /** Whether the page lists articles, which take more width than a text. */
  readonly isList?: boolean;
  readonly main: Html;
  readonly scripts?: readonly string[];
}

/** An id that headings of documents are unlikely to have. */
const MAIN = 'tidings_main';

/** A whole page, with holes for the shared parts. */
export function page({ title, description, canonicalPath, feeds = [], head, main, ...rest }: Layout): string {
  const { language, direction, indexed = true, scripts = [], isList, top = new Html(HOLES.top) } = rest;
  return html`<!DOCTYPE html>
<html lang="${language}" dir="${direction}">
<head>
<meta charset="utf-8">
<title>${title}</title>
${description === undefined ? undefined : html`<meta name="description" content="${description}">\n`}${indexed && canonicalPath !== undefined ? undefined : html`<meta name="robots" content="noindex">\n`}${
  canonicalPath === undefined
    ? undefined
    : html`<link rel="canonical" href="${HOLES.origin}${canonicalPath}">\n`
}${head}${feeds.map(feedLink)}${HOLES.head}</head>
<body>
${top}<main id="${MAIN}"${isList ? html` class="wide"` : undefined}>
${main}
</main>
${HOLES.foot}${scripts.map((script) => html`<script>${new Html(script)}</script>\n`)}</body>
</html>
`.markup;
}

export function sitePage(site: Site, content: Omit<Layout, 'language' | 'direction'>): string {
  return page({ ...content, language: site.language, direction: directionOf(site.language) });
}

function feedLink({ format, path, title }: NonNullable<Layout['feeds']>[number]): Html {
  const type = bareMediaType(mediaTypes[format]);
  return html`<link rel="alternate" type="${type}" title="${title} (${formatNames[format]})" href="${HOLES.origin}${path}">\n`;
}

/** The shared style of all pages. */
export interface SharedStyle {
  /** The stylesheet. */
  readonly style: string;
  /** The paths of the fonts that nearly every page needs. */
  readonly fonts: readonly string[];
  /** The picture in place of the title. */
  readonly logo: Media | undefined;
}

/**
 * The parts that pages of a site share.
 *
 * @param languages other than that of the site, for the texts before and after `main`
 */
export function sharedParts(
  site: Site,
  { style, fonts, logo }: SharedStyle,
  languages: readonly string[],
): Readonly<Record<string, string>> {
  const alternates = FEED_FORMATS.map((format) =>
    feedLink({ format, path: feedPath(format), title: site.title }),
  );
  const name = html`<a class="name" href="${paths.home}" rel="home">${brandOf(site, logo)}</a>`;
  const frames = [undefined, ...languages].flatMap((language) => {
    const messages = messagesFor(language ?? site.language);
    const { top, foot } = frameNames(language);
    return [
      [top, masthead(site, name, messages).markup],
      [foot, footer(site, messages).markup],
    ];
  });
  return {
    head: html`<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${fonts.map((path) => html`<link rel="preload" as="font" type="font/woff2" href="${path}" crossorigin>\n`)}<meta property="og:site_name" content="${site.title}">
${alternates}<link rel="icon" href="${paths.favicon}" sizes="32x32">
${isDrawn(site) ? html`<link rel="icon" href="${paths.iconDrawing}" type="image/svg+xml">\n` : undefined}<link rel="apple-touch-icon" href="${paths.touchIcon}">
<link rel="manifest" href="${paths.manifest}">
<style>${new Html(style)}</style>
`.markup,
    ...Object.fromEntries(frames),
  };
}

/** The foot of pages, with a hole for the links to the lists of values. */
function footer(site: Site, messages: Messages): Html {
  const feeds = FEED_FORMATS.map(
    (format) =>
      html`<a href="${feedPath(format)}" type="${bareMediaType(mediaTypes[format])}">${formatNames[format]}</a>`,
  );
  const allFeeds = html`<a href="${paths.feeds}"${languageAttributes(messages, site.language)}>${messages.allFeeds}</a>`;
  const links = site.footer.map(({ label, url }) => html`<a href="${url}">${label}</a>`);
  return html`<footer class="foot" lang="${site.language}" dir="${directionOf(site.language)}">
${site.copyright === undefined ? undefined : html`<p>${site.copyright}</p>\n`}${links.length === 0 ? undefined : html`<p>${dotted(links)}</p>\n`}${HOLES.indexes}<p>${dotted([...feeds, allFeeds])}</p>
</footer>
`;
}

/** The header of the home page, with the title and description of the site. */
export function homeMasthead(site: Site, logo: Media | undefined): Html {
  const name = html`<div>
<h1 class="name">${brandOf(site, logo)}</h1>
${site.description === site.title ? undefined : html`<p class="lead">${site.description}</p>\n`}</div>`;
  return masthead(site, name, messagesFor(site.language));
}

function masthead(site: Site, name: Html, messages: Messages): Html {
  const inWords = languageAttributes(messages, site.language);
  const links = site.nav.map(({ label, url }) => html`<a href="${url}">${label}</a> `);
  return html`<a class="skip" href="#${MAIN}" lang="${messages.language}" dir="${messages.direction}">${messages.skip}</a>
<header class="top" lang="${site.language}" dir="${directionOf(site.language)}">
${name}
<nav aria-label="${site.title}">${links}<a href="${paths.search}"${inWords}>${messages.search}</a></nav>
<a class="button" href="${paths.feeds}"${inWords}>${messages.subscribe}</a>
</header>
`;
}

/** The publisher's logo; without one, the title, beside the icon if there is one. */
function brandOf(site: Site, logo: Media | undefined): Html {
  const { title } = site;
  if (logo !== undefined)
    return html`<img class="logo" src="${logo.url}" alt="${title}" width="${String(logo.width)}" height="${String(logo.height)}">`;
  if (site.icon === undefined) return html`${title}`;
  return html`<img src="${isDrawn(site) ? paths.iconDrawing : paths.iconSmall}" alt="" width="32" height="32">${title}`;
}

/** Whether the icon is a vector image, which fits every size. */
export function isDrawn({ icon }: Site): boolean {
  return icon === undefined || icon.toLowerCase().endsWith('.svg');
}
