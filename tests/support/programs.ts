import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether a program is installed. CI installs all of them, so a missing one is a failure there. */
export function hasProgram(command: string, args: readonly string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return process.env.CI === 'true';
  }
}

const PACKAGE = join(import.meta.dirname, '../../package.json');
/** Root can read everything unless it gives up these capabilities. */
const WITHOUT_OVERRIDE = ['setpriv', '--bounding-set=-dac_override,-dac_read_search', '--'];

export const NO_PERMISSIONS =
  'nothing here obeys file modes: root without setpriv or in the private folder of another user, or a file system without modes';

/**
 * What to put before a command so that file modes bind it; undefined if nothing does. The user stays the same, so the
 * command can enter whatever folder the tests run in.
 */
export function boundByModes(): readonly string[] | undefined {
  return [[], WITHOUT_OVERRIDE].find(isBound);
}

function isBound(prefix: readonly string[]): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'tidings-'));
  const locked = join(folder, 'locked');
  writeFileSync(locked, '');
  chmodSync(locked, 0);
  const [program = '', ...args] = [...prefix, process.execPath, '-e', PROBE, PACKAGE, locked];
  try {
    execFileSync(program, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Succeeds if the first file can be read and the second cannot. */
const PROBE = `
const { readFileSync } = require('node:fs');
const [open, locked] = process.argv.slice(1);
readFileSync(open);
try { readFileSync(locked); } catch { process.exit(0); }
process.exit(1);
`;
