import { hash } from 'node:crypto';
import { constants, crc32, deflateRawSync, gzipSync, type ZlibOptions } from 'node:zlib';
import type { StoreCodec } from '../store/integrity.ts';

/** The smallest buffer that zlib takes. */
const MIN_CHUNK = 64;
/** The part of its window that zlib reserves. */
const MIN_LOOKAHEAD = 262;

/** The functions of Node that the store writer needs. */
export const codec: StoreCodec = {
  deflate: (bytes) => deflateRawSync(bytes, deflateOptions(bytes.length)),
  crc32,
  digest: (bytes) => hash('sha256', bytes, 'buffer'),
  // Slightly more than the upload, in a third of the time.
  gzipLength: (bytes) => gzipSync(bytes, { level: 1 }).length,
};

/** The best compression in as little memory as possible: most fragments are short, and initialization takes most of the time. */
function deflateOptions(length: number): ZlibOptions {
  const windowBits = Math.min(15, Math.max(9, Math.ceil(Math.log2(length + MIN_LOOKAHEAD))));
  return {
    level: 9,
    windowBits,
    memLevel: windowBits - 6,
    // A result that is longer than the input is not used.
    chunkSize: length + MIN_CHUNK,
    finishFlush: constants.Z_SYNC_FLUSH,
  };
}
