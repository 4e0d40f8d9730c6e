import { parse, TomlError } from 'smol-toml';
import type { AST } from 'toml-eslint-parser';
import { once } from '../memo.ts';
import { lazyRequire } from '../package.ts';
import { type Locate, SettingsError } from './errors.ts';
import { defineSite, SETTINGS_VERSION, type Site } from './site.ts';
import type { KeyPath } from './types.ts';

export const SITE_FILE = 'site.toml';

/** Names of folders that do not name a publication. */
const USUAL_FOLDERS: ReadonlySet<string> = new Set(['seeds', 'content', 'docs', 'posts', 'source', 'src']);

/** The title of a site that states none: `/home/jane/my-news/seeds` becomes `My news`. */
export function titleOfFolder(path: string): string {
  const names = path.split(/[/\\]+/).filter((name) => name !== '');
  const name = names.findLast((each) => !USUAL_FOLDERS.has(each.toLowerCase())) ?? '';
  const words = name
    .replace(/\p{Cc}/gu, '')
    .replaceAll(/[-_\s]+/g, ' ')
    .trim();
  return words === '' ? 'News' : (words[0] ?? '').toUpperCase() + words.slice(1);
}

const iconv = lazyRequire<typeof import('iconv-lite')>('iconv-lite');

/**
 * The site that a file describes.
 *
 * @param name of the file, for messages, such as `seeds/site.toml`
 * @param title of a site that states none
 * @throws Error with one line for each setting that cannot be used
 */
export function parseSite(text: string, name: string, title: string): Site {
  const plain = text.replace(/^\uFEFF/, '');
  const settings = parseToml(plain, name);
  const { version } = settings;
  const locate = locateIn(plain);
  if (typeof version === 'number' && version > SETTINGS_VERSION) {
    throw new Error(
      `Cannot read ${name}:${locate(['version'])}: it has version ${version}; expected at most ${SETTINGS_VERSION}: update Tidings`,
    );
  }
  try {
    const site = defineSite(settings, title);
    checkEncoding(site);
    return site;
  } catch (error) {
    throw error instanceof SettingsError ? new SettingsError(error.problems, name, locate) : error;
  }
}

/** Uses a library that the worker must not load. */
function checkEncoding({ encoding }: Site): void {
  if (encoding === undefined || iconv().encodingExists(encoding)) return;
  const expected = 'a character encoding, such as "ibm850"';
  throw new SettingsError([{ path: ['encoding'], value: encoding, expected }]);
}

function parseToml(text: string, name: string): Record<string, unknown> {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const reason = (error.message.split('\n')[0] ?? '').replace('Invalid TOML document: ', '');
    const line = text.split('\n')[error.line - 1]?.trim() ?? '';
    const expected = reason.startsWith('trying to redefine') ? 'each key and table once' : tomlFor(line);
    throw new Error(
      `Cannot parse ${JSON.stringify(line)} in ${name}:${error.line}: ${
        expected === undefined ? `${reason}; expected TOML` : `expected ${expected}`
      }`,
    );
  }
}

/** The TOML of a line that is written as in YAML. */
function tomlFor(line: string): string | undefined {
  const at = line.search(/[:=]/);
  const [key, sign, value] = [line.slice(0, at).trimEnd(), line[at], line.slice(at + 1).trimStart()];
  if (at === -1 || !/^[\w.-]+$/.test(key)) return undefined;
  if (/^(?:true|yes|on)$/i.test(value)) return `${key} = true`;
  if (/^(?:false|no|off)$/i.test(value)) return `${key} = false`;
  if (/^"[^"]*$/.test(value)) return `a quotation mark after ${value}`;
  if (!/["'[{]/.test(value) && /[\p{L}:]/u.test(value)) return `${key} = ${JSON.stringify(value)}`;
  return sign === ':' ? `${key} = ${value === '' ? '…' : value}` : undefined;
}

/** A parser with line numbers, which only error messages need. */
const tomlTree = lazyRequire<typeof import('toml-eslint-parser')>('toml-eslint-parser');

/** Finds the lines of keys in TOML; the line of a missing key is that of its table. */
export function locateIn(text: string): Locate {
  const lines = once(() => linesOfKeys(text));
  return (path) => {
    for (let length = path.length; length > 0; length--) {
      const line = lines().get(JSON.stringify(path.slice(0, length)));
      if (line !== undefined) return line;
    }
    return undefined;
  };
}

/** By paths as JSON. */
function linesOfKeys(text: string): Map<string, number> {
  const lines = new Map<string, number>();
  const visit = (node: AST.TOMLNode, path: KeyPath): void => {
    if (path.length > 0) lines.set(JSON.stringify(path), node.loc.start.line);
    if (node.type === 'TOMLArray') {
      for (const [index, element] of node.elements.entries()) visit(element, [...path, index]);
    } else if (
      node.type === 'TOMLTable' ||
      node.type === 'TOMLInlineTable' ||
      node.type === 'TOMLTopLevelTable'
    ) {
      for (const item of node.body) {
        if (item.type === 'TOMLTable') visit(item, item.resolvedKey);
        else visitPair(item, path);
      }
    }
  };
  const visitPair = ({ key, value }: AST.TOMLKeyValue, path: KeyPath): void => {
    const own = [...path, ...key.keys.map((part) => (part.type === 'TOMLBare' ? part.name : part.value))];
    visit(value, own);
    lines.set(JSON.stringify(own), key.loc.start.line);
  };
  visit(tomlTree().parseTOML(text).body[0], []);
  return lines;
}
