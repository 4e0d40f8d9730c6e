import type { Site } from '../config/site.ts';
import { paths } from '../routes/paths.ts';
import { type Html, html } from './html.ts';
import { languageAttributes } from './language.ts';
import { messagesFor } from './messages/messages-for.ts';

/**
 * A search form.
 *
 * @param value the value of the field, plain text
 * @param attributes further attributes of the field
 */
export function searchForm(site: Site, value = '', attributes?: Html): Html {
  const messages = messagesFor(site.language);
  return html`<form role="search" action="${paths.search}"${languageAttributes(messages, site.language)}>
<input type="search" name="q" value="${value}" placeholder="${messages.searchHint}" aria-label="${messages.searchHint}" maxlength="200" dir="auto"${attributes}>
<button type="submit">${messages.search}</button>
</form>`;
}
