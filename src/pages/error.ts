import { paths } from '../routes.ts';
import type { Site } from '../settings.ts';
import { HOLES } from '../store/template.ts';
import { html } from './html.ts';
import { page } from './layout.ts';

export function notFoundPage(site: Site): string {
  return page({
    title: `Not found – ${site.title}`,
    language: site.language,
    main: html`<h1>Not found</h1>
<p>There is nothing at this address. The <a href="${paths.home}">newest articles</a> are on the home page.</p>
${HOLES.list}`,
  });
}

export function badQueryPage(site: Site): string {
  return page({
    title: `Too much asked – ${site.title}`,
    language: site.language,
    main: html`<h1>Too much asked</h1>
<p>The address asks for more than can be answered. The <a href="${paths.home}">newest articles</a> are on the home page.</p>`,
  });
}

export function gonePage(site: Site): string {
  return page({
    title: `Removed – ${site.title}`,
    language: site.language,
    main: html`<h1>Removed</h1>
<p>The article that was here has been removed. The <a href="${paths.home}">newest articles</a> are on the home page.</p>`,
  });
}

export function failurePage(site: Site): string {
  return page({
    title: `Something went wrong – ${site.title}`,
    language: site.language,
    main: html`<h1>Something went wrong</h1>
<p>The fault is ours. Please try again in a few minutes.</p>`,
  });
}

export function unavailablePage(site: Site): string {
  return page({
    title: `Not available – ${site.title}`,
    language: site.language,
    main: html`<h1>Not available</h1>
<p>This part of the archive cannot be read at the moment. Please try again in a few minutes.</p>`,
  });
}
