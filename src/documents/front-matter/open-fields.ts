import { type Field, type Fields, foldFieldName } from './field.ts';
import { FieldsError } from './fields-error.ts';
import { visibilityField } from './stated-visibility.ts';
import { parseYamlFields } from './yaml.ts';

/*
 * Front matter without a line that opens it: as Pelican and MultiMarkdown have it, which end it with a blank line, and
 * where the line was forgotten.
 */

/** Only lines that all have such names are no text. */
const NAMES: ReadonlySet<string> = new Set(
  'title headline subtitle date publishdate pubdate published created updated modified lastmod expires expirydate slug permalink aliases tags tag categories category keywords author authors email summary excerpt description lang language image cover layout template type id'.split(
    ' ',
  ),
);
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

/** Whether documents have a field of this name. */
export function isKnownField(name: string): boolean {
  return NAMES.has(foldFieldName(name)) || visibilityField(name) !== undefined;
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
