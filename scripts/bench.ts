import { builds } from './bench/builds.ts';
import { describeMachine } from './bench/machine.ts';
import { benchOptions } from './bench/options.ts';
import { requests } from './bench/requests.ts';
import { UsageError } from './options.ts';

/** Each gives its figures as Markdown. */
const PARTS = { requests, builds };

// Leave by the door, so that the parts clean up.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

try {
  const options = benchOptions(process.argv.slice(2));
  const { only } = options;
  const parts = Object.entries(PARTS).filter(
    ([name]) => only.length === 0 || only.some((pattern) => name.includes(pattern)),
  );
  if (parts.length === 0) {
    throw new UsageError(`Cannot find --only "${only}": expected a part of ${Object.keys(PARTS).join(', ')}`);
  }
  console.log(describeMachine());
  for (const [, measure] of parts) console.log(`\n${await measure(options)}`);
} catch (error) {
  console.error(error instanceof UsageError ? error.message : error);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
