import { parseFragment } from 'parse5';

/** Pairs of tags that only say how words look. */
const PAIR =
  /<(em|strong|i|b|u|s|del|ins|mark|small|sub|sup|span|code|abbr|cite|q)(?:\s[^<>]*)?>([^<>]*)<\/\1\s*>/gi;
const REFERENCE = /&(?:#\d{2,7}|#x[\da-f]{2,6}|[a-z]\w{1,30});/gi;

/**
 * The words of a line of front matter that generators send as HTML: without the tags around words, and with the
 * characters that references mean. A tag that is only spoken of stays.
 */
export function wordsOf(text: string): string {
  const plain = text
    .replace(PAIR, '$2')
    .replace(PAIR, '$2')
    .replace(/<(?:br|wbr)\s*\/?>/gi, ' ');
  return plain.replace(REFERENCE, decodeReference).replace(/\u00AD/g, '');
}

function decodeReference(reference: string): string {
  const [node] = parseFragment(reference).childNodes;
  return node !== undefined && 'value' in node ? node.value : reference;
}
