import {
  bareMediaType,
  FEED_FORMATS,
  type FeedFormat,
  feedPath,
  formatNames,
  mediaTypes,
  paths,
} from '../routes.ts';
import type { Site } from '../settings.ts';
import { HOLES } from '../store/template.ts';
import { Html, html } from './html.ts';
import { stylesheet } from './stylesheet.ts';

interface Page {
  /** Plain text. */
  readonly title: string;
  readonly description?: string;
  /** BCP 47. */
  readonly language: string;
  /** Path of the one address of this content; absent for errors. */
  readonly canonicalPath?: string;
  /** The feeds of what the page shows, which a reader should find before the main feeds. */
  readonly feeds?: readonly { readonly format: FeedFormat; readonly path: string; readonly title: string }[];
  readonly main: Html;
}

/** A whole page, with holes for what all pages share. */
export function page({ title, description, language, canonicalPath, feeds = [], main }: Page): string {
  return html`<!DOCTYPE html>
<html lang="${language}" dir="${direction(language)}">
<head>
<meta charset="utf-8">
<title>${title}</title>
${description === undefined ? undefined : html`<meta name="description" content="${description}">\n`}${
  canonicalPath === undefined
    ? html`<meta name="robots" content="noindex">\n`
    : html`<link rel="canonical" href="${HOLES.origin}${canonicalPath}">\n`
}${feeds.map(feedLink)}${HOLES.head}</head>
<body>
${HOLES.top}<main id="main">
${main}
</main>
${HOLES.foot}</body>
</html>
`.markup;
}

function feedLink({ format, path, title }: NonNullable<Page['feeds']>[number]): Html {
  const type = bareMediaType(mediaTypes[format]);
  return html`<link rel="alternate" type="${type}" title="${title} (${formatNames[format]})" href="${HOLES.origin}${path}">\n`;
}

/** What all pages of a site share. */
export function sharedParts(site: Site): { head: string; top: string; foot: string } {
  const alternates = FEED_FORMATS.map((format) =>
    feedLink({ format, path: feedPath(format), title: site.title }),
  );
  const feeds = FEED_FORMATS.map(
    (format, index) =>
      html`${index > 0 ? ' · ' : ''}<a href="${feedPath(format)}">${formatNames[format]}</a>`,
  );
  return {
    head: html`<meta name="viewport" content="width=device-width, initial-scale=1">
${alternates}<link rel="icon" href="${paths.icon}" type="image/png">
<style>${new Html(stylesheet)}</style>
`.markup,
    top: html`<a class="skip" href="#main" lang="en">Skip to the content</a>
<header class="top" lang="${site.language}">
<a class="name" href="${paths.home}" rel="home">${site.title}</a>
<nav aria-label="Feeds">${feeds}</nav>
</header>
`.markup,
    foot: html`<footer class="foot" lang="${site.language}">
${site.copyright === undefined ? undefined : html`<p>${site.copyright}</p>\n`}<p>Subscribe with any feed reader: ${feeds}</p>
</footer>
`.markup,
  };
}

/** A day in words, as people of a language write it, with its machine-readable form. */
export function day(
  date: { readonly iso: string; readonly instant: number },
  language: string,
  timeZone: string,
  className?: string,
): Html {
  const words = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone }).format(date.instant);
  return html`<time${className === undefined ? undefined : html` class="${className}"`} datetime="${date.iso}">${words}</time>`;
}

function direction(language: string): 'ltr' | 'rtl' {
  const script = new Intl.Locale(language).maximize().script ?? '';
  return ['Arab', 'Hebr', 'Thaa', 'Syrc', 'Nkoo', 'Adlm', 'Rohg'].includes(script) ? 'rtl' : 'ltr';
}
