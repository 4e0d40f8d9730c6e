import type * as Yaml from 'yaml';
import { later } from '../../lazy-require.ts';
import { type Field, type Fields, type FieldValue, foldFieldName } from './field.ts';
import { assertDepth, FieldsError } from './fields-error.ts';

/** Aliases can make a small text as large as one likes. */
const MAX_ALIASES = 100;
const MAX_VALUES = 100_000;
/** No field stands further from the margin. */
const MAX_INDENT = 40;

const yaml = later<typeof Yaml>('yaml');

/**
 * Reads YAML 1.2, and so JSON too.
 *
 * @param firstLine the number of the text's first line in the document
 * @throws FieldsError when it cannot be read
 */
export function parseWholeYaml(text: string, firstLine: number): Fields {
  const { isAlias, isMap, isScalar, isSeq, Scalar } = yaml();
  // YAML knows no tab at the beginning of a line; some generators do.
  const spaced = text.replace(/^\t+/gm, (tabs) => '  '.repeat(tabs.length));
  let { document, lines } = parse(spaced);
  if (document.errors.length > 0) {
    const again = parse(indentQuoted(spaced));
    if (again.document.errors.length === 0) ({ document, lines } = again);
  }
  const [error] = document.errors;
  if (error !== undefined) throw new FieldsError(reasonOf(error.message), lines.linePos(error.pos[0]).line);

  let aliases = 0;
  let values = 0;
  const lineOf = (node: Yaml.Node): number => lines.linePos(node.range?.[0] ?? 0).line;

  const isNull = (scalar: Yaml.Scalar): boolean =>
    scalar.type === Scalar.PLAIN && /^(?:|~|null)$/i.test(String(scalar.value));
  const readValue = (node: unknown, depth: number): FieldValue | undefined => {
    if (isAlias(node)) {
      if (++aliases > MAX_ALIASES) throw new FieldsError(`more than ${MAX_ALIASES} aliases`, lineOf(node));
      const target = node.resolve(document);
      if (target === undefined) throw new FieldsError(`unresolved alias *${node.source}`, lineOf(node));
      return readValue(target, depth);
    }
    if (isSeq(node) || isMap(node)) assertDepth(depth, lineOf(node));
    if (++values > MAX_VALUES) throw new FieldsError(`more than ${MAX_VALUES} values`, 1);
    if (isScalar(node)) return isNull(node) ? undefined : String(node.value);
    if (isSeq(node)) return node.items.flatMap((item) => readField(item, depth + 1) ?? []);
    if (isMap(node)) return readMap(node.items, depth + 1);
    return undefined;
  };
  const readField = (node: unknown, depth: number): Field | undefined => {
    const value = readValue(node, depth);
    if (value === undefined) return undefined;
    return { value, line: firstLine + lineOf(node as Yaml.Node) - 1 };
  };
  const readMap = (pairs: readonly { key: unknown; value: unknown }[], depth: number): Fields => {
    const fields = new Map<string, Field>();
    for (const { key, value } of pairs) {
      if (!isScalar(key)) continue;
      const name = foldFieldName(String(key.value));
      const field = readField(value, depth);
      if (field !== undefined) fields.set(name, field);
      else if (!fields.has(name)) fields.set(name, { value: '', line: firstLine + lineOf(key) - 1 });
    }
    return fields;
  };

  if (document.contents === null) return new Map();
  if (!isMap(document.contents)) throw new FieldsError('it is not a mapping of names to values', 1);
  return readMap(document.contents.items, 1);
}

function parse(text: string): { document: Yaml.Document.Parsed; lines: Yaml.LineCounter } {
  const { LineCounter, parseDocument } = yaml();
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, {
      schema: 'failsafe',
      uniqueKeys: false,
      // What every generator reads is read, such as a list in brackets that ends at the margin.
      strict: false,
      prettyErrors: false,
      logLevel: 'silent',
      lineCounter: lines,
    });
    return { document, lines };
  } catch (error) {
    throw new FieldsError(reasonOf(error instanceof Error ? error.message : String(error)), 1);
  }
}

/** The same with the lines of quoted text indented, which may begin at the margin in the YAML of most generators. */
function indentQuoted(text: string): string {
  let isQuoted = false;
  const lines = text.split('\n').map((line) => {
    const wasQuoted = isQuoted;
    isQuoted = wasQuoted
      ? !/^(?:[^"\\]|\\.)*"\s*$/.test(line)
      : /^[\s-]*(?:[^\s"'#-][^:"]*:\s+)?"(?:[^"\\]|\\.)*$/.test(line);
    return wasQuoted ? `${' '.repeat(MAX_INDENT)}${line}` : line;
  });
  return lines.join('\n');
}

function reasonOf(message: string): string {
  if (message.includes('call stack')) return 'it is nested too deep';
  return message.charAt(0).toLowerCase() + message.slice(1);
}
