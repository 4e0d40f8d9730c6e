import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a process and those that it started took. */
export interface Run {
  /** Seconds. */
  readonly wall: number;
  /** Seconds of all cores together, kernel included. */
  readonly cpu: number;
  /** Bytes that the largest of the processes had in memory at most. */
  readonly memory: number;
}

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly folder: string;
}

const TIME = '/usr/bin/time';

/** Whether `run` can tell; the command is GNU's. */
export const canMeasure = existsSync(TIME);
export const CANNOT_MEASURE = `Skipped: there is no \`${TIME}\` to measure processes with.`;

/** @throws Error when the command fails */
export function run({ program, args, folder }: Command): Run {
  const account = mkdtempSync(join(tmpdir(), 'tidings-time-'));
  try {
    const file = join(account, 'time');
    const { status, stderr, stdout } = spawnSync(
      TIME,
      ['--format', '%e %U %S %M', '--output', file, program, ...args],
      {
        cwd: folder,
        encoding: 'utf8',
        maxBuffer: 1 << 28,
        env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', CI: '1' },
      },
    );
    if (status !== 0) throw new Error(`Cannot run ${program} ${args.join(' ')}: ${stderr || stdout}`);
    const [wall = 0, user = 0, system = 0, kilobytes = 0] = readFileSync(file, 'utf8')
      .trim()
      .split(' ')
      .map(Number);
    return { wall, cpu: user + system, memory: kilobytes * 1024 };
  } finally {
    rmSync(account, { recursive: true });
  }
}

/** A tool that makes pages and a feed of a folder of documents. */
export interface BuildSubject {
  readonly name: string;
  readonly version: string;
  /** Where the documents are; nobody else uses them. */
  readonly documents: string;
  readonly command: Command;
  /** Paths of all that a build leaves. */
  readonly remains: readonly string[];
  /** @throws Error when there is not a page for each document, or no feed */
  readonly check: (documents: number) => void;
}

/** Makes a contestant in a folder of its own; a reason why it cannot take part, if there is one. */
export type PrepareSubject = (folder: string) => BuildSubject | string;
