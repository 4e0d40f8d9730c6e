import { parse, type TomlTable } from 'smol-toml';
import { locateIn } from './site-file.ts';

export interface WranglerProblems {
  /** Mistakes that would publish hidden content, or nothing at all. */
  readonly errors: readonly string[];
  /** Mistakes that would cost time or money. */
  readonly warnings: readonly string[];
}

/** The oldest date with which the worker was tested. */
export const COMPATIBILITY_DATE = '2026-10-23';

interface Rule {
  readonly path: readonly [string, ...string[]];
  readonly isRight: (value: unknown, settings: TomlTable) => boolean;
  /** The line as it should be. */
  readonly line: string;
  readonly reason: string;
  readonly isError?: boolean;
}

/**
 * Checks the settings in `wrangler.toml` that must be right. The file belongs to the publisher, who is free in all others.
 *
 * @param text of the file
 * @param out the folder that the build writes, as `wrangler.toml` has to name it; undefined: that is another one this time
 * @param url the address that `site.toml` pins
 */
export function checkWranglerToml(
  text: string,
  out: string | undefined,
  url: string | undefined,
): WranglerProblems {
  let settings: TomlTable;
  try {
    settings = parse(text);
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return { errors: [`Cannot parse wrangler.toml: ${reason}; expected TOML`], warnings: [] };
  }
  const locate = locateIn(text);
  const errors: string[] = [];
  const warnings: string[] = [];
  for (const { path, isRight, line, reason, isError = false } of rulesFor(out, url)) {
    const value = path.reduce<unknown>((table, key) => (table as TomlTable | undefined)?.[key], settings);
    if (isRight(value, settings)) continue;
    const place = locate(path);
    const where = place === undefined ? 'wrangler.toml' : `wrangler.toml:${place}`;
    const [table] = path.length > 1 ? [` below [${path.slice(0, -1).join('.')}]`] : [''];
    const problem =
      value === undefined
        ? `Cannot find ${path.join('.')} in ${where}`
        : `Cannot use ${path.join('.')} = ${JSON.stringify(value)} in ${where}`;
    (isError ? errors : warnings).push(`${problem}: expected the line ${line}${table}; ${reason}`);
  }
  return { errors, warnings };
}

function rulesFor(out: string | undefined, url: string | undefined): Rule[] {
  const rules: Rule[] = [
    {
      path: ['assets', 'run_worker_first'],
      isRight: (value) => Array.isArray(value) && value.includes('/store/*'),
      line: 'run_worker_first = ["/store/*"]',
      reason: 'without it anybody can read articles that are not published yet',
      isError: true,
    },
    {
      path: ['assets', 'binding'],
      isRight: (value) => value === 'ASSETS',
      line: 'binding = "ASSETS"',
      reason: 'without it the worker cannot read older articles',
      isError: true,
    },
    {
      path: ['compatibility_date'],
      isRight: (value) => typeof value === 'string' && value >= COMPATIBILITY_DATE,
      line: `compatibility_date = "${COMPATIBILITY_DATE}"`,
      reason: 'the worker was not tested with an older one',
    },
    {
      path: ['keep_names'],
      isRight: (value) => value === false,
      line: 'keep_names = false',
      reason: 'keeping the names of functions costs every request some microseconds',
    },
    url === undefined
      ? {
          path: ['cache', 'enabled'],
          isRight: (value, settings) => value !== true || hasVariable(settings, 'SITE_URL'),
          line: 'enabled = false',
          reason:
            'the cache serves all hosts alike, so links would lead to the host that asked first; state url in site.toml to use it',
          isError: true,
        }
      : {
          path: ['cache', 'enabled'],
          isRight: (value) => typeof value === 'boolean',
          line: 'enabled = true',
          reason: 'with it Cloudflare answers most requests without running the worker',
        },
    {
      path: ['cache', 'cross_version_cache'],
      isRight: (value) => value !== true,
      line: 'cross_version_cache = false',
      reason: 'with it the cache sends articles that a deploy has removed',
      isError: true,
    },
    {
      path: ['build', 'command'],
      isRight: (value) => typeof value === 'string' && value !== '',
      line: 'command = "npx tidings build"',
      reason: 'without it "wrangler deploy" uploads the last build',
    },
  ];
  if (out === undefined) return rules;
  const isPath = (wanted: string) => (value: unknown) =>
    typeof value === 'string' && value.replace(/^\.\//, '').replace(/\/$/, '') === wanted;
  return [
    {
      path: ['main'],
      isRight: isPath(`${out}/worker.js`),
      line: `main = "${out}/worker.js"`,
      reason: 'this is the file that the build writes',
      isError: true,
    },
    {
      path: ['assets', 'directory'],
      isRight: isPath(`${out}/assets`),
      line: `directory = "${out}/assets"`,
      reason: 'this is the folder that the build writes',
      isError: true,
    },
    ...rules,
  ];
}

function hasVariable(settings: TomlTable, name: string): boolean {
  const value = (settings.vars as TomlTable | undefined)?.[name];
  return typeof value === 'string' && value !== '';
}
