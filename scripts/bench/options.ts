import { parseArgs } from 'node:util';
import { UsageError } from '../../src/config/errors.ts';

export interface BenchOptions {
  /** The number of rounds; absent: the default of the part. */
  readonly rounds?: number;
  /** The numbers of documents; absent: the defaults of the part. */
  readonly sizes?: readonly number[];
  /** The tools to measure, such as `hugo`; empty for all. */
  readonly tools: readonly string[];
  /** Substrings of the names of the parts to run; empty for all. */
  readonly only: readonly string[];
  /** The output folder for plots; absent: no plots. */
  readonly plots?: string;
}

/** @throws UsageError if an option is unknown or its value is invalid */
export function benchOptions(args: readonly string[]): BenchOptions {
  const { values, positionals } = parse(args);
  const { rounds, sizes, only = [], tool: tools = [], plots } = values;
  if (rounds !== undefined && !/^[1-9]\d{0,3}$/.test(rounds)) {
    throw new UsageError(`Cannot use --rounds "${rounds}": expected a whole number from 1 to 9999`);
  }
  if (sizes !== undefined && !/^[1-9]\d{0,5}(?:,[1-9]\d{0,5})*$/.test(sizes)) {
    throw new UsageError(`Cannot use --sizes "${sizes}": expected whole numbers, such as 100,1000`);
  }
  return {
    only: [...only, ...positionals],
    tools,
    ...(rounds !== undefined && { rounds: Number(rounds) }),
    ...(plots !== undefined && { plots }),
    ...(sizes !== undefined && { sizes: sizes.split(',').map(Number) }),
  };
}

function parse(args: readonly string[]): {
  values: { rounds?: string; sizes?: string; only?: string[]; tool?: string[]; plots?: string };
  positionals: string[];
} {
  try {
    const options = {
      rounds: { type: 'string' },
      sizes: { type: 'string' },
      only: { type: 'string', multiple: true },
      tool: { type: 'string', multiple: true },
      plots: { type: 'string' },
    } as const;
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${reason}; expected parts, --rounds N, --sizes N,N, --tool NAME or --plots DIR`);
  }
}
