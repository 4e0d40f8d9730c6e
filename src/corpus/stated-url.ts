import { posix } from 'node:path';
import { withoutQuery } from '../html/url.ts';
import { decodeLeniently } from '../strings.ts';

/** The target of `wikilink:Name of the Page#Part`, the form that markdown.ts gives `[[Name of the Page#Part]]`. */
export function nameIn(url: string): { name: string; fragment: string } | undefined {
  const [, encoded, fragment = ''] = /^wikilink:([^#]*)(#.*)?$/.exec(url) ?? [];
  return encoded === undefined ? undefined : { name: decodeLeniently(encoded), fragment };
}

export interface StatedUrl {
  /** Decoded, without a slash at its front. */
  readonly path: string;
  /** Without its mark. */
  readonly query: string;
  /** With its mark. */
  readonly fragment: string;
  /** Whether it begins at the root. */
  readonly isRooted: boolean;
}

/**
 * Marks that generators put before paths, and what they mean: Pelican; Docusaurus, Zola, Astro and VuePress; Docusaurus;
 * Nikola.
 */
const MARKS: readonly (readonly [RegExp, string])[] = [
  [/^%7[bc]([a-z]+)%7[cd]/i, '{$1}'],
  [/^[{|](?:filename|static|attach)[}|]/, ''],
  [/^[{|](tag|category|author)[}|]\/?/, '/$1/'],
  [/^[{|](?:index|archives)[}|]\/?/, '/'],
  [/^(?:@site|~?@|~)(?=\/)/, ''],
  [/^pathname:\/\/(?=\/)/, ''],
  [/^link:\/\/(?:slug|filename|root)\/?/, '/'],
  [/^link:\/\//, '/'],
];

/** The parts of a URL that leads to something of the site's own; undefined for every other. */
export function parseUrl(url: string): StatedUrl | undefined {
  const marked = MARKS.reduce((text, [mark, meaning]) => text.replace(mark, meaning), url.trim());
  if (/^(?:[a-z][a-z\d+.-]*:|\/\/)/i.test(marked)) return undefined;
  const bare = withoutQuery(marked);
  const hash = marked.indexOf('#');
  const fragment = hash < 0 ? '' : marked.slice(hash);
  const query = marked.slice(bare.length, hash < 0 ? undefined : hash).replace(/^\?/, '');
  // Browsers take a backslash for a slash, as people do on Windows.
  const decoded = decodeLeniently(bare).replaceAll('\\', '/');
  const isRooted = decoded.startsWith('/');
  return {
    path: isRooted ? posix.normalize(decoded).replace(/^\/+/, '') : decoded,
    query,
    fragment,
    isRooted,
  };
}
