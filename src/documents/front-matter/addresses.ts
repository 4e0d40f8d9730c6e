import { parseHttpUrl, withoutQuery } from '../../html/url.ts';
import { wikilinkWords } from '../markdown/wikilinks.ts';
import { type Fields, fieldBoolean, fieldItems, fieldText } from './fields.ts';

export const ADDRESSES = ['permalink', 'url', 'path'];
/** Jekyll's names for patterns of addresses. */
const PATTERNS: ReadonlySet<string> = new Set(['date', 'weekdate', 'ordinal', 'pretty', 'none']);

/** An absolute path, or the URL of a permalink; nothing for a pattern such as `/:title/`, `pretty` or `{{ slug }}`. */
export function findAddress(fields: Fields, name: string): string | undefined {
  const text = fieldText(fields.get(name));
  if (text === undefined || PATTERNS.has(text) || fieldBoolean(fields.get(name)) !== undefined)
    return undefined;
  // Below `url`, a URL may lead to anywhere.
  if (parseHttpUrl(text) !== undefined) return name === 'permalink' ? text : undefined;
  return /[:{}<>\s]/.test(text) ? undefined : withoutIndex(text.replace(/^(?:\.?\/)*/, '/'));
}

const ALIASES = ['aliases', 'alias', 'redirectfrom', 'redirects', 'oldurl', 'oldurls', 'formerurls'];

/** Reads `aliases`: former addresses, in a list or in one text, or, in Obsidian, names, which contain no slash. */
export function findAliases(fields: Fields): { readonly addresses: string[]; readonly names: string[] } {
  const texts = ALIASES.flatMap((name) => fieldItems(fields.get(name))).map((item) => fieldText(item) ?? '');
  const addresses: string[] = [];
  const names: string[] = [];
  for (const text of texts) {
    const parts = text.split(/[\s,]+/).filter((part) => part !== '');
    const isAddresses = parts.length > 0 && parts.every((part) => /^(?:https?:\/)?\//i.test(part));
    for (const part of isAddresses ? parts : [text]) {
      const address = readAlias(part);
      if (address !== undefined) addresses.push(address);
      else names.push(wikilinkWords(part));
    }
  }
  return { addresses, names: names.filter((name) => name !== '') };
}

function readAlias(text: string): string | undefined {
  if (parseHttpUrl(text) !== undefined) return text;
  if (/[\s:{}<>]/.test(text) || !/\/|\.html?$|^\?\w/.test(text)) return undefined;
  return withoutIndex(text.replace(/^(?:\.?\/)*/, '/'));
}

function withoutIndex(address: string): string {
  return address.replace(/\/index\.html?$/, '/');
}

export function lastSegment(address: string | undefined): string | undefined {
  const path = address?.replace(/^https?:\/\/[^/]*/, '');
  const segment = withoutQuery(path ?? '')
    .split('/')
    .findLast((part) => part !== '');
  return segment?.replace(/\.html?$/, '');
}
