import { UsageError } from '../src/config/errors.ts';
import { builds } from './bench/builds.ts';
import { growth } from './bench/growth.ts';
import { install } from './bench/install.ts';
import { benchOptions, describeMachine, type Measure } from './bench/measure.ts';
import { preview } from './bench/preview.ts';
import { requests } from './bench/requests.ts';
import { wire } from './bench/wire.ts';

const PARTS: Readonly<Record<string, Measure>> = { requests, wire, builds, install, preview, growth };

// Exit normally on a signal, so that the parts clean up.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

try {
  const options = benchOptions(process.argv.slice(2));
  const { only } = options;
  const names = Object.keys(PARTS);
  const unknown = only.find((pattern) => !names.some((name) => name.includes(pattern)));
  if (unknown !== undefined)
    throw new UsageError(`Cannot find a part "${unknown}": expected ${names.join(', ')}`);
  const parts = Object.entries(PARTS).filter(
    ([name]) => only.length === 0 || only.some((pattern) => name.includes(pattern)),
  );
  console.log(describeMachine());
  for (const [, measure] of parts) console.log(`\n${await measure(options)}`);
} catch (error) {
  console.error(error instanceof UsageError ? error.message : error);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
