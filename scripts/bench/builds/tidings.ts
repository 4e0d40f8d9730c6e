import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LEDGER_NAME } from '../../../src/identity/ledger.ts';
import { PACKAGE_ROOT as ROOT } from '../../../src/package.ts';
import { decodeStore } from '../../../src/store/format.ts';
import type { BuildSubject } from './run.ts';

/** Our own build, in a folder of its own. */
export function prepareTidings(folder: string): BuildSubject & { readonly out: string } {
  const [documents, out, cache] = ['documents', 'out', 'cache'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]; // as many as names
  return {
    name: 'Tidings',
    version: `Node ${process.versions.node}`,
    documents,
    out,
    command: {
      program: process.execPath,
      args: [join(ROOT, 'src/bin.js'), 'build', '--seeds', documents, '--out', out, '--cache', cache],
      folder: ROOT,
    },
    remains: [out, cache, join(documents, LEDGER_NAME)],
    check: (count) => checkStore(out, count),
  };
}

/** @throws Error if a build did not publish as many articles */
export function checkStore(out: string, count: number): void {
  const store = new Uint8Array(readFileSync(join(out, 'store.bin')));
  const { length } = decodeStore(store.buffer);
  if (length !== count) throw new Error(`Cannot compare: ${length} articles; expected ${count}`);
}
