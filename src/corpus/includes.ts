import { posix } from 'node:path';
import type { Site } from '../config/site.ts';
import { readFileName } from '../documents/file-name.ts';
import { readFrontMatter } from '../documents/front-matter/front-matter.ts';
import { kindOf } from '../documents/kinds.ts';
import { followFences } from '../documents/markdown/source-text.ts';
import { readDocument } from '../documents/read-document.ts';
import { DocumentError, type SourceFile } from '../documents/stated.ts';
import { isObject, parseJson } from '../json.ts';
import { attempt } from '../memo.ts';
import { wordMap } from '../strings.ts';

/** @throws DocumentError if there is no such file below the folder */
export type ReadFile = (path: string) => SourceFile;

/** A document without any of these includes nothing and names no text. */
const MARKS: readonly string[] = [
  ...['% assign', '%- assign', '% set ', '%- set '],
  ...['@include', '#include', '% include', '%- include', '< include', '::include', '{include}'],
  ...['8<-', 'import ', 'readfile', 'readFile', '{!', '<<<'],
];
/** The maximum depth of includes, and the maximum number of included characters. */
const MAX_DEPTH = 8;
const MAX_INCLUDED = 1_000_000;

/** A line that includes a file: in VitePress, mdBook, Hugo and Quarto, Jekyll and others, MkDocs, GitLab. */
const INCLUDE =
  /^([ \t]{0,40})(<!--\s?@include:|\{\{#include\s|\{\{[<%]\s?(?:include|read-?file)\s(?:(?:file|path|src)=)?|\{%-?\s?include(?:_relative|[-_]markdown)?\s|-{1,5}8<-{1,5}\s|\{!|::include\{file=)\s?["']?([^\s"'<>{}]{1,200}?)["']?\s?(?:-->|\/?[%>]?\}\}|-?%\}|!?\})?[ \t]{0,40}$/i;
/** A fence of MyST that includes a file and holds nothing. */
const DIRECTIVE = /^([ \t]{0,40})(?:`{3,9}|~{3,9})\{include\}[ \t]{1,5}([^\s{}]{1,200})[ \t]{0,9}$/;
/** A line of VitePress that includes the code of a file, or a region of it. */
const SNIPPET =
  /^([ \t]{0,40})<<<[ \t]{1,5}([^\s{}[\]#]{1,200})(?:#([\w-]{1,60}))?[ \t]?(?:\{[^{}\n]{0,60}\})?[ \t]?(?:\[([^[\]\n]{1,100})\])?[ \t]{0,9}$/;
const IMPORT =
  /^import\s{1,9}([A-Z]\w{0,60})(?:,\s?\{[^{}\n]{0,200}\})?\s{1,9}from\s{1,9}['"]([^'"\n]{1,200}\.mdx?)['"];?[ \t]{0,9}$/;
const COMPONENT = /^([ \t]{0,40})<([A-Z]\w{0,60})(?:\s[^<>\n]{0,200})?(?:\/>|><\/\2>)[ \t]{0,9}$/;
/** A text that Liquid or Nunjucks gives a name, and its use. */
const ASSIGNMENT =
  /^[ \t]{0,40}\{%-?\s?(?:assign|set)\s{1,9}(\w{1,60})\s?=\s?(?:"([^"{}\n]{0,1000})"|'([^'{}\n]{0,1000})')\s?-?%\}[ \t]{0,9}$/;
const VARIABLE = /\{\{-?\s?(\w{1,60})\s?-?\}\}/g;
const COMMENT = /\{%-?\s?comment\s?-?%\}.*?\{%-?\s?endcomment\s?-?%\}/gs;
/** Template code other than an include, and other than what Quarto shows: `{{{< kbd >}}}`. */
const LOGIC = /\{%|\{\{(?![<%]|\{<)|<html[\s>]/i;

/**
 * Returns a function that reads documents and replaces their include lines with the files. A file that is missing, is
 * held back, has its own date, or contains template code is not included.
 *
 * @param readIncluded reads the included files
 */
export function includingReader(read: ReadFile, site: Site, readIncluded = read): ReadFile {
  const isPart = partTest(site);
  return (path) => {
    const file = withNoteData(read(path), readIncluded);
    const { bytes } = file;
    const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
    const kind = kindOf(path);
    if (kind === undefined || kind === 'text' || !MARKS.some((mark) => source.includes(mark))) return file;
    const paths = new Set<string>();
    const variables = new Map<string, string>();
    const scope: Scope = { site, read: readIncluded, isPart, named: false, paths, variables, length: 0 };
    const text = decodeText(bytes);
    const whole = text && expand(text, [path], scope);
    if (whole === undefined || (!scope.named && variables.size === 0)) return file;
    const includes = [...(file.includes ?? []), ...paths];
    return {
      path,
      bytes: paths.size + variables.size === 0 ? bytes : new TextEncoder().encode(whole),
      ...((scope.named || includes.length > 0) && { includes }),
    };
  };
}

/** The file in which an application keeps the metadata of a note: of a TextBundle (https://textbundle.org), of Keep. */
const DATA_BESIDE: readonly (readonly [note: RegExp, data: string])[] = [
  [/\.textbundle\/text\.[^/]+$/i, 'info.json'],
  [/(?:^|\/)Keep\/[^/]+\.html$/, '.json'],
];
/** A note that Joplin writes with all that its database has. */
const JOPLIN_NOTE = /(?:^|\/)[\da-f]{32}\.md$/;
/** The fields of a note by those of its application; the dates of Keep are in microseconds. */
const DATA_FIELDS = wordMap(
  `trashed=trashed istrashed=trashed is_conflict=trashed deleted_time=deleted encrypted=encrypted encryption_applied=encrypted
  archived=unlisted isarchived=unlisted creationdate=created createdtimestampusec=created created_time=created
  modificationdate=updated usereditedtimestampusec=updated updated_time=updated author=author source_url=source_url`,
);

/** Adds front matter to a note from the file beside it, or from below its text. */
function withNoteData(file: SourceFile, read: ReadFile): SourceFile {
  const { path } = file;
  const [note, name = ''] = DATA_BESIDE.find(([pattern]) => pattern.test(path)) ?? [];
  const isJoplin = JOPLIN_NOTE.test(path);
  const text = note === undefined && !isJoplin ? undefined : decodeText(file.bytes);
  if (text === undefined) return file;
  if (isJoplin) {
    const end = text.lastIndexOf('\nid: ');
    const [, type] = /\ntype_: (\d+)\s*$/.exec(text.slice(end)) ?? [];
    if (end < 0 || type === undefined) return file;
    const data = text
      .slice(end + 1)
      .split('\n')
      .map((line) => line.split(/: ?(.*)/, 2));
    // The others are notebooks, tags and the like.
    const fields = type === '1' ? noteFields(data) : ['trashed: true'];
    return withFields({ path, bytes: file.bytes }, `# ${text.slice(0, end)}`, fields);
  }
  const data = name.startsWith('.') ? path.replace(/\.html$/, name) : posix.join(posix.dirname(path), name);
  const stated = parseJson(unlessMissing(() => decodeText(read(data).bytes)) ?? '');
  const tables = isObject(stated) ? [stated, ...Object.values(stated).filter(isObject)] : [];
  const fields = noteFields(tables.flatMap(Object.entries));
  const isDated = readFileName(path).published !== undefined;
  const added = isDated ? fields.filter((field) => !field.startsWith('created:')) : fields;
  return { ...withFields(file, text, added), includes: [data] };
}

function withFields(file: SourceFile, text: string, fields: readonly string[]): SourceFile {
  if (fields.length === 0) return file;
  const rest = text.startsWith('---\n') ? text.slice(4) : `---\n${text}`;
  return { ...file, bytes: new TextEncoder().encode(['---', ...fields, rest].join('\n')) };
}

function noteFields(data: readonly (readonly unknown[])[]): string[] {
  return data.flatMap(([name, value]) => {
    const field = DATA_FIELDS.get(String(name).toLowerCase());
    if (field === undefined || value === '' || typeof value === 'object') return [];
    const isInstant = typeof value === 'number' && (field === 'created' || field === 'updated');
    return [`${field}: ${JSON.stringify(isInstant ? new Date(value / 1000) : String(value))}`];
  });
}

/** Undefined if a file is missing. */
function unlessMissing(read: () => string | undefined): string | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof DocumentError) return undefined;
    throw error;
  }
}

interface Scope {
  readonly site: Site;
  readonly read: ReadFile;
  readonly isPart: (file: SourceFile) => boolean;
  /** Whether the document includes files, present or missing. */
  named: boolean;
  /** The paths of all included files, and the length of their texts. */
  readonly paths: Set<string>;
  /** Texts that template code has named so far. */
  readonly variables: Map<string, string>;
  length: number;
}

/** @param within the document and the files that include the text */
function expand(text: string, within: readonly string[], scope: Scope): string {
  const imports = new Map<string, string>();
  const fenceAt = followFences();
  let isClosing = false;
  const lines = text.split('\n').map((line, at, all) => {
    const fence = fenceAt(line);
    const isClosed = isClosing;
    isClosing = false;
    if (isClosed) return '';
    const [, inset = '', whole = ''] = (fence === 'opening' && DIRECTIVE.exec(line)) || [];
    const held =
      whole !== '' && /^\s*[`~]{3,9}\s*$/.test(all[at + 1] ?? '') ? include(whole, within, scope) : undefined;
    if (held !== undefined) {
      isClosing = true;
      return indented(held, inset);
    }
    const [, name = '', from = ''] = fence === undefined ? (IMPORT.exec(line) ?? []) : [];
    const imported = name === '' ? undefined : include(from, within, scope);
    if (imported !== undefined) {
      imports.set(name, imported);
      return '';
    }
    const [, margin = '', component = ''] = fence === undefined ? (COMPONENT.exec(line) ?? []) : [];
    const part = imports.get(component);
    if (part !== undefined && isInBounds(part, scope)) return indented(`\n${part}\n`, margin);
    const assignment = fence === undefined ? ASSIGNMENT.exec(line) : null;
    if (assignment !== null) {
      const [, variable = '', double, single = ''] = assignment;
      scope.variables.set(variable, double ?? single);
      return '';
    }
    const snippet = fence === undefined ? SNIPPET.exec(line) : null;
    if (snippet !== null) return snippetOf(snippet, within, scope) ?? line;
    const [, indent = '', opening = '', stated = ''] = INCLUDE.exec(line) ?? [];
    const isCode = fence !== undefined;
    // In code, only a snippet of MkDocs is another file.
    if (stated === '') return isCode ? line : withVariables(line, scope);
    if (isCode && !opening.includes('8<')) return line;
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

function withVariables(line: string, { variables }: Scope): string {
  return variables.size === 0 ? line : line.replace(VARIABLE, (code, name) => variables.get(name) ?? code);
}

function isInBounds(text: string, scope: Scope): boolean {
  scope.length += text.length;
  return scope.length <= MAX_INCLUDED;
}

function indented(text: string, margin: string): string {
  return margin === '' ? text : text.replace(/^(?=.)/gm, margin);
}

/** The text of an included file; undefined if it cannot be included. */
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
  return unlessMissing(() => {
    const file = scope.read(path);
    const text = decodeText(file.bytes);
    if (text?.trim() === '') return '';
    if (text === undefined || !scope.isPart(file)) return undefined;
    if (isCode) return text.trimEnd();
    const { body } = readFrontMatter(text, path);
    const fenceAt = followFences();
    const whole = expand(body.replace(COMMENT, ''), [...within, path], scope);
    const own = whole.split('\n').filter((line) => fenceAt(line) === undefined && !INCLUDE.test(line));
    return LOGIC.test(own.join('\n')) ? undefined : whole.trim();
  });
}

/**
 * Returns a test whether any document may include a file: one that is held back, scheduled or expiring would become
 * visible there. A file that many documents include is read once.
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
        : reading.status === 'refused' || reading.isEmpty === true;
    known.set(file.path, { bytes: file.bytes, isPart });
    return isPart;
  };
}

function decodeText(bytes: Uint8Array): string | undefined {
  const text = attempt(() => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  return text?.includes('\0') ? undefined : text?.replaceAll('\r\n', '\n');
}
