import { execFileSync } from 'node:child_process';

/** Whether a program is there; CI installs all of them, so there it must be. */
export function hasProgram(command: string, args: readonly string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return process.env.CI === 'true';
  }
}
