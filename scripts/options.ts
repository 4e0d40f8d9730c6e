import { parseArgs } from 'node:util';
import type { Instant } from '../src/article.ts';

export interface BuildOptions {
  /** The folder of documents. */
  readonly seeds: string;
  /** The folder that is written. */
  readonly out: string;
  /** Whole seconds. */
  readonly now: Instant;
  /** Whether a refused document leaves the exit code 0, as a preview wants it. */
  readonly keepGoing: boolean;
}

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
    seeds: flags.seeds ?? environment.SEEDS_DIR ?? 'seeds',
    out: flags.out ?? environment.OUT_DIR ?? 'dist',
    now: Math.floor(now / 1000) * 1000,
    keepGoing: environment.KEEP_GOING === '1',
  };
}

function parseFlags(args: readonly string[]): { seeds?: string; out?: string; now?: string } {
  try {
    const options = { seeds: { type: 'string' }, out: { type: 'string' }, now: { type: 'string' } } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${reason}; expected --seeds DIR, --out DIR or --now ISO`);
  }
}
