import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { UsageError } from '../../src/config/errors.ts';
import type { SourceFile } from '../../src/documents/stated.ts';
import { parseFlags } from '../../src/pipeline/options.ts';
import { writeFiles } from '../support/folder.ts';
import { mutatedDocuments } from './documents.ts';
import { generatedFields } from './fields.ts';
import { judgeResponse, watchedThread } from './judge.ts';
import { type FuzzedRequest, fuzzedRequests, serveFixtures } from './requests.ts';

const FLAG = { type: 'string' } as const;
const FLAGS = { minutes: FLAG, seed: FLAG, cases: FLAG, target: FLAG, path: FLAG, out: FLAG };
const USAGE =
  '--minutes N, --seed S, --cases N, --target documents, fields or requests, --path P or --out DIR';
/** How many cases of each target a round has. */
const CASES = 100;

function fuzzOptions(args: readonly string[]): CampaignOptions {
  const { values } = parseFlags({ args: [...args], options: FLAGS }, USAGE);
  const { minutes, seed, cases, target, path, out } = values;
  const targets = TARGETS.filter((each) => target === undefined || target === each);
  if (targets.length === 0) throw new UsageError(`Cannot fuzz "${target}": expected ${USAGE}`);
  return {
    targets,
    seed: parseNumber('--seed', seed) ?? Math.floor(Math.random() * 2 ** 31),
    cases: parseNumber('--cases', cases) ?? CASES,
    ...(minutes !== undefined && { time: (parseNumber('--minutes', minutes) ?? 0) * 60_000 }),
    ...(path !== undefined && { path }),
    out: out ?? join(tmpdir(), 'tidings-fuzz'),
  };
}

function parseNumber(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (text === '' || !(number >= 0)) throw new UsageError(`Cannot use ${flag} "${text}": expected a number`);
  return number;
}

export const TARGETS = ['documents', 'fields', 'requests'] as const;
export type FuzzTarget = (typeof TARGETS)[number];

export interface CampaignOptions {
  readonly targets: readonly FuzzTarget[];
  readonly seed: number;
  /** The path of fast-check to the first case, as it is printed with a finding. */
  readonly path?: string;
  /** Milliseconds; absent: one round. */
  readonly time?: number;
  /** How many cases of each target one round has. */
  readonly cases: number;
  /** The folder for the inputs of findings. */
  readonly out: string;
}

export interface FuzzFinding {
  readonly target: FuzzTarget;
  readonly seed: number;
  readonly path: string;
  readonly faults: readonly string[];
  /** The folder that holds its input. */
  readonly input: string;
}

/** A target that is ready: cases, and what is wrong with each. */
interface Fuzzer<Case> {
  readonly cases: fc.Arbitrary<Case>;
  readonly judge: (input: Case) => Promise<readonly string[]>;
  /** The input as files. */
  readonly write: (input: Case) => readonly SourceFile[];
  readonly close: () => Promise<void>;
}

/** The time limit for shrinking the input of a finding; milliseconds. */
const SHRINKING = 60_000;

/** Runs one round after another, each with its own seed, and yields each kind of finding once. */
export async function* runCampaign(
  options: CampaignOptions,
  print: (line: string) => void,
): AsyncIterable<FuzzFinding> {
  const { targets, time, cases, out } = options;
  const until = time === undefined ? 0 : performance.now() + time;
  const fuzzers: [FuzzTarget, Fuzzer<unknown>][] = [];
  const kinds = new Set<string>();
  try {
    for (const target of targets) fuzzers.push([target, await open(target)]);
    let { seed } = options;
    do {
      for (const [target, fuzzer] of fuzzers) {
        const { input, path, faults, count } = await runRound(fuzzer, seed, cases, options.path);
        print(`${target}: ${count} cases with seed ${seed}`);
        const kind = `${target} ${faultKind(faults[0])}`;
        if (faults.length === 0 || kinds.has(kind)) continue;
        kinds.add(kind);
        const folder = join(out, `${target}-${seed}`);
        await writeFiles(
          folder,
          Object.fromEntries(fuzzer.write(input).map(({ path: name, bytes }) => [name, bytes])),
        );
        yield { target, seed, path, faults, input: folder };
      }
      seed += 1;
    } while (performance.now() < until);
  } finally {
    for (const [, { close }] of fuzzers) await close();
  }
}

interface Round {
  readonly input: unknown;
  readonly path: string;
  readonly faults: readonly string[];
  readonly count: number;
}

/** Runs cases until one is a finding, and shrinks its input. */
async function runRound(
  { cases, judge }: Fuzzer<unknown>,
  seed: number,
  numRuns: number,
  path = '',
): Promise<Round> {
  const found = new Map<unknown, readonly string[]>();
  let until = Number.POSITIVE_INFINITY;
  const property = fc.asyncProperty(cases, async (input) => {
    // When the time is over, shrinking ends with the smallest input so far.
    const faults = performance.now() > until ? [] : await judge(input);
    if (faults.length === 0) return true;
    if (found.size === 0) until = performance.now() + SHRINKING;
    found.set(input, faults);
    return false;
  });
  const details = await fc.check(property, { seed, numRuns, path });
  const [input] = details.counterexample ?? [];
  const { counterexamplePath, numRuns: count } = details;
  return { input, path: counterexamplePath ?? '', faults: found.get(input) ?? [], count };
}

async function open(target: FuzzTarget): Promise<Fuzzer<unknown>> {
  if (target === 'requests') return requestFuzzer() as Promise<Fuzzer<unknown>>; // it takes the cases that it makes
  const { judge, close } = watchedThread();
  const cases = target === 'documents' ? mutatedDocuments() : generatedFields();
  return { cases, judge, write: (files) => files, close } as Fuzzer<unknown>; // as above
}

async function requestFuzzer(): Promise<Fuzzer<FuzzedRequest>> {
  const { known, ask, close } = await serveFixtures();
  return {
    cases: fuzzedRequests(known),
    async judge(request) {
      try {
        return judgeResponse(request, await ask(request.target, request.headers, request.method));
      } catch (error) {
        return [String(error)];
      }
    },
    write: (request) => [{ path: 'request.json', bytes: Buffer.from(JSON.stringify(request, null, 2)) }],
    close,
  };
}

/** The key of a kind of findings: the message without its values and its place. */
function faultKind(fault = ''): string {
  return fault.replace(/"[^"]*"|\d+|\/\S*/g, '').slice(0, 60);
}

/** Runs a campaign and prints its findings. */
async function fuzz(args: readonly string[]): Promise<void> {
  try {
    const options = fuzzOptions(args);
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
}

if (process.argv[1] === import.meta.filename) await fuzz(process.argv.slice(2));
