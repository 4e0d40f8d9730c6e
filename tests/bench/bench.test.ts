import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeDocuments } from '../../scripts/bench/corpus.ts';
import { benchOptions } from '../../scripts/bench/measure.ts';
import { UsageError } from '../../src/config/errors.ts';
import { testFolder } from '../support/folder.ts';

describe('the bench', () => {
  test('writes documents of which the newest say the same in a corpus of any size', async () => {
    const [few, many] = [await testFolder(), await testFolder()];
    await writeDocuments(few, 30);
    await writeDocuments(many, 90);
    const bodies = async (folder: string): Promise<string[]> => {
      const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.md'));
      const texts = await Promise.all(
        names
          .sort()
          .reverse()
          .map((name) => readFile(join(folder, name), 'utf8')),
      );
      // When they were published, and what their neighbours are called, depends on how many there are.
      return texts.map((text) => text.replace(/^date: .*\n/m, '').replace(/\nSee also .*\n$/, ''));
    };
    const [newest, all] = [await bodies(few), await bodies(many)];
    expect(all).toHaveLength(90);
    expect(new Set(all).size).toBe(90);
    expect(all.slice(0, 30)).toEqual(newest);
  });

  test('takes the parts, and how much to measure', () => {
    expect(benchOptions(['growth', 'builds', '--sizes', '100,100000', '--rounds', '3'])).toEqual({
      only: ['growth', 'builds'],
      tools: [],
      sizes: [100, 100_000],
      rounds: 3,
    });
    expect(() => benchOptions(['--sizes', '100;1000'])).toThrow(UsageError);
    expect(() => benchOptions(['--plots', 'docs'])).toThrow(UsageError);
  });
});
