import { decodeReferences } from './references.ts';

export interface Tag {
  /** In lower case. */
  readonly name: string;
  readonly isEnd: boolean;
  /** By name in lower case; references are decoded. */
  readonly attributes: ReadonlyMap<string, string>;
}

const COMMENT = /<!--.*?-->/gs;
const TAG = /<(\/?)([a-z][^\s/>]*)((?:[^>"']|"[^"]*"|'[^']*')*)>/gi;
const ATTRIBUTE = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;
const UNREAD = /<(script|style|head)\b.*?<\/\1\s*>/gis;

/** The tags of HTML in their order. */
export function readTags(html: string): Tag[] {
  return [...html.replace(COMMENT, '').matchAll(TAG)].map(([, slash, name = '', rest = '']) => ({
    name: name.toLowerCase(),
    isEnd: slash === '/',
    attributes: new Map(
      [...rest.matchAll(ATTRIBUTE)].map(([, attribute = '', double, single, bare]) => [
        attribute.toLowerCase(),
        decodeReferences(double ?? single ?? bare ?? ''),
      ]),
    ),
  }));
}

/** The words that HTML shows, in their order, one space between them. */
export function readWords(html: string): string {
  const text = html.replace(COMMENT, '').replace(UNREAD, ' ').replace(TAG, ' ');
  return decodeReferences(text).trim().replace(/\s+/g, ' ');
}
