import { execFile } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PACKAGE_ROOT as ROOT } from '../../../src/package.ts';
import { type BuildSubject, type Run, run } from '../builds/run.ts';
import { prepareTidings } from '../builds/tidings.ts';
import { writeDocuments } from '../corpus/documents.ts';

/** An archive of a given size, and its builds. */
export interface Archive {
  readonly size: number;
  readonly documents: string;
  /** The output folder of the build. */
  readonly out: string;
  /** One per round, each without a cache. */
  readonly builds: readonly Run[];
}

/** Builds archives of all sizes, each size once per round. */
export async function buildArchives(
  folder: string,
  sizes: readonly number[],
  rounds: number,
): Promise<Archive[]> {
  const archives: (Archive & { readonly subject: BuildSubject; readonly builds: Run[] })[] = [];
  for (const size of sizes) {
    const home = join(folder, String(size));
    mkdirSync(home);
    const subject = prepareTidings(home);
    const { documents, out } = subject;
    await writeDocuments(documents, size);
    archives.push({ size, documents, out, builds: [], subject });
  }
  for (let round = 0; round < rounds; round++) {
    for (const { size, subject, builds } of archives) {
      for (const path of subject.remains) rmSync(path, { recursive: true, force: true });
      const taken = run(subject.command);
      subject.check(size);
      builds.push(taken);
      console.error(`${size} documents: ${taken.wall} s`);
    }
  }
  return archives;
}

/** The external files of a worker. */
export interface Assets {
  readonly count: number;
  /** Bytes. */
  readonly total: number;
  readonly largest: number;
}

export async function countAssets(folder: string): Promise<Assets> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size),
  );
  return {
    count: sizes.length,
    total: sizes.reduce((sum, size) => sum + size, 0),
    largest: sizes.reduce((most, size) => Math.max(most, size), 0),
  };
}

/** The front matter of a document, by its number from the oldest. */
export interface Documents {
  readonly count: number;
  readonly front: (number: number) => Promise<{ readonly title: string; readonly tags: readonly string[] }>;
}

/** The documents of a folder that `writeDocuments` wrote. */
export async function readDocuments(folder: string): Promise<Documents> {
  const names = await readdir(folder, { recursive: true });
  const paths = names.filter((name) => name.endsWith('.md')).sort();
  return {
    count: paths.length,
    async front(number) {
      const text = await readFile(join(folder, paths[number] ?? ''), 'utf8');
      const title: string = JSON.parse(/^title: (".*")$/m.exec(text)?.[1] ?? '');
      return { title, tags: /^tags: \[(.*)\]$/m.exec(text)?.[1]?.split(', ') ?? [] };
    },
  };
}

/**
 * Builds documents into `store`, in a folder of its own; `dist` and what other builds remember are left alone.
 *
 * @throws Error when a document is refused
 */
export async function buildStore(seeds: string, folder: string): Promise<string> {
  const store = join(folder, 'store');
  const args = ['--seeds', seeds, '--out', store, '--cache', join(folder, 'cache')];
  await promisify(execFile)(process.execPath, [join(ROOT, 'src/bin.js'), 'build', ...args], { cwd: ROOT });
  return store;
}
