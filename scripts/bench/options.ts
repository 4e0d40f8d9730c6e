import { parseArgs } from 'node:util';
import { UsageError } from '../options.ts';

export interface BenchOptions {
  /** How often each subject has its turn. */
  readonly rounds: number;
  /** Pieces of the names of the parts that are wanted; none for all. */
  readonly only: readonly string[];
}

const ROUNDS = 20;

/** @throws UsageError when there is no such option, or its value cannot be used */
export function benchOptions(args: readonly string[]): BenchOptions {
  const { rounds = String(ROUNDS), only = [] } = parseFlags(args);
  if (!/^[1-9]\d{0,3}$/.test(rounds)) {
    throw new UsageError(`Cannot use --rounds "${rounds}": expected a whole number from 1 to 9999`);
  }
  return { rounds: Number(rounds), only };
}

function parseFlags(args: readonly string[]): { rounds?: string; only?: string[] } {
  try {
    const options = { rounds: { type: 'string' }, only: { type: 'string', multiple: true } } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${reason}; expected --rounds N or --only PART`);
  }
}
