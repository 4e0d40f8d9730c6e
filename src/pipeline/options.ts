import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Instant } from '../article.ts';

export interface BuildOptions {
  /** The folder of documents. */
  readonly seeds: string;
  /** The folder that is written. */
  readonly out: string;
  /** The folder for what builds remember; it may be deleted at any time. */
  readonly cache: string;
  /** Whole seconds. */
  readonly now: Instant;
  /** A preview is built over and over: a refused document does not end it, and the ledger remembers nothing of it. */
  readonly isPreview: boolean;
}

/** Where tools keep such, and where it goes when other libraries are installed. */
const CACHE = join(import.meta.dirname, '../../node_modules/.cache/tidings');

/** A command that cannot be carried out as it was given. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * The options of a build: flags first, then the environment, then what is usual.
 *
 * @throws UsageError when there is no such option, or its value cannot be used
 */
export function buildOptions(args: readonly string[], environment: NodeJS.ProcessEnv): BuildOptions {
  const flags = parseFlags(args);
  const now = flags.now === undefined ? Date.now() : Date.parse(flags.now);
  if (Number.isNaN(now))
    throw new UsageError(`Cannot parse --now "${flags.now}": expected an ISO 8601 date and time`);
  return {
    // What is empty says nothing.
    seeds: flags.seeds || environment.SEEDS_DIR || 'seeds',
    out: flags.out || environment.OUT_DIR || 'dist',
    cache: flags.cache || environment.CACHE_DIR || CACHE,
    now: Math.floor(now / 1000) * 1000,
    isPreview: environment.PREVIEW === '1',
  };
}

function parseFlags(args: readonly string[]): { seeds?: string; out?: string; cache?: string; now?: string } {
  try {
    const options = {
      seeds: { type: 'string' },
      out: { type: 'string' },
      cache: { type: 'string' },
      now: { type: 'string' },
    } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${reason}; expected --seeds DIR, --out DIR, --cache DIR or --now ISO`);
  }
}
