import { join } from 'node:path';
import { LEDGER_NAME } from '../identity/ledger.ts';
import { errorCode, readText, replaceFile } from './files.ts';

/**
 * The content of the ledger of a seeds folder; undefined if there is none.
 *
 * @throws Error in one line when it cannot be read: to build without it would give renamed articles new ids
 */
export function loadLedger(seeds: string): string | undefined {
  const remedy = `take the file from git again: "git checkout -- seeds/${LEDGER_NAME}"`;
  return readText(seeds, LEDGER_NAME, remedy);
}

/** @throws Error in one line when it cannot be written; the former ledger is as it was */
export function saveLedger(seeds: string, content: string): void {
  try {
    replaceFile(join(seeds, LEDGER_NAME), content);
  } catch (error) {
    throw new Error(
      `Cannot write seeds/${LEDGER_NAME}: ${errorCode(error)}; expected free space in a writable folder; do not deploy this build: the ids of its new articles are not recorded`,
    );
  }
}

/** The lines of only one ledger, with line numbers: `- ` and those of the first, `+ ` and those of the second. */
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
