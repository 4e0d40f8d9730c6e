/** The maximum number of references of a document whose lines are looked up. */
const MAX_LOCATED = 100;
/** Characters that may stand beside an address in any kind of document. */
const BESIDE = /[\s()[\]<>"'=|#]/;

/**
 * The lines, from 1, in which a document states URLs first; 0 where that cannot be told.
 *
 * @param urls as they stand in its content, which may spell them otherwise than the document
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
  const name = /^wikilink:([^#]*)/.exec(url)?.[1];
  if (name !== undefined) return [decode(name)];
  return [...new Set([url, decode(url), url.replaceAll('&', '&amp;')])];
}

function decode(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}

/** The offset of a text that is not part of a longer address. */
function find(source: Buffer, text: string): number | undefined {
  const length = Buffer.byteLength(text);
  const isBeside = (at: number): boolean => {
    const byte = source[at];
    return byte === undefined || BESIDE.test(String.fromCharCode(byte));
  };
  if (length === 0) return undefined;
  for (let at = source.indexOf(text); at >= 0; at = source.indexOf(text, at + length))
    if (isBeside(at - 1) && isBeside(at + length)) return at;
  return undefined;
}

/** Counts the lines of a source once, however many places are asked for. */
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
