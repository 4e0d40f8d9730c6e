import { type Dirent, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type * as Yaml from 'js-yaml';
import type * as Toml from 'smol-toml';
import type { Generator } from '../config/generator.ts';
import { endOfBraces } from '../documents/markdown/jsx.ts';
import { attempt } from '../memo.ts';
import { lazyRequire } from '../package.ts';
import { trimOf } from '../strings.ts';

export type Data = Readonly<Record<string, unknown>>;

/** Finds the first value of a configuration by dotted names in lower case, separated by spaces. */
export type FindSetting = (names: string) => string | undefined;

const MAX_BYTES = 1_000_000;

/** The folder of a generator, above the folder of documents or the same. */
export function rootOf({ prefix }: Pick<Generator, 'prefix'>, folder: string): string {
  const above = prefix.split('/').slice(1);
  return resolve(folder, ...above.map(() => '..'));
}

export function tableOf(value: unknown): Data {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

export function lowerKeys(value: unknown): Data {
  return Object.fromEntries(Object.entries(tableOf(value)).map(([key, each]) => [key.toLowerCase(), each]));
}

const toml = lazyRequire<typeof Toml>('smol-toml');

const yaml = lazyRequire<typeof Yaml>('js-yaml');

const DATA = /\.(?:toml|ya?ml|json)$/;

/** Tags that only the generator understands, such as `!!python/name:x` and `!ENV`. */
const YAML_TAG = /(?<=[:-][ \t])[ \t]*!\S*/g;

/** The texts in a configuration, by dotted name in lower case; only the literals of a script. */
export function configurationTexts(file: string, text: string): ReadonlyMap<string, string> {
  if (DATA.test(file)) return flatten(parseData(file, text));
  if (file.endsWith('.rb')) return rubyLiterals(text);
  if (file.endsWith('.txt'))
    return new Map(
      [...text.matchAll(KIRBY_FIELD)].map(([, name = '', value = '']) => [name.toLowerCase(), value.trim()]),
    );
  return file.endsWith('.py') ? pythonLiterals(text) : scriptLiterals(text);
}

/** Undefined if it is a script, or cannot be parsed. */
export function parseData(file: string, text: string): unknown {
  if (!DATA.test(file)) return undefined;
  return attempt(() =>
    file.endsWith('.toml') ? toml().parse(text) : yaml().load(text.replace(YAML_TAG, ''), { json: true }),
  );
}

/** The texts in data, by their dotted names in lower case. */
export function flatten(
  value: unknown,
  name = '',
  into = new Map<string, string>(),
  depth = 0,
): Map<string, string> {
  if (typeof value === 'string' || typeof value === 'number') {
    if (!into.has(name)) into.set(name, String(value));
  } else if (Array.isArray(value)) {
    flatten(value[0], name, into, depth + 1);
  } else if (typeof value === 'object' && value !== null && depth < 5) {
    for (const [key, inner] of Object.entries(value))
      flatten(inner, (name === '' ? key : `${name}.${key}`).toLowerCase(), into, depth + 1);
  }
  return into;
}

const KIRBY_FIELD = /^(Title|Description|Author):[ \t]{0,9}(\S[^\n]{0,500})$/gm;

/** `set :title, "A"` and `blog.permalink = "{title}.html"` */
function rubyLiterals(text: string): Map<string, string> {
  const found = text.matchAll(
    /^[ \t]*(?:set[ (]+:(\w+),|(\w+\.\w+)[ \t]*=)[ \t]*(?:'([^'\n]*)'|"([^"#\n]*)")/gm,
  );
  return new Map(
    [...found].map(([, setting, member, single, double]) => [
      setting ?? member ?? '',
      single ?? double ?? '',
    ]),
  );
}

function pythonLiterals(text: string): Map<string, string> {
  const found = [...text.matchAll(/^([A-Z_]+)\s*=\s*u?(?:'([^'\n]*)'|"([^"\n]*)")/gm)];
  return new Map(found.map(([, name = '', single, double]) => [name.toLowerCase(), single ?? double ?? '']));
}

/** The first literal of each name; the literals in `blog: {…}` have the name `blog.name`, too. */
function scriptLiterals(text: string): Map<string, string> {
  const values = new Map<string, string>();
  const code = text.replace(/\/\*[\s\S]*?\*\/|(?<=^|[\s,;{])\/\/.*$/gm, '');
  const literals = (source: string, prefix: string): void => {
    for (const [, name = '', , value = ''] of source.matchAll(
      /(?<![\w.$])["']?(\w+)["']?\s*[:=]\s*(["'`])((?:(?!\2)[^\\\n])*)\2/g,
    )) {
      const key = prefix + name.toLowerCase();
      if (!values.has(key) && !value.includes('${')) values.set(key, value);
    }
  };
  literals(code, '');
  for (const name of ['author', 'blog', 'docs', 'dir', 'i18n', 'site'])
    literals(objectsAfter(code, `(?<![\\w.$])${name}\\s*:`)[0] ?? '', `${name}.`);
  const configured = /\bpageTitle\s*:\s*(["'`])([^"'`\n]*)\1/.exec(code)?.[2];
  if (configured !== undefined) values.set('title', configured);
  return values;
}

/** The object behind each match of a pattern in a script, without the objects in it. */
export function objectsAfter(code: string, pattern: string): string[] {
  return [...code.matchAll(new RegExp(`${pattern}\\s*(?=\\{)`, 'g'))].map(({ 0: before, index }) => {
    const start = index + before.length;
    const object = code.slice(start, endOfBraces(code, start) ?? code.indexOf('{', start + 1));
    return object.slice(1).replace(/\{[^{}]*\}/g, '');
  });
}

/** The text of a configuration; undefined if there is no such file, or it is too large. */
export function readConfiguration(path: string, maxBytes = MAX_BYTES): string | undefined {
  return attempt(() => {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    return stat?.isFile() && stat.size <= maxBytes ? readFileSync(path, 'utf8') : undefined;
  });
}

/** In the order of their names. */
export function entriesOf(folder: string): Dirent[] {
  return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
}

export function trimSlashes(path: string): string {
  return trimOf(path, /\//);
}

/** A stated folder, without `./` before it. */
export function folderPath(stated: string): string {
  return trimSlashes(stated.replace(/^\.\//, ''));
}
