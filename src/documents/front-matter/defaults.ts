import type { Generator } from '../../config/generator.ts';
import { type Field, type Fields, FieldsError, fieldItems, fieldText } from './fields.ts';
import { parseYamlFields } from './yaml.ts';

/** Tags that only name a collection of the generator. */
const COLLECTIONS: ReadonlySet<string> = new Set(['all', 'nav', 'post', 'posts', 'page', 'pages']);

/** Fields by the text that states them. */
const parsed = new Map<string, Fields>();
const MAX_PARSED = 1000;

/** Adds the fields that the configuration of a generator gives to a document. */
export function withDefaults(stated: Fields, path: string, generator: Generator | undefined): Fields {
  if (generator === undefined || generator.defaults.length === 0) return stated;
  const whole = generator.prefix + path;
  const stem = whole.replace(/\.[^./]+$/, '');
  const fields = new Map<string, Field>();
  const tags: Field[] = [];
  for (const { scope, section, values, addsTags } of generator.defaults) {
    const isMeant = scope === '' || scope === stem || (scope.endsWith('/') && whole.startsWith(scope));
    if (!isMeant || (section !== undefined && !`/${whole}`.includes(`/${section}/`))) continue;
    for (const [name, field] of fieldsOf(values)) {
      if (name === 'tags' && addsTags)
        tags.push(...fieldItems(field).filter((tag) => !COLLECTIONS.has(fieldText(tag) ?? '')));
      else fields.set(name, field);
    }
  }
  for (const [name, field] of stated) fields.set(name, field);
  const own = fields.get('tags');
  if (tags.length > 0) fields.set('tags', { line: own?.line ?? 1, value: [...fieldItems(own), ...tags] });
  return fields;
}

/** A text without commas is one tag in Eleventy; elsewhere, its words are tags. */
export function withWholeTag(fields: Fields): Fields {
  const field = fields.get('tags');
  return field === undefined || /,/.test(fieldText(field) ?? ',')
    ? fields
    : new Map([...fields, ['tags', { ...field, value: [field] }]]);
}

function fieldsOf(values: string): Fields {
  const known = parsed.get(values);
  if (known !== undefined) return known;
  const fields = parse(values);
  if (parsed.size < MAX_PARSED) parsed.set(values, fields);
  return fields;
}

function parse(values: string): Fields {
  try {
    return parseYamlFields(values, 1);
  } catch (error) {
    if (!(error instanceof FieldsError)) throw error;
    return new Map();
  }
}
