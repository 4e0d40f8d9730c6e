import { canonicalText } from '../../html/canonical.ts';
import { httpAddress } from '../../html/http-address.ts';

const ADDRESS =
  /(?<!\w)https?:\/\/[^\s<>"“”«»。，、；：！？）】」』》]{1,2000}|(?<![\w.+-])(?:mailto:)?[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/giu;

/** Writes plain text as canonical HTML in which addresses of the web and of e-mail are links. */
export function linkText(text: string): string {
  if (!/:\/\/|@/.test(text)) return canonicalText(text);
  let html = '';
  let end = 0;
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const address = withoutPunctuation(found);
    const isWeb = /^https?:/i.test(address);
    const href = isWeb ? httpAddress(address) : `mailto:${address.replace(/^mailto:/i, '')}`;
    if (href === undefined) continue;
    html += `${canonicalText(text.slice(end, index))}<a href='${attributeText(href)}'>${canonicalText(address)}</a>`;
    end = index + address.length;
  }
  return html + canonicalText(text.slice(end));
}

/** Without the punctuation of the sentence: marks at the end, and brackets that do not open in the address. */
function withoutPunctuation(found: string): string {
  let end = found.length;
  let unopened = found.split(')').length - found.split('(').length;
  for (;;) {
    const last = found.charAt(end - 1);
    if (last === ')' && unopened > 0) unopened--;
    else if (!/[.,;:!?…'’*_~|\]}]/u.test(last)) return found.slice(0, end);
    end--;
  }
}

function attributeText(text: string): string {
  return canonicalText(text).replaceAll("'", '&#39;');
}
