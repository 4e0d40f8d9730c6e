import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Run, run } from '../builds/run.ts';
import type { BuildSubject } from '../builds/subject.ts';
import { prepareTidings } from '../builds/tidings.ts';
import { writeDocuments } from '../corpus/documents.ts';

/** A number of documents, and what our build made of them. */
export interface Archive {
  readonly size: number;
  readonly documents: string;
  /** What the build wrote. */
  readonly out: string;
  /** One for each round, each with nothing left of former ones. */
  readonly builds: readonly Run[];
}

/** Builds documents in all sizes, in rounds in which each size has a turn. */
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
