import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, release, totalmem, type } from 'node:os';
import type { BenchOptions } from './options.ts';

/** The results of a part of the bench. */
export interface Figures {
  readonly markdown: string;
  /** SVG documents by name. */
  readonly plots?: Readonly<Record<string, string>>;
}

export type Measure = (options: BenchOptions) => Promise<Figures>;

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
  try {
    const name = /^PRETTY_NAME="?([^"\n]+)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1];
    return name === undefined ? '' : `${name}, `;
  } catch {
    return '';
  }
}
