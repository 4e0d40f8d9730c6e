import { posix } from 'node:path';
import type { Site } from '../config/site.ts';
import { readFrontMatter } from '../documents/front-matter/front-matter.ts';
import { kindOf } from '../documents/kinds.ts';
import { followFences } from '../documents/markdown/source-text.ts';
import { readDocument } from '../documents/read-document.ts';
import { DocumentError, type SourceFile } from '../documents/stated.ts';
import { attempt } from '../memo.ts';

/** @throws DocumentError if there is no such file below the folder */
export type ReadFile = (path: string) => SourceFile;

/** A document without any of these includes nothing. */
const MARKS: readonly string[] = [
  ...['@include', '#include', '% include', '%- include', '< include', '::include'],
  ...['8<-', 'import ', 'readfile', 'readFile', '{!', '<<<'],
];
/** The maximum number of files within each other, and of characters in all that a document includes. */
const MAX_DEPTH = 8;
const MAX_INCLUDED = 1_000_000;

/** A line that stands for a file: of VitePress, mdBook, Hugo and Quarto, Jekyll and others, MkDocs, GitLab. */
const INCLUDE =
  /^([ \t]{0,40})(<!--\s?@include:|\{\{#include\s|\{\{[<%]\s?(?:include|read-?file)\s(?:(?:file|path|src)=)?|\{%-?\s?include(?:_relative|[-_]markdown)?\s|-{1,5}8<-{1,5}\s|\{!|::include\{file=)\s?["']?([^\s"'<>{}]{1,200}?)["']?\s?(?:-->|\/?[%>]?\}\}|-?%\}|!?\})?[ \t]{0,40}$/i;
/** A line of VitePress that stands for the code of a file, or a region of it. */
const SNIPPET =
  /^([ \t]{0,40})<<<[ \t]{1,5}([^\s{}[\]#]{1,200})(?:#([\w-]{1,60}))?[ \t]?(?:\{[^{}\n]{0,60}\})?[ \t]?(?:\[([^[\]\n]{1,100})\])?[ \t]{0,9}$/;
const IMPORT =
  /^import\s{1,9}([A-Z]\w{0,60})(?:,\s?\{[^{}\n]{0,200}\})?\s{1,9}from\s{1,9}['"]([^'"\n]{1,200}\.mdx?)['"];?[ \t]{0,9}$/;
const COMPONENT = /^([ \t]{0,40})<([A-Z]\w{0,60})(?:\s[^<>\n]{0,200})?(?:\/>|><\/\2>)[ \t]{0,9}$/;
/** Template code that means more than another file. */
const LOGIC = /\{%|\{\{(?![<%])|<html[\s>]/i;

/**
 * Returns a function that reads documents with the files that they include in the place of the lines that say so. A file
 * that is not there, that is held back, that has a date of its own, or that needs to be run, is not included.
 *
 * @param readIncluded reads what they include
 */
export function includingReader(read: ReadFile, site: Site, readIncluded = read): ReadFile {
  const isPart = partTest(site);
  return (path) => {
    const file = read(path);
    const { bytes } = file;
    const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
    const kind = kindOf(path);
    if (kind === undefined || kind === 'text' || !MARKS.some((mark) => source.includes(mark))) return file;
    const paths = new Set<string>();
    const scope: Scope = { site, read: readIncluded, isPart, named: false, paths, length: 0 };
    const text = decode(bytes);
    const whole = text && expand(text, [path], scope);
    if (!scope.named || whole === undefined) return file;
    const includes = [...paths];
    return { path, bytes: includes.length === 0 ? bytes : new TextEncoder().encode(whole), includes };
  };
}

interface Scope {
  readonly site: Site;
  readonly read: ReadFile;
  readonly isPart: (file: SourceFile) => boolean;
  /** Whether the document names files, be they there or not. */
  named: boolean;
  /** Of all files that were included, and the length of their texts. */
  readonly paths: Set<string>;
  length: number;
}

/** @param within the document and the files in which the text stands */
function expand(text: string, within: readonly string[], scope: Scope): string {
  const imports = new Map<string, string>();
  const fenceAt = followFences();
  const lines = text.split('\n').map((line) => {
    const fence = fenceAt(line);
    const [, name = '', from = ''] = fence === undefined ? (IMPORT.exec(line) ?? []) : [];
    const imported = name === '' ? undefined : include(from, within, scope);
    if (imported !== undefined) {
      imports.set(name, imported);
      return '';
    }
    const [, margin = '', component = ''] = fence === undefined ? (COMPONENT.exec(line) ?? []) : [];
    const part = imports.get(component);
    if (part !== undefined && isInBounds(part, scope)) return indented(`\n${part}\n`, margin);
    const snippet = fence === undefined ? SNIPPET.exec(line) : null;
    if (snippet !== null) return snippetOf(snippet, within, scope) ?? line;
    const [, indent = '', opening = '', stated = ''] = INCLUDE.exec(line) ?? [];
    const isCode = fence !== undefined;
    // In code, only a snippet of MkDocs is another file.
    if (stated === '' || (isCode && !opening.includes('8<'))) return line;
    const found = include(stated, within, scope, isCode);
    return found === undefined ? line : indented(found, indent);
  });
  return lines.join('\n');
}

function snippetOf(
  [, margin = '', file = '', region, title]: readonly (string | undefined)[],
  within: readonly string[],
  scope: Scope,
): string | undefined {
  const code = include(file, within, scope, true);
  if (code === undefined) return undefined;
  const lines = code.split('\n');
  const start = region === undefined ? -1 : lines.findIndex((line) => isMark(line, 'region', region));
  const end = lines.findIndex((line, at) => at > start && isMark(line, 'endregion', region));
  const part = start < 0 ? lines : lines.slice(start + 1, end < 0 ? undefined : end);
  const shown = part.filter((line) => !/#(?:end)?region\b/.test(line)).join('\n');
  const ticks = '`'.repeat(Math.max(3, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  const language = posix.extname(file).slice(1);
  return indented(
    `${ticks}${language}${title === undefined ? '' : ` [${title}]`}\n${shown}\n${ticks}`,
    margin,
  );
}

/** `// #region name` and `<!-- #endregion -->` */
function isMark(line: string, mark: string, name = ''): boolean {
  const [, , stated = ''] = /#((?:end)?region)\b[ \t]{0,9}([\w-]{0,60})/.exec(line) ?? [];
  return line.includes(`#${mark}`) && (stated === name || stated === '');
}

function isInBounds(text: string, scope: Scope): boolean {
  scope.length += text.length;
  return scope.length <= MAX_INCLUDED;
}

function indented(text: string, margin: string): string {
  return margin === '' ? text : text.replace(/^(?=.)/gm, margin);
}

/** The text of a file that is included by its name; undefined if it is not. */
function include(
  stated: string,
  within: readonly string[],
  scope: Scope,
  isCode = false,
): string | undefined {
  scope.named = true;
  const parent = posix.dirname(within.at(-1) ?? '');
  const fromRoot = /^(?:@site\/|@\/|~\/|\/)(.*)$/.exec(stated)?.[1];
  const { prefix = '', contentRoots = [] } = scope.site.generator ?? {};
  const roots = contentRoots
    .filter((root) => root.startsWith(prefix))
    .map((root) => root.slice(prefix.length));
  const names =
    fromRoot === undefined
      ? [posix.join(parent, stated), stated]
      : ['', ...roots].map((root) => root + fromRoot);
  const last = fromRoot ?? stated;
  for (const each of [...names, `_includes/${last}`, last.replace(/^[^/]*\//, '')]) {
    const path = posix.normalize(each);
    const isHidden = path.split('/').some((name) => name.startsWith('.') || name === '');
    if (isHidden || within.includes(path) || within.length > MAX_DEPTH) continue;
    if (!isCode && kindOf(path) === undefined) continue;
    const text = readIncluded(path, within, scope, isCode);
    if (text === undefined) continue;
    if (!isInBounds(text, scope)) return undefined;
    scope.paths.add(path);
    return text;
  }
  return undefined;
}

function readIncluded(
  path: string,
  within: readonly string[],
  scope: Scope,
  isCode: boolean,
): string | undefined {
  try {
    const file = scope.read(path);
    const text = decode(file.bytes);
    if (text === undefined || !scope.isPart(file)) return undefined;
    if (isCode) return text.trimEnd();
    const { body } = readFrontMatter(text, path);
    const own = body.split('\n').filter((line) => !INCLUDE.test(line));
    return LOGIC.test(own.join('\n')) ? undefined : expand(body, [...within, path], scope).trim();
  } catch (error) {
    if (error instanceof DocumentError) return undefined;
    throw error;
  }
}

/**
 * Returns a test whether a file can stand in any document: one that is held back, comes later or expires would become
 * visible there. Many documents may include the same file, which is read once.
 */
function partTest(site: Site): Scope['isPart'] {
  const known = new Map<string, { readonly bytes: Uint8Array; readonly isPart: boolean }>();
  return (file) => {
    if (kindOf(file.path) === undefined) return true;
    const last = known.get(file.path);
    if (last !== undefined && Buffer.compare(last.bytes, file.bytes) === 0) return last.isPart;
    const reading = readDocument(file, site);
    const isPart =
      reading.status === 'read'
        ? reading.parsed.published === undefined && reading.parsed.expires === Number.POSITIVE_INFINITY
        : reading.status === 'refused';
    known.set(file.path, { bytes: file.bytes, isPart });
    return isPart;
  };
}

function decode(bytes: Uint8Array): string | undefined {
  const text = attempt(() => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  return text?.includes('\0') ? undefined : text?.replaceAll('\r\n', '\n');
}
