import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeDocuments } from '../../scripts/bench/corpus.ts';
import { benchOptions } from '../../scripts/bench/measure.ts';
import { codingTable, wireTable } from '../../scripts/bench/wire.ts';
import { UsageError } from '../../src/config/errors.ts';
import { temporaryFolder } from '../support/folder.ts';

describe('the bench', () => {
  test('writes documents of which the newest say the same in a corpus of any size', async () => {
    const [few, many] = [await temporaryFolder({}), await temporaryFolder({})];
    try {
      await writeDocuments(few.path, 30);
      await writeDocuments(many.path, 90);
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
      const [newest, all] = [await bodies(few.path), await bodies(many.path)];
      expect(all).toHaveLength(90);
      expect(new Set(all).size).toBe(90);
      expect(all.slice(0, 30)).toEqual(newest);
    } finally {
      await Promise.all([few.remove(), many.remove()]);
    }
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
    const poll = (response: number) => ({ request: 50, response, overhead: 40 });
    const ours = {
      format: 'atom',
      entries: 50,
      identity: poll(200_000),
      gzip: poll(100_000),
      delta: poll(5000),
      notModified: poll(400),
    } as const;
    const [, , alone, beside] = wireTable([
      ours,
      { ...ours, peer: { identity: poll(200_000), gzip: poll(80_000) } },
    ]).split('\n');
    expect(alone).toBe(
      '| Atom, 50 articles | 200 000 (40; 50) | 100 000 (40; 50) | 5 000 (40; 50) | 400 (40; 50) | 1/20.0 | 1/250.0 | – | – | – | – | – |',
    );
    expect(beside).toContain('| 80 000 (40; 50) | 0.80 | 16.00 | 200.00 |');
  });

  test('compares codings with the whole text under gzip', () => {
    const ours = { format: 'atom', entries: 50, text: 140_000, gzip9: 50_000 } as const;
    const [, , alone, beside] = codingTable([
      { ...ours, composed: 70_000, gzip: 50_000, br: 40_000 },
      { ...ours, composed: 70_000, gzip: 50_000, br: 40_000, peer: 45_000 },
    ]).split('\n');
    expect(alone).toBe(
      '| Atom, 50 articles | 140 000 | 50 000 | 70 000 (1.40) | 50 000 (1.00) | 40 000 (0.80) | – |',
    );
    expect(beside).toContain('| 45 000 (0.90) |');
  });
});
