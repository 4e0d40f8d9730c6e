import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { site } from '../src/config/site.ts';
import type { JsonSchema, Setting, Settings } from '../src/config/types.ts';

/*
 * Writes the files that are generated from the table of settings: the JSON Schema, and the reference in
 * docs/configuring.md.
 */

const ROOT = join(import.meta.dirname, '..');
const [BEGIN, END] = ['<!-- settings: npm run reference -->', '<!-- end of settings -->'];

/** The generated files by their paths. */
export function references(): Record<string, string> {
  const guide = readFileSync(join(ROOT, 'docs/configuring.md'), 'utf8');
  const [before = '', after = ''] = [guide.split(BEGIN)[0], guide.split(END)[1]];
  return {
    'site.schema.json': `${JSON.stringify(schema(), undefined, 2)}\n`,
    'docs/configuring.md': `${before}${BEGIN}\n\n${tables(site.settings ?? {})}\n${END}${after}`,
  };
}

function schema(): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'site.toml',
    description: 'The settings of a publication made with Tidings.',
    ...site.schema,
  };
}

/** The settings, then those of each table in them. */
function tables(settings: Settings, parent = ''): string {
  const rows = Object.entries(settings).map(([key, setting]) => row(key, setting));
  const inner = Object.entries(settings).flatMap(([key, { type }]) =>
    type.settings === undefined ? [] : [tables(type.settings, parent === '' ? key : `${parent}.${key}`)],
  );
  const heading = parent === '' ? '' : `### ${parent}\n\n`;
  return [
    `${heading}| key | default | meaning | example |\n| --- | --- | --- | --- |\n${rows.join('')}`,
    ...inner,
  ].join('\n');
}

function row(key: string, { type, description, example, ...setting }: Setting): string {
  const { enum: choices } = type.schema;
  const values = Array.isArray(choices)
    ? ` One of ${choices.map((choice) => `\`"${choice}"\``).join(', ')}.`
    : '';
  return `| \`${key}\` | ${fallback(setting)} | ${description}${values} | \`${example}\` |\n`;
}

function fallback({
  isRequired,
  otherwise,
  default: value,
}: Omit<Setting, 'type' | 'description' | 'example'>): string {
  if (isRequired) return '*required*';
  return otherwise ?? (value === undefined ? 'none' : `\`${JSON.stringify(value)}\``);
}

/** Every example, as the value of its key. */
export function examples(settings: Settings = site.settings ?? {}): { setting: Setting; value: unknown }[] {
  return Object.values(settings).flatMap((setting) => [
    { setting, value: parse(`value = ${setting.example}`).value },
    ...(setting.type.settings === undefined ? [] : examples(setting.type.settings)),
  ]);
}

if (process.argv[1] === import.meta.filename) {
  for (const [path, content] of Object.entries(references())) writeFileSync(join(ROOT, path), content);
}
