import { type Element, h, type Text, text } from '../../html/tree.ts';
import { httpAddress } from '../../html/url.ts';

const ADDRESS =
  /(?<!\w)https?:\/\/[^\s<>"“”«»。，、；：！？）】」』》]{1,2000}|(?<![\w.+-])(?:mailto:)?[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/giu;

/** Plain text in which addresses of the web and of e-mail are links. */
export function linkText(plain: string): (Element | Text)[] {
  if (!/:\/\/|@/.test(plain)) return [text(plain)];
  const nodes: (Element | Text)[] = [];
  let end = 0;
  for (const { 0: found, index } of plain.matchAll(ADDRESS)) {
    const address = withoutPunctuation(found);
    const isWeb = /^https?:/i.test(address);
    const href = isWeb ? httpAddress(address) : `mailto:${address.replace(/^mailto:/i, '')}`;
    if (href === undefined) continue;
    nodes.push(text(plain.slice(end, index)), h('a', { href }, [text(address)]));
    end = index + address.length;
  }
  return [...nodes, text(plain.slice(end))];
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
