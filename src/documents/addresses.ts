import { type GeneratorName, withoutBase } from '../config/generator.ts';
import type { Site } from '../config/site.ts';
import { descendants, type Parent } from '../html/tree.ts';
import { absoluteUrl, parseHttpUrl, withoutQuery } from '../html/url.ts';
import { partsBetween, shortenSlug, wordMap } from '../strings.ts';
import { type Fields, fieldItems, fieldMap, fieldText } from './front-matter/fields.ts';
import { wikilinkWords } from './markdown/wikilinks.ts';

/** Latin letters that do not decompose into a base letter and marks. */
const LATIN = wordMap('ı=i ß=ss ø=o ł=l đ=d ð=d þ=th æ=ae œ=oe ə=e ħ=h ŋ=n');

/** Most file names are slugs already; this test saves 4 % of a build after an edit. */
const SLUG = /^[a-z\d]+(?:-[a-z\d]+)*$/;

/**
 * A title as a path segment: lower case, Latin letters without diacritics, letters and digits of other scripts
 * unchanged, separated by hyphens. Empty if the title has neither letters nor digits.
 */
export function slugify(title: string): string {
  if (SLUG.test(title)) return shortenSlug(title);
  const plain = title
    .toLowerCase()
    .normalize('NFKD')
    .replace(/(?<=\p{Script=Latin})\p{M}+/gu, '')
    .replace(/[ıßøłđðþæœəħŋ]/g, (letter) => LATIN.get(letter) ?? letter)
    .normalize('NFC')
    .replace(/(?<=\p{L})['’ʼ](?=\p{L})/gu, '')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  return shortenSlug(plain);
}

/** The host of a generator's preview; authors copy its addresses. */
const LOCAL = /^(?:localhost|127\.0\.0\.1)(?::\d+)?$/;

export function isLocal(url: string): boolean {
  return LOCAL.test(URL.parse(url)?.host ?? '');
}

/** Whether a host is at a service whose exports do not state the site: any site there may be the publisher's. */
const SERVICES: Partial<Record<GeneratorName, string>> = { Medium: 'medium.com', Substack: 'substack.com' };

function isAtService(host: string, { generator }: Addressed): boolean {
  const service = generator && SERVICES[generator.name];
  return service !== undefined && `.${host}`.endsWith(`.${service}`);
}

export type Addressed = Pick<Site, 'url' | 'generator' | 'copiedFrom'>;

/**
 * The path of an absolute URL, with its query and fragment, if it is a URL of the site, at its present or its former
 * address.
 */
export function ownPath(stated: string, site: Addressed): string | undefined {
  const url = URL.parse(absoluteUrl(stated) ?? '');
  if (url === null || !/^https?:$/.test(url.protocol)) return undefined;
  const { pathname, search, hash } = url;
  const rest = search + hash;
  const isOwn = [site.url, site.copiedFrom].some((own) => hostOf(own) === bareHost(url.host));
  if (isOwn || LOCAL.test(url.host) || isAtService(url.host, site)) return pathname + rest;
  if (hostOf(site.generator?.url) !== bareHost(url.host)) return undefined;
  if ((site.generator?.base ?? '') === '') return pathname + rest;
  // Outside its base path, the host may have another site.
  const inner = withoutBase(pathname.slice(1), site.generator);
  return inner === undefined ? undefined : `/${inner}${rest}`;
}

/** The absolute URLs in content that are those of the site itself. */
export function ownAddresses(content: Parent, bytes: Uint8Array, site: Addressed): string[] {
  const own = [site.url, site.copiedFrom, site.generator?.url].map(hostOf);
  const service = site.generator && SERVICES[site.generator.name];
  const hosts = [...own, service, 'localhost', '127.0.0.1'].filter((host) => host !== undefined);
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!hosts.some((host) => source.includes(host))) return [];
  const urls = descendants(content).flatMap(({ properties: { href, src, poster, cite } }) => [
    ...[href, src, poster, cite].filter((url) => typeof url === 'string'),
  ]);
  return [...new Set(urls)].filter((url) => ownPath(url, site) !== undefined);
}

function hostOf(url: string | undefined): string | undefined {
  const parsed = URL.parse(url ?? '');
  return parsed === null ? undefined : bareHost(parsed.host);
}

function bareHost(host: string): string {
  return host.replace(/^www\./, '');
}

export const ADDRESSES = ['permalink', 'url', 'path'];
/** Jekyll's names for patterns of addresses, and whether there is an address. */
const NO_ADDRESS = /^(?:date|weekdate|ordinal|pretty|none|true|yes|on|y|false|no|off|n)$/i;

/** An absolute path, or the URL of a permalink; undefined for a pattern such as `/:title/`, `pretty`, `{{ slug }}`. */
export function findAddress(fields: Fields, name: string): string | undefined {
  const text = fieldText(fields.get(name));
  if (text === undefined || NO_ADDRESS.test(text)) return undefined;
  // In the field `url`, a URL may be that of any site.
  if (parseHttpUrl(text) !== undefined) return name === 'permalink' ? text : undefined;
  return /[:{}<>\s]/.test(text) ? undefined : withoutIndex(text.replace(/^(?:\.?\/)*/, '/'));
}

const ALIASES = ['aliases', 'alias', 'redirectfrom', 'redirects', 'oldurl', 'oldurls', 'formerurls'];

/**
 * Reads `aliases`: former addresses, in a list or in one text, or, in Obsidian, names, which contain no slash. WordPress
 * has numbers.
 */
export function findAliases(fields: Fields): { readonly addresses: string[]; readonly names: string[] } {
  // `routes: { aliases: […] }` of Grav
  const stated = [fields, fieldMap(fields.get('routes')) ?? new Map<string, never>()];
  const texts = stated
    .flatMap((each) => ALIASES.flatMap((name) => fieldItems(each.get(name))))
    .map((item) => fieldText(item) ?? '');
  const number = fieldText(fields.get('wordpressid') ?? fields.get('wppostid')) ?? '';
  const addresses = /^\d+$/.test(number) ? [`/?p=${number}`] : [];
  const names: string[] = [];
  for (const text of texts) {
    const parts = partsBetween(text, /[\s,]+/);
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

/** The name at the end of an address; undefined if that is a day or a month. */
export function lastSegment(address = ''): string | undefined {
  const path = withoutQuery(address.replace(/^https?:\/\/[^/]*/, ''));
  if (/(?:^|\/)(?:19|20)\d\d(?:\/\d\d?){1,2}\/?$/.test(path)) return undefined;
  const segment = path.split('/').findLast((part) => part !== '');
  return segment?.replace(/\.html?$/, '');
}
