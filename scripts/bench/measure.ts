import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, release, tmpdir, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../../src/config/errors.ts';
import { attempt } from '../../src/memo.ts';
import { parseFlags } from '../../src/pipeline/options.ts';

export interface BenchOptions {
  /** The number of rounds; absent: the default of the part. */
  readonly rounds?: number;
  /** The numbers of documents; absent: the defaults of the part. */
  readonly sizes?: readonly number[];
  /** The tools to measure, such as `hugo`; empty for all. */
  readonly tools: readonly string[];
  /** Substrings of the names of the parts to run; empty for all. */
  readonly only: readonly string[];
}

const OPTIONS = {
  rounds: { type: 'string' },
  sizes: { type: 'string' },
  tool: { type: 'string', multiple: true },
} as const;
const USAGE = 'parts, --rounds N, --sizes N,N or --tool NAME';

/** @throws UsageError if an option is unknown or its value is invalid */
export function benchOptions(args: readonly string[]): BenchOptions {
  const config = { args: [...args], options: OPTIONS, allowPositionals: true } as const;
  const { values, positionals } = parseFlags(config, USAGE);
  const { rounds, sizes, tool: tools = [] } = values;
  if (rounds !== undefined && !/^[1-9]\d{0,3}$/.test(rounds)) {
    throw new UsageError(`Cannot use --rounds "${rounds}": expected a whole number from 1 to 9999`);
  }
  if (sizes !== undefined && !/^[1-9]\d{0,5}(?:,[1-9]\d{0,5})*$/.test(sizes)) {
    throw new UsageError(`Cannot use --sizes "${sizes}": expected whole numbers, such as 100,1000`);
  }
  return {
    only: positionals,
    tools,
    ...(rounds !== undefined && { rounds: Number(rounds) }),
    ...(sizes !== undefined && { sizes: sizes.split(',').map(Number) }),
  };
}

/** A part of the bench: its figures as Markdown. */
export type Measure = (options: BenchOptions) => Promise<string>;

/** A number with a space between thousands, such as `12 345.6`. */
export function grouped(value: number, decimals = 0): string {
  return value
    .toLocaleString('en', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
    .replaceAll(',', ' ');
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2;
}

/** The extremes of some values, such as `97–150`. */
export function extremes(values: readonly number[], decimals = 0): string {
  return `${grouped(Math.min(...values), decimals)}–${grouped(Math.max(...values), decimals)}`;
}

/** The median of the ratios of single rounds, since the speed of the machine varies between rounds. */
export function medianRatio(over: readonly number[], under: readonly number[]): number {
  return median(over.map((value, round) => value / (under[round] ?? Number.NaN)));
}

/** A Markdown table: columns of names, then columns of figures. */
export function markdownTable(
  names: readonly string[],
  figures: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const rule = [...names.map(() => '---'), ...figures.map(() => '---:')];
  return [[...names, ...figures], rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** A folder that is there until the bench ends. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tidings-bench-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const require = createRequire(import.meta.url);

/** The machine and versions that the figures depend on, in one line. */
export function describeMachine(): string {
  const cores = cpus();
  const today = new Date().toISOString().slice(0, 10);
  const workerd: { version: string } = require('workerd/package.json');
  return [
    `Measured on ${today}: ${cores[0]?.model.trim() ?? 'unknown CPU'}, ${cores.length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB of memory`,
    `${distribution()}${type()} ${release()}, ${process.arch}`,
    `workerd ${workerd.version}, Node ${process.versions.node}.`,
  ].join('; ');
}

/** The name of the operating system with a trailing comma; empty if unknown. */
function distribution(): string {
  const release = attempt(() => readFileSync('/etc/os-release', 'utf8')) ?? '';
  const name = /^PRETTY_NAME="?([^"\n]+)/m.exec(release)?.[1];
  return name === undefined ? '' : `${name}, `;
}
