import type { DocumentPostings } from '../search/document-postings.ts';

/*
 * The words of an article as they are kept: u32 bytes of its terms, little-endian · its terms · its postings. `serialize`
 * would leave more garbage than it writes bytes.
 */
const HEAD_BYTES = 4;

export function writeTerms({ terms, postings }: DocumentPostings): Uint8Array {
  const bytes = new Uint8Array(HEAD_BYTES + terms.length + postings.length);
  new DataView(bytes.buffer).setUint32(0, terms.length, true);
  bytes.set(terms, HEAD_BYTES);
  bytes.set(postings, HEAD_BYTES + terms.length);
  return bytes;
}

/** @param bytes as `writeTerms` wrote them */
export function readTerms(bytes: Uint8Array<ArrayBuffer>): DocumentPostings {
  const { buffer, byteOffset } = bytes;
  const postingsAt = HEAD_BYTES + new DataView(buffer, byteOffset).getUint32(0, true);
  return { terms: bytes.subarray(HEAD_BYTES, postingsAt), postings: bytes.subarray(postingsAt) };
}
