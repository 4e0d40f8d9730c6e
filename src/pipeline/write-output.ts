import { mkdirSync, writeFileSync } from 'node:fs';
import { errorCode } from './error-code.ts';

/** @throws Error in one line with the path */
export function writeOutput(path: string, content: string | Uint8Array): void {
  try {
    writeFileSync(path, content);
  } catch (error) {
    throw outputError(path, error);
  }
}

/** @throws Error in one line with the path */
export function makeOutputFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw outputError(path, error);
  }
}

/** An error that names the path, which Node's errors of writes do not. */
export function outputError(path: string, error: unknown): Error {
  return new Error(`Cannot write ${path}: ${errorCode(error)}; expected room in a folder that you may write`);
}
