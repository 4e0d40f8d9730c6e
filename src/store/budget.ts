/**
 * What Cloudflare takes, on its free and on its paid plan: https://developers.cloudflare.com/workers/platform/limits/, as
 * of November 2026. That page says MB of the worker; the deploy refuses it by MiB (error 10027).
 */
export const DEPLOY_LIMITS = {
  /** Bytes of the worker as gzip. */
  workerBytes: { free: 3 * 1024 ** 2, paid: 10 * 1024 ** 2 },
  /** Files outside the worker. */
  files: { free: 20_000, paid: 100_000 },
  /** Bytes of each of them, on either plan. */
  fileBytes: 25 * 1024 ** 2,
} as const;

/**
 * What the worker may weigh, compressed, so that the free plan takes it. What goes beyond is kept in segments beside it,
 * the oldest articles first.
 */
export const WORKER_BUDGET = 2_500_000;

/** What the program itself weighs of that. */
export const PROGRAM_ALLOWANCE = 150_000;

/** Bytes of blobs that may be in the worker; beyond, they are all beside it. */
export const BLOB_BUDGET = 1_000_000;

/** Segments compress to no less than one part in so many, so no more need be held than this many times the budget. */
export const MAX_COMPRESSION = 6;
