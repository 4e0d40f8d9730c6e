import { posix } from 'node:path';
import { headingId } from '../html/text.ts';
import { withoutQuery } from '../html/url.ts';
import { decodeLeniently } from '../strings.ts';

export interface StatedName {
  readonly name: string;
  /** With its mark. */
  readonly fragment: string;
  /** The language of the wanted translation. */
  readonly language: string | undefined;
  /** Whether the text of the link is the title of its target. */
  readonly isTitled: boolean;
  /** The words beside it, which may be the name in its place. */
  readonly words: string | undefined;
}

/** The target of `wikilink:Name of the Page#Part`, which wikilinks.ts makes of `[[Name of the Page#Part]]`. */
export function nameIn(url: string): StatedName | undefined {
  const [, encoded, query = '', fragment = ''] = /^wikilink:([^?#]*)(\?[^#]*)?(#.*)?$/.exec(url) ?? [];
  if (encoded === undefined) return undefined;
  const language = /^\?lang=(.+)/.exec(query)?.[1]?.toLowerCase();
  const [, words] = /^\?words=(.+)/.exec(query) ?? [];
  return {
    name: decodeLeniently(encoded),
    fragment,
    language,
    isTitled: query === '?title',
    words: words && decodeLeniently(words),
  };
}

export interface StatedUrl {
  /** Decoded, without a slash at its front. */
  readonly path: string;
  /** Without its mark. */
  readonly query: string;
  /** With its mark. */
  readonly fragment: string;
  readonly isRooted: boolean;
}

/**
 * Prefixes of paths in generators, and their replacements: Pelican; Docusaurus, Zola, Astro and VuePress; Docusaurus;
 * Nikola; Kirby; Statamic, with an id.
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
  [/^page:\/\//, '/'],
  [/^statamic:\/\/entry::/, '/'],
  [/^asset::[\w-]+::/, '/'],
];

/** The parts of a URL of the site itself; undefined for any other. */
export function parseUrl(url: string): StatedUrl | undefined {
  // Browsers read backslashes as slashes, too.
  const slashed = url.trim().replace(/^[^?#]*/, (path) => path.replaceAll('\\', '/'));
  const marked = MARKS.reduce((text, [mark, meaning]) => text.replace(mark, meaning), slashed);
  if (/^(?:[a-z][a-z\d+.-]*:|\/\/)/i.test(marked)) return undefined;
  const bare = withoutQuery(marked);
  const hash = marked.indexOf('#');
  const fragment = hash < 0 ? '' : marked.slice(hash);
  const query = marked.slice(bare.length, hash < 0 ? undefined : hash).replace(/^\?/, '');
  // Browsers read a backslash as a slash, as on Windows.
  const decoded = decodeLeniently(bare).replaceAll('\\', '/');
  const isRooted = decoded.startsWith('/');
  return {
    path: isRooted ? posix.normalize(decoded).replace(/^\/+/, '') : decoded,
    query,
    fragment,
    isRooted,
  };
}

/**
 * The fragment of a part of an article. In notes it is the text of the heading, which is the only case with white
 * space, or the id of a block.
 */
export function partOf(fragment: string, isVault = false): string {
  const words = decodeLeniently(fragment.slice(1));
  return words !== '' && (isVault || /\s/.test(words)) && !/^(?:\^|:~:)/.test(words)
    ? `#${encodeURIComponent(headingId(words))}`
    : fragment;
}
