/** Schemes of addresses that run nothing, as the source of a pattern. */
export const SCHEMES =
  'https?|' +
  // People, and places where they talk
  'mailto|tel|sms|acct|aim|callto|facetime|facetime-audio|im|ircs?|matrix|mumble|news|nntp|nostr|pres|sips?|signal|skype|ssb|tg|whatsapp|xmpp|' +
  // Files and pages
  'ftps?|sftp|gemini|gopher|spartan|titan|nex|finger|dict|dat|hyper|ipfs|ipns|ed2k|magnet|ni|rsync|git|svn|feed|webcals?|rtmps?|rtsps?|mms|' +
  // Names and money
  'at|did|doi|geo|info|urn|spotify|bitcoin|bitcoincash|ethereum|lightning|litecoin|monero|obsidian|zotero|web\\+[a-z]+';
/** Schemes that run something, or that only mean something on one machine or to a generator. */
const UNSPEAKABLE =
  /^(?:javascript|vbscript|data|blob|file|filesystem|about|view-source|chrome(?:-extension)?|moz-extension|resource|intent|cid|mid|ms-[\w-]+|search-ms|wikilink|embedded|poster|pathname|link|page|statamic):/i;
const ABSOLUTE = new RegExp(`^(?:${SCHEMES}):`, 'i');

/** The name of a host that people write without a scheme. */
const WITHOUT_SCHEME = /^www\.[a-z\d-]{1,63}\.[a-z]/i;

/** The URL as it is sent, if it says where it leads on its own; undefined for relative and for broken ones. */
export function absoluteUrl(stated: string): string | undefined {
  const scheme = stated.startsWith('//') ? 'https:' : WITHOUT_SCHEME.test(stated) ? 'https://' : '';
  const url = scheme + stated;
  if (!ABSOLUTE.test(url) || !URL.canParse(url)) return undefined;
  const { protocol, hostname, href } = new URL(url);
  // The URL standard lets characters stand that no URI may have (RFC 3986 §2, §3.2.2).
  if (/^https?:/.test(protocol) && !HOST.test(hostname)) return undefined;
  return href.replace(UNFIT, (character) => encodeURIComponent(character));
}

const HOST = /^(?:\[[\da-f:.]+\]|[\w.~!$&'()*+,;=-]+)$/;
const UNFIT = /["<>\\^`{|}]|%(?![\da-f]{2})/gi;

/** Whether an address is harmless but useless as a link, such as one of an unknown scheme. */
export function isForeignScheme(stated: string): boolean {
  return (
    /^(?!https?:)[a-z][a-z\d+.-]+:[^\s]/i.test(stated) &&
    absoluteUrl(stated) === undefined &&
    !UNSPEAKABLE.test(stated)
  );
}

/** The address of a page elsewhere; undefined for everything else. */
export function parseHttpUrl(stated: string | undefined): string | undefined {
  const url = stated === undefined ? undefined : absoluteUrl(stated);
  return url !== undefined && /^https?:/.test(url) ? url : undefined;
}

/** A URL without its query and its fragment. */
export function withoutQuery(url: string): string {
  const end = url.search(/[?#]/);
  return end < 0 ? url : url.slice(0, end);
}

/** The address that a text is, in its normal form and without `<>` around it; `undefined` when it is none. */
export function httpAddress(text: string): string | undefined {
  const bare = text.replace(/^<|>$/gu, '');
  return /^https?:\/\/\S+$/iu.test(bare) ? absoluteUrl(bare) : undefined;
}

/** The host of an absolute URL, without `www.`; undefined for everything else. */
export function hostOf(url: string | undefined): string | undefined {
  return URL.parse(absoluteUrl(url ?? '') ?? '')?.hostname.replace(/^www\./, '') || undefined;
}
