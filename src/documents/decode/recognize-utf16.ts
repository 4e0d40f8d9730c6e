/** Fewer bytes are not evidence. */
const MIN_BYTES = 8;
const SAMPLE_LENGTH = 4096;

/** The byte order of UTF-16 without a byte order mark, when by one order the bytes are text and by the other not. */
export function recognizeUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes.length < MIN_BYTES || bytes.length % 2 !== 0) return undefined;
  const little = isText(bytes, 'utf-16le');
  const big = isText(bytes, 'utf-16be');
  if (little === big) return undefined;
  return little ? 'utf-16le' : 'utf-16be';
}

/** Text has blanks, and nothing that no text has. */
function isText(bytes: Uint8Array, encoding: string): boolean {
  const text = new TextDecoder(encoding).decode(bytes.subarray(0, SAMPLE_LENGTH), { stream: true });
  return /[ \n]/.test(text) && !/[\p{Cn}\p{Co}\ufffd]|[^\P{Cc}\s\u0085]/u.test(text);
}
