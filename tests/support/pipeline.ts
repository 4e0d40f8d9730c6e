import type { Site } from '../../src/config/site.ts';
import { DocumentError, type SourceFile } from '../../src/documents/stated.ts';
import type { BlobStore } from '../../src/pipeline/blobs.ts';
import { type BuildPipeline, openPipeline } from '../../src/pipeline/build-pipeline.ts';
import { EMPTY_INDEX } from '../../src/pipeline/cache-index.ts';
import type { Progress } from '../../src/pipeline/progress.ts';
import { inlinePool } from '../../src/pipeline/worker-pool.ts';
import type { Asset, EmitAsset } from '../../src/store/integrity.ts';
import { crc32 } from '../../src/templates/crc32.ts';

export const SILENT: Progress = { begin() {}, advance() {}, end() {} };

/** The engine of every build, in this thread and in memory. */
export function memoryPipeline(
  files: readonly SourceFile[],
  site: Site,
  publish: EmitAsset = () => {},
): BuildPipeline {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const readSource = (path: string): SourceFile => {
    const file = byPath.get(path);
    if (file === undefined) throw new DocumentError(`Cannot read seeds/${path}: expected a document`);
    return file;
  };
  const emitted = new Map<string, Uint8Array<ArrayBuffer>>();
  const assets = {
    emit(asset: Asset): string {
      emitted.set(asset.digest, asset.bytes);
      publish(asset);
      return '';
    },
    reuse: () => undefined,
    read: (digest: string) => emitted.get(digest)?.slice(),
  };
  const blobs = memoryBlobs();
  const pool = inlinePool();
  pool.init({ site, sources: readSource, assets, blobs });
  return openPipeline({
    stats: new Map(files.map(({ path }) => [path, undefined])),
    pool,
    cache: { index: EMPTY_INDEX, blobs },
    output: { assets, need() {} },
    startedAt: 0,
    progress: SILENT,
  });
}

/** Keeps blobs in memory. */
function memoryBlobs(): BlobStore {
  const blobs: Uint8Array<ArrayBuffer>[] = [];
  return {
    write(kind, bytes) {
      const at = blobs.push(new Uint8Array(bytes)) - 1;
      return { file: kind, at, length: bytes.length, checksum: crc32(bytes) };
    },
    read: ({ at }) => blobs[at],
    readInto(refs, buffer) {
      let start = 0;
      for (const { at, length } of refs) {
        buffer.set(blobs[at] ?? [], start);
        start += length;
      }
      return true;
    },
    open:
      ({ at }) =>
      (start, end) =>
        blobs[at]?.slice(start, end) ?? new Uint8Array(),
    flush() {},
    fallBack: () => false,
    close() {
      blobs.length = 0;
    },
  };
}
