import { bareMediaType, formPath, formTypes } from '../routes/paths.ts';
import { HOLES } from '../templates/template.ts';
import { type Html, html } from './html.ts';

/** Feed readers take a link to `application/json` for one to a feed, so that form is not among them. */
const LINKED = ['markdown', 'text'] as const;

/** Where an article's other forms are, for the `head` of its page. */
export function formLinks(slug: string): Html {
  const links = LINKED.map((form) => {
    const type = bareMediaType(formTypes[form]);
    return html`<link rel="alternate" type="${type}" href="${HOLES.origin}${formPath(slug, form)}">\n`;
  });
  return html`${links}`;
}
