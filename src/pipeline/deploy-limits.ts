import { gzipSync } from 'node:zlib';
import { DEPLOY_LIMITS, PROGRAM_ALLOWANCE } from '../store/budget.ts';
import type { Compilation } from './compile.ts';
import type { PublishedFiles } from './output.ts';

interface ExceededLimits {
  /** Limits of the free plan only. */
  readonly warnings: readonly string[];
  /** Limits of every plan. */
  readonly errors: readonly string[];
}

/** The limits that a deploy would exceed. */
export function exceededLimits(
  { store, storeGzipLength, segments }: Pick<Compilation, 'store' | 'storeGzipLength' | 'segments'>,
  { folder, files, oversized }: PublishedFiles,
): ExceededLimits {
  const errors: string[] = [];
  const warnings: string[] = [];
  for (const [digest, bytes] of oversized) {
    const source = segments.find(({ digests }) => digests.includes(digest));
    const [what, remedy] =
      source === undefined
        ? [`${folder}/store/${digest}`, '']
        : [`seeds/${source.largest}`, ': split the document'];
    errors.push(
      `Cannot deploy ${what}: it makes a file of ${bytes} bytes; expected at most ${DEPLOY_LIMITS.fileBytes}, the limit of Cloudflare${remedy}`,
    );
  }
  const compare = (what: string, count: number, { free, paid }: { free: number; paid: number }): void => {
    if (count > paid) errors.push(`Cannot deploy ${what}: expected at most ${paid}, the limit of Cloudflare`);
    else if (count > free)
      warnings.push(
        `Cannot deploy ${what} on Cloudflare's free plan: expected at most ${free}, or the paid plan, whose limit is ${paid}`,
      );
  };
  compare(`${files} files in ${folder}`, files, DEPLOY_LIMITS.files);
  const { workerBytes } = DEPLOY_LIMITS;
  if (storeGzipLength + PROGRAM_ALLOWANCE > workerBytes.free) {
    const bytes = gzipSync(store).length + PROGRAM_ALLOWANCE;
    compare(`a worker of ${bytes} compressed bytes`, bytes, workerBytes);
  }
  return { warnings, errors };
}
