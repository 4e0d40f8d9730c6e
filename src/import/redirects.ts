import { join, posix } from 'node:path';
import type { Generator, Redirect } from '../config/generator.ts';
import { partsBetween } from '../strings.ts';
import { parseData, readConfiguration, rootOf, tableOf } from './configuration-values.ts';

/** Tables of redirects at the top of a site: Netlify, Vercel and Firebase. */
export const TABLES: readonly string[] = ['netlify.toml', 'vercel.json', 'now.json', 'firebase.json'];
/** Tables in the folder that is served: Netlify and Cloudflare; Apache. */
const SERVED_TABLES = ['_redirects', '.htaccess'];
const SERVED = ['', 'static/', 'public/', 'source/', 'src/'];
/** Scripts besides the configuration that state redirects. */
const SCRIPTS = ['gatsby-node.js', 'gatsby-node.ts'];
const MAX_BYTES = 2_000_000;

interface FormerRedirects {
  readonly redirects: readonly Redirect[];
  /** The patterns in tables, such as `/old/*`, which are left out. */
  readonly patterns: readonly string[];
}

/** The redirects that a site had, as the tables of its host and the configuration of its generator state them. */
export function readRedirects(folder: string, generator: Generator | undefined): FormerRedirects {
  const root = rootOf(generator ?? { prefix: '' }, folder);
  const served = new Set([...SERVED, ...(generator?.staticRoots ?? [])]);
  const files = [
    ...TABLES,
    ...[...served].flatMap((each) => SERVED_TABLES.map((name) => each + name)),
    ...(generator === undefined ? [] : [generator.file, ...SCRIPTS]),
  ];
  const redirects: Redirect[] = [];
  const patterns = new Set<string>();
  for (const file of files) {
    const isTable = generator === undefined || ![generator.file, ...SCRIPTS].includes(file);
    for (const { from, to } of redirectsIn(file, readConfiguration(join(root, file), MAX_BYTES) ?? '')) {
      const address = pathOf(from);
      if (address === '/' || address === '/*' || to === '') continue;
      if ([address, to].some((each) => /[*{}()[\]<>\s]|(?<![a-z]):(?!\/\/)/i.test(each))) {
        if (isTable) patterns.add(from);
        continue;
      }
      const target = /^(?:\/|https?:)/.test(to) ? to : posix.join('/', posix.dirname(address), to);
      redirects.push({ from: address, to: target });
    }
  }
  return { redirects, patterns: [...patterns] };
}

/** The path of an address that may be a whole URL, or the path of a file. */
function pathOf(address: string): string {
  const path = URL.canParse(address) ? new URL(address).pathname : address;
  return posix.join('/', path.replace(/\.(?:md|markdown|mdx)$/, ''));
}

function redirectsIn(file: string, text: string): Redirect[] {
  if (file.endsWith('_redirects')) return text.split('\n').flatMap(redirectInLine);
  if (file.endsWith('.htaccess')) return text.split('\n').flatMap(redirectOfApache);
  if (/\.(?:toml|ya?ml|json)$/.test(file)) return redirectsInData(parseData(file, text), 0);
  if (file.endsWith('.rb')) return redirectsInRuby(text);
  return file.endsWith('.py') ? redirectsInPython(text) : redirectsInScript(text);
}

/** `/old /new 301`, with optional query parameters in between and conditions after them. */
function redirectInLine(line: string): Redirect[] {
  const [from = '', ...rest] = partsBetween(line.replace(/^\s*#.*/, ''), /\s+/);
  const to = rest.find((word) => /^(?:\/|https?:)/.test(word));
  const isError = rest.some((word) => /^4\d\d!?$/.test(word));
  return to === undefined || isError ? [] : [{ from, to }];
}

/** `Redirect 301 /old /new`, and `RewriteRule ^old$ /new [R=301]` if the rule is unambiguous. */
function redirectOfApache(line: string): Redirect[] {
  const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
  const [name = '', ...rest] = words;
  if (/^redirect(?:permanent|temp)?$/i.test(name)) {
    const [from, to] = rest.filter((word) => !/^(?:3\d\d|permanent|temp|seeother)$/i.test(word));
    return from === undefined || to === undefined ? [] : [{ from, to }];
  }
  const [pattern = '', to = '', flags = ''] = rest;
  if (!/^rewriterule$/i.test(name) || !/^\[.*\bR\b/.test(flags)) return [];
  const from = pattern.replace(/^\^\/?|\/?\??\$$/g, '').replaceAll('\\.', '.');
  return /[\\^$|?+*()[\]]/.test(from) || to.includes('$') ? [] : [{ from: `/${from}`, to }];
}

/** The names of the former address of a redirect and of its target. */
const PAIRS: readonly (readonly [string, string])[] = [
  ['from', 'to'],
  ['source', 'destination'],
  ['fromPath', 'toPath'],
];
const MAX_DEPTH = 8;

/** Tables with two names each, and maps below `redirects`, `redirect` or `redirect_maps`, at any depth. */
function redirectsInData(value: unknown, depth: number): Redirect[] {
  if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((each) => redirectsInData(each, depth + 1));
  const table = tableOf(value);
  for (const [first, second] of PAIRS) {
    const [from, to, status] = [table[first], table[second], table.status];
    if (typeof from === 'string' && typeof to === 'string')
      return Number(status) >= 400 ? [] : [{ from, to }];
  }
  return Object.entries(table).flatMap(([name, inner]) => {
    if (!/^redirects?$|^redirect_maps$/.test(name) || Array.isArray(inner))
      return redirectsInData(inner, depth + 1);
    // The targets of MkDocs are files.
    const isFile = name === 'redirect_maps';
    return Object.entries(tableOf(inner)).flatMap(([from, to]) =>
      typeof to === 'string'
        ? { from, to: isFile && !/^https?:/.test(to) ? `/${to}` : to }
        : redirectsInData({ [from]: to }, depth + 1),
    );
  });
}

/** Nikola's `REDIRECTIONS = [("old.html", "/new/")]` */
function redirectsInPython(text: string): Redirect[] {
  const list = /^REDIRECTIONS\s*=\s*\[([^\]]*)\]/m.exec(text)?.[1] ?? '';
  const pairs = list.matchAll(/\(\s*["']([^"'\n]+)["']\s*,\s*["']([^"'\n]+)["']/g);
  return [...pairs].map(([, from = '', to = '']) => ({ from, to }));
}

/** Middleman's `redirect "old.html", to: "/new.html"` */
function redirectsInRuby(text: string): Redirect[] {
  const calls = text.matchAll(
    /^[ \t]*redirect[ \t(]+["']([^"'\n]+)["'],\s*(?::to\s*=>|to:)\s*["']([^"'\n]+)["']/gm,
  );
  return [...calls].map(([, from = '', to = '']) => ({ from, to }));
}

const STRING = '["\'`]([^"\'`\\n]*)["\'`]';
/** `from: '/old', to: '/new'` and the like, in either order; `from` may be a list. */
const OBJECTS = PAIRS.flatMap(([from, to]) => {
  const source = `\\b${from}["']?\\s*:\\s*(?<from>\\[[^\\]]*\\]|["'\`][^"'\`\\n]*["'\`])`;
  const target = `\\b${to}["']?\\s*:\\s*["'\`](?<to>[^"'\`\\n]*)["'\`]`;
  return [`${source}\\s*,\\s*["']?${target}`, `${target}\\s*,\\s*["']?${source}`].map(
    (pattern) => new RegExp(pattern, 'g'),
  );
});
/** `'/old': '/new'` and `'/old': { redirect: '/new' }`; a status may precede the target. */
const ENTRIES = new RegExp(
  `["'\`](/[^"'\`\\n]*)["'\`]\\s*:\\s*(?:\\{\\s*(?:status\\s*:\\s*3\\d\\d\\s*,\\s*)?(?:destination|redirect|to)\\s*:\\s*(?:\\{\\s*to\\s*:\\s*)?)?${STRING}`,
  'g',
);

/** The literals in a script. */
function redirectsInScript(text: string): Redirect[] {
  const objects = OBJECTS.flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap(({ groups: { from = '', to = '' } = {} }) =>
      [...from.matchAll(/["'`]([^"'`\n]*)["'`]/g)].map(([, each = '']) => ({ from: each, to })),
    ),
  );
  const start = /\b(?:(?:redirects|routeRules)\s*:|redirectPlugin\(\s*\{\s*config\s*:)\s*\{/.exec(text);
  const block = start === null ? '' : blockAt(text, start.index + start[0].length);
  return [...objects, ...[...block.matchAll(ENTRIES)].map(([, from = '', to = '']) => ({ from, to }))];
}

/** The code up to the brace that closes a block. */
function blockAt(code: string, start: number): string {
  let depth = 1;
  for (const { 0: brace, index } of code.slice(start).matchAll(/[{}]/g)) {
    depth += brace === '{' ? 1 : -1;
    if (depth === 0) return code.slice(start, start + index);
  }
  return '';
}
