import * as jsonc from 'jsonc-parser';
import * as toml from 'smol-toml';
import { countLineBreaks } from '../strings.ts';
import type { Locate } from './errors.ts';
import { locateIn } from './site-file.ts';
import type { KeyPath } from './types.ts';

export interface WranglerProblems {
  /** Mistakes that would publish hidden content, or nothing at all. */
  readonly errors: readonly string[];
  /** Mistakes that would cost time or money. */
  readonly warnings: readonly string[];
}

/** The oldest date with which the worker was tested. */
export const COMPATIBILITY_DATE = '2026-10-23';

type Settings = Readonly<Record<string, unknown>>;

interface Rule {
  readonly path: readonly [string, ...string[]];
  readonly isRight: (value: unknown, settings: Settings) => boolean;
  readonly wanted: unknown;
  readonly reason: string;
  readonly isError?: boolean;
}

/** The names of wrangler's configuration, in the order in which wrangler looks for them. */
export const WRANGLER_FILES = ['wrangler.json', 'wrangler.jsonc', 'wrangler.toml'];

/**
 * Checks the settings of wrangler that must be right. The file belongs to the publisher, who is free in all others.
 *
 * @param file its name; the ending states its format
 * @param out the output folder, as the file must state it; undefined: not checked
 * @param url the address that `site.toml` pins
 */
export function checkWranglerFile(
  file: string,
  text: string,
  out: string | undefined,
  url: string | undefined,
): WranglerProblems {
  const parsed = file.endsWith('.toml') ? parseToml(text) : parseJson(text);
  if (typeof parsed === 'string') return { errors: [`Cannot parse ${file}: ${parsed}`], warnings: [] };
  const { settings, locate, print } = parsed;
  const errors: string[] = [];
  const warnings: string[] = [];
  for (const { path, isRight, wanted, reason, isError = false } of rulesFor(out, url)) {
    const value = path.reduce<unknown>((table, key) => (table as Settings | undefined)?.[key], settings);
    if (isRight(value, settings)) continue;
    const line = locate(path);
    const where = line === undefined ? file : `${file}:${line}`;
    const problem =
      value === undefined
        ? `Cannot find ${path.join('.')} in ${where}`
        : `Cannot use ${path.join('.')} = ${JSON.stringify(value)} in ${where}`;
    (isError ? errors : warnings).push(`${problem}: expected ${print(path, wanted)}; ${reason}`);
  }
  return { errors, warnings };
}

interface WranglerFile {
  readonly settings: Settings;
  readonly locate: Locate;
  /** The line that the publisher has to write. */
  readonly print: (path: readonly string[], value: unknown) => string;
}

/** @returns the reason if the text is not TOML */
function parseToml(text: string): WranglerFile | string {
  try {
    return {
      settings: toml.parse(text),
      locate: locateIn(text),
      print(path, value) {
        const [table] = path.length > 1 ? [` below [${path.slice(0, -1).join('.')}]`] : [''];
        return `the line ${path.at(-1)} = ${JSON.stringify(value)}${table}`;
      },
    };
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return `${reason}; expected TOML`;
  }
}

/** @returns the reason if the text is not JSON with comments */
function parseJson(text: string): WranglerFile | string {
  const errors: jsonc.ParseError[] = [];
  const tree = jsonc.parseTree(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error !== undefined)
    return `${jsonc.printParseErrorCode(error.error)} in line ${1 + countLineBreaks(text.slice(0, error.offset))}; expected JSON`;
  if (tree?.type !== 'object') return 'expected an object';
  const find = (path: KeyPath): number | undefined => {
    const node = jsonc.findNodeAtLocation(tree, [...path]);
    return node && 1 + countLineBreaks(text.slice(0, (node.parent ?? node).offset));
  };
  return {
    settings: jsonc.getNodeValue(tree),
    locate: (path) => path.map((_, index) => find(path.slice(0, path.length - index))).find(Boolean),
    print: (path, value) =>
      `${JSON.stringify(path.at(-1))}: ${JSON.stringify(value)}${path.length > 1 ? ` in "${path.slice(0, -1).join('.')}"` : ''}`,
  };
}

function rulesFor(out: string | undefined, url: string | undefined): Rule[] {
  const rules: Rule[] = [
    {
      path: ['assets', 'run_worker_first'],
      isRight: (value) => Array.isArray(value) && value.includes('/store/*'),
      wanted: ['/store/*'],
      reason: 'without it anybody can read articles that are not published yet',
      isError: true,
    },
    {
      path: ['assets', 'binding'],
      isRight: (value) => value === 'ASSETS',
      wanted: 'ASSETS',
      reason: 'without it the worker cannot read older articles',
      isError: true,
    },
    {
      path: ['compatibility_date'],
      isRight: (value) => typeof value === 'string' && value >= COMPATIBILITY_DATE,
      wanted: COMPATIBILITY_DATE,
      reason: 'the worker was not tested with an older one',
    },
    {
      path: ['keep_names'],
      isRight: (value) => value === false,
      wanted: false,
      reason: 'keeping the names of functions costs every request some microseconds',
    },
    url === undefined
      ? {
          path: ['cache', 'enabled'],
          isRight: (value, settings) => value !== true || hasVariable(settings, 'SITE_URL'),
          wanted: false,
          reason:
            'the cache serves all hosts alike, so links would lead to the host of the first request; set url in site.toml to use it',
          isError: true,
        }
      : {
          path: ['cache', 'enabled'],
          isRight: (value) => typeof value === 'boolean',
          wanted: true,
          reason: 'with it Cloudflare answers most requests without running the worker',
        },
    {
      path: ['cache', 'cross_version_cache'],
      isRight: (value) => value !== true,
      wanted: false,
      reason: 'with it the cache sends articles that a deploy has removed',
      isError: true,
    },
    {
      path: ['build', 'command'],
      isRight: (value) => typeof value === 'string' && value !== '',
      wanted: 'npx tidings build',
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
      wanted: `${out}/worker.js`,
      reason: 'this is the file that the build writes',
      isError: true,
    },
    {
      path: ['assets', 'directory'],
      isRight: isPath(`${out}/assets`),
      wanted: `${out}/assets`,
      reason: 'this is the folder that the build writes',
      isError: true,
    },
    ...rules,
  ];
}

function hasVariable(settings: Settings, name: string): boolean {
  const value = (settings.vars as Settings | undefined)?.[name];
  return typeof value === 'string' && value !== '';
}
