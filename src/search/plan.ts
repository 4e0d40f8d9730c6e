import { startsWith } from './block.ts';
import type { Run, SearchDirectory } from './directory.ts';
import { type Query, termsOf } from './query.ts';

const MAX_BLOCKS_OF_PREFIX = 2;

/**
 * The blocks that a query reads, ascending: of each run one for each term and at most two for each beginning, of the
 * newest run one. With three runs and a query's cost of at most 16 (see query.ts), at most 2 × 16 + 1 = 33.
 */
export function planQuery(directory: SearchDirectory, query: Query): readonly number[] {
  const blocks = new Set<number>();
  for (const clause of [...query.wanted, ...query.unwanted]) {
    for (const { term } of termsOf(clause)) {
      for (const run of directory.runs) {
        for (const block of blocksOf(directory, run, encodeTerm(term), clause.isPrefix)) blocks.add(block);
      }
    }
  }
  return [...blocks].sort((a, b) => a - b);
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

export function encodeTerm(term: string): Uint8Array {
  return new TextEncoder().encode(term);
}
