import type { Fields } from './field.ts';
import { readSimpleYaml } from './simple-yaml.ts';
import { parseWholeYaml } from './whole-yaml.ts';

/**
 * Reads the fields of front matter in YAML 1.2, and so in JSON too.
 *
 * @param firstLine the number of the text's first line in the document
 * @throws FieldsError when it cannot be read
 */
export function parseYamlFields(text: string, firstLine: number): Fields {
  return readSimpleYaml(text, firstLine) ?? parseWholeYaml(text, firstLine);
}
