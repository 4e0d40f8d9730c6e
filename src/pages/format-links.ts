import { bareMediaType, formatPath, formatTypes } from '../routes/paths.ts';
import { HOLES } from '../templates/template.ts';
import { type Html, html } from './html.ts';

/** Feed readers take a link to `application/json` for one to a feed, so that form is not among them. */
const LINKED = ['markdown', 'text'] as const;

/** Where an article's other forms are, for the `head` of its page. */
export function formatLinks(slug: string): Html {
  const links = LINKED.map((form) => {
    const type = bareMediaType(formatTypes[form]);
    return html`<link rel="alternate" type="${type}" href="${HOLES.origin}${formatPath(slug, form)}">\n`;
  });
  return html`${links}`;
}
