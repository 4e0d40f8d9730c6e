import { countLineBreaks } from '../../strings.ts';
import { importedFiles, stringInCode } from '../markdown/jsx.ts';
import { type Field, type Fields, type FieldValue, foldFieldName } from './fields.ts';
import { visibilityField } from './visibility.ts';
import { parseYamlFields } from './yaml.ts';

/* What MDX has in place of front matter: `export const meta = { draft: true }`, and `export const draft = true`. */

const EXPORT = /^export[ \t]+const[ \t]+(?<name>[\w$]+)[ \t]*(?::[^=\n]{0,100})?=/gm;
/** The names of objects with the metadata of the document. */
const OBJECTS = /^(?:meta|metadata|info|frontmatter|matter|post|article|page|data|attributes)$/;
const FENCE = /^[ \t]*(?:`{3}|~{3})/m;
/** Longer or deeper code is not read for fields. */
const MAX_CODE = 20_000;
const MAX_DEPTH = 10;
const MAX_EXPORTS = 20;

const BLANK = /(?:\s|\/\/[^\n]*|\/\*.*?\*\/)*/sy;
const STRING = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\$]|\\.|\$(?!\{))*`/sy;
const WORD = /(?:true|false|null|undefined|-?\d[\d._]*)(?![\w$.])/y;
const NAME = /[\w$]+/y;
/** The tokens that may follow a literal. */
const ENDED = /(?:[ \t]|\/\*.*?\*\/)*(?=[,}\];\n]|\/\/|$)/sy;
const CALL = /^(?:new\s+Date|require)\(\s*(["'])([^"']*)\1\s*\)(?:\.(?:default|src))*$/;

interface ExportedFields {
  readonly fields: Fields;
  /** The text without them, with the same number of lines. */
  readonly body: string;
}

/**
 * @param firstLine the number of the text's first line in the document
 * @param isKnownField whether a folded name is that of a field
 */
export function takeExportedFields(
  text: string,
  firstLine: number,
  isKnownField: (name: string) => boolean,
): ExportedFields {
  const fields = new Map<string, Field>();
  let body = text;
  const end = FENCE.exec(text)?.index ?? text.length;
  const exports = [...text.slice(0, end).matchAll(EXPORT)].slice(0, MAX_EXPORTS);
  if (exports.length === 0) return { fields, body };
  const files = importedFiles(text.slice(0, end));
  for (const { 0: opening, index, groups } of exports) {
    const name = foldFieldName(groups?.name ?? '');
    if (!OBJECTS.test(name) && !isKnownField(name)) continue;
    const code = text.slice(index, index + MAX_CODE);
    const line = firstLine + countLineBreaks(text.slice(0, index));
    const reader = new LiteralReader(code, line, files);
    const field = reader.read(opening.length, isKnownField(name));
    if (field === undefined) continue;
    const isObject = typeof field.value !== 'string' && !Array.isArray(field.value);
    if (isObject !== OBJECTS.test(name)) continue;
    for (const [key, value] of isObject ? (field.value as Fields) : [[name, field] as const])
      if (!fields.has(key)) fields.set(key, value);
    const statement = code.slice(0, reader.at) + (/^[^\n]*/.exec(code.slice(reader.at))?.[0] ?? '');
    body = body.slice(0, index) + statement.replace(/[^\n]/g, ' ') + body.slice(index + statement.length);
  }
  return { fields, body };
}

/** The first literal after a match of a pattern in a script. */
export function literalAfter(pattern: RegExp, script: string): Field | undefined {
  const [found] = script.matchAll(pattern);
  if (found === undefined) return undefined;
  const at = found.index + found[0].length;
  return new LiteralReader(script.slice(0, at + MAX_CODE), 1).read(at, false);
}

class LiteralReader {
  at = 0;
  readonly #code: string;
  readonly #firstLine: number;
  readonly #files: ReadonlyMap<string, string>;

  /** @param files the paths of imported files, by their names */
  constructor(code: string, firstLine: number, files: ReadonlyMap<string, string> = new Map()) {
    this.#code = code;
    this.#firstLine = firstLine;
    this.#files = files;
  }

  /**
   * The value at a place; undefined if it is not closed, or states nothing.
   *
   * @param isTaken whether other code is a value too, by its words
   */
  read(at: number, isTaken: boolean, depth = 0): Field | undefined {
    this.at = at;
    this.#match(BLANK);
    const line = this.#firstLine + countLineBreaks(this.#code.slice(0, this.at));
    const start = this.at;
    if (depth < MAX_DEPTH && this.#code[start] === '{') return this.#field(this.#readObject(depth), line);
    if (depth < MAX_DEPTH && this.#code[start] === '[') return this.#field(this.#readList(depth), line);
    const literal = this.#match(STRING) ?? this.#match(WORD);
    if (literal !== undefined && this.#match(ENDED) !== undefined) {
      if (literal === 'null' || literal === 'undefined') return { value: '', line };
      return { value: stringInCode(literal) ?? literal, line };
    }
    this.at = start;
    const code = this.#skipCode();
    const stated = CALL.exec(code)?.[2] ?? this.#files.get(code.replace(/\.src$/, ''));
    return stated !== undefined || isTaken ? { value: stated ?? code, line } : undefined;
  }

  #field(value: FieldValue | undefined, line: number): Field | undefined {
    return value === undefined ? undefined : { value, line };
  }

  #readObject(depth: number): Fields | undefined {
    const fields = new Map<string, Field>();
    this.at++;
    for (;;) {
      this.#match(BLANK);
      if (this.#take('}')) return fields;
      const start = this.at;
      const written = this.#match(STRING);
      const name = written === undefined ? this.#match(NAME) : stringInCode(written);
      this.#match(BLANK);
      const key = foldFieldName(name ?? '');
      const isVisibility = visibilityField(key) !== undefined;
      // Without a value, the name is that of a constant.
      const isValued = name !== undefined && this.#take(':');
      const field = this.read(isValued ? this.at : start, isVisibility, depth + 1);
      if (field !== undefined && name !== undefined) fields.set(key, field);
      this.#match(BLANK);
      if (!this.#take(',') && this.#code[this.at] !== '}') return undefined;
    }
  }

  #readList(depth: number): Field[] | undefined {
    const items: Field[] = [];
    this.at++;
    for (;;) {
      this.#match(BLANK);
      if (this.#take(']')) return items;
      const item = this.read(this.at, false, depth + 1);
      if (item !== undefined) items.push(item);
      this.#match(BLANK);
      if (!this.#take(',') && this.#code[this.at] !== ']') return undefined;
    }
  }

  /** Skips code up to the end of a value. */
  #skipCode(): string {
    const start = this.at;
    let depth = 0;
    for (; this.at < this.#code.length; ) {
      if (this.#match(STRING) !== undefined) continue;
      const character = this.#code[this.at] ?? '';
      if (depth === 0 && /[,}\];]/.test(character)) break;
      if (/[[({]/.test(character)) depth++;
      if (/[\])}]/.test(character)) depth--;
      this.at++;
    }
    return this.#code.slice(start, this.at).trim();
  }

  #take(character: string): boolean {
    if (this.#code[this.at] !== character) return false;
    this.at++;
    return true;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.#code)?.[0];
    this.at += found?.length ?? 0;
    return found;
  }
}

/**
 * Reads what Eleventy's `---js` states without running it: `const title = "…";` and objects, whose literals are YAML.
 *
 * @param firstLine the number of the text's first line in the document
 * @throws FieldsError if there is code other than literals
 */
export function parseScriptFields(text: string, firstLine: number): Fields {
  const literals = text
    .replace(/^([ \t]*)\/\/.*$/gm, '')
    .replace(/^(?:export\s+)?(?:const|let|var)\s+([\w$]+)\s*=[ \t]*/gm, '$1: ')
    .replace(/;[ \t]*$/gm, '');
  return parseYamlFields(literals, firstLine);
}
