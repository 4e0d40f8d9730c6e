const UUID = /^urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const URN = /^urn:[a-z0-9][a-z0-9-]{1,31}:\S+$/i;
const TAG = /^tag:(?:[\w.-]+@)?[a-z0-9.-]+,\d{4}(?:-\d\d){0,2}:\S*$/;
const WEB = /^(?:https?|ftp):\/\/[^\s/?#]+/i;

/** An absolute IRI (RFC 3987 §2.2); tags are as RFC 4151 and UUIDs as RFC 9562 have them. */
export function isAbsoluteIri(text: string): boolean {
  const [scheme] = /^[a-z][a-z0-9+.-]*(?=:)/i.exec(text) ?? [];
  if (scheme === undefined || /[\s<>"{}|\\^`\p{Cc}]|%(?![0-9a-f]{2})/iu.test(text)) return false;
  switch (scheme.toLowerCase()) {
    case 'urn':
      return /^urn:uuid:/i.test(text) ? UUID.test(text) : URN.test(text);
    case 'tag':
      return TAG.test(text);
    case 'http':
    case 'https':
    case 'ftp':
      return WEB.test(text);
    default:
      return text.length > scheme.length + 1;
  }
}

/** An absolute URI (RFC 3986 §4.3): an IRI in ASCII. */
export function isAbsoluteUri(text: string): boolean {
  return isAbsoluteIri(text) && /^[\x21-\x7e]+$/.test(text);
}

/** An address that can be fetched. */
export function isWebAddress(text: string): boolean {
  return /^https?:/i.test(text) && isAbsoluteIri(text) && URL.canParse(text);
}

/** A well-formed language tag (BCP 47 §2.2.9). */
export function isLanguageTag(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length === 1;
  } catch {
    return false;
  }
}

/** A media type (RFC 9110 §8.3.1). */
export function isMediaType(text: string): boolean {
  return /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:\s*;\s*[\w!#$&^.+-]+=(?:"[^"]*"|[^\s;"]+))*$/.test(text);
}

export function isEmailAddress(text: string): boolean {
  return /^[^\s@<>()]+@[^\s@<>()]+$/.test(text);
}
