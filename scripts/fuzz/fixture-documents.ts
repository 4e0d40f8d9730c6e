import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { kindOf } from '../../src/documents/kinds.ts';
import type { SourceFile } from '../../src/documents/stated.ts';

const ROOT = join(import.meta.dirname, '../..');
const FIXTURES = join(ROOT, 'tests/fixtures');
const SEEDS = join(ROOT, 'seeds');

/** All documents among the fixtures of the tests, in the order of their paths. */
export function fixtureDocuments(): SourceFile[] {
  return documentsIn(FIXTURES);
}

/** These, and the documents of the publication. */
export function knownDocuments(): SourceFile[] {
  return [...fixtureDocuments(), ...documentsIn(SEEDS)];
}

function documentsIn(folder: string): SourceFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => kindOf(path) !== undefined)
    .sort()
    .map((path) => ({ path: path.replaceAll(sep, '/'), bytes: readFileSync(join(folder, path)) }));
}
