import type * as SmolToml from 'smol-toml';
import { lazyRequire } from '../../package.ts';
import {
  assertDepth,
  type Field,
  type Fields,
  FieldsError,
  type FieldValue,
  foldFieldName,
} from './fields.ts';

const toml = lazyRequire<typeof SmolToml>('smol-toml');

/**
 * Reads TOML 1.0.
 *
 * @param firstLine the number of the text's first line in the document
 * @throws FieldsError when it cannot be read
 */
export function parseTomlFields(text: string, firstLine: number): Fields {
  const lines = linesOfKeys(text);
  const readValue = (value: unknown, line: number, depth: number): FieldValue => {
    assertDepth(depth, line - firstLine + 1);
    if (value instanceof toml().TomlDate) return value.toISOString().replace(/\.0+(?=$|[Z+-])/, '');
    if (Array.isArray(value)) return value.map((item) => ({ value: readValue(item, line, depth + 1), line }));
    if (typeof value === 'object' && value !== null) return readTable(value, line, depth + 1);
    return String(value);
  };
  const readTable = (table: object, tableLine: number, depth: number): Fields => {
    const fields = new Map<string, Field>();
    for (const [key, value] of Object.entries(table)) {
      const name = foldFieldName(key);
      const at = lines.get(name);
      const line = at === undefined ? tableLine : firstLine + at;
      fields.set(name, { value: readValue(value, line, depth), line });
    }
    return fields;
  };
  return readTable(parseToml(text), firstLine, 1);
}

function parseToml(text: string): object {
  try {
    return toml().parse(text);
  } catch (error) {
    if (!(error instanceof toml().TomlError)) throw error;
    const [reason = ''] = error.message.replace(/^Invalid TOML document: /, '').split('\n');
    throw new FieldsError(reason, error.line);
  }
}

/** The line of each key's first use, by folded name, counted from 0: the parser does not report lines. */
function linesOfKeys(text: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const [index, line] of text.split('\n').entries()) {
    const key = /^\s*(?:\[+\s*)?["']?([\w-]+)["']?\s*(?:=|\])/.exec(line)?.[1];
    const name = foldFieldName(key ?? '');
    if (!found.has(name)) found.set(name, index);
  }
  return found;
}
