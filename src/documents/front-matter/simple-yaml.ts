import { trimEndOf, trimOf } from '../../trim.ts';
import { type Field, type Fields, type FieldValue, foldFieldName } from './field.ts';

/*
 * Most front matter is names and values, one each line. That is read here, forty times faster than by a parser that knows
 * all of YAML; of anything else nothing is said. tests/yaml.test.ts holds the two against each other.
 */

const LINE = /^([a-z][\w-]*): +(\S.*)$/i;
/** What is neither a letter nor another visible character, or begins something else in the middle of a value. */
const HARD = /[^\P{C}\n]|#|:(?:\s|$)|[\u2028\u2029]/mu;
const QUOTED = /^(?:"([^"\\]*)"|'([^']*)')$/;
const PLAIN = /^[\p{L}\p{N}].*$/u;
const WORD = String.raw`[\p{L}\p{N}](?:[\p{L}\p{N} _.-]*[\p{L}\p{N}_.-])?`;
const LIST = new RegExp(String.raw`^\[ *(${WORD}(?: *, *${WORD})*) *\]$`, 'u');
const NULL = /^null$/i;

/**
 * The fields of front matter that is simple; undefined when it is not.
 *
 * @param firstLine the number of the text's first line in the document
 */
export function readSimpleYaml(text: string, firstLine: number): Fields | undefined {
  const fields = new Map<string, Field>();
  for (const [index, line] of text.split('\n').entries()) {
    if (line === '') continue;
    const [, name, written = ''] = LINE.exec(line) ?? [];
    const value = name === undefined ? undefined : readValue(trimEndOf(written, / /), firstLine + index);
    if (name === undefined || value === undefined) return undefined;
    fields.set(foldFieldName(name), { value, line: firstLine + index });
  }
  return fields.size === 0 ? undefined : fields;
}

function readValue(written: string, line: number): FieldValue | undefined {
  const quoted = QUOTED.exec(written);
  if (quoted !== null) {
    const value = quoted[1] ?? quoted[2];
    return value === undefined || /[^\P{C}]|[\u2028\u2029]/u.test(value) ? undefined : value;
  }
  if (HARD.test(written)) return undefined;
  if (PLAIN.test(written)) return NULL.test(written) ? undefined : written;
  const items = LIST.exec(written)?.[1]
    ?.split(',')
    .map((item) => trimOf(item, / /));
  if (items === undefined || items.some((item) => NULL.test(item))) return undefined;
  return items.map((value) => ({ value, line }));
}
