/** A value of front matter. Scalars are the text that they were written as; of what is null, none. */
export type FieldValue = string | readonly Field[] | Fields;

export interface Field {
  readonly value: FieldValue;
  /** Counted in the document, from 1. */
  readonly line: number;
}

/** The maximum depth of fields, more than in any generator. */
export const MAX_FIELD_DEPTH = 50;

/** By folded name. */
export type Fields = ReadonlyMap<string, Field>;

/** The folded name, which is the same for `pubDate`, `pub_date`, `pub-date` and `PubDate`. */
export function foldFieldName(name: string): string {
  return name.toLowerCase().replace(/[-_\s]/g, '');
}

export function findField(fields: Fields | undefined, names: readonly string[]): Field | undefined {
  return names.map((name) => fields?.get(name)).find((field) => field !== undefined && !isBlankField(field));
}

export function isBlankField({ value }: Field): boolean {
  return typeof value === 'string' && value.trim() === '';
}

/** The text of a scalar, trimmed; undefined if it is empty. */
export function fieldText(field: Field | undefined): string | undefined {
  const text = typeof field?.value === 'string' ? field.value.trim() : '';
  return text === '' ? undefined : text;
}

export function findText(fields: Fields | undefined, names: readonly string[]): string | undefined {
  return names.map((name) => fieldText(fields?.get(name))).find((text) => text !== undefined);
}

/** The members of a list, or the value itself; none without a value. */
export function fieldItems(field: Field | undefined): readonly Field[] {
  if (field === undefined || isBlankField(field)) return [];
  return isList(field.value) ? field.value : [field];
}

export function fieldMap(field: Field | undefined): Fields | undefined {
  return field === undefined || typeof field.value === 'string' || isList(field.value)
    ? undefined
    : field.value;
}

function isList(value: FieldValue): value is readonly Field[] {
  return Array.isArray(value);
}

export class FieldsError extends Error {
  override readonly name = 'FieldsError';
  /** Counted in the front matter, from 1. */
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

/**
 * @param depth the number of nested fields
 * @throws FieldsError when there are too many
 */
export function assertDepth(depth: number, line: number): void {
  if (depth > MAX_FIELD_DEPTH)
    throw new FieldsError(`it is nested deeper than ${MAX_FIELD_DEPTH} levels`, line);
}
