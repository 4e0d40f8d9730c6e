import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Contestant } from '../builds/contestant.ts';
import { type Run, run } from '../builds/run.ts';
import { enterTidings } from '../builds/tidings.ts';
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
  const archives: (Archive & { readonly contestant: Contestant; readonly builds: Run[] })[] = [];
  for (const size of sizes) {
    const home = join(folder, String(size));
    mkdirSync(home);
    const contestant = enterTidings(home);
    const { documents, out } = contestant;
    await writeDocuments(documents, size);
    archives.push({ size, documents, out, builds: [], contestant });
  }
  for (let round = 0; round < rounds; round++) {
    for (const { size, contestant, builds } of archives) {
      for (const path of contestant.remains) rmSync(path, { recursive: true, force: true });
      const taken = run(contestant.command);
      contestant.check(size);
      builds.push(taken);
      console.error(`${size} documents: ${taken.wall} s`);
    }
  }
  return archives;
}
