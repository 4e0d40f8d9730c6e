import { readTags } from './html.ts';
import { defineRules, type Issue } from './report.ts';

export const contentRules = defineRules('content', {
  element: [
    'error',
    'an element of content, not one that acts or makes a page',
    'W3C feed validator, SecurityRisk',
  ],
  'event-attribute': ['error', 'no script', 'W3C feed validator, SecurityRiskAttr'],
  'script-address': ['error', 'an address that runs no script', 'CWE-79'],
  'absolute-address': ['error', 'an absolute address', 'W3C feed validator, ContainsRelRef'],
  nesting: ['error', 'every element closed, where it was opened', 'HTML §13.1.2'],
});

const FORBIDDEN = new Set(
  (
    'applet base basefont body comment embed frame frameset head html iframe isindex link listing meta ' +
    'noframes object param plaintext script slot style title xmp'
  ).split(' '),
);
const ADDRESSES = ['href', 'src', 'poster', 'cite', 'data', 'action', 'formaction', 'background', 'longdesc'];
const VOID = new Set(
  'area base br col embed hr img input link meta param source track wbr frame basefont'.split(' '),
);
/** HTML §13.1.2.4: elements whose end tag is optional. */
const END_IS_OPTIONAL = new Set(
  'li dt dd p rt rp optgroup option colgroup thead tbody tfoot tr td th'.split(' '),
);

/** Checks a fragment of HTML that feed readers embed in their own pages. */
export function* checkContent(html: string, where: string): Iterable<Issue> {
  const tags = readTags(html);
  const open: string[] = [];
  for (const { name, isEnd, attributes } of tags) {
    const at = `${where}, <${isEnd ? '/' : ''}${name}>`;
    if (isEnd) {
      if (!close(open, name)) yield contentRules.nesting(at);
      continue;
    }
    if (!VOID.has(name)) open.push(name);
    if (FORBIDDEN.has(name)) yield contentRules.element(at);
    for (const attribute of attributes.keys()) {
      if (/^on/.test(attribute)) yield contentRules['event-attribute'](at, attribute);
    }
    for (const address of addressesIn(attributes)) {
      if (/^(?:javascript|vbscript|data:text):?/i.test(address))
        yield contentRules['script-address'](at, address);
      else if (!/^[a-z][a-z0-9+.-]*:/i.test(address)) yield contentRules['absolute-address'](at, address);
    }
  }
  for (const name of open) {
    if (!END_IS_OPTIONAL.has(name)) yield contentRules.nesting(`${where}, <${name}>`);
  }
}

function addressesIn(attributes: ReadonlyMap<string, string>): string[] {
  const addresses = ADDRESSES.flatMap((name) => attributes.get(name) ?? []);
  const candidates = (attributes.get('srcset') ?? '').split(/,\s+/).filter((candidate) => candidate !== '');
  return [...addresses, ...candidates].map((address) => address.trim());
}

/** Closes the innermost element of that name, and its open descendants with optional end tags. */
function close(open: string[], name: string): boolean {
  const at = open.lastIndexOf(name);
  if (at < 0 || !open.slice(at + 1).every((inner) => END_IS_OPTIONAL.has(inner))) return false;
  open.length = at;
  return true;
}
