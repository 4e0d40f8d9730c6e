import type { Site } from '../config/site.ts';
import { paths } from '../routes/paths.ts';
import { type Html, html } from './html.ts';
import { languageAttributes } from './language-attributes.ts';
import { messagesFor } from './messages/messages-for.ts';

/**
 * A form for a search.
 *
 * @param value plain text in the field
 * @param attributes of the field
 */
export function searchForm(site: Site, value = '', attributes?: Html): Html {
  const words = messagesFor(site.language);
  return html`<form role="search" action="${paths.search}"${languageAttributes(words, site.language)}>
<input type="search" name="q" value="${value}" placeholder="${words.searchHint}" aria-label="${words.searchHint}" maxlength="200" dir="auto"${attributes}>
<button type="submit">${words.search}</button>
</form>`;
}
