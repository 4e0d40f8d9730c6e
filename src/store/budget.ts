/**
 * The limits of Cloudflare's free and paid plans: https://developers.cloudflare.com/workers/platform/limits/, as of
 * November 2026. That page states the size of the worker in MB; the deploy enforces it in MiB (error 10027).
 */
export const DEPLOY_LIMITS = {
  /** Gzipped bytes of the worker. */
  workerBytes: { free: 3 * 1024 ** 2, paid: 10 * 1024 ** 2 },
  /** Files outside the worker. */
  files: { free: 20_000, paid: 100_000 },
  /** Bytes of each file, on either plan. */
  fileBytes: 25 * 1024 ** 2,
} as const;

/**
 * The bytes of a part of a recording. Cloudflare sends files only as a whole, and reading a small part for a few bytes
 * costs little.
 */
export const RECORDING_PART = 4 * 1024 ** 2;

/** Bytes of a recording: a request on the free plan makes at most 50 others. */
export const MAX_RECORDING = 50 * RECORDING_PART;

/**
 * The maximum compressed size of the worker, which fits the free plan. The oldest articles beyond it go to external
 * segments.
 */
export const WORKER_BUDGET = 2_500_000;

/** The share of the program itself. */
export const PROGRAM_ALLOWANCE = 150_000;

/** The maximum bytes of bundled blobs; if there are more, all blobs are external. */
export const BLOB_BUDGET = 1_000_000;

/** The best compression ratio of segments: the writer holds at most the budget times this. */
export const MAX_COMPRESSION = 6;
