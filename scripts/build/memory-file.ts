import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import { crc32 } from 'node:zlib';
import { type Memory, moveKept, NOTHING } from './memory.ts';

/* CRC-32 of the rest, in this machine's order · serialised: the version, and the memory. */

interface Payload {
  readonly version: string;
  readonly memory: Memory;
}

/** @param draft where it is written before it takes its place */
export function writeMemory(path: string, draft: string, version: string, memory: Memory): void {
  const payload = serialize({ version, memory } satisfies Payload);
  const checksum = new Uint8Array(Uint32Array.of(crc32(payload)).buffer);
  writeFileSync(draft, checksum);
  writeFileSync(draft, payload, { flag: 'a' });
  renameSync(draft, path);
}

/** Nothing when there is no such file, or it is damaged or another version's. */
export function readMemory(path: string, version: string): Memory {
  try {
    const bytes = readFileSync(path);
    const payload = bytes.subarray(4);
    const [checksum] = new Uint32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + 4));
    if (crc32(payload) !== checksum) return NOTHING;
    const { version: written, memory } = deserialize(payload) as Payload; // by `writeMemory`
    return written === version ? withSharedPaths(memory) : NOTHING;
  } catch {
    return NOTHING;
  }
}

/** One string for each pack in place of thousands. */
function withSharedPaths(memory: Memory): Memory {
  const paths = new Map<string, string>();
  return moveKept(memory, (kept) => {
    const pack = paths.get(kept.pack) ?? kept.pack;
    paths.set(pack, pack);
    return { ...kept, pack };
  });
}
