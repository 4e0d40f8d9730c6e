import type { Fields } from './field.ts';
import { parseYamlFields } from './yaml.ts';

/**
 * Reads what Eleventy's `---js` states without running it: `const title = "…";` and objects, whose literals are YAML.
 *
 * @param firstLine the number of the text's first line in the document
 * @throws FieldsError when there is more to it than literals
 */
export function parseScriptFields(text: string, firstLine: number): Fields {
  const literals = text
    .replace(/^([ \t]*)\/\/.*$/gm, '')
    .replace(/^(?:export\s+)?(?:const|let|var)\s+([\w$]+)\s*=[ \t]*/gm, '$1: ')
    .replace(/;[ \t]*$/gm, '');
  return parseYamlFields(literals, firstLine);
}
