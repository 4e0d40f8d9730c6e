import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LEDGER_NAME } from '../identity/ledger.ts';
import { errorCode, replaceFile } from './write-file.ts';

/**
 * The content of the ledger of a seeds folder; undefined if there is none.
 *
 * @throws Error in one line when it cannot be read: to build without it would give renamed articles new ids
 */
export function loadLedger(seeds: string): string | undefined {
  const path = join(seeds, LEDGER_NAME);
  try {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (stat === undefined) return undefined;
    if (stat.isFile())
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(path));
  } catch (error) {
    throw new Error(
      error instanceof TypeError
        ? `Cannot read seeds/${LEDGER_NAME}: it is not UTF-8 text; take the file from git again: "git checkout -- seeds/${LEDGER_NAME}"`
        : `Cannot read seeds/${LEDGER_NAME}: ${errorCode(error)}; expected a file that you may read`,
    );
  }
  throw new Error(`Cannot read seeds/${LEDGER_NAME}: expected a file, not a folder, a link or a device`);
}

/** @throws Error in one line when it cannot be written; the former ledger is as it was */
export function saveLedger(seeds: string, content: string): void {
  try {
    replaceFile(join(seeds, LEDGER_NAME), content);
  } catch (error) {
    throw new Error(
      `Cannot write seeds/${LEDGER_NAME}: ${errorCode(error)}; expected room in a folder that you may write; do not deploy this build: nothing remembers the ids of its new articles`,
    );
  }
}

/** The lines that are in one ledger only: `- ` and those of the first, `+ ` and those of the second, with line numbers. */
export function changedLines(before: string, after: string): string[] {
  const only = (text: string, other: string, sign: string): string[] => {
    // The last line of a list has no comma.
    const bare = (line: string): string => line.replace(/,$/, '');
    const others = new Set(other.split('\n').map(bare));
    return text
      .split('\n')
      .flatMap((line, index) => (others.has(bare(line)) ? [] : [`${sign} ${index + 1}: ${line}`]));
  };
  return [...only(before, after, '-'), ...only(after, before, '+')];
}
