/**
 * What the worker may weigh, compressed; Cloudflare's free plan takes 3 MB. What goes beyond is kept in segments beside
 * it, the oldest articles first.
 */
export const WORKER_BUDGET = 2_500_000;

/** What the program itself weighs of that. */
export const PROGRAM_ALLOWANCE = 150_000;

/** Bytes of blobs that may be in the worker; beyond, they are all beside it. */
export const BLOB_BUDGET = 1_000_000;

/** Segments compress to no less than one part in so many, so no more need be held than this many times the budget. */
export const MAX_COMPRESSION = 6;
