import { realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { Instant } from '../article.ts';
import { UsageError } from '../config/errors.ts';
import { attempt } from '../memo.ts';

export interface BuildOptions {
  /** The folder of documents. */
  readonly seeds: string;
  /** The output folder. */
  readonly out: string;
  /** The folder of caches; it may be deleted at any time. */
  readonly cache: string;
  /** Whole seconds. */
  readonly now: Instant;
  /** A preview is built again and again: refused documents do not fail it, and it does not write the ledger. */
  readonly isPreview: boolean;
  /** Whether a preview shows drafts. */
  readonly showsDrafts: boolean;
  /** Whether a ledger that would change is an error. */
  readonly isFrozen: boolean;
  /** Whether the build runs in CI. */
  readonly isCi: boolean;
  /** Whether the report lists everything individually. */
  readonly isVerbose: boolean;
}

export const DEFAULT_OUT = 'dist';
/** The usual cache folder of tools, which a fresh install of packages deletes. */
const CACHE = 'node_modules/.cache/tidings';

const FLAGS = {
  seeds: { type: 'string' },
  out: { type: 'string' },
  cache: { type: 'string' },
  now: { type: 'string' },
  frozen: { type: 'boolean' },
  verbose: { type: 'boolean' },
} as const;
const USAGE = '--seeds DIR, --out DIR, --cache DIR, --now ISO, --frozen or --verbose';

/**
 * The options of a build: flags, then the environment, then defaults.
 *
 * @throws UsageError if an option is unknown, its value cannot be used, or one folder is in another
 */
export function buildOptions(args: readonly string[], environment: NodeJS.ProcessEnv): BuildOptions {
  const { values: flags } = parseFlags({ args: [...args], options: FLAGS }, USAGE);
  const now = nowOf(flags.now, environment.SOURCE_DATE_EPOCH);
  // Empty values count as absent.
  const seeds = flags.seeds || environment.SEEDS_DIR || 'seeds';
  const out = flags.out || environment.OUT_DIR || DEFAULT_OUT;
  const cache = flags.cache || environment.CACHE_DIR || CACHE;
  refuseOverlap(seeds, out, cache);
  const isPreview = environment.PREVIEW === '1';
  return {
    seeds,
    out,
    cache,
    now: Math.floor(now / 1000) * 1000,
    isPreview,
    showsDrafts: isPreview && environment.PREVIEW_DRAFTS === '1',
    isFrozen: flags.frozen ?? false,
    isVerbose: flags.verbose ?? false,
    isCi: environment.CI !== undefined && environment.CI !== '' && environment.CI !== 'false',
  };
}

/** @param epoch seconds (https://reproducible-builds.org/specs/source-date-epoch/) */
function nowOf(flag: string | undefined, epoch: string | undefined): Instant {
  if (flag !== undefined) {
    const now = Date.parse(flag);
    if (!Number.isNaN(now)) return now;
    throw new UsageError(`Cannot parse --now "${flag}": expected an ISO 8601 date and time`);
  }
  // Empty values count as absent.
  if (!epoch) return Date.now();
  if (/^\d{1,11}$/.test(epoch)) return Number(epoch) * 1000;
  throw new UsageError(`Cannot parse SOURCE_DATE_EPOCH "${epoch}": expected seconds since 1970`);
}

/** Rejects folders that overlap: a build could read its own output, publish its cache, or delete documents. */
function refuseOverlap(seeds: string, out: string, cache: string): void {
  const assets = join(out, 'assets');
  const pairs = [
    ['--out', out, 'seeds', seeds],
    ['--seeds', seeds, 'output', out],
    ['--cache', cache, 'seeds', seeds],
    ['--seeds', seeds, 'cache', cache],
    ['--cache', cache, 'published files', assets],
    ['--out', out, 'cache', cache],
  ] as const;
  for (const [flag, inner, name, outer] of pairs) {
    if (!isInside(inner, outer)) continue;
    throw new UsageError(
      `Cannot use ${flag} "${inner}": it is in the folder of ${name}, "${outer}"; expected a folder outside it`,
    );
  }
}

/**
 * Parses the flags of a command.
 *
 * @param expected what it takes
 * @throws UsageError if a flag is unknown or has no value
 */
export function parseFlags<Config extends ParseArgsConfig>(
  config: Config,
  expected: string,
): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${reason}; expected ${expected}`);
  }
}

/** Whether a folder is another one or inside it, with links followed; neither has to exist. */
function isInside(inner: string, outer: string): boolean {
  const path = relative(realPath(outer), realPath(inner));
  return path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}

/** The real path of the part of a path that exists, with the rest appended. */
function realPath(path: string): string {
  const absolute = resolve(path);
  const parent = dirname(absolute);
  return (
    attempt(() => realpathSync.native(absolute)) ??
    (parent === absolute ? absolute : join(realPath(parent), basename(absolute)))
  );
}
