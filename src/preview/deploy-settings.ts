import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, type TomlTable } from 'smol-toml';

export const ROOT = join(import.meta.dirname, '../..');

/** What `wrangler.toml` says, without the command that builds a store. */
export function deploySettings(): TomlTable {
  const { build: _, ...settings } = parse(readFileSync(join(ROOT, 'wrangler.toml'), 'utf8'));
  return settings;
}
