import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { UsageError } from '../src/config/errors.ts';
import { type CampaignOptions, runCampaign, TARGETS } from './fuzz/campaign.ts';

const USAGE =
  'expected --minutes N, --seed S, --cases N, --target documents, fields or requests, --path P or --out DIR';
/** How many cases of each target a round has. */
const CASES = 100;

try {
  const options = fuzzOptions(process.argv.slice(2));
  console.log(`Fuzzing ${options.targets.join(', ')} from seed ${options.seed}`);
  let count = 0;
  for await (const { target, seed, path, faults, input } of runCampaign(options, console.log)) {
    count += 1;
    console.log(`\nFinding ${count}, ${target}: the input is in ${input}`);
    for (const fault of faults.slice(0, 5)) console.log(`  ${fault.slice(0, 2000)}`);
    console.log(`  repeat: npm run fuzz -- --target ${target} --seed ${seed} --path ${path}\n`);
  }
  console.log(`${count} findings`);
  process.exitCode = count > 0 ? 1 : 0;
} catch (error) {
  console.error(error instanceof UsageError ? error.message : error);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}

function fuzzOptions(args: readonly string[]): CampaignOptions {
  const { minutes, seed, cases, target, path, out } = parseFlags(args);
  const targets = TARGETS.filter((each) => target === undefined || target === each);
  if (targets.length === 0) throw new UsageError(`Cannot fuzz "${target}": ${USAGE}`);
  return {
    targets,
    seed: parseNumber('--seed', seed) ?? Math.floor(Math.random() * 2 ** 31),
    cases: parseNumber('--cases', cases) ?? CASES,
    ...(minutes !== undefined && { time: (parseNumber('--minutes', minutes) ?? 0) * 60_000 }),
    ...(path !== undefined && { path }),
    out: out ?? join(tmpdir(), 'tidings-fuzz'),
  };
}

function parseFlags(args: readonly string[]): Readonly<Partial<Record<string, string>>> {
  try {
    const flag = { type: 'string' } as const;
    const options = { minutes: flag, seed: flag, cases: flag, target: flag, path: flag, out: flag };
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : error}; ${USAGE}`);
  }
}

function parseNumber(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (text === '' || !(number >= 0)) throw new UsageError(`Cannot use ${flag} "${text}": expected a number`);
  return number;
}
