import { startsWith } from './block.ts';
import type { Run, SearchDirectory } from './directory.ts';
import type { Query } from './query.ts';

const MAX_BLOCKS_OF_PREFIX = 2;

/** What a query reads, ascending: blocks, and the places of some of them. */
export interface Plan {
  readonly blocks: readonly number[];
  readonly places: readonly number[];
}

/**
 * What a query reads: of each run a block for each term and at most two for each beginning, and for each term of a phrase
 * the places too; of the newest run, and of up to 1024 scheduled articles, one block and its places. With a query's cost of
 * at most 18 (see query.ts) and the two other runs, at most 2 × 18 + 2 × 2 = 40 reads in all.
 *
 * @param runs those that are read
 */
export function planQuery(directory: SearchDirectory, query: Query, runs: readonly Run[]): Plan {
  const blocks = new Set<number>();
  const places = new Set<number>();
  for (const clause of [...query.wanted, ...query.unwanted]) {
    const { terms } = clause;
    for (const { term } of terms) {
      for (const run of runs) {
        for (const block of blocksOf(directory, run, term, clause.isPrefix)) {
          blocks.add(block);
          if (terms.length > 1) places.add(block);
        }
      }
    }
  }
  return { blocks: ascending(blocks), places: ascending(places) };
}

function ascending(numbers: ReadonlySet<number>): readonly number[] {
  return [...numbers].sort((a, b) => a - b);
}

/** The blocks of a run in which a term, or what begins with it, is looked up. */
export function blocksOf(
  directory: SearchDirectory,
  run: Run,
  term: Uint8Array,
  isPrefix: boolean,
): readonly number[] {
  const found = directory.findBlock(run, term);
  if (!isPrefix) return found === undefined ? [] : [found];
  const blocks = found === undefined ? [] : [found];
  for (let next = found === undefined ? run.firstBlock : found + 1; next < run.endBlock; next++) {
    if (blocks.length === MAX_BLOCKS_OF_PREFIX || !startsWith(directory.firstTerm(next), term)) break;
    blocks.push(next);
  }
  return blocks;
}
