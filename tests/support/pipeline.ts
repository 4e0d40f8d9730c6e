import type { Site } from '../../src/config/site.ts';
import { DocumentError, type SourceFile } from '../../src/documents/stated.ts';
import { type BuildPipeline, openPipeline } from '../../src/pipeline/build-pipeline.ts';
import { noCache } from '../../src/pipeline/cache.ts';
import type { Progress } from '../../src/pipeline/progress.ts';
import { inlinePool } from '../../src/pipeline/worker-pool.ts';
import type { Asset, EmitAsset } from '../../src/store/asset.ts';

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
  const cache = noCache();
  const pool = inlinePool();
  pool.init({ site, sources: readSource, assets, blobs: cache.output });
  return openPipeline({
    stats: new Map(files.map(({ path }) => [path, undefined])),
    pool,
    lookahead: 1,
    cache,
    output: { assets, need() {} },
    startedAt: 0,
    progress: SILENT,
  });
}
