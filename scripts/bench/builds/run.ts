import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The resource usage of a process and its children. */
export interface Run {
  /** Seconds. */
  readonly wall: number;
  /** Seconds of all cores together, kernel included. */
  readonly cpu: number;
  /** The peak memory of the largest process, in bytes. */
  readonly memory: number;
}

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly folder: string;
}

const TIME = '/usr/bin/time';

/** Whether `run` works here: it needs GNU time. */
export const canMeasure = existsSync(TIME);
export const CANNOT_MEASURE = `Skipped: there is no \`${TIME}\` to measure processes with.`;

/** @throws Error if the command fails */
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

/** A tool that generates pages and a feed from a folder of documents. */
export interface BuildSubject {
  readonly name: string;
  readonly version: string;
  /** The folder of the documents, which no other subject uses. */
  readonly documents: string;
  readonly command: Command;
  /** The paths of everything that a build writes. */
  readonly remains: readonly string[];
  /** @throws Error if a document has no page, or there is no feed */
  readonly check: (documents: number) => void;
}

/** Prepares a subject in a folder of its own; returns the reason if it cannot be measured. */
export type PrepareSubject = (folder: string) => BuildSubject | string;
