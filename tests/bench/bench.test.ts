import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeDocuments } from '../../scripts/bench/corpus.ts';
import { benchOptions } from '../../scripts/bench/measure.ts';
import { codingRow, pollRow } from '../../scripts/bench/wire.ts';
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

  test('invents nothing for a peer that is absent', () => {
    const polls = { identity: 200_000, gzip: 100_000, delta: 5000, notModified: 400 };
    const ours = ['Atom', '200 000', '100 000', '5 000', '400', '1/20.0'];
    expect(pollRow('Atom', polls)).toEqual([...ours, '–', '–']);
    const peer = { identity: 200_000, gzip: 80_000 };
    expect(pollRow('Atom', { ...polls, peer })).toEqual([...ours, '200 000', '80 000']);
  });

  test('compares codings with the whole text under gzip', () => {
    const bodies = { text: 140_000, gzip9: 50_000, composed: 70_000, gzip: 50_000, br: 40_000 };
    const ours = ['Atom', '140 000', '50 000', '70 000 (1.40)', '50 000 (1.00)', '40 000 (0.80)'];
    expect(codingRow('Atom', { ...bodies, peer: undefined })).toEqual([...ours, '–']);
    expect(codingRow('Atom', { ...bodies, peer: 45_000 })).toEqual([...ours, '45 000 (0.90)']);
  });
});
