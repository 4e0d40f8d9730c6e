import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kindOf } from '../../src/documents/kinds.ts';
import type { SourceFile } from '../../src/documents/stated.ts';

const FIXTURES = join(import.meta.dirname, '../../tests/fixtures');

/** All documents among the fixtures of the tests, in the order of their paths. */
export function fixtureDocuments(): SourceFile[] {
  return readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' })
    .filter((path) => kindOf(path) !== undefined)
    .sort()
    .map((path) => ({ path: path.replaceAll('\\', '/'), bytes: readFileSync(join(FIXTURES, path)) }));
}
