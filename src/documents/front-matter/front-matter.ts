import { kindOf } from '../kinds.ts';
import { DocumentError } from '../stated.ts';
import { type Field, type Fields, FieldsError, foldFieldName } from './fields.ts';
import { parseScriptFields } from './javascript.ts';
import { isKnownField } from './read-fields.ts';
import { parseTomlFields } from './toml.ts';
import { visibilityField } from './visibility.ts';
import { parseYamlFields } from './yaml.ts';

/** Longer front matter is data, not a document's. */
const MAX_LENGTH = 500_000;
/** What is not seen before front matter: white space, a second byte order mark, and other characters without a width. */
const LEAD = /^[\s\uFEFF\u200B-\u200D\u2060]*/;
/** What a line of YAML front matter may begin with; anything else below `---` makes that a thematic break. */
const YAML_START = /^(?:[ \t]*(?:#.*)?\n)*(?:["'{?&!]|[^\s:#][^\n:]*:(?:\s|$)|(?:---|\.\.\.)[ \t]*(?:\n|$))/;

/** The same of TOML, below `+++`. */
const TOML_START = /^(?:[ \t]*(?:#.*)?\n)*[ \t]*(?:[\w."'-][^\n=]*=|\[|\+\+\+)/;

type Language = 'YAML' | 'TOML' | 'JSON' | 'JavaScript' | 'open';

type FieldsParser = (
  text: string,
  firstLine: number,
  onRepeated: (name: string, line: number) => void,
) => Fields;

const PARSERS: Readonly<Record<Language, FieldsParser>> = {
  YAML: parseYamlFields,
  TOML: parseTomlFields,
  JSON: parseYamlFields,
  JavaScript: parseScriptFields,
  open: parseOpenFields,
};

interface Block {
  readonly language: Language;
  readonly text: string;
  /** The number of the first line of `text`. */
  readonly line: number;
  /** Where the body begins. */
  readonly end: number;
}

export interface FrontMatter {
  readonly fields: Fields;
  /** What follows. */
  readonly body: string;
  /** The number of the body's first line. */
  readonly bodyLine: number;
  /** What was met and could not be used, in the grammar of errors. */
  readonly warnings: readonly string[];
}

/**
 * Reads front matter: YAML between `---`, TOML between `+++`, JSON between its braces or `---json`, constants of
 * JavaScript below `---js`; above Markdown and HTML also fields that no line opens (see open-fields.ts). Without any, the
 * body is the whole text.
 *
 * @throws DocumentError when it is not closed or cannot be read
 */
export function readFrontMatter(text: string, path: string): FrontMatter {
  const block = findBlock(text, path);
  if (block === undefined) return { fields: new Map(), body: text, bodyLine: 1, warnings: [] };
  const { language, line, end } = block;
  if (block.text.length > MAX_LENGTH) {
    throw new DocumentError(
      `Cannot read front matter of ${block.text.length} characters in seeds/${path}:1: expected at most ${MAX_LENGTH}`,
    );
  }
  const warnings: string[] = [];
  const onRepeated = (name: string, at: number): void => {
    warnings.push(
      `Cannot use both values of "${name}" in seeds/${path}:${at}: expected the field once; took the last`,
    );
  };
  try {
    const fields = PARSERS[language](block.text, line, onRepeated);
    return { fields, body: text.slice(end), bodyLine: 1 + countLines(text.slice(0, end)), warnings };
  } catch (error) {
    if (!(error instanceof FieldsError)) throw error;
    const culprit = block.text.split('\n')[error.line - 1]?.trim().slice(0, 80) ?? '';
    throw new DocumentError(
      `Cannot read front matter "${culprit}" in seeds/${path}:${line + error.line - 1}: expected ${language}, but ${error.message}`,
    );
  }
}

function findBlock(text: string, path: string): Block | undefined {
  const lead = LEAD.exec(text)?.[0].length ?? 0;
  const margin = text.slice(text.lastIndexOf('\n', lead - 1) + 1, lead);
  // What is indented further is code in Markdown.
  const top = /\t| {4}/.test(margin) ? text : text.slice(lead);
  const start = text.length - top.length;
  const line = 1 + countLines(text.slice(0, start));
  const [opening = '', mark, name = ''] = /^(---|\+\+\+)[ \t]*(?:([a-z]+)[ \t]*)?(?:\n|$)/i.exec(top) ?? [];
  if (mark === undefined) {
    if (/^\{\s*["}]/.test(top)) return findBraces(text, path);
    const open = kindOf(path) === 'text' ? undefined : findOpenFields(top);
    return open && { language: 'open', text: open.text, line, end: start + open.end };
  }
  const rest = top.slice(opening.length);
  const language = languageOf(mark, name);
  if (language === undefined) return undefined;
  if (mark === '---' && name === '' && !YAML_START.test(rest)) return undefined;
  if (mark === '+++' && !TOML_START.test(rest)) return undefined;
  const closing = (mark === '---' ? /^(?:---|\.\.\.)[ \t]*$/m : /^\+\+\+[ \t]*$/m).exec(rest);
  if (closing === null) {
    throw new DocumentError(
      `Cannot read front matter "${mark}${name}" in seeds/${path}:${line}: expected a line "${mark}" that closes it`,
    );
  }
  const end = start + opening.length + closing.index + closing[0].length + 1;
  return { language, text: rest.slice(0, closing.index), line: line + 1, end };
}

function languageOf(mark: string, name: string): Language | undefined {
  if (mark === '+++') return name === '' || name === 'toml' ? 'TOML' : undefined;
  return new Map<string, Language>([
    ['', 'YAML'],
    ['yaml', 'YAML'],
    ['yml', 'YAML'],
    ['toml', 'TOML'],
    ['json', 'JSON'],
    ['js', 'JavaScript'],
    ['javascript', 'JavaScript'],
  ]).get(name.toLowerCase());
}

/** JSON that stands at the top on its own. */
function findBraces(text: string, path: string): Block {
  let depth = 0;
  for (const { 0: token, index } of text.slice(0, MAX_LENGTH + 1).matchAll(/"(?:[^"\\]+|\\.)*"?|[{}]/gs)) {
    if (token === '{') depth++;
    if (token !== '}' || --depth > 0) continue;
    const end = index + 1;
    const lineEnd = /^[ \t]*\n/.exec(text.slice(end))?.[0].length ?? 0;
    return { language: 'JSON', text: text.slice(0, end), line: 1, end: end + lineEnd };
  }
  throw new DocumentError(`Cannot read front matter "{" in seeds/${path}:1: expected a "}" that closes it`);
}

function countLines(text: string): number {
  return text.split('\n').length - 1;
}

/*
 * Front matter without a line that opens it: as Pelican and MultiMarkdown have it, which end it with a blank line, and
 * where the line was forgotten.
 */

const FIELD = /^([a-z_][\w-]*)[ \t]*:(?:[ \t](.*))?$/i;
/** What goes on with the value of a field, or says nothing. */
const CONTINUATION = /^(?:[ \t]+\S|- |#)/;
const END = /^(?:---|\.\.\.)?[ \t]*$/;
/** More fields have a line that opens them. */
const MAX_LINES = 100;

/** Where front matter that begins with a field ends; undefined when it is a text that begins so. */
export function findOpenFields(text: string): { readonly text: string; readonly end: number } | undefined {
  const names: string[] = [];
  let end = 0;
  for (const line of text.split('\n', MAX_LINES)) {
    if (END.test(line)) {
      const isVisibility = names.some((name) => visibilityField(name) !== undefined);
      return names.length > 1 || isVisibility
        ? { text: text.slice(0, end), end: end + line.length + 1 }
        : undefined;
    }
    const name = FIELD.exec(line)?.[1];
    if (name === undefined ? names.length === 0 || !CONTINUATION.test(line) : !isKnownField(name))
      return undefined;
    if (name !== undefined) names.push(name);
    end += line.length + 1;
  }
  return undefined;
}

/**
 * Reads such fields as YAML, or, where values are not quoted as YAML wants it, line by line.
 *
 * @param firstLine the number of the text's first line in the document
 */
export function parseOpenFields(
  text: string,
  firstLine: number,
  onRepeated: (name: string, line: number) => void,
): Fields {
  try {
    return parseYamlFields(text, firstLine, onRepeated);
  } catch (error) {
    if (!(error instanceof FieldsError)) throw error;
  }
  const fields = new Map<string, Field>();
  for (const [index, line] of text.split('\n').entries()) {
    const [, name, value = ''] = FIELD.exec(line) ?? [];
    if (name !== undefined) fields.set(foldFieldName(name), { value, line: firstLine + index });
  }
  return fields;
}
