import { decodeLeniently } from '../strings.ts';

/** Safe schemes, as the source of a pattern. */
export const SCHEMES =
  'https?|' +
  // People, and places where they talk
  'mailto|tel|sms|acct|aim|callto|facetime|facetime-audio|im|ircs?|matrix|mumble|news|nntp|nostr|pres|sips?|signal|skype|ssb|tg|whatsapp|xmpp|' +
  // Files and pages
  'ftps?|sftp|gemini|gopher|spartan|titan|nex|finger|dict|dat|hyper|ipfs|ipns|ed2k|magnet|ni|rsync|ssh|telnet|git|svn|(?:git|svn)\\+(?:ssh|https?)|podcast|pcast|itpc|feed|webcals?|rtmps?|rtsps?|mms|' +
  // Names and money
  'at|did|doi|geo|info|urn|spotify|bitcoin|bitcoincash|ethereum|lightning|litecoin|monero|obsidian|zotero|web\\+[a-z]+';
/** Schemes of scripts, of one machine, of browsers, of generators and of our placeholders. */
const NEVER_SHOWN =
  /^(?:javascript|vbscript|data|blob|file|filesystem|about|view-source|chrome(?:-extension)?|moz-extension|resource|intent|cid|mid|ms-[\w-]+|search-ms|wikilink|embedded|poster|pathname|link|page|statamic):/i;
const ABSOLUTE = new RegExp(`^(?:${SCHEMES}):`, 'i');

/** A host name that people write without a scheme. */
const WITHOUT_SCHEME = /^www\.[a-z\d-]{1,63}\.[a-z]/i;

/** A mail address that people link to without a scheme; `logo@2x.png` is a file. */
const MAIL =
  /^[\w.+-]{1,64}@(?:[a-z\d-]{1,63}\.){1,8}(?!(?:png|jpe?g|gif|svg|webp|avif|mp[34]|pdf|html?|mdx?|txt|zip)(?:\?|$))[a-z]{2,24}(?:\?(?:subject|body)=\S*)?$/i;

/** The normalized URL; undefined if it is relative, invalid, or of a scheme that is not safe. */
export function absoluteUrl(stated: string): string | undefined {
  const scheme = WITHOUT_SCHEME.test(stated) ? 'https://' : MAIL.test(stated) ? 'mailto:' : '';
  const url = (stated.startsWith('//') ? 'https:' : scheme) + stated;
  if (!ABSOLUTE.test(url) || !URL.canParse(url)) return undefined;
  const { protocol, hostname, href } = new URL(url);
  // The URL standard allows characters that are invalid in a URI (RFC 3986 §2, §3.2.2).
  if (/^https?:/.test(protocol) && !HOST.test(hostname)) return undefined;
  return href.replace(NOT_IN_URI, (character) => encodeURIComponent(character));
}

const HOST = /^(?:\[[\da-f:.]+\]|[\w.~!$&'()*+,;=-]+)$/;
const NOT_IN_URI = /["<>\\^`{|}]|%(?![\da-f]{2})/gi;

/** Whether an address has a harmless scheme that cannot be linked, such as an unknown one. */
export function isForeignScheme(stated: string): boolean {
  return (
    /^(?!https?:)[a-z][a-z\d+.-]+:[^\s]/i.test(stated) &&
    absoluteUrl(stated) === undefined &&
    !NEVER_SHOWN.test(stated)
  );
}

/** The normalized http or https URL; undefined for everything else. */
export function parseHttpUrl(stated: string | undefined): string | undefined {
  const url = stated === undefined ? undefined : absoluteUrl(stated);
  return url !== undefined && /^https?:/.test(url) ? url : undefined;
}

/** A URL without its query and its fragment. */
export function withoutQuery(url: string): string {
  const end = url.search(/[?#]/);
  return end < 0 ? url : url.slice(0, end);
}

/** The normalized http or https URL that a text consists of, with or without `<>`; undefined for any other text. */
export function httpAddress(text: string): string | undefined {
  const bare = text.replace(/^<|>$/gu, '');
  return /^https?:\/\/\S+$/iu.test(bare) ? absoluteUrl(bare) : undefined;
}

/** The host of an absolute URL, without `www.`; undefined for everything else. */
export function hostOf(url: string | undefined): string | undefined {
  return URL.parse(absoluteUrl(url ?? '') ?? '')?.hostname.replace(/^www\./, '') || undefined;
}

const MAX_LOCATED = 100;
/** Characters that may delimit an address in any kind of document. */
const DELIMITER = /[\s()[\]<>"'=|#]/;

/**
 * The lines, from 1, in which a document first states URLs; 0 for those that are not found.
 *
 * @param urls as in its content, whose spelling may differ from that of the document
 */
export function referenceLines(urls: readonly string[], bytes: Uint8Array): number[] {
  if (urls.length === 0) return [];
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const lineAt = lineCounter(source);
  return urls.slice(0, MAX_LOCATED).map((url) => {
    const places = spellings(url).flatMap((spelling) => find(source, spelling) ?? []);
    return places.length === 0 ? 0 : lineAt(Math.min(...places));
  });
}

function spellings(url: string): string[] {
  const name = /^wikilink:([^?#]*)/.exec(url)?.[1];
  if (name !== undefined) return [decodeLeniently(name)];
  return [...new Set([url, decodeLeniently(url), url.replaceAll('&', '&amp;')])];
}

/** The offset of a text that is not part of a longer address. */
function find(source: Buffer, text: string): number | undefined {
  const length = Buffer.byteLength(text);
  const isBeside = (at: number): boolean => {
    const byte = source[at];
    return byte === undefined || DELIMITER.test(String.fromCharCode(byte));
  };
  if (length === 0) return undefined;
  for (let at = source.indexOf(text); at >= 0; at = source.indexOf(text, at + length))
    if (isBeside(at - 1) && isBeside(at + length)) return at;
  return undefined;
}

/** Returns the line of an offset; counts the lines of the source once. */
function lineCounter(source: Buffer): (at: number) => number {
  let starts: number[] | undefined;
  return (at) => {
    if (starts === undefined) {
      starts = [0];
      for (let end = source.indexOf(10); end >= 0; end = source.indexOf(10, end + 1)) starts.push(end + 1);
    }
    return starts.findLastIndex((start) => start <= at) + 1;
  };
}
